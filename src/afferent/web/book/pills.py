"""Status pills: a shape, a word and a colour for how somebody stands, or for what became of a visit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from afferent.page.markup import Html
from afferent.web.book.models import STATES as VISIT_STATES
from afferent.web.book.signs import sign
from afferent.web.clients.models import STATES


@dataclass(frozen=True)
class Pill:
    """`kind` is a colour of the style sheet: ready, care, stop, plain or empty."""

    kind: str
    shape: str
    word: str

    @property
    def sign(self) -> Html:
        return sign(self.shape)


_STANDS: Final = {
    "closed": ("stop", "stop"),
    "ask": ("care", "ask"),
    "clearance": ("care", "letter"),
    "skin": ("care", "eye"),
    "again": ("care", "clock"),
    "ready": ("ready", "ready"),
}
_BECAME: Final = {"done": "tick", "missed": "cross", "moved": "moved", "cancelled": "cross"}
UNKNOWN: Final = Pill("care", "ask", "Not screened yet")
INTAKES: Final = {
    "done": Pill("plain", "form", "Intake done"),
    "begun": Pill("plain", "form", "Intake begun"),
    "sent": Pill("plain", "letter", "Link sent"),
    "none": Pill("empty", "none", "No intake yet"),
}


_AHEAD: Final = {
    "alarm": Pill("stop", "stop", "Get help first"),
    "withdrawn": Pill("stop", "stop", "No consent to massage"),
    "begun": Pill("care", "form", "Intake begun"),
    "not_asked": Pill("care", "ask", "Consent not asked"),
    "ask_again": Pill("care", "clock", "Ask consent again"),
}
STOPS: Final = ("alarm", "withdrawn")  # ahead of whatever the screening says: its "go ahead" is not shown then


def stands(state: str, ahead: str = "") -> Pill:
    """Of a screening's state, or of what stands `ahead` of it (see `standing`). Never screened is not ready."""
    if ahead:
        return _AHEAD[ahead]
    return Pill(*_STANDS[state], STATES[state]) if state in _STANDS else UNKNOWN


def became(state: str) -> Pill | None:
    """Of a visit that is no longer to come."""
    return Pill("plain", _BECAME[state], VISIT_STATES[state]) if state in _BECAME else None
