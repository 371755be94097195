"""Points on the figures of an outline: only what is needed, each side in words, and away from what is left alone."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afferent.body.colours import LIGHT, PALETTES, contrast
from afferent.body.regions import AREA, SIDES, area
from afferent.body.spots import spots
from afferent.errors import InputError
from afferent.outline import outlines
from afferent.outline.ground import Ground
from afferent.outline.model import Outline, Step, Wish
from afferent.outline.touching import read
from afferent.page.markup import EMPTY
from afferent.page.point_map import point_figures, point_lines, point_map
from afferent.safety import screen
from tests.generative.outline_people import somebody, wish
from tests.unit.body.test_spots import regions_at
from tests.unit.outline.made import KNOWLEDGE, LATER, numb_feet, screened, step
from tests.unit.page.test_body_map import sound
from tests.unit.words.made import bare

BOTH = ("leg.left.front", "leg.right.front")
KNEES = step(*BOTH, work="acupressure", level=2, points=("ST36",))
WEBS = step("foot.left.top", work="acupressure", points=("EX-LE10",))
SOLES = step("foot.left", "foot.right", work="foot_reflexology", points=("foot_ball", "foot_heel"))
EARS = step("head_neck", work="ear_reflexology", points=("ear_lobe", "ear_rim"))
ALL = (
    step("shoulder.left", work="acupressure", points=tuple(KNOWLEDGE.points)),
    SOLES, EARS, step("hand.left", "hand.right", work="hand_reflexology", points=("hand_fingers", "hand_centre")),
)  # fmt: skip


def drawn(*steps: Step, screening=None, **how) -> str:
    return point_map(steps, KNOWLEDGE, screening or screened(), **how)


def figures(text: str) -> list[str]:
    return re.findall('data-figure="([^"]+)"', text)


def entries(text: str) -> list[str]:
    found = re.findall("<li>(.*?)</li>", text[text.index('class="point-list"') :])
    return [re.sub(" +", " ", re.sub("<[^>]+>", " ", one)).strip() for one in found]


def test_nothing_where_nothing_is_pressed() -> None:
    assert drawn(step("back.left.upper")) == EMPTY
    assert point_figures((step("back.left.upper"),), KNOWLEDGE, screened()) == ()
    assert point_lines(()) == EMPTY


@pytest.mark.parametrize(
    ("steps", "needed"),
    [
        ((KNEES,), ["body.front"]),
        ((WEBS,), ["foot.left.top"]),
        ((SOLES,), ["foot.right.sole", "foot.left.sole"]),
        ((EARS,), ["body.front"]),
        ((KNEES, WEBS), ["body.front", "foot.left.top"]),
    ],
)
def test_only_the_figures_that_are_needed(steps, needed) -> None:
    assert figures(drawn(*steps)) == list(point_figures(steps, KNOWLEDGE, screened())) == needed


def test_all_at_once_is_one_sound_piece() -> None:
    found = sound(drawn(*ALL, found=True))
    assert set(found.refers) <= set(found.ids)
    assert "CLIENT'S LEFT" in found.text
    assert "CLIENT'S RIGHT" in found.text


def test_several_maps_and_their_lines_stand_on_one_page() -> None:
    lines = point_lines(name for one in (ALL, (KNEES,)) for name in point_figures(one, KNOWLEDGE, screened()))
    page = lines + drawn(*ALL, prefix="a", apart=True) + drawn(KNEES, prefix="b", apart=True)
    found = sound(page)
    assert set(re.findall('href="#([^"]+)"', page)) <= set(found.ids)


def test_the_list_says_number_title_side_and_where() -> None:
    (knees,) = entries(drawn(KNEES))
    assert knees.startswith(
        "1 ST36 Zusanli Client’s LEFT and RIGHT Below the knee, a finger from the edge of the shin."
    )
    assert "Hold 30 to 60 seconds." in knees
    (webs,) = entries(drawn(WEBS))
    assert webs.startswith("1 EX-LE10 Bafeng Client’s LEFT only")
    assert "look between the toes" in webs


@pytest.mark.parametrize("steps", [ALL, (KNEES,), (WEBS, KNEES)])
def test_every_number_on_a_figure_is_in_the_list_and_the_other_way_round(steps) -> None:
    text = drawn(*steps)
    listed = [one.split()[0] for one in entries(text)]
    assert listed == [str(n) for n in range(1, len(listed) + 1)]
    assert set(re.findall(r'<text x="[\d.]+" y="[\d.]+">(\d+)</text>', text)) == set(listed)


def test_what_studies_say_stands_there_when_asked() -> None:
    assert "no source found" not in drawn(KNEES)
    assert "no source found" in drawn(KNEES, found=True)
    assert "tradition" in drawn(SOLES, found=True)


def test_a_point_of_two_steps_has_one_number() -> None:
    left, right = (step(f"leg.{side}.front", work="acupressure", points=("ST36",)) for side in SIDES)
    (one,) = entries(drawn(left, right))
    assert one.startswith("1 ST36 Zusanli Client’s LEFT and RIGHT")


@pytest.mark.parametrize("side", SIDES)
def test_one_side_only_is_drawn_on_that_side_of_the_client(side) -> None:
    text = drawn(step(f"leg.{side}.front", work="acupressure", points=("ST36",)))
    assert f"Client’s {side.upper()} only" in text
    ((x, _),) = re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)" r="13"', text)
    pills = {
        word: float(x)
        for x, word in re.findall(r'<tspan x="([\d.]+)" y="[\d.]+">CLIENT\'S</tspan><tspan [^>]+>(LEFT|RIGHT)', text)
    }
    other = {"left": "RIGHT", "right": "LEFT"}[side]
    assert abs(float(x) - pills[side.upper()]) < abs(float(x) - pills[other])


def test_today_s_limits_are_drawn_with_it() -> None:
    plain, numb = drawn(KNEES), drawn(KNEES, screening=numb_feet())
    assert "<pattern" not in plain
    assert "affected inside this line" not in plain
    assert "<pattern" in numb
    assert "affected inside this line" in numb
    assert re.search("Affected: [^<]*both feet", numb)


def test_what_the_map_of_the_client_marks_is_drawn_too() -> None:
    text = drawn(KNEES, affected=("hand.right",))
    assert "affected inside this line" in text
    assert re.search("Affected: [^<]*right hand", text)
    with pytest.raises(InputError, match="no region"):
        drawn(KNEES, affected=("tail",))


def test_a_point_that_is_not_free_today_says_so_and_nothing_else_does() -> None:
    assert "left alone today" not in drawn(*ALL)
    (webs,) = entries(drawn(WEBS, screening=numb_feet()))
    assert "Client’s LEFT: affected or left alone today. Not pressed there." in webs
    (knees,) = entries(drawn(KNEES, screening=screened(numb=("leg.right",))))
    assert "Client’s RIGHT: affected or left alone today" in knees
    pregnant = screened(pregnant=True)
    for barred in (step("hand.left.back", work="acupressure", points=("LI4",)),
                   step("foot.left", work="foot_reflexology", points=("foot_below_ankle",))):  # fmt: skip
        assert "left alone today" in drawn(barred, screening=pregnant)
    assert "left alone today" not in drawn(KNEES, screening=pregnant)


def test_until_the_first_questions_are_answered_it_stands_in_the_frame() -> None:
    text = drawn(KNEES, screening=bare())
    assert "Nothing yet: ask first" in text
    assert "Nothing yet" not in drawn(KNEES)


def test_a_step_that_is_nothing_we_know_is_left_out() -> None:
    strange = Step(("leg.left.front",), "acupressure", 1, 4, points=("XX9",))
    assert drawn(strange) == EMPTY
    assert len(entries(drawn(strange, KNEES))) == 1


def test_text_is_escaped_and_nothing_runs() -> None:
    text = drawn(*ALL, found=True)
    assert not re.search(r"\bstyle=|<script|<style|\son\w+=|http", text.replace("http://www.w3.org/2000/svg", ""))


@pytest.mark.parametrize("theme", PALETTES)
def test_a_number_is_readable_on_its_disc_and_the_disc_on_every_ground(theme) -> None:
    """The halo parts the disc from whatever pattern it lies on, also in grey."""
    palette = {**LIGHT, **PALETTES[theme]}
    assert contrast(palette["text"], palette["halo"]) >= 7


def placed(outline: Outline, ground: Ground):
    """Every single place that an outline presses, as (name, side, region)."""
    for number, one in enumerate(outline.steps):
        seen, _ = read(number, one, ground)
        for name, here in seen.points.items() if seen else ():
            for side, half in zip(SIDES, ground.halves, strict=True):
                found = spots(name, side) if here & half else None
                for place in found.at if found else ():
                    yield name, side, regions_at(found.figure, place)[0]


@given(seed=st.integers(0, 2**32))
def test_whoever_it_is_no_point_offered_lies_where_hands_stay_away(seed) -> None:
    rng = random.Random(seed)
    screening, wished = screen(somebody(rng), KNOWLEDGE), wish(rng)
    ground = Ground(screening, KNOWLEDGE, wished)
    for outline in outlines(screening, KNOWLEDGE, wished):
        text = point_map(outline, KNOWLEDGE, screening, affected=wished.affected)
        assert "left alone today" not in text
        assert bool(text) == any(one.points for one in outline.steps)
        for name, _, region in placed(outline, ground):
            assert AREA[region] & ~ground.intact == 0, name


def test_there_are_points_to_be_wrong_about() -> None:
    """The law above is not empty: outlines of people with numb feet press points, and none on a foot."""
    ground = Ground(numb_feet(), KNOWLEDGE, LATER)
    wished = Wish(aims=("ease_pain",), minutes=60, first=False)
    found = [one for outline in outlines(numb_feet(), KNOWLEDGE, wished) for one in placed(outline, ground)]
    assert found
    assert all(AREA[region] & area(("foot.left", "foot.right")) == 0 for *_, region in found)
