"""Numbers on a figure: no disc over another, each on the page, a line to its place; limits as on every figure."""

from __future__ import annotations

import re
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afferent.body.discs import APART, RADIUS, Wish, beside, upon
from afferent.body.figures import load_figures
from afferent.body.frame import stand
from afferent.body.limit_classes import NO_LIMIT, RegionLook
from afferent.body.marked import AFFECTED, ZONE, Mark, key_html, looks_of, marked_svg
from afferent.body.regions import AREA

FIGURES = load_figures()
WIDTHS = {"body": 246, "hand": 272, "foot": 220}
ONE = Mark(1, "ST36, Client’s LEFT only", at=((600, 7810),))


def canvas_of(figure: str):
    width = WIDTHS[figure.partition(".")[0]]
    return stand(FIGURES[figure], "p", width, "client", "css", labels=False, apart=True)


def drawn(figure: str, *marks: Mark, looks=None, affected: int = 0) -> str:
    width = WIDTHS[figure.partition(".")[0]]
    return marked_svg(figure, marks, looks or {}, affected=affected, width=width, prefix="p")


def circles(text: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(rf'<circle cx="([\d.]+)" cy="([\d.]+)" r="{RADIUS}"', text)]


def places_on(figure: str):
    """A handful of places anywhere in the regions of a figure."""
    return st.lists(st.sampled_from([shape.anchor for shape in FIGURES[figure].regions]), min_size=1, max_size=7)


@pytest.mark.parametrize("figure", FIGURES)
@given(data=st.data())
def test_no_disc_lies_over_another_or_off_the_page(figure, data) -> None:
    canvas, _, top = canvas_of(figure)
    wishes = [Wish(n, (canvas.at(place),)) for n, place in enumerate(data.draw(places_on(figure)), start=1)]
    body = figure.startswith("body.")
    discs = beside(canvas, wishes, top) if body else upon(canvas, wishes)
    assert sorted(disc.number for disc in discs) == [wish.number for wish in wishes]
    for n, disc in enumerate(discs):
        assert RADIUS <= disc.x <= canvas.width - RADIUS
        assert RADIUS <= disc.y <= canvas.height
        for other in discs[n + 1 :]:
            assert hypot(disc.x - other.x, disc.y - other.y) >= (2 * RADIUS if body else APART) - 0.01


@pytest.mark.parametrize("figure", ["body.front", "body.back"])
@given(data=st.data())
def test_on_a_body_a_disc_stands_outside_and_on_the_side_of_its_place(figure, data) -> None:
    canvas, _, top = canvas_of(figure)
    wishes = [Wish(n, (canvas.at(place),)) for n, place in enumerate(data.draw(places_on(figure)), start=1)]
    for disc in beside(canvas, wishes, top):
        assert disc.to == wishes[disc.number - 1].places[0]
        side = "left" if disc.to[0] < canvas.width / 2 else "right"
        outside = canvas.room(side, disc.y - RADIUS, disc.y + RADIUS)
        assert (disc.x if side == "left" else canvas.width - disc.x) + RADIUS <= outside


def test_what_is_exact_keeps_its_place_and_what_yields_has_a_line() -> None:
    canvas, _, _ = canvas_of("foot.left.sole")
    at = canvas.at((210, 4150))
    zone, first, second = upon(canvas, [Wish(1, (at,), exact=False), Wish(2, (at,)), Wish(3, (at,))])[::-1]
    assert (first.number, second.number, zone.number) == (3, 2, 1)
    assert (second.x, second.y, second.to) == (*at, None)
    assert first.to == at
    assert zone.to is None, "a zone is as well seen from anywhere in it"


def test_a_number_may_stand_for_several_places() -> None:
    webs = Mark(4, "EX-LE10", at=((601, 1602), (-266, 1765), (-830, 2031), (-1398, 2440)))
    text = drawn("foot.left.top", webs)
    assert len(circles(text)) == text.count(">4</text>") == 4


def test_a_zone_is_a_heavy_line_and_never_a_second_pattern() -> None:
    heel = "foot.left.sole.heel"
    plain = drawn("foot.left.sole", looks={heel: RegionLook("1")})
    zoned = drawn("foot.left.sole", Mark(2, "Heel", zone=(heel,)), looks={heel: RegionLook("1")})
    assert plain.count("<pattern") == zoned.count("<pattern") == 1
    assert re.findall('data-region="[^"]+"[^>]+fill="[^"]+"', plain) == re.findall(
        'data-region="[^"]+"[^>]+fill="[^"]+"', zoned
    )
    assert zoned.count('stroke="var(--fig-text,#1F2425)"') > plain.count('stroke="var(--fig-text,#1F2425)"')


def test_parts_of_a_zone_that_stand_apart_have_a_number_each() -> None:
    toes = tuple(f"foot.right.sole.toe{n}" for n in range(1, 6))
    assert drawn("foot.right.sole", Mark(1, "Toes", zone=toes)).count(">1</text>") == 5
    ball = tuple(f"foot.right.sole.ball.{one}" for one in ("inner", "middle", "outer"))
    assert drawn("foot.right.sole", Mark(1, "Ball", zone=ball)).count(">1</text>") == 1


@pytest.mark.parametrize(("figure", "left"), [("body.front", "CLIENT'S RIGHT"), ("body.back", "CLIENT'S LEFT")])
def test_whose_side_it_is_stands_in_words(figure, left) -> None:
    text = drawn(figure, ONE)
    words = {
        float(lines[0][0]): " ".join(word for _, word in lines)
        for lines in (
            re.findall(r'<tspan x="([\d.]+)" y="[\d.]+">([^<]+)<', one) for one in re.findall("<text.*?</text>", text)
        )
        if lines and lines[0][1].startswith("CLIENT")
    }
    assert sorted(words.values()) == ["CLIENT'S LEFT", "CLIENT'S RIGHT"]
    assert words[min(words)] == left


def test_it_has_a_name_and_says_all_in_sentences() -> None:
    looks = {"foot.left": RegionLook("off"), "leg.left.front": RegionLook("2", open=True)}
    text = drawn("body.front", ONE, looks=looks, affected=AREA["hand.right.palm"])
    assert 'role="img" aria-labelledby="p-t" aria-describedby="p-d"' in text
    assert '<title id="p-t">Points: front of the body</title>' in text
    (desc,) = re.findall('<desc id="p-d">(.*?)</desc>', text)
    assert desc.startswith("1: ST36, Client’s LEFT only.")
    assert "Not today: left foot, top" in desc
    assert "2 heavy lotioning: left shin" in desc
    assert "Affected: right hand, palm" in desc
    assert "right hand, palm: no limit, affected" in text
    assert "until answered" in text


def test_no_style_no_script() -> None:
    text = drawn("body.front", ONE, affected=AREA["foot.left.top"])
    assert not re.search(r"\bstyle=|<script|<style|\bon\w+=", text)


def test_the_key_names_what_is_there_and_nothing_else() -> None:
    looks = looks_of(["foot.left.top"], {"foot.left": RegionLook("off"), "hand.left": RegionLook("1")})
    assert looks == {RegionLook("off"), NO_LIMIT}
    bare = key_html(looks, "k", affected=False, zones=False)
    assert re.findall("<span>(.*?)</span>", bare) == ["not today", "no limit"]
    full = key_html(looks, "k", affected=True, zones=True)
    assert re.findall("<span>(.*?)</span>", full)[2:] == [AFFECTED, ZONE]
