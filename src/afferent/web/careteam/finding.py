"""An urgent finding: what was noticed at a look at the skin, or written down as an incident, and the request to look.

Ask here: `findings` (of the last weeks, the latest first), `FindingFields`, `urgent`. It says "I noticed", never what
it is: the kind of a finding follows from what was seen and where, not from a guess.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

from msgspec import Struct, structs

from afferent.body.areas import part
from afferent.body.regions import area, known
from afferent.records.letters.titles import known_lines
from afferent.records.letters.urgent import How, Noticed, Urgent
from afferent.safety.screening import Met, Screening
from afferent.visit.events import SkinChecked
from afferent.visit.looked import findings as seen_in
from afferent.visit.sides import loud
from afferent.visit.skin import ORIGIN as SKIN_CHECK
from afferent.web.careteam.case import Case, sealed
from afferent.web.careteam.course import Taken, series
from afferent.web.careteam.fields import Fields, choice, several, words
from afferent.words.letters import say
from afferent.words.visit import FOUND, where
from afferent.words.vocabulary import capital, listed

WEEKS: Final = 4  # after which a finding is no longer offered
HOW: Final[dict[How, str]] = {
    "now": "The emergency number was advised",
    "today": "To be looked at today",
    "soon": "To be looked at in the next days",
}
DID: Final = {key: say(f"did_{key}") for key in ("stopped", "left", "covered", "weight", "emergency")}
TOLD: Final = {key: say(f"told_{key}") for key in ("emergency", "today", "weight", "soon")}
_FOOT, _LIMB = part("foot_and_ankle"), part("limb")
_ORDER: Final[tuple[Noticed, ...]] = ("clot_signs", "hot_foot", "skin", "other")


class Finding(Struct, frozen=True):
    """One place, what was seen there and when. `felt`: had the client noticed it? None: nobody asked."""

    key: str
    visit: str
    at: dt.datetime
    regions: tuple[str, ...]
    what: str
    noticed: Noticed
    felt: bool | None = None

    @property
    def words(self) -> str:
        """ "A blister: the LEFT foot (sole, heel) (found, not felt)." """
        place = loud(where(self.regions)) if self.regions else ""
        felt = say("seen_not_felt") if self.felt is False else ""
        return say("seen_at", what=capital(self.what), place=place, felt=felt) if place else f"{capital(self.what)}."


def findings(case: Case) -> tuple[Finding, ...]:
    """Of every look, and of every incident and wound that was written down, the latest first."""
    since = case.today - dt.timedelta(weeks=WEEKS)
    taken = series(case.client, since, case.today, running=True).visits
    return tuple(sorted((one for visit in taken for one in _of(visit)), key=lambda one: one.at, reverse=True))


def _of(taken: Taken) -> Iterator[Finding]:
    visit = taken.visit.pk.hex
    looked: dict[str, list[Any]] = {}
    at: dict[str, dt.datetime] = {}
    for moment in taken.course.moments if taken.course else ():
        if isinstance(moment.kept.event, SkinChecked):
            at[moment.id] = moment.kept.event.at
    for seen in seen_in(taken.course) if taken.course else ():
        looked.setdefault(seen.look.region, []).append(seen)
    for region, those in looked.items():
        kinds = tuple(dict.fromkeys(one.look.found for one in those))
        felt = [one.look.felt for one in those if one.look.felt is not None]
        yield Finding(
            f"{visit}.{region}", visit, max(at[one.id] for one in those), (region,),
            listed(FOUND[one] for one in kinds), _noticed(region, set(kinds)), all(felt) if felt else None,
        )  # fmt: skip
    for record in taken.records:
        now = record.now
        if now.kind != "near_miss":
            what = (now.seen or now.felt).strip().rstrip(".")
            noticed: Noticed = "skin" if now.kind == "found_wound" else "other"
            yield Finding(
                record.first.pk.hex, visit, now.at, (), what, noticed, False if now.could_feel == "no" else None
            )


def _noticed(region: str, kinds: set[str]) -> Noticed:
    """A hot or swollen foot and a hot or swollen limb are kinds of their own; the rest is skin."""
    bits = area((region,)) if known(region) else 0
    if kinds & {"hot", "swollen"} and bits & _LIMB:
        return "hot_foot" if not bits & ~_FOOT else "clot_signs"
    return "skin"


class FindingFields(Fields):
    """Which finding, how soon, what was done and told, and what may matter to whoever looks at it."""

    found = several("What you noticed", ask="Choose what you noticed.")
    how = choice("How soon", HOW.items(), ask="Choose how soon.")
    more = words("More that you saw", 300, rows=2, hint="What you saw, not what it may be.")
    did = several("You did", DID.items())
    did_more = words("What else you did", 200)
    told = several("You told the client", TOLD.items())
    told_more = words("What else you told the client", 200)
    known = several("It may matter", hint="Only what whoever looks at it needs to know.")
    own = ("found", "how")
    folds = (
        ("What you did", ("did", "did_more")), ("What you told the client", ("told", "told_more")),
        ("More that you saw, and what may matter", ("more", "known")),
    )  # fmt: skip

    def __init__(self, case: Case, data: Any = None, start: dict[str, Any] | None = None) -> None:
        super().__init__(case, data, start)
        zone = case.client.clinic.zone
        self.findings = {one.key: one for one in findings(case)}
        self.fields["found"].choices = [
            (key, f"{one.words} {one.at.astimezone(zone):%-d %b, %H:%M}") for key, one in self.findings.items()
        ]
        self.lines = dict(enumerate(_known(case)))
        self.fields["known"].choices = [(str(n), line) for n, line in self.lines.items()]
        self.fields["how"].help_text = _advised(case.screening)


def of_visit(case: Case, visit: str) -> dict[str, Any]:
    """What was found in one visit, chosen already, because the therapist comes from there."""
    return {"found": [one.key for one in findings(case) if one.visit == visit]}


def _advised(screening: Screening | None) -> str:
    """What holds today asks for, where anything may be worked out."""
    urgency = screening.urgency if screening else "none"
    return {"emergency": "What holds today: an emergency.", "same_day": "What holds today: medical care today."}.get(
        urgency, ""
    )


def _known(case: Case) -> tuple[str, ...]:
    """What the rules that hold today rest on, each with its origin; nothing where nothing may be worked out.

    Left out is what is not so, and what a look at the skin told the rules: that is the finding, not ours to name."""
    if case.screening is None:
        return ()
    fired = [one for one in case.screening.rules if one.state == "fired"]
    told = [structs.replace(one, facts=tuple(filter(_may_matter, one.facts))) for one in fired]
    return known_lines(told, case.knowledge, case.today)


def _may_matter(one: Met) -> bool:
    return one.value not in (None, False) and not one.origin.startswith(SKIN_CHECK)


def urgent(case: Case, form: FindingFields) -> Urgent:
    """The letter as it would be kept now."""
    given, zone = form.said, case.client.clinic.zone
    chosen = [form.findings[one] for one in given.get("found") or () if one in form.findings]
    at = max((one.at for one in chosen), default=None)
    regions = tuple(dict.fromkeys(region for one in chosen for region in one.regions))
    felt = [one.felt for one in chosen if one.felt is not None]
    known_said = [form.lines[int(one)] for one in given.get("known") or ()]
    told = [TOLD[one] for one in given.get("told") or ()]
    return sealed(
        case, Urgent, form.to, [f"finding, {one.key}" for one in chosen],
        noticed=min((one.noticed for one in chosen), key=_ORDER.index, default="other"),
        how=given.get("how") or "today",
        place=loud(where(regions)) if regions else "", seen=at.astimezone(zone).date() if at else case.today,
        time=f"{at.astimezone(zone):%H:%M}" if at else "",
        more="\n".join([*(one.words for one in chosen), *([given["more"]] if given.get("more") else [])]),
        felt=all(felt) if felt else None, known=tuple(known_said),
        did=(*(DID[one] for one in given.get("did") or ()), *([given["did_more"]] if given.get("did_more") else [])),
        told=" ".join([*told, *([given["told_more"]] if given.get("told_more") else [])]),
    )  # fmt: skip
