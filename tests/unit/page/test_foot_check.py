"""The form and the card of the foot check: named plainly, side in words, nothing chosen, nothing lost."""

from __future__ import annotations

import datetime as dt
import re

from afferent.page.foot_check import FootForm, foot_check_card, foot_check_form
from afferent.page.styles import style_sheet
from afferent.records.foot_check import FIELDS, FootCheck, faults, from_form, read
from afferent.records.foot_statements import statements
from afferent.safety.foot_category import category
from tests.unit.page.test_page import Checked
from tests.unit.words.made import KNOWLEDGE, screened

TODAY = dt.date(2026, 11, 22)
SENT = {
    "looked_by": "Sam", "date": "2026-11-22", "temperature_unit": "Cel", "left.monofilament.big_toe": "not_felt",
    "right.touch.toe_3": "felt", "left.temperature.arch": "31", "right.temperature.arch": "33,6",
    "left.amputation": "part_of_foot",
}  # fmt: skip


def recorded(**more: str) -> FootCheck:
    return read(from_form({**SENT, **more}), "form", KNOWLEDGE)


def form(**how) -> str:
    return foot_check_form(FootForm("/feet", "token-1", **how), KNOWLEDGE, TODAY)


def sound(text: str) -> Checked:
    page = Checked(text)
    assert not page.open
    assert len(set(page.ids)) == len(page.ids)
    assert set(page.refers) <= set(page.ids)
    return page


def test_every_field_is_on_the_form_under_its_own_name() -> None:
    names = set(re.findall(r'name="([^"]+)"', form()))
    assert names == {*FIELDS, "csrfmiddlewaretoken"}
    sound(form())
    assert 'value="token-1"' in form()


def test_nothing_is_chosen_beforehand() -> None:
    assert " checked" not in form()
    assert 'value="2026-11-22"' in form()


def test_what_was_sent_is_sent_again_unchanged() -> None:
    text = form(given=SENT)
    again = dict(re.findall(r'type="radio" name="([^"]+)" value="([^"]+)" checked', text))
    again |= dict(re.findall(r'type="(?:text|date)" name="([^"]+)" value="([^"]+)"', text))
    assert again == SENT


def test_a_fault_stands_beside_its_field_and_once_at_the_top() -> None:
    sent = {**SENT, "left.temperature.arch": "88"}
    page = sound(form(given=sent, faults=faults(from_form(sent), KNOWLEDGE)))
    assert "One field to look at again. What you entered is kept." in page.text
    assert "88 °C is not believable for skin" in page.text
    assert ("input", "aria-invalid", "true") in page.attributes
    assert "fault-left-temperature-arch" in page.refers


def test_the_side_is_in_words_everywhere() -> None:
    text = form()
    feet = text.count('<fieldset class="foot">')
    assert feet == 10
    assert text.count("LEFT foot</span>") == text.count("RIGHT foot</span>") == 5
    assert "Sole of the LEFT foot: 1 pad of the big toe" in text


def test_the_time_before_stands_beside_the_field() -> None:
    text = form(last=recorded(date="2026-10-03"))
    assert "Last time, 3 Oct 2026: not felt" in text
    assert "Last time, 3 Oct 2026: 33.6 °C" in text
    assert "Last time, 3 Oct 2026: toes or part of the foot" in text
    assert "Last time" not in form(last=read({"date": "2026-10-03", "looked_by": "Sam"}, "x", KNOWLEDGE))


def test_every_threshold_says_where_it_comes_from() -> None:
    text = sound(form()).text
    for test in KNOWLEDGE.foot_tests.values():
        if test.fact:
            assert test.says in text
            assert test.ours in text
            assert all(KNOWLEDGE.sources[key].title in text for key in test.sources)


def test_it_works_without_script() -> None:
    assert "<script" not in form()
    assert not re.search(r"\son\w+=|style=", form())


def test_the_card_shows_what_was_found_and_what_it_was_before() -> None:
    page = sound(
        foot_check_card(recorded(), KNOWLEDGE, recorded(**{"left.monofilament.big_toe": "felt", "date": "2026-10-03"}))
    )
    assert "Feet looked at on 22 Nov 2026" in page.text
    assert "Not felt at: pad of the big toe; not tested at: ball behind the big toe" in page.text
    assert "3 Oct 2026: felt at: pad of the big toe" in page.text
    assert "RIGHT foot 2.6 °C warmer at the arch: no massage; have it looked at today." in page.text
    assert "you have" not in page.text.lower()


def test_the_card_says_the_category_and_what_is_not_known() -> None:
    seen = screened({"diabetes": "yes"}, also=statements(recorded(), KNOWLEDGE, TODAY))
    page = sound(foot_check_card(recorded(), KNOWLEDGE, category=category(seen, KNOWLEDGE)))
    assert "IWGDF foot category 3: " in page.text
    assert "risk" not in page.text.replace("foot ulceration", "")


def test_names_are_text_never_markup() -> None:
    evil = '<b onclick="x">&'
    text = foot_check_card(recorded(looked_by=evil, helper=evil), KNOWLEDGE) + form(given={"looked_by": evil})
    assert "<b " not in text
    assert text.count("&lt;b onclick=") == 3


def test_its_style_is_on_every_page() -> None:
    assert ".foot-check {" in style_sheet()
