"""What an entry of a record says about our facts: its concept, its status and its dates together.

safety-clarifications.md 14 decides: lasting states count however old they are; an episode counts only while active
and dated within its window, otherwise it asks; history codes count but date nothing; symptom codes only ask. Refuted
entries and entries dated in the future never come here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct

from afferent.knowledge.concepts import Concept, Hit
from afferent.knowledge.model import Fact
from afferent.records.dates import Span
from afferent.records.gathering import Gathering
from afferent.records.laterality import where
from afferent.safety.evidence import Evidence, Kind, Value

# now: active. over: ended, resolved, stopped. unstated: no status given. unsure: unconfirmed, or only intended.
State = Literal["now", "over", "unstated", "unsure"]


class Entry(Struct, frozen=True):
    """One entry of a record, freed from its format.

    `begun` when it began, or was done (None: not stated); `sites` places of its body sites, `words` places in its
    words (used where neither body site nor code has a place); `side` left, right, both or "".
    """

    origin: str
    said: str
    kind: Kind
    state: State = "now"
    begun: Span | None = None
    sites: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    side: str = ""


def unique(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Each thing that is shown once, in order, however many codes show it."""
    return tuple({(hit.concept.id, hit.side, hit.place, hit.sure, hit.name): hit for hit in hits}.values())


def tell(hits: Iterable[Hit], entry: Entry, gathering: Gathering) -> None:
    """State everything that the hits say about this entry."""
    for hit in hits:
        for fact, how, sure in _told(hit, entry, gathering.as_of):
            value = _value(gathering.knowledge.facts[fact], how, hit, entry, gathering.as_of) if sure else None
            gathering.state(Evidence(fact, value, _date(entry, gathering.as_of), entry.origin, entry.said, entry.kind))


def _told(hit: Hit, entry: Entry, as_of: dt.date) -> Iterator[tuple[str, str, bool]]:
    """Fact, how, and whether the entry may decide it (else it only asks)."""
    concept = hit.concept
    sure = hit.sure and entry.state != "unsure"
    match concept.kind:
        case "context" | "lab" | "vital":
            return
        case "asks":
            if entry.state != "over":
                yield from _all(concept.tells, False)
        case "history":
            yield from _all(concept.tells, sure)
        case "episode" | "procedure":
            yield from _episode(concept, entry, sure, as_of)
        case _:
            if entry.state != "over":
                yield from _all(concept.tells, sure)
            else:
                yield from _all(concept.leaves, sure)


def _episode(concept: Concept, entry: Entry, sure: bool, as_of: dt.date) -> Iterator[tuple[str, str, bool]]:
    """Active and recent tells; active but old or undated asks, and what it leaves behind holds."""
    recent = entry.begun is not None and (as_of - entry.begun.latest(as_of)).days <= concept.window
    if entry.state == "unsure":
        yield from _all(concept.tells, False)
        return
    if entry.state == "now" and recent:
        yield from _all(concept.tells, sure)
        return
    if entry.state == "now" or (entry.state == "unstated" and (recent or entry.begun is None)):
        yield from _all({fact: how for fact, how in concept.tells.items() if fact not in concept.leaves}, False)
    yield from _all(concept.leaves, sure)


def _all(told: dict[str, str], sure: bool) -> Iterator[tuple[str, str, bool]]:
    for fact, how in told.items():
        yield fact, how, sure


def _value(fact: Fact, how: str, hit: Hit, entry: Entry, as_of: dt.date) -> Value:
    match how:
        case "yes":
            return True
        case "no":
            return False
        case "place":
            implied = hit.place or hit.concept.place
            sites = entry.sites or ((implied,) if implied else entry.words)
            return where(fact, sites, hit.side or entry.side)
        case "date":
            return _event(fact, hit.concept, entry, as_of)
        case _:
            return how[1:] if how.startswith("=") else None


def _event(fact: Fact, concept: Concept, entry: Entry, as_of: dt.date) -> dt.date | None:
    """The day of an event, or None: it only asks.

    A "history of" entry is dated when it was written down. And an old event never answers a question that is always
    asked ("when was the last ...?"): that nothing newer is recorded says nothing.
    """
    if entry.begun is None or concept.kind == "history":
        return None
    day = entry.begun.latest(as_of)
    if fact.critical is True and (as_of - day).days > concept.window:
        return None
    return day


def _date(entry: Entry, as_of: dt.date) -> dt.date | None:
    return entry.begun.latest(as_of) if entry.begun else None


def count_antiplatelets(hits: Iterable[Hit], entry: Entry, gathering: Gathering) -> None:
    """Keep the antiplatelet drugs that count as taken now, by ingredient: two of them are more than one."""
    for hit in hits:
        if hit.sure and entry.state in ("now", "unstated") and hit.concept.tells.get("antiplatelet") == "yes":
            taken = Evidence("antiplatelet", True, _date(entry, gathering.as_of), entry.origin, entry.said, entry.kind)
            gathering.antiplatelets.setdefault(hit.name.lower(), taken)
