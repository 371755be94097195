"""The note of a visit as it stands: both views, the ledger, what earlier visits tell. Worked out, never stored.

Ask here: `written(session)`, whose `body` is what a signature keeps, and `digest_of` over events and body. The same
events give the same body. A note that is signed is read from its own body, and nothing here is asked again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import msgspec
from msgspec import Struct

from afferent.knowledge import Knowledge
from afferent.physiology.heat.source import HEAT_SOURCES
from afferent.visit.events import Kept, Opened, encode
from afferent.visit.fold import course
from afferent.visit.ledger import Dose, ledger
from afferent.visit.note import Names
from afferent.visit.note import note as assembled
from afferent.visit.where import together
from afferent.web.accounts.models import User
from afferent.web.audit.chain import digest
from afferent.web.clients.current import whole
from afferent.web.clinics.knowledge import in_force
from afferent.web.live.models import Session
from afferent.web.live.store import stream
from afferent.web.notes.earlier import before, heading, last_times, screening_told, since
from afferent.words.consents import long_day
from afferent.words.dates import day
from afferent.words.note import View, sections
from afferent.words.visit import lasting
from afferent.words.vocabulary import capital, level, lower_first

VIEWS: Final[tuple[View, ...]] = ("soap", "care")
# The words that a therapist adds belong to a section of SOAP; this is where CARE shows them.
CARE_OF: Final = {"condition": "subjective", "action": "objective", "response": "assessment", "evaluation": "plan"}
_POSITIONS: Final = {"on_back": "lying on the back", "on_side": "lying on the side", "sitting": "sitting"}


class Written(Struct, frozen=True):
    """The note so far. `upto`: the last event in it; `seen`: a digest of all that a reader sees."""

    body: dict[str, Any]
    knowledge: str
    upto: int
    events: tuple[Kept, ...]
    running: bool

    @property
    def seen(self) -> str:
        return digest_of(self.events, self.body)


def written(session: Session) -> Written:
    """The note of this session, from its events. `session` with client, its clinic, therapist and screening."""
    events = stream(session.pk)
    visit = course(events)
    knowledge = in_force(session.client.clinic)
    earlier = before(session)
    names = _names(session, knowledge, people(events, but=session.therapist_id))
    changed = since(earlier, whole(session.screened), knowledge)  # what this visit found is not of before
    made = assembled(events, screening_told(events, session), names, since=changed)
    body: dict[str, Any] = {
        "head": _head(session, made.knowledge),
        "last_time": last_times(earlier, _places(visit.opened, ledger(visit).doses)),
        "ledger": [_row(one, names) for one in ledger(visit).doses],
        "hands_on": lasting(visit.seconds) if visit.seconds else "",
    }
    body |= {view: msgspec.to_builtins(sections(made, view)) for view in VIEWS}
    upto = events[-1].seq if events else 0
    return Written(body, made.knowledge, upto, tuple(events), session.ended_at is None)


def digest_of(events: Iterable[Kept], body: dict[str, Any]) -> str:
    """Over the events and the words: changes when either does."""
    return digest({"events": [encode(one.event).decode() for one in events], "body": body})


def _head(session: Session, knowledge: str) -> dict[str, str]:
    client, zone = session.client, session.client.clinic.zone
    begins = session.opened_at.astimezone(zone)
    ends = session.ended_at.astimezone(zone) if session.ended_at else None
    return {
        "client": client.name,
        "born": day(client.born) if client.born else "",
        "clinic": client.clinic.name,
        "therapist": session.therapist.name,
        "on": long_day(begins.date()),
        "from": f"{begins:%H:%M}",
        "until": f"{ends:%H:%M}" if ends else "",
        "knowledge": knowledge,
    }


def people(events: Iterable[Kept], *, but: int) -> dict[str, User]:
    """Who of the staff sent events, beside this one; nobody is looked up where there was nobody else."""
    sent = {int(one.who.partition(":")[2]) for one in events if one.who} - {but}
    return {f"user:{key}": one for key, one in User.objects.in_bulk(sent).items()} if sent else {}


def _names(session: Session, knowledge: Knowledge, people: dict[str, User]) -> Names:
    return Names(
        client=session.called,
        therapist=session.therapist.get_short_name() or session.therapist.name,
        on=session.opened_at.astimezone(session.client.clinic.zone).date(),
        works={name: work.title for name, work in knowledge.library.items()},
        rules={name: rule.title for name, rule in knowledge.rules.items()},
        positions=_POSITIONS,
        sources={name: lower_first(one.title) for name, one in HEAT_SOURCES.items()},
        reasons={name: f"{reason.title}." for name, reason in knowledge.reasons.items()},
        measures={name: f"{one.title} ({one.scale})" for name, one in knowledge.measures.items()},
        people=_called(people | {f"user:{session.therapist_id}": session.therapist}) if people else {},
    )


def _called(people: dict[str, User]) -> dict[str, str]:
    """By their first name; by the whole one where two have the same."""
    short = {who: one.get_short_name() or one.name for who, one in people.items()}
    same = list(short.values())
    return {who: name if same.count(name) == 1 else people[who].name for who, name in short.items()}


def _places(opened: Opened | None, doses: Iterable[Dose]) -> list[tuple[str, ...]]:
    """Where hands were, or, before that, where they will be."""
    worked = [one.regions for one in doses]
    planned = [together(step.regions) for step in opened.outline.steps] if opened else []
    return worked or planned


def _row(one: Dose, names: Names) -> dict[str, str]:
    return {
        "where": heading(one.regions),
        "work": capital(names.works.get(one.work, one.work)),
        "level": level(one.level),
        "time": lasting(one.seconds),
    }
