"""Points on the figures of both pages: folded away in each option, open and printable under the steps."""

from __future__ import annotations

import gzip
import re

from afferent.page.styles import style_sheet


def page(browser, visit, query: str = "?aim=ease_pain") -> str:
    answer = browser.get(f"/visit/{visit.pk}/outline/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_option_that_presses_has_its_own_map_and_the_page_the_lines_once(ada, numb_feet) -> None:
    text = page(ada, numb_feet)
    maps = text.count('class="point-map"')
    assert maps == text.count("<summary>Points and zones</summary>") > 1
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert set(re.findall('href="#([^"]+)"', text)) <= {*ids, "main"}
    assert text.count('class="unseen" aria-hidden="true" width="0"') == 1
    assert text.index('class="unseen" aria-hidden="true" width="0"') < text.index("<article")


def test_nothing_is_drawn_where_nothing_is_pressed(ada, numb_feet) -> None:
    assert "point-map" not in page(ada, numb_feet, "?aim=loosen")


def test_under_the_steps_it_is_open_and_printed(ada, numb_feet) -> None:
    ada.post(f"/visit/{numb_feet.pk}/outline/", {"kind": "elsewhere", "aim": "ease_pain"})
    text = ada.get(f"/visit/{numb_feet.pk}/outline/steps").content.decode()
    (section,) = re.findall(r'<section class="([^"]*)" aria-labelledby="where-points">', text)
    assert "no-print" not in section
    assert text.count("Where the points are") == 1
    assert "left alone today" not in text


def test_the_page_stays_light(ada, numb_feet) -> None:
    for aim in ("ease_pain", "sleep", "calm", "feet", "hands"):
        text = page(ada, numb_feet, f"?aim={aim}")
        assert len(gzip.compress(text.encode(), 2)) + len(gzip.compress(style_sheet().encode(), 2)) < 150_000


def test_a_policy_without_inline_style_lets_all_of_it_through(ada, numb_feet) -> None:
    text = page(ada, numb_feet)
    assert not re.search(r"\sstyle=|<style|\son\w+=", text)
