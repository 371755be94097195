"""What a note can say: one frozen value for each kind of line, with the ids of the events that it rests on.

Values only, no sentence: `note` makes them, `words.note` says them. Adding a kind means one class here, its place in
`note.LAYOUT` and its sentence.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from afferent.outline.model import Crossing
from afferent.visit.course import Place
from afferent.visit.events import Detail, Found, When, Word

Telling = Literal[
    "call_emergency", "medical_care_same_day", "new_wound_seen_today", "advise_offload", "tell_foot_care_team",
    "tell_clinician",
]  # fmt: skip


class _Line(Struct, frozen=True, tag=True, kw_only=True):
    ids: tuple[str, ...] = ()


class SinceLast(_Line, frozen=True):
    """What is different since the last visit, in a sentence that somebody else made."""

    says: str


class Heard(_Line, frozen=True):
    """A word of the client against what was done, one by one. `asked`: it was the answer to a check-in."""

    word: Word
    detail: Detail
    aloud: bool
    place: Place | None
    numb: bool
    after: float | None
    asked: bool


class Answers(_Line, frozen=True):
    """All other words on one place, counted; and how often no answer came. `asked`: how often; 0: said unasked."""

    regions: tuple[str, ...]
    numb: bool
    asked: int
    words: tuple[tuple[Word, int], ...]
    no_answer: int = 0


class PainAtStart(_Line, frozen=True):
    """How strong the pain was before the first touch, 0 to 10."""

    value: int


Unsaid = Literal["not_asked", "skipped"]


class AskedAround(_Line, frozen=True):
    """One measure before the first touch and after the last, each 0 to 10. `numb`: what is said is no guide."""

    measure: str
    before: int | Unsaid
    after: int | Unsaid
    numb: bool


class PainNow(_Line, frozen=True):
    """How strong the pain was while somebody was touched, 0 to 10, and `rise` above the start; None: nobody asked then.

    `verdict`: what the number asked for. `word`: said just before. `then`: what the hands did.
    """

    value: int
    rise: int | None
    verdict: Literal["", "over", "lighten", "leave"]
    place: Place | None
    numb: bool
    after: float
    word: Word | None
    then: Literal["", "left", "lighter", "stopped", "ended"]


class NothingSaid(_Line, frozen=True):
    """Nothing was said, and nobody was asked."""


class SkinLooked(_Line, frozen=True):
    """A look at the skin: where nothing was found, and where nobody looked.

    `between`: feet whose gaps between the toes were each looked into.
    """

    when: When
    intact: tuple[str, ...]
    not_looked: tuple[str, ...]
    between: tuple[str, ...] = ()


class SkinFound(_Line, frozen=True):
    """A finding. `felt`: had the client noticed it? `new`: the skin was whole there at an earlier look."""

    when: When
    region: str
    found: Found
    felt: bool | None
    new: bool = False


class NotLooked(_Line, frozen=True):
    """Nobody wrote down a look at the skin."""

    when: When


class Practised(_Line, frozen=True):
    """The buttons that were tried before the first touch; none, though a device was linked."""

    words: tuple[Word, ...]


class HandsOn(_Line, frozen=True):
    """How long altogether, and what is unsure about it."""

    seconds: float
    open_end: bool = False
    stray: int = 0
    adrift: int = 0


class Done(_Line, frozen=True):
    """One place: (technique, level, seconds) of everything that was done there."""

    regions: tuple[str, ...]
    doses: tuple[tuple[str, int, float], ...]


class Lay(_Line, frozen=True):
    """How the client lay or sat from then on."""

    position: str
    after: float | None


class WarmLaid(_Line, frozen=True):
    """Something warm or cold. `clock`: seconds it was set to; `seconds`: how long it lay, None if nobody said."""

    regions: tuple[str, ...]
    source: str
    celsius: float
    clock: int
    seconds: float | None
    early: bool


class LinkLost(_Line, frozen=True):
    """How often nothing was heard from the client's device, and for how long; None if it never came back."""

    times: int
    seconds: float | None


class Written(_Line, frozen=True):
    """Words of a therapist. `who`: where more than one took part."""

    words: str
    after: float | None
    who: str = ""


class MarkedBy(_Line, frozen=True):
    """What one of several therapists marked: each kind of event with how often."""

    who: str
    marked: tuple[tuple[str, int], ...]


class Slip(_Line, frozen=True):
    """An event that was taken back. `word`: where it was one."""

    kind: str
    word: Word | None


class CheckIns(_Line, frozen=True):
    """How often it was asked, and how it was answered. `numb`: asked where feeling is no guide."""

    asked: int
    button: int
    aloud: int
    late: int
    none: int
    numb: int


class Stopped(_Line, frozen=True):
    """How a STOP was answered. `seconds`: until the hands were off. `again`: pressed once more meanwhile.

    `hands`: they were on when it was said. `late`: it was said after the last touch was marked.
    """

    after: float | None
    seconds: float | None
    again: int
    detail: Detail
    words: str
    went_on: bool
    hands: bool = True
    late: bool = False


class MovedOn(_Line, frozen=True):
    """No answer came to a check-in here, and the hands went on elsewhere, or the visit ended (`to` empty)."""

    regions: tuple[str, ...]
    to: tuple[str, ...]
    numb: bool
    after: float | None


class WorkedUnseen(_Line, frozen=True):
    """Places that hands worked though nobody had looked at the skin there; `numb`, or on thinned blood, or both."""

    regions: tuple[str, ...]
    numb: bool
    thin: bool


class EndedEarly(_Line, frozen=True):
    """The visit ended for another reason than being done."""

    why: Literal["stopped", "rescreened", "other"]


class Used(_Line, frozen=True):
    """The highest level on these places, and the ceiling that held; None where none was set."""

    regions: tuple[str, ...]
    level: int
    ceiling: int | None


class WentBeyond(_Line, frozen=True):
    """More than the ceiling, and why; None where nobody said so."""

    regions: tuple[str, ...]
    level: int
    ceiling: int
    crossing: Crossing | None


class SetAside(_Line, frozen=True):
    """Another limit that was gone beyond, with its reason."""

    crossing: Crossing


class RulesHeld(_Line, frozen=True):
    """The rules that held."""

    rules: tuple[str, ...]


class FoundMeanwhile(_Line, frozen=True):
    """A finding changed the screening. `closed`: the visit ended there."""

    headline: str
    closed: bool
    after: float | None


class FoundNotFelt(_Line, frozen=True):
    """Findings, how many of them the client had not noticed, and of how many nobody asked."""

    found: int
    not_felt: int
    not_asked: int


class LeftAlone(_Line, frozen=True):
    """Next time nobody touches here until it was looked at, because of what was found."""

    regions: tuple[str, ...]
    found: tuple[Found, ...]


class RecordDue(_Line, frozen=True):
    """A record is due: of an incident, or of a wound that was there before anybody touched."""

    kind: Literal["incident", "found_wound"]
    regions: tuple[str, ...]
    found: tuple[Found, ...]


class NextLevel(_Line, frozen=True):
    """Next time at most `level` here, because less was asked for at `at`; None: that was a still hand already.

    `later`: the place is left alone next time, so this holds once hands are there again.
    """

    regions: tuple[str, ...]
    level: int | None
    at: int
    word: Word
    later: bool = False


class AskTomorrow(_Line, frozen=True):
    """The check on the next day, and what follows a bad one."""

    levels: int
    minutes: int


class LookAtHome(_Line, frozen=True):
    """Where the client looks at the skin at home: feeling would not warn."""

    regions: tuple[str, ...]


class Report(_Line, frozen=True):
    """Who must hear of it, by the advice of the screening."""

    advice: Telling


class TellFinding(_Line, frozen=True):
    """A finding that somebody must hear of, where no screening has said whom to tell."""

    regions: tuple[str, ...]


Line = (
    SinceLast | Heard | Answers | AskedAround | PainAtStart | PainNow | NothingSaid | SkinLooked | SkinFound | NotLooked
    | Practised | HandsOn | Done | Lay | WarmLaid | LinkLost | Written | MarkedBy | Slip | CheckIns | Stopped | MovedOn
    | WorkedUnseen | EndedEarly | Used | WentBeyond | SetAside | RulesHeld | FoundMeanwhile | FoundNotFelt | LeftAlone
    | RecordDue | NextLevel
    | AskTomorrow | LookAtHome | Report | TellFinding
)  # fmt: skip
