"""The fixed words of a visit: what buttons, feelings and findings are called, how long something was, and where.

Ask here: the tables, `lasting` ("6 min 20 s"), `after` ("after 14 minutes"), `times` ("twice"), `where`, and for what
people wrote themselves `clean` and `quoted`.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from afferent.body.regions import AREA
from afferent.visit.events import Detail, Found, Word
from afferent.words.places import phrase
from afferent.words.vocabulary import in_words, listed

BUTTONS: Final[dict[Word, str]] = {
    "stop": "STOP", "ease_off": "EASE OFF", "good": "GOOD", "changed": "CHANGED FEELING", "more": "MORE",
    "less": "LESS", "same": "THE SAME", "nothing_new": "NOTHING NEW",
}  # fmt: skip
# At a glance, from two metres.
SHORT: Final[dict[Word, str]] = BUTTONS | {"changed": "CHANGED"}
PRACTISED: Final[tuple[Word, ...]] = ("stop", "ease_off", "good", "changed")
DETAILS: Final[dict[Detail, str]] = {
    "sharp": "sharp", "burning": "burning", "sharp_or_burning": "sharp or burning", "numb": "numb",
    "tingling": "tingling", "warm": "warm", "too_hard": "too hard", "ill": "feeling ill", "pause": "just a pause",
    "other": "something else",
}  # fmt: skip
# What the client may say of it, on buttons of their own: after CHANGED FEELING, and after STOP. More of them would be
# smaller than 30 mm on a phone.
ON_BUTTONS: Final[dict[Detail, str]] = {
    "sharp_or_burning": "SHARP or BURNING", "tingling": "TINGLING", "numb": "NUMB", "too_hard": "TOO HARD",
    "ill": "I FEEL ILL", "pause": "JUST A PAUSE",
}  # fmt: skip
CHANGES: Final[tuple[Detail, ...]] = ("sharp_or_burning", "tingling", "numb")
STOPPED: Final[tuple[Detail, ...]] = ("too_hard", "sharp_or_burning", "ill", "pause")
FOUND: Final[dict[Found, str]] = {
    "intact": "nothing seen", "red": "red", "open": "open skin", "blister": "a blister", "swollen": "swollen",
    "hot": "hot", "callus": "callus", "not_looked": "not looked at", "bruise": "a bruise, or pin-point red dots",
    "pale": "pale, blue or cold", "black": "black", "wet": "wet or peeling",
}  # fmt: skip


# The same on the buttons of the therapist's face, where a mark is made in passing.
MARKS: Final[dict[Found, str]] = {
    "red": "Red", "open": "Open", "blister": "Blister", "swollen": "Swollen", "hot": "Hot", "callus": "Callus",
    "bruise": "Bruise", "pale": "Pale, blue, cold", "black": "Black", "wet": "Wet, split",
}  # fmt: skip
TURNS: Final[dict[str, str]] = {
    "on_back": "Turned on the back", "on_side": "Turned on the side", "sitting": "Sat up",
}  # fmt: skip


def lasting(seconds: float) -> str:
    """ "40 seconds", "6 minutes", "6 min 20 s". Never rounded up."""
    minutes, rest = divmod(int(seconds), 60)
    if not minutes:
        return f"{rest} second{'' if rest == 1 else 's'}"
    return f"{minutes} min {rest} s" if rest else f"{minutes} minute{'' if minutes == 1 else 's'}"


def after(seconds: float | None) -> str:
    """When something happened, counted from the first touch."""
    if seconds is None:
        return "before the first touch"
    minutes = int(seconds // 60)
    return f"after {minutes} minute{'' if minutes == 1 else 's'}" if minutes else "in the first minute"


def times(count: int) -> str:
    """ "once", "twice", "three times"."""
    return {1: "once", 2: "twice"}.get(count, f"{in_words(count)} times")


def where(regions: tuple[str, ...]) -> str:
    """Inside a sentence: "the left foot (sole) and the right hand". A region that nobody knows goes by its id."""
    bits = 0
    for region in regions:
        bits |= AREA.get(region, 0)
    unknown = [clean(region) for region in regions if region not in AREA]
    return listed([*([phrase(bits, spans=False)] if bits else []), *unknown]) or "no place"


def clean(text: str) -> str:
    """What somebody wrote, on one line, without characters that are not seen."""
    shown = "".join(" " if one.isspace() else one for one in text if one.isspace() or _seen(one))
    return " ".join(shown.split())


def _seen(character: str) -> bool:
    return not unicodedata.category(character).startswith("C")


def quoted(text: str) -> str:
    """In quotation marks that the text itself cannot close."""
    return f"“{clean(text).replace('“', '‘').replace('”', '’')}”"
