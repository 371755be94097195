"""What may happen in a visit, one frozen value each. Sent by two devices, kept once, never edited.

Ask here: `Event` (the union), `decode`, `encode`, `Kept` (an event with its place in the stream). Every event carries
the id that the device gave it, so that sending it again changes nothing, and the time of that device, set by the clock
of the server. Something taken back is a new event.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta, Struct

from afferent.errors import InputError
from afferent.outline.model import Crossing, Outline

Id = Annotated[str, Meta(min_length=8, max_length=40, pattern=r"^[0-9A-Za-z-]+$")]
Region = Annotated[str, Meta(max_length=60)]
Regions = Annotated[tuple[Region, ...], Meta(min_length=1, max_length=40)]
Words = Annotated[str, Meta(max_length=1000)]
Level = Annotated[int, Meta(ge=0, le=5)]
Pain = Annotated[int, Meta(ge=0, le=10)]
MeasureId = Annotated[str, Meta(min_length=1, max_length=60, pattern=r"^[0-9A-Za-z_.-]+$")]
PAIN_NOW: Final = "nrs_pain_now"  # the measure that is asked again while somebody is touched

By = Literal["client", "therapist", "program"]
Word = Literal["stop", "ease_off", "good", "changed", "more", "less", "same", "nothing_new"]
Detail = Literal[
    "", "sharp", "burning", "sharp_or_burning", "numb", "tingling", "warm", "too_hard", "ill", "pause", "other"
]  # fmt: skip
Why = Literal["first", "clock", "region", "pressure", "turn", "asked"]
# `bruise`: or pin-point red dots; `pale`: or blue, or cold; `wet`: or soggy, peeling, as athlete's foot is.
Found = Literal[
    "intact", "red", "open", "blister", "swollen", "hot", "callus", "not_looked", "bruise", "pale", "black", "wet"
]  # fmt: skip
When = Literal["before", "during", "after"]
Around = Literal["before_visit", "after_visit"]


class _Event(Struct, frozen=True, tag_field="kind", forbid_unknown_fields=True, kw_only=True):
    id: Id
    at: dt.datetime
    by: By = "therapist"


class Opened(_Event, frozen=True, tag="opened"):
    """The visit was opened with this outline, under this screening. `crossings`: what was set aside beforehand."""

    outline: Outline
    screened: str  # digest of the screening
    knowledge: str
    ceilings: dict[str, int]  # region -> Walton level, of every step
    numb: tuple[Region, ...] = ()
    rules: tuple[str, ...] = ()  # those that hold
    crossings: tuple[Crossing, ...] = ()


class Linked(_Event, frozen=True, tag="linked"):
    """The client's device was linked, or came back."""

    again: bool = False


class Lost(_Event, frozen=True, tag="lost"):
    """Nothing was heard from the client's device."""


class Drilled(_Event, frozen=True, tag="drilled"):
    """The client tried a button before the first touch, and it arrived."""

    word: Word


class Look(Struct, frozen=True, forbid_unknown_fields=True):
    """What was seen at one place. `felt`: had the client noticed it? Nobody asked: None."""

    region: Region
    found: Found
    felt: bool | None = None


class SkinChecked(_Event, frozen=True, tag="skin"):
    """The skin was looked at: both sides, top, sole, between toes and fingers."""

    when: When
    looks: Annotated[tuple[Look, ...], Meta(max_length=60)]


class Began(_Event, frozen=True, tag="began"):
    """The first touch."""


class Moved(_Event, frozen=True, tag="moved"):
    """Hands are on a place now. `step`: the step of the outline, if it is one."""

    regions: Regions
    work: Annotated[str, Meta(max_length=40)]
    level: Level
    step: int | None = None


class Pressed(_Event, frozen=True, tag="pressure"):
    """The pressure is another one now."""

    level: Level


class Asked(_Event, frozen=True, tag="asked"):
    """A check-in: how is it? `numb`: feeling is no guide there, and the question is another."""

    why: Why
    regions: Regions
    numb: bool = False


class Silent(_Event, frozen=True, tag="silent"):
    """No answer came to a check-in. It is never an answer."""

    to: Id


class Said(_Event, frozen=True, tag="said"):
    """What the client said: by a button, or aloud and written down by the therapist. `to`: the check-in."""

    word: Word
    detail: Detail = ""
    aloud: bool = False
    to: Annotated[str, Meta(max_length=40)] = ""


class Scored(_Event, frozen=True, tag="scored"):
    """A rating from 0 to 10: of the pain while somebody is touched, asked aloud; `to`: the word that was asked about.

    `asked`: before the first touch or after the last, where any `measure` may be asked, on the client's device or
    aloud. Without it, pain before the first touch counts as asked then.
    """

    value: Pain
    to: Annotated[str, Meta(max_length=40)] = ""
    measure: MeasureId = PAIN_NOW
    asked: Literal["", "before_visit", "after_visit"] = ""


class Skipped(_Event, frozen=True, tag="skipped"):
    """A question before the first touch or after the last that somebody would not answer. It takes no number back."""

    measure: MeasureId
    asked: Around


class HandsOff(_Event, frozen=True, tag="hands_off"):
    """The therapist has taken the hands off after STOP."""


class StopBecause(_Event, frozen=True, tag="stop_because"):
    """Why it was stopped, as far as anybody said."""

    detail: Detail
    words: Words = ""


class WentOn(_Event, frozen=True, tag="went_on"):
    """Both agreed to go on."""


class Warmed(_Event, frozen=True, tag="warmed"):
    """Something warm or cold was laid on. `seconds`: what its clock was set to."""

    regions: Regions
    source: Annotated[str, Meta(max_length=40)]
    celsius: float
    seconds: Annotated[int, Meta(ge=0, le=3600)]


class WarmedOff(_Event, frozen=True, tag="warmed_off"):
    """It was taken off. `to`: the event that laid it on."""

    to: Id
    early: bool = False


class Turned(_Event, frozen=True, tag="turned"):
    """The client lies or sits otherwise now."""

    position: Annotated[str, Meta(max_length=40)]


class Noted(_Event, frozen=True, tag="noted"):
    """Words of the therapist."""

    words: Words


class Crossed(_Event, frozen=True, tag="crossed"):
    """A limit was gone beyond, with a reason."""

    crossing: Crossing


class Rescreened(_Event, frozen=True, tag="rescreened"):
    """A finding changed the screening. `closed`: the visit ends here."""

    screened: str
    headline: Words
    closed: bool


class TakenBack(_Event, frozen=True, tag="taken_back"):
    """An event was a slip of the hand. It stays legible, and counts no more."""

    of: Id


class Ended(_Event, frozen=True, tag="ended"):
    """The last touch."""

    why: Literal["done", "stopped", "rescreened", "other"] = "done"


Event = (
    Opened | Linked | Lost | Drilled | SkinChecked | Began | Moved | Pressed | Asked | Silent | Said | Scored | Skipped
    | HandsOff | StopBecause | WentOn | Warmed | WarmedOff | Turned | Noted | Crossed | Rescreened | TakenBack | Ended
)  # fmt: skip

# What the client's device may send: its own words and ratings, and nothing else.
OF_THE_CLIENT: Final = (Said, Drilled, StopBecause, Scored, Skipped)


class Kept(Struct, frozen=True):
    """An event with its place in the stream, counted from 1 without a gap, and when the server had it.

    `who`: an id of whoever of the staff sent it; empty for the client's device and the program.
    """

    seq: int
    received: dt.datetime
    event: Event
    who: str = ""


_DECODER: Final = msgspec.json.Decoder(Event)
_MANY: Final = msgspec.json.Decoder(list[Kept])


def decode(data: bytes | str) -> Event:
    """One event as it was sent. Raises InputError with one sentence."""
    try:
        found: Event = _DECODER.decode(data)
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        raise InputError(f"this is no event of a visit: {error}") from None
    if found.at.tzinfo is None:
        raise InputError("the time of an event needs its zone, such as 2026-11-24T10:12:04Z")
    return found


def encode(event: Event) -> bytes:
    """An event as it is kept."""
    return msgspec.json.encode(event)


def decode_stream(data: bytes | str) -> list[Kept]:
    """A recorded visit. Raises InputError with one sentence."""
    try:
        return _MANY.decode(data)
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        raise InputError(f"this is no recorded visit: {error}") from None
