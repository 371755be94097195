"""The figures of a screening: the body front and back, feet and hands close up, each region with its effective limit.

The judgement about what is drawn while whole-body questions are open stands in `afferent.words.standing`: the gate is
a dashed frame with the words "Nothing yet: ask first", never a figure painted over.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from afferent.body.drawing import RegionLook, limits_svg, lines_svg
from afferent.body.legend import legend_html
from afferent.body.limit_classes import class_of
from afferent.body.regions import area as area_of
from afferent.body.regions import leaves
from afferent.page.icons import icon
from afferent.page.markup import Html, el, join
from afferent.words.standing import Standing

# Widths in px. Type on a figure keeps its size, so a phone gets its own drawing.
WIDE: Final = 400
NARROW: Final = 312
CLOSE: Final = 220
_BODIES: Final = ("body.front", "body.back")
# As people look: soles and palms face you (right on the viewer's left), tops and backs as you see your own.
_FEET: Final = ("foot.right.sole", "foot.left.sole", "foot.left.top", "foot.right.top")
_HANDS: Final = ("hand.right.palm", "hand.left.palm", "hand.left.back", "hand.right.back")


def looks(standing: Standing) -> dict[str, RegionLook]:
    """How each leaf of the body is drawn."""
    return {leaf: _look(held.pressure, held.excluded, held.open) for leaf, held in standing.leaves.items()}


@cache
def _look(pressure: int, excluded: bool, until_answered: bool) -> RegionLook:
    return RegionLook(class_of(pressure, excluded=excluded), until_answered)


def body_figures(standing: Standing, numb: tuple[str, ...]) -> Html:
    """Front and back, once for broad pages and once for phones."""
    drawn = looks(standing)
    sizes = [
        el("div", [_svg(figure, drawn, numb, width, kind) for figure in _BODIES], class_=f"figures {kind}")
        for kind, width in (("wide", WIDE), ("narrow", NARROW))
    ]
    return framed(standing, Html(lines_svg(_BODIES)), *sizes, Html(legend_html(numb=bool(numb))))


def close_ups(standing: Standing, numb: tuple[str, ...]) -> Html:
    """Feet and hands: drawn open where they say more than the body does, else folded away."""
    drawn = looks(standing)
    return join(
        Html(lines_svg(_FEET + _HANDS)),
        _close_up("Feet close up", _FEET, drawn, numb, standing),
        _close_up("Hands close up", _HANDS, drawn, numb, standing),
    )


def framed(standing: Standing, *content: Html) -> Html:
    """The figures; in a dashed frame while whole-body questions are open."""
    if not standing.gate:
        return el("div", content, class_="map")
    words = el("p", icon("ask"), el("span", "Nothing yet: ask first"), class_="gate-words")
    return el("div", words, content, class_="map gate")


def _close_up(
    title: str, figures: tuple[str, ...], drawn: dict[str, RegionLook], numb: tuple[str, ...], standing: Standing
) -> Html:
    pictures = el("div", [_svg(figure, drawn, numb, CLOSE, "close") for figure in figures], class_="figures close")
    finer = any(len({drawn[leaf] for leaf in leaves(area_of([figure]))}) > 1 for figure in figures)
    beside = None if finer else el("small", "nothing finer than on the body")
    return el(
        "details",
        el("summary", icon("open", "turn"), el("span", title, beside)),
        framed(standing, pictures),
        class_="more close-up",
        open=finer,
    )


def _svg(figure: str, drawn: dict[str, RegionLook], numb: tuple[str, ...], width: int, kind: str) -> Html:
    return Html(
        limits_svg(figure, drawn, numb=numb, width=width, prefix=f"{kind}-{figure.replace('.', '-')}", apart=True)
    )
