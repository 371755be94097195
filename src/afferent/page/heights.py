"""Pictures for "How far up does it go?": a leg from the side, a hand and forearm from the palm, filled up to a height.

Ask here: `height_choices` (radio buttons with a picture and a word, "I am not sure" among them) and `height_picture`
alone, for reading back. Nothing is chosen beforehand. Pictures are decoration: the word says it all. The hand is that
of the body figures; the leg is our own.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from afferent.body.figures import load_figures
from afferent.body.heights import HEIGHTS, NOT, Height, Limb, area_up_to
from afferent.body.regions import AREA
from afferent.page.markup import Html, el

UNSURE: Final = "unsure"

# The left leg, toes to the viewer's left: 120 by 172, open above the knee. The right one is its mirror.
_LEG: Final = (
    "M50 4C51 14 46 22 46 31C46 40 51 46 52 58C53 78 61 94 60 116C59 127 48 133 36 138C24 143 12 146 12 155"
    "C12 162 17 165 25 165L88 165C97 165 99 160 98 152C97 143 92 134 93 122C95 104 106 88 104 66C103 54 98 46 98 36"
    "C98 25 102 16 102 4"
)
_WIDE: Final = 120
_HIGH: Final = 172
# Where each height ends: toes and ball by a line across the foot (x), the others by one across the leg (y).
_ACROSS_FOOT: Final = {"toes": 33, "ball": 53}
_ACROSS_LEG: Final = {"ankle": 122, "mid_calf": 78, "knee": 24}
_TOP_OF_FOOT: Final = 128  # px; over the foot's highest point, for the line across it

# The hand: its figure above a forearm of our own, in grid units.
_FOREARM: Final = 6_400
_BULGE: Final = 620
_SCALE: Final = (_HIGH - 8) / (10_000 + _FOREARM)

_EDGE: Final = (
    'fill="none" stroke="var(--ink)" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"'
    ' vector-effect="non-scaling-stroke"'
)
_DASH: Final = (
    'fill="none" stroke="var(--ink)" stroke-width="2.2" stroke-dasharray="5 4" vector-effect="non-scaling-stroke"'
)


def height_choices(name: str, limb: Limb, side: str, chosen: str | None = None) -> Html:
    """One radio button for each height, and "I am not sure". `chosen`: a height's id, "unsure", or None."""
    tag = el("legend", el("span", f"Your {side.upper()} {limb}", class_="side-tag"))
    pictures = [_choice(name, one, limb, side, one.id == chosen) for one in HEIGHTS[limb]]
    unsure = el(
        "label",
        el("input", type="radio", name=name, value=UNSURE, checked=chosen == UNSURE),
        el("span", "I am not sure"),
        class_="answer answer-unsure",
    )
    return el("fieldset", tag, el("div", pictures, unsure, class_="heights"), class_="height-choices")


def height_picture(limb: Limb, side: str, height: str, prefix: str = "read") -> Html:
    """A limb filled with dots up to a height, mirrored for the right side. `prefix`: differs between uses on a page."""
    name = f"{prefix}-{limb}-{side}-{height}"
    drawn = _leg(side, height, name) if limb == "foot" else _hand(side, height, name)
    return Html(
        f'<svg class="height-picture" viewBox="0 0 {_WIDE} {_HIGH}" width="{_WIDE}" height="{_HIGH}"'
        f' aria-hidden="true" focusable="false">{drawn}</svg>'
    )


def _choice(name: str, height: Height, limb: Limb, side: str, chosen: bool) -> Html:
    return el(
        "label",
        el("input", type="radio", name=name, value=height.id, checked=chosen),
        el("span", height_picture(limb, side, height.id, name.replace(".", "-")), el("b", height.word)),
        class_="answer answer-picture",
    )


def _leg(side: str, height: str, name: str) -> str:
    turn = f' transform="translate({_WIDE} 0) scale(-1 1)"' if side == "right" else ""
    filled, line = _filled_leg(height)
    body = f'<path d="{_LEG}z" fill="var(--sunk)"/>'
    if filled:
        body += (
            f'<clipPath id="{name}-c"><path d="{_LEG}z"/></clipPath>'
            f'<path d="{filled}" clip-path="url(#{name}-c)" fill="url(#{name}-d)"/>'
        )
    over = f'<path d="{line}" {_DASH}/>' if line else ""
    return f'{_dots(name, 1) if filled else ""}<g{turn}>{body}<path d="{_LEG}" {_EDGE}/>{over}</g>'


def _filled_leg(height: str) -> tuple[str, str]:
    """What to fill, inside the outline, and the line where it ends."""
    if height in _ACROSS_FOOT:
        x = _ACROSS_FOOT[height]
        return f"M0 {_TOP_OF_FOOT}H{x}V{_HIGH}H0z", f"M{x} {_TOP_OF_FOOT - 6}V{_HIGH}"
    if height in _ACROSS_LEG:
        y = _ACROSS_LEG[height]
        return f"M0 {y}H{_WIDE}V{_HIGH}H0z", f"M34 {y}H{_WIDE - 4}"
    return "", ""


def _hand(side: str, height: str, name: str) -> str:
    outline, left, right = _palm(side)
    filled, line = _filled_hand(side, height)
    middle = _WIDE / 2 - _SCALE * (left + right) / 2
    return (
        f'{_dots(name, _SCALE) if filled else ""}<g transform="translate({middle:.2f} 5) scale({_SCALE:.5f})">'
        f'<path d="{outline}" fill="var(--sunk)"/>'
        + (f'<path d="{filled}" fill="url(#{name}-d)"/>' if filled else "")
        + f'<path d="{outline}" {_EDGE}/>'
        + (f'<path d="{line}" {_DASH}/>' if line else "")
        + "</g>"
    )


def _filled_hand(side: str, height: str) -> tuple[str, str]:
    figure = load_figures()[f"hand.{side}.palm"]
    outline, left, right = _palm(side)
    if height == NOT:
        return "", ""
    if height == "forearm":
        low = 10_000 + _FOREARM - 250
        return outline, f"M{left - 900} {low}H{right + 900}"
    if height == "wrist":
        return f"{figure.outline}z", f"M{left - 900} 10000H{right + 900}"
    held = area_up_to("hand", side, height)
    inside = [region for region in figure.shapes if AREA[region] & held]
    return figure.border(inside), figure.border(inside, inner=True)


@cache
def _palm(side: str) -> tuple[str, int, int]:
    """The outline of hand and forearm, open at the elbow, and where the forearm begins left and right."""
    figure = load_figures()[f"hand.{side}.palm"]
    cut = [x for x, y in figure.ring(f"wrist.{side}.front") if y == 10_000]
    left, right = min(cut), max(cut)
    end = 10_000 + _FOREARM
    first = int(figure.outline[1:].split()[0])  # the outline starts at one end of the cut and ends at the other
    start, last = (left, right) if first == left else (right, left)
    there, back = (-1, 1) if first == left else (1, -1)
    arm = (
        f"M{start + there * _BULGE} {end}C{start + there * _BULGE} 13000 {start} 11500 {start} 10000"
        f"l{figure.outline.partition('l')[2]}"
        f"C{last} 11500 {last + back * _BULGE} 13000 {last + back * _BULGE} {end}"
    )
    return arm, left, right


def _dots(name: str, scale: float) -> str:
    """Light dots on the accent, the same size on both limbs."""
    return (
        f'<defs><pattern id="{name}-d" patternUnits="userSpaceOnUse" width="8" height="8"'
        f' patternTransform="scale({1 / scale:.4g})"><path d="M-1-1h10v10h-10z" fill="var(--accent)"/>'
        '<circle cx="2" cy="2" r="1.3" fill="var(--on-accent)"/><circle cx="6" cy="6" r="1.3" fill="var(--on-accent)"/>'
        "</pattern></defs>"
    )
