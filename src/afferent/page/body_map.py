"""The body map on a page: one layer to be marked, or one layer to be looked at.

Ask here: `map_picker` (figures, and the same regions as a list of boxes to tick, with 0 to 10 for each where the layer
asks it) and `map_picture` (read only, with the last map behind it). The list is the main control and works without
script; `intake/map.js` only lets a tap on a figure tick a box. The names of the fields are fixed: `zone` (many), one
`strength.REGION` each, and `answer` ("none", "unsure", or nothing: as marked).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from afferent.body.captions import SideWords, heading, side_label
from afferent.body.figures import load_figures
from afferent.body.regions import AREA, SIDES, area, contains, cover, side
from afferent.knowledge.model import Layer
from afferent.page.icons import icon
from afferent.page.map_figure import map_figure
from afferent.page.map_list import in_words, zone_list
from afferent.page.markup import Html, el, quiet
from afferent.records.body_map import NONE, STRENGTHS, UNSURE, BodyMap, Zones
from afferent.records.map_words import places
from afferent.words.vocabulary import capital

# The figures of each part. Feet first: that is where neuropathy begins. Soles and palms face you, tops and backs are as
# you see your own, so that big toes and thumbs meet in the middle.
PARTS: Final[dict[str, tuple[str, ...]]] = {
    "feet": ("foot.right.sole", "foot.left.sole", "foot.left.top", "foot.right.top"),
    "hands": ("hand.right.palm", "hand.left.palm", "hand.left.back", "hand.right.back"),
    "body": ("body.front", "body.back"),
}
_TITLES: Final = {"feet": "Feet", "hands": "Hands", "body": "The whole body"}
_CLOSE: Final = area(f"{limb}.{s}" for limb in ("foot", "hand") for s in SIDES)
_SEEN_CLOSE: Final = 0.56  # how large a figure is that is only looked at, against one to be tapped
_SEEN_BODY: Final = 0.75
_SCALE_WORDS: Final = f"How strong? {STRENGTHS[0]} is not at all, {STRENGTHS[-1]} is the worst."


def map_picker(layer: Layer, chosen: BodyMap, parts: Iterable[str] = tuple(PARTS)) -> Html:
    """One layer to mark: feet, hands and body, each figure folded with its list; "None of these", "I am not sure".

    What is in `chosen` is ticked, and what has no box here is sent along unseen: a mark is never lost by looking at it.
    Nothing else is chosen beforehand.
    """
    shown = [(part, [(figure, _zones(figure)) for figure in PARTS[part]]) for part in parts]
    zones = tuple(dict.fromkeys(zone for _, figures in shown for _, found in figures for zone in found))
    ticked, kept = _boxed(chosen.of(layer.id), zones)
    listed: set[str] = set()
    sections: list[Html] = []
    for part, figures in shown:
        folds = [_fold(layer, figure, found, zones, listed, ticked) for figure, found in figures]
        sections.append(el("section", el("h2", _TITLES[part]), folds, class_="map-part"))
    said = el("p", class_="map-said", aria_live="polite", data_map_said=True)
    return el("div", sections, _unseen(kept), _instead(layer, chosen), said, class_="map-picker", data_map=True)


def map_picture(body_map: BodyMap, layer: Layer, *, yours: bool, ghost: BodyMap | None = None) -> Html:
    """One layer to look at: the figures it touches, in words too; dashed what was marked last time."""
    words: SideWords = "your" if yours else "client"
    marked, before = body_map.of(layer.id), ghost.of(layer.id) if ghost else {}
    bits = area(marked) | area(before)
    figures = [
        el("figure", _caption(one, words), _seen(one, layer, marked, before), class_=f"seen-{one.partition('.')[0]}")
        for one in _touched(bits)
    ]
    return el(
        "div",
        el("p", el("strong", f"{layer.title}: "), places(area(marked)) or _nowhere(body_map, layer)),
        el("p", el("span", class_="dash-sample"), f"Dashed: marked last time, {places(area(before))}", class_="small")
        if before
        else None,
        el("div", figures, class_="map-figures") if figures else None,
        class_="map-picture",
    )


def _seen(figure: str, layer: Layer, marked: Zones, before: Zones) -> Html:
    share = _SEEN_BODY if figure.startswith("body.") else _SEEN_CLOSE
    return map_figure(figure, layer, marked, prefix=f"seen-{layer.id}", ghost=before, share=share)


def _nowhere(body_map: BodyMap, layer: Layer) -> str:
    if layer.id in body_map.none:
        return "nowhere"
    return "not sure" if layer.id in body_map.unsure else "not answered"


def _touched(bits: int) -> Iterator[str]:
    """The close-ups that show anything; front and back only for what lies beyond hands and feet."""
    for part, figures in PARTS.items():
        shown = bits & ~_CLOSE if part == "body" else bits & _CLOSE
        yield from (one for one in figures if any(AREA[region] & shown for region in load_figures()[one].shapes))


def _zones(figure: str) -> tuple[str, ...]:
    """What can be marked on a figure: of a close-up the whole of it, and its parts."""
    regions = tuple(load_figures()[figure].shapes)
    return regions if figure.startswith("body.") else (figure, *regions)


def _boxed(marked: Zones, zones: tuple[str, ...]) -> tuple[dict[str, int | None], dict[str, int | None]]:
    """The boxes to tick for what is marked ("both feet" is all of each sole and top), and what no box stands for."""
    ticked: dict[str, int | None] = {}
    kept: dict[str, int | None] = {}
    for region, number in marked.items():
        inside = [zone for zone in zones if contains(region, zone)]
        widest = [one for one in inside if not any(one != other and contains(other, one) for other in inside)]
        for one in widest:
            ticked[one] = marked.get(one, number)
        kept |= dict.fromkeys(cover(AREA[region] & ~area(widest)), number)
    return ticked, kept


def _unseen(kept: Zones) -> list[Html]:
    fields = [("zone", region) for region in kept]
    fields += [(f"strength.{region}", str(number)) for region, number in kept.items() if number is not None]
    return [el("input", type="hidden", name=field, value=value) for field, value in fields]


def _fold(
    layer: Layer, figure: str, found: tuple[str, ...], zones: tuple[str, ...], listed: set[str], marked: Zones
) -> Html:
    """One figure and its list. A region that stands in an earlier list, or in a close-up, is not listed again."""
    mine = tuple(zone for zone in found if zone not in listed)
    listed.update(mine)
    drawn = map_figure(figure, layer, marked, prefix=f"pick-{layer.id}", zones=zones)
    scale = _SCALE_WORDS if layer.strength else ""
    return el(
        "details",
        el("summary", icon("open", "turn"), el("span", _title(figure)), el("b", "marked", class_="some")),
        el("div", el("div", _caption(figure, "your"), drawn, class_="map-drawn"),
           zone_list(figure, mine, marked, scale), class_="map-fold"),
        class_="more map-place",
        open=any(zone in marked for zone in mine),
    )  # fmt: skip


def _title(figure: str) -> str:
    if figure.startswith("body."):
        return f"{heading(figure, 'your')[0]} of the body"
    return in_words(figure)


def _caption(figure: str, words: SideWords) -> Html:
    """What is shown, and whose side is where, in words over the figure."""
    title, seen = heading(figure, words)
    own = side(figure) if not figure.startswith("body.") else None
    shown = (own,) if own else SIDES if figure == "body.back" else SIDES[::-1]
    tags = [el("span", side_label(one, words), class_="side-tag") for one in shown]
    about = el("small", f"{title}, {seen}" if seen else title)
    return el("div", el("div", tags, class_="side-tags"), about, class_="map-caption")


def _instead(layer: Layer, chosen: BodyMap) -> Html:
    answers = (
        ("", "As I marked it", bool(chosen.of(layer.id))),
        (NONE, "None of these", layer.id in chosen.none),
        (UNSURE, "I am not sure", layer.id in chosen.unsure),
    )
    return el(
        "fieldset",
        el("legend", quiet(f"{capital(layer.title)}: "), "All of it together"),
        el(
            "div",
            [
                el(
                    "label",
                    el("input", type="radio", name="answer", value=value, checked=on),
                    el("span", words),
                    class_="answer answer-unsure" if value == UNSURE else "answer",
                )
                for value, words, on in answers
            ],
            class_="map-instead",
        ),
    )
