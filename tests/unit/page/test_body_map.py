"""Heights and the body map on a page: well formed, nothing chosen beforehand, the list as complete as the figures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import afferent
from afferent.body.colours import LIGHT, PALETTES, contrast
from afferent.body.figures import load_figures
from afferent.body.heights import HEIGHTS, LIMBS
from afferent.body.regions import AREA, REGIONS, SIDES
from afferent.knowledge import load
from afferent.page.body_map import PARTS, map_picker, map_picture
from afferent.page.heights import UNSURE, height_choices, height_picture
from afferent.page.styles import style_sheet
from afferent.records.body_map import BodyMap, answered, body_map
from tests.unit.page.test_page import Checked

KNOWLEDGE = load()
NUMB, TINGLING = KNOWLEDGE.layers["numb"], KNOWLEDGE.layers["tingling"]
MARKED = body_map({"zones": {"tingling": {"foot.left.sole.heel": 6, "hand.right": None}}}, KNOWLEDGE)
SCRIPT = Path(afferent.__file__).parent / "web" / "intake" / "static" / "intake" / "map.js"


def sound(text: str) -> Checked:
    found = Checked(text)
    assert not found.open
    assert len(found.ids) == len(set(found.ids))
    assert set(re.findall(r"url\(#([^)]+)\)", text)) <= set(found.ids)
    assert not [key for _, key, _ in found.attributes if key == "style" or key.startswith("on")]
    return found


def values(found: Checked, key: str, tag: str = "input") -> list[str | None]:
    return [value for name, own, value in found.attributes if own == key and name == tag]


@pytest.mark.parametrize("limb", LIMBS)
@pytest.mark.parametrize("side", SIDES)
def test_the_heights_are_radio_buttons_with_words(limb, side) -> None:
    text = height_choices(f"height.{limb}.{side}", limb, side)
    found = sound(text)
    assert values(found, "value") == [*(one.id for one in HEIGHTS[limb]), UNSURE]
    assert not values(found, "checked")
    assert f"Your {side.upper()} {limb}" in found.text
    assert all(one.word in found.text for one in HEIGHTS[limb])
    assert text.count("<svg") == text.count('aria-hidden="true"') == len(HEIGHTS[limb])
    chosen = sound(height_choices("height", limb, side, UNSURE))
    assert len(values(chosen, "checked")) == 1


def test_pictures_differ_between_heights_and_sides() -> None:
    drawn = [height_picture(limb, side, one.id, "p") for limb in LIMBS for side in SIDES for one in HEIGHTS[limb]]
    assert len({re.sub(r"p-\w+-\w+", "", one) for one in drawn}) == len(drawn)
    sound("".join(drawn))


@pytest.mark.parametrize("layer", KNOWLEDGE.layers.values(), ids=lambda layer: layer.id)
def test_every_region_that_can_be_tapped_can_be_ticked_once(layer) -> None:
    found = sound(map_picker(layer, BodyMap()))
    boxes = [
        dict(pairs)["value"] for pairs in by_input(map_picker(layer, BodyMap())) if dict(pairs).get("name") == "zone"
    ]
    assert len(boxes) == len(set(boxes))
    assert {region for one in load_figures().values() for region in one.shapes} <= set(boxes)
    assert set(boxes) <= set(AREA)
    assert not values(found, "checked")
    assert ("strength.foot.left.sole.heel" in values(found, "name")) is layer.strength


def by_input(text: str) -> list[list[tuple[str, str]]]:
    return [re.findall(r'([\w-]+)="([^"]*)"', one) for one in re.findall(r"<input[^>]*>", text)]


def test_what_was_chosen_is_ticked_and_drawn() -> None:
    text = map_picker(TINGLING, MARKED)
    ticked = [one for one in re.findall(r"<input[^>]*>", text) if " checked" in one]
    assert ['value="foot.left.sole.heel"' in one for one in ticked].count(True) == 1
    assert any('name="strength.foot.left.sole.heel" value="6"' in one for one in ticked)
    drawn = set(re.findall(r'data-region="([\w.]+)"[^>]*fill="url', text))
    assert {"foot.left.sole.heel", "foot.left.sole", "hand.right.palm.centre", "hand.right.back"} <= drawn
    assert not {"foot.left.sole.arch", "hand.left.palm", "foot.right.sole"} & drawn


def sent(text: str) -> tuple[list[str], dict[str, str]]:
    """What a browser would send of a form: ticked boxes and hidden fields."""
    inputs = [one for one in re.findall(r"<input[^>]*>", text) if " checked" in one or 'type="hidden"' in one]
    fields = [dict(re.findall(r'([\w-]+)="([^"]*)"', one)) for one in inputs]
    strengths = {one["name"].removeprefix("strength."): one["value"] for one in fields if "strength." in one["name"]}
    return [one["value"] for one in fields if one["name"] == "zone"], strengths


@given(
    st.dictionaries(st.sampled_from(REGIONS), st.none() | st.integers(0, 10), min_size=1, max_size=4),
    st.sets(st.sampled_from(list(PARTS))),
)
@settings(max_examples=25, deadline=None)
def test_a_mark_is_never_lost_by_looking_at_it(marked, parts) -> None:
    """A map filled by heights or by another page comes back from the picker as large as it was."""
    before = body_map({"zones": {"tingling": marked}}, KNOWLEDGE)
    zones, strengths = sent(map_picker(TINGLING, before, [part for part in PARTS if part in parts]))
    after = answered(before, "tingling", zones, strengths, "", KNOWLEDGE)
    assert after.area("tingling") == before.area("tingling")
    assert set(after.of("tingling").values()) <= set(marked.values())


def test_sides_stand_in_words_at_every_figure() -> None:
    for part, figures in PARTS.items():
        text = Checked(map_picker(NUMB, BodyMap(), [part])).text
        assert text.count("YOUR LEFT") >= len(figures) / 2
        assert text.count("YOUR RIGHT") >= len(figures) / 2
    front, back = (map_picker(NUMB, BodyMap(), ["body"]).split('<svg class="map-figure')[n] for n in (0, 1))
    assert front.index("YOUR RIGHT") < front.index("YOUR LEFT")
    assert back.rindex("YOUR LEFT</span>") < back.rindex("YOUR RIGHT</span>")


def test_a_picture_says_its_places_and_the_last_map_behind_it() -> None:
    old = body_map({"zones": {"tingling": {"foot.left": None}}}, KNOWLEDGE)
    found = sound(map_picture(MARKED, TINGLING, yours=False, ghost=old))
    assert "left foot (sole, heel)" in found.text or "left foot, sole, heel" in found.text
    assert "Dashed: marked last time, left foot" in found.text
    assert "CLIENT'S LEFT" in found.text
    assert "YOUR" not in found.text
    assert not values(found, "type")
    assert "not answered" in Checked(map_picture(BodyMap(), NUMB, yours=True)).text
    assert "nowhere" in Checked(map_picture(BodyMap(none=("numb",)), NUMB, yours=True)).text


def test_layers_look_unlike_each_other_and_can_be_seen() -> None:
    assert len({layer.pattern for layer in KNOWLEDGE.layers.values()}) == len(KNOWLEDGE.layers)
    for layer in KNOWLEDGE.layers.values():
        for theme in PALETTES:
            fill, ink = PALETTES[theme][f"{layer.pattern}-fill"], PALETTES[theme][layer.colour]
            assert contrast(fill, ink) >= 4.5, (layer.id, theme)
    assert LIGHT["weak-fill"] in style_sheet()


def test_the_script_is_plain_and_asks_nothing_of_the_network() -> None:
    text = SCRIPT.read_text("utf-8")
    assert not re.search(r"\b(?:fetch|XMLHttpRequest|eval|innerHTML|import|export)\b|\.style\b", text)
    for attribute in ("data-in", "data-around", "data-on", "data-off", "data-said"):
        assert attribute in text
        assert attribute in map_picker(NUMB, BodyMap(), ["feet"])
