"""One stroke in words: how long, how many, what is known of its speed there, and where to work instead.

Ask here: `how_long`, `how_many`, `measured`, `along` for the speed, `known`, what was found and what was not, and
`place`, a place beside or above in words. Nothing is claimed of hairless skin.
"""

from __future__ import annotations

from typing import Final

from msgspec import structs

from afferent.body.regions import area
from afferent.physiology.touch import WINDOW, Finding, Place, Stroke, finding
from afferent.physiology.touch.length import NOTE
from afferent.physiology.touch.skin import on_the_hand
from afferent.words.places import title

RELATION: Final = {
    "beside": "beside it",
    "above": "above it",
    "other_side": "the same place on the other side",
}
_WINDOW: Final = f"{WINDOW.slowest:g} to {WINDOW.fastest:g} cm a second"
_PACE: Final = {
    "inside": "{speed} cm a second lies in the slow range of {window}.",
    "slower": "{speed} cm a second is slower than the range of {window}; these fibres fire less then.",
    "faster": "{speed} cm a second is faster than the range of {window}; these fibres fire less then.",
}
_BOTH: Final = (
    "Hairy and hairless skin meet here; what follows is known of the hairy part. On the rest no speed is claimed."
)


def number(value: float) -> str:
    """One digit behind the point where it tells something: "9.3", "10", "28"."""
    return f"{value:.1f}".removesuffix(".0") if value < 10 else f"{value:.0f}"


def how_long(one: Stroke) -> str:
    """ "9.3 seconds"."""
    return _counted(number(one.seconds), "second")


def how_many(one: Stroke) -> str:
    """ "6 strokes a minute, there and back counted as two"."""
    return f"{_counted(number(one.per_minute), 'stroke')} a minute, there and back counted as two"


def measured(one: Stroke) -> str:
    """The length, and where it comes from."""
    return (
        f"{number(one.length)} cm, {NOTE}"
        if one.length_from == "drawing"
        else f"{number(one.length)} cm, as you measured"
    )


def along(one: Stroke) -> str:
    """What is so about the speed; empty where no speed is claimed."""
    return "" if one.pace is None else _PACE[one.pace].format(speed=number(one.speed), window=_WINDOW)


def known(one: Stroke) -> Finding:
    """What was found about the speed on this skin, and what is not known."""
    if one.skin == "glabrous":
        return finding("palm" if on_the_hand(one.region) else "sole")
    about = finding("slow")
    return structs.replace(about, found=f"{_BOTH} {about.found}") if one.skin == "both" else about


def place(one: Place) -> str:
    """ "Left shin and calf"."""
    return title(area(one.regions))


def _counted(value: str, word: str) -> str:
    return f"{value} {word}" if value == "1" else f"{value} {word}s"
