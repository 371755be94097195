"""The shapes of knowledge: what a fact, a rule, an effect, a source and a concept are made of.

Frozen values only. They are read from the TOML and CSV beside this module by `loader`, which proves them sound
before anybody sees them. Nothing here decides anything.
"""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

Kind = Literal["yes_no", "finding", "number", "date", "choice", "derived"]
Worse = Literal["yes", "no", "high", "low", "apart", "recent"]
Decision = Literal["treat", "treat_adapted", "avoid_areas", "clearance_first", "postpone", "do_not_treat_refer"]
Urgency = Literal["none", "routine", "same_day", "emergency"]
Strength = Literal["A", "B", "C", "N"]
Certainty = Literal["high", "moderate", "low", "very low", "none"]
Purpose = Literal["treatment", "heat_cold", "photos", "care_team", "reminders"]
AskedAgain = Literal["the wording changed", "the numb places changed", "a year has passed"]

DECISIONS: tuple[Decision, ...] = (
    "treat", "treat_adapted", "avoid_areas", "clearance_first", "postpone", "do_not_treat_refer",
)  # fmt: skip
URGENCIES: tuple[Urgency, ...] = ("none", "routine", "same_day", "emergency")

DECISION_RANK: dict[Decision, int] = {name: n for n, name in enumerate(DECISIONS)}
URGENCY_RANK: dict[Urgency, int] = {name: n for n, name in enumerate(URGENCIES)}
CLOSES: int = DECISION_RANK["postpone"]  # from here on the visit is closed whatever the place

DEFAULT_PRESSURE = 5
DEFAULT_MINUTES = 60


class Age(Struct, frozen=True, forbid_unknown_fields=True):
    """How many days a result counts, and under which condition (an expression; empty: always)."""

    days: int
    when: str = ""


class Fact(Struct, frozen=True, eq=False, forbid_unknown_fields=True):
    """One thing that may be known about a person.

    `worse` is its polarity: the direction in which it is more dangerous ("apart": away from `middle` both ways).
    `critical` is True, or an expression that makes it critical. `part` is where a bare "left" or "right" points,
    and where the finding may be while its place is unknown; a place outside `within` counts as none. `counts_for`:
    the first condition that holds decides how long.
    `implied_by`: an expression that, where it holds, says yes to this fact whatever was answered. `detail_of`: the fact
    that this one tells more of; "none of these" never denies a detail of something that is so.
    """

    title: str
    kind: Kind
    ask: str = ""
    id: str = ""
    worse: Worse = "yes"
    group: str = ""
    critical: bool | str = False
    unit: str = ""
    plain: bool = False  # a bare number is clear enough: its unit is never in doubt
    middle: float | None = None
    part: str = ""
    within: str = ""
    options: dict[str, str] = {}
    worse_options: tuple[str, ...] = ()
    counts_for: tuple[Age, ...] = ()
    implied_by: str = ""
    detail_of: str = ""
    definition: str = ""  # `is` in the TOML: the expression of a derived fact


class Group(Struct, frozen=True, forbid_unknown_fields=True):
    """Questions asked together; `look` when the therapist must look and not only ask."""

    title: str
    ask: str
    id: str = ""
    look: bool = False


class OneSided(Struct, frozen=True, forbid_unknown_fields=True):
    """Questions that a mark opens in one of these places (`S` for the side), if the other side has none there."""

    where: tuple[str, ...]
    asks: tuple[str, ...]


class Layer(Struct, frozen=True, forbid_unknown_fields=True):
    """One layer of the neuropathy map: a question to the client (`ask`) whose places state the finding `fact`.

    `pattern` and `colour` name a finding and a colour of the figures. `strength`: 0 to 10 is asked for each zone.
    A skin problem or a swelling states only itself. It never counts as harmless: the therapist must look. `asks`: the
    questions that any mark opens.
    """

    title: str
    ask: str
    fact: str
    pattern: str
    colour: str
    strength: bool = False
    asks: tuple[str, ...] = ()
    one_sided: OneSided | None = None
    id: str = ""


class Effect(Struct, frozen=True, forbid_unknown_fields=True):
    """What a rule does in one place. Unset fields do nothing; every set field can only tighten.

    `where`: places or terms ("site of open_skin", "other leg_whole of clot_ever"). `pressure`: the cap once open.
    `cleared`: the level up to which a clinician may open it. `off`: techniques. `points_off`: acupressure points.
    `ceiling`: opened for heat and cold up to the ceilings. `holds`: held back while unknown, critical or not.
    """

    when: str = ""
    where: tuple[str, ...] = ("body",)
    decision: Decision | None = None
    urgency: Urgency | None = None
    exclude: bool = False
    pressure: int | None = None
    cleared: int | None = None
    minutes: int | None = None
    off: tuple[str, ...] = ()
    positions_off: tuple[str, ...] = ()
    points_off: tuple[str, ...] = ()
    heat: bool | None = None
    cold: bool | None = None
    ceiling: bool = False
    holds: bool = False
    advice: tuple[str, ...] = ()


class Example(Struct, frozen=True, forbid_unknown_fields=True):
    """A worked example: `given` facts (as a case file writes them), `then` what must come out."""

    say: str
    given: dict[str, Any]
    then: dict[str, Any]


class Rule(Struct, frozen=True):
    """One rule of `reference/safety.md`, under the same id.

    `until`: an expression that, once known to hold, hands over (a valid clearance and all its conditions).
    `takes_over`: speaks only where the stricter rule named here does not fire. `informs`: never moves the headline.
    `ignorance`: fires because something is unknown; only such rules may use `missing(...)`.
    """

    id: str
    title: str
    says: str
    why: str
    sources: tuple[str, ...]
    strength: Strength
    effects: tuple[Effect, ...]
    examples: tuple[Example, ...]
    when: str
    until: str = ""
    takes_over: str = ""
    hard_stop: bool = False
    informs: bool = False
    ignorance: bool = False
    caps_strength: Strength | None = None
    lifted_by: str = ""
    file: str = ""


class Source(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a statement comes from. `url` may be empty for a printed book."""

    title: str
    url: str = ""
    strength: Strength = "N"
    note: str = ""
    id: str = ""


class Evidence(Struct, frozen=True, forbid_unknown_fields=True):
    """What one source found, in our own words and with its figures. Without a source it says "no source found"."""

    says: str
    source: str = ""


class Claim(Struct, frozen=True, forbid_unknown_fields=True):
    """Something often said of massage that the product never says.

    `title`: the claim as one hears it. `about`: an effect, or a number carried over from elsewhere. `instead`: the one
    sentence said in its place, or "nothing". `certainty`: how far the evidence on it can be trusted (our reading),
    "none" where none was found. `strength`: what leaving it out rests on. `why`: the reason it is absent.
    """

    title: str
    about: Literal["effect", "number"]
    instead: str
    certainty: Certainty
    strength: Strength
    support: tuple[Evidence, ...] = ()
    against: tuple[Evidence, ...] = ()
    why: str = ""
    id: str = ""


class Topic(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that is said before a client agrees. Without a source it is ours.

    `filled`: what the clinic says in its own words (its prices, how long it keeps notes); `says` stands until it has.
    """

    title: str
    says: str
    sources: tuple[str, ...] = ()
    filled: Literal["", "cost", "retention"] = ""


class Consent(Struct, frozen=True, forbid_unknown_fields=True):
    """One purpose a client may agree to, asked alone; its id is a `Purpose`.

    `ask`: the one question. `if_no`: what happens then. `version` counts the wordings. `asked_again_when`: what ends an
    earlier yes; that a year is long enough is our default (N).
    """

    title: str
    ask: str
    if_no: str
    version: int
    topics: tuple[Topic, ...]
    asked_again_when: tuple[AskedAgain, ...]
    id: Purpose = "treatment"


class Named(Struct, frozen=True, forbid_unknown_fields=True):
    """An entry of a closed list (a technique, a position, an advice): its id and its words."""

    title: str
    text: str = ""
    id: str = ""


class Ceiling(Struct, frozen=True, forbid_unknown_fields=True):
    """How warm or cold, and how long, where a region is open for it. Degrees Celsius and minutes."""

    minutes: int
    max_c: float | None = None
    min_c: float | None = None
    id: str = ""


class Point(Struct, frozen=True, forbid_unknown_fields=True):
    """An acupressure point: the region it lies in (`S` stands for the side) and where to find it.

    `level`: the highest Walton level it is pressed with; `seconds` of one hold, from and to. Both are our default (N).
    `evidence`: what was found on it.
    """

    title: str
    where: str
    region: str
    caution: str = ""
    level: int = 2
    seconds: tuple[int, int] = (30, 60)
    evidence: str = "Studied with needles, if at all. For pressing it no source found."
    sources: tuple[str, ...] = ()
    id: str = ""
