"""The list beside a figure of the body map: every zone a box to tick, by side and part, and how strong once ticked.

Ask here: `zone_list`, and `in_words`, how a zone is said to the client. It needs no script: 0 to 10 are radio buttons
that show once the box is ticked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from afferent.body.captions import side_label
from afferent.body.names import name, short_name
from afferent.body.regions import SIDES, contains, side
from afferent.page.markup import Html, el, join
from afferent.records.body_map import STRENGTHS
from afferent.words.vocabulary import capital

# The lists of a body view: heading -> what stands in it, `S` for the side.
_PARTS: Final[dict[str, tuple[str, ...]]] = {
    "leg": ("pelvis.S", "thigh.S", "leg.S", "foot.S"),
    "arm": ("shoulder.S", "arm_whole.S"),
    "trunk, head and neck": ("head_neck.S", "chest.S", "abdomen.S", "back.S"),
}


def zone_list(figure: str, zones: Iterable[str], marked: Mapping[str, int | None], scale: str) -> Html:
    """The zones of one figure as boxes. `scale`: the words over 0 to 10; empty where it is not asked."""
    listed = tuple(zones)
    if not figure.startswith("body."):
        return _group(f"{in_words(figure)}: tick every place", listed, figure, marked, scale)
    groups = []
    for own in SIDES:
        for part, held in _PARTS.items():
            inside = [z for z in listed if any(contains(one.replace(".S", f".{own}"), z) for one in held)]
            if inside:
                groups.append(_group(f"{side_label(own, 'your')} {part}", inside, "", marked, scale))
    return el("div", groups, class_="map-lists")


def _group(legend: str, zones: Iterable[str], whole: str, marked: Mapping[str, int | None], scale: str) -> Html:
    boxes = [_zone(zone, _label(zone, whole), marked, scale) for zone in zones]
    return el("fieldset", el("legend", legend), el("div", boxes, class_="zones"), class_="map-list")


def _label(zone: str, whole: str) -> str:
    if zone == whole:
        return f"All of the {short_name(zone)}"
    return capital(short_name(zone) if whole and contains(whole, zone) else _sideless(zone))


def in_words(zone: str) -> str:
    """ "YOUR LEFT foot, sole, heel"."""
    own = side(zone)
    return f"{side_label(own, 'your')} {_sideless(zone)}" if own else capital(name(zone))


def _sideless(zone: str) -> str:
    """ "Thigh, front": the side stands over the list."""
    return name(zone).removeprefix(f"{side(zone)} ")


def _zone(zone: str, label: str, marked: Mapping[str, int | None], scale: str) -> Html:
    box = el(
        "input",
        type="checkbox",
        name="zone",
        value=zone,
        checked=zone in marked,
        data_said=in_words(zone),
    )
    strong = _strength(zone, label, marked.get(zone), scale) if scale else None
    return el("div", el("label", box, el("span", label), class_="answer"), strong, class_="zone")


def _strength(zone: str, label: str, number: int | None, scale: str) -> Html:
    steps = [
        el(
            "label",
            el("input", type="radio", name=f"strength.{zone}", value=step, checked=step == number),
            el("span", step),
            class_="answer",
        )
        for step in STRENGTHS
    ]
    legend = el("legend", join(el("b", f"{label}. "), scale))
    return el("fieldset", legend, el("div", steps, class_="scale"), class_="strength-of")
