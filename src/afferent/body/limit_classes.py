"""The one legend: six limits for a region, each a word, a pattern and a colour, and the eight findings.

Ask here: `LIMIT_CLASSES` in order of strictness, the class of a pressure cap, the strictest of several looks, and the
SVG pattern of a limit or a finding. A pattern keeps its size in screen pixels whatever the scale of the figure.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from afferent.body.colours import Theme, paint


class LimitClass(msgspec.Struct, frozen=True):
    """One limit. `level` is the Walton pressure level that is the most allowed, where there is one."""

    key: str
    word: str
    level: int | None
    pattern: str

    @property
    def label(self) -> str:
        """Number and name together, as a limit is always said: `1 light lotioning`, `not today`."""
        return self.word if self.level is None else f"{self.level} {self.word}"


class Finding(msgspec.Struct, frozen=True):
    """One thing a person or an examiner found on the skin or in its feeling."""

    key: str
    word: str
    pattern: str


class RegionLook(msgspec.Struct, frozen=True):
    """How a region is drawn: the class of its limit, and whether that is held only until a question is answered."""

    cls: str
    open: bool = False


LIMIT_CLASSES: Final = (
    LimitClass("off", "not today", None, "crosses on a solid ground"),
    LimitClass("0", "holding", 0, "crossed lines"),
    LimitClass("1", "light lotioning", 1, "slanted lines"),
    LimitClass("2", "heavy lotioning", 2, "level lines"),
    LimitClass("3", "medium", 3, "dots"),
    LimitClass("none", "no limit", None, "blank"),
)
FINDINGS: Final = (
    Finding("numb", "numb", "upright bars"),
    Finding("tingling", "tingling", "fine dots"),
    Finding("burning", "burning", "zigzag"),
    Finding("dont_touch", "don't touch (touch hurts)", "crosses"),
    Finding("weak", "weak", "short level dashes"),
    Finding("tight", "tight or cramping", "diamonds"),
    Finding("skin", "skin problem", "plus signs"),
    Finding("swelling", "swelling or cold", "waves"),
)
LIMIT: Final = {limit.key: limit for limit in LIMIT_CLASSES}
FINDING: Final = {finding.key: finding for finding in FINDINGS}
NO_LIMIT: Final = RegionLook("none")
UNTIL_ANSWERED: Final = "until answered"

_STRICTNESS: Final = {limit.key: rank for rank, limit in enumerate(LIMIT_CLASSES)}

# One tile per pattern, in screen pixels: (width, height, turned by degrees, marks). Lines run past the tile's edge so
# that neighbouring tiles join without a seam. `S` is a stroke in the ink, `F` a fill.
_TILES: Final[dict[str, tuple[float, float, int, str]]] = {
    "off": (16, 16, 0, "S1.3 M2.2 2.2l3.6 3.6m0-3.6l-3.6 3.6M10.2 10.2l3.6 3.6m0-3.6l-3.6 3.6"),
    "0": (5.4, 5.4, 45, "S1.1 M-1 2.7h8M2.7-1v8"),
    "1": (5.8, 5.8, -45, "S1.25 M-1 2.9h8"),
    "2": (8, 6.4, 0, "S1.05 M-1 3.2h10"),
    "3": (7, 7, 0, "F M.75 1.75a1 1 0 102 0a1 1 0 10-2 0M4.25 5.25a1 1 0 102 0a1 1 0 10-2 0"),
    "numb": (5.6, 8, 0, "S1.35 M2.8-1v10"),
    "tingling": (4.8, 4.8, 0, "F M.4 1.2a.8.8 0 101.6 0a.8.8 0 10-1.6 0M2.8 3.6a.8.8 0 101.6 0a.8.8 0 10-1.6 0"),
    "burning": (8, 7, 0, "S1.25 M-2 1.6l4 3.8 4-3.8 4 3.8"),
    "dont_touch": (8, 8, 0, "S1.3 M2 2l4 4m0-4l-4 4"),
    "weak": (9, 8, 0, "S1.5 M1.2 2h4.2M5.7 6h4.2M-3.3 6h4.2"),
    "tight": (8, 8, 0, "S1.2 M4 1.4l2.6 2.6-2.6 2.6-2.6-2.6z"),
    "skin": (9, 9, 0, "S1.3 M4.5 2v5M2 4.5h5"),
    "swelling": (10, 6.4, 0, "S1.25 M-5 3.2q2.5-3 5 0t5 0t5 0t5 0"),
}  # fmt: skip


def class_of(pressure: int | None, *, excluded: bool = False) -> str:
    """The class of an effective limit. `pressure` is the Walton cap (0 to 5); a cap of 4 or 5 limits nothing here."""
    if excluded:
        return "off"
    return "none" if pressure is None or pressure > 3 else str(pressure)


def strictest(looks: Iterable[RegionLook]) -> RegionLook:
    """What a region shows that stands for several: the strictest class, provisional only if nothing known holds it."""
    return min(looks, key=lambda look: (_STRICTNESS[look.cls], look.open), default=NO_LIMIT)


def fill(key: str, prefix: str, *, open: bool = False, theme: Theme = "css") -> str:
    """The SVG fill for a class or finding: its pattern in this page's drawing, or the plain ground of a blank one."""
    return f"url(#{pattern_id(key, prefix, open=open)})" if key in _TILES else paint(f"{key}-fill", theme)


def pattern_id(key: str, prefix: str, *, open: bool = False) -> str:
    return f"{prefix}-{key}{'-open' if open else ''}"


def pattern(
    key: str, prefix: str, scale: float, *, open: bool = False, theme: Theme = "css", mirrored: bool = False
) -> str:
    """The `<pattern>` element of a class or finding inside a drawing shown at `scale` pixels per unit.

    Inside a `mirrored` drawing it is turned back: slanted lines slant one way everywhere.
    """
    width, height, turn, marks = _TILES[key]
    variant = f"{key}-open" if open else key
    ground, ink = paint(f"{variant}-fill", theme), paint(f"{variant}-ink", theme)
    style, _, shape = marks.partition(" ")
    mark = f'fill="{ink}"' if style == "F" else f'fill="none" stroke="{ink}" stroke-width="{style[1:]}"'
    rotate = f" rotate({turn})" if turn else ""
    size = f"{-1 / scale:.4g} {1 / scale:.4g}" if mirrored else f"{1 / scale:.4g}"
    return (
        f'<pattern id="{pattern_id(key, prefix, open=open)}" patternUnits="userSpaceOnUse"'
        f' width="{width:g}" height="{height:g}" patternTransform="scale({size}){rotate}">'
        f'<path d="M-1-1h{width + 2:g}v{height + 2:g}h-{width + 2:g}z" fill="{ground}"/>'
        f'<path d="{shape}" {mark}/></pattern>'
    )
