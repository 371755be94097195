"""A look at the skin, written down: one event of the visit, facts for the rules, and a screening made at once.

Ask here: `look(...)`, and `marks(session)`: what was marked on the therapist's face meanwhile and has not reached the
rules yet. The next look takes those along, so that a mark is never lost. All of it is written, or nothing.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable

import msgspec
from django.db import transaction
from msgspec import Struct

from afferent.visit.events import Kept, Look, SkinChecked, When
from afferent.visit.skin import HARMLESS, facts
from afferent.web.accounts.models import User
from afferent.web.audit.chain import note
from afferent.web.clients.current import current, whole
from afferent.web.clients.knowing import known, write
from afferent.web.clients.models import Client, Record
from afferent.web.clinics.knowledge import in_force
from afferent.web.live.models import Session
from afferent.web.live.store import append, stream
from afferent.web.notes.again import renew


class Looked(Struct, frozen=True):
    """What came of it. `found`: anything but whole skin; `changed`: it changed what may be done in this visit."""

    found: bool
    changed: bool


def marks(session: Session, kept: Iterable[Kept] | None = None) -> list[SkinChecked]:
    """Findings marked during the visit that no look has taken along yet."""
    done = {
        event
        for body in Record.objects.filter(client_id=session.client_id, kind="skin_check").values_list("body", flat=True)
        for event in body.get("events", ())
    }
    events = [one.event for one in (stream(session.pk) if kept is None else kept)]
    marked = [one for one in events if isinstance(one, SkinChecked) and one.when == "during" and one.id not in done]
    return [one for one in marked if _found(one.looks)]


@transaction.atomic
def look(session: Session, when: When, looks: tuple[Look, ...], *, by: User, actor: str, now: dt.datetime) -> Looked:
    """Write a look down, with what was marked before it. Findings become facts; the client is screened at once."""
    client = Client.objects.select_for_update(no_key=True).get(pk=session.client_id)  # nobody says more meanwhile
    before = marks(session)
    event = SkinChecked(id=secrets.token_hex(16), at=now, when=when, looks=looks)
    if looks:
        append(session.pk, [event], now=now, by=by)
    note(actor, "skin.looked", f"visit:{session.visit_id}", msgspec.to_builtins(looks))
    seen = (*(one for mark in before for one in mark.looks), *looks)
    if not _found(seen):
        return Looked(False, False)
    _tell(client, seen, [one.id for one in (*before, event)], session, by, now)
    return Looked(True, screen_again(session, now))


@transaction.atomic
def screen_again(session: Session, now: dt.datetime) -> bool:
    """Hold the visit to what is known of the client now. True where that changed anything in it."""
    client = Client.objects.select_related("screened", "clinic").get(pk=session.client_id)
    today = now.astimezone(client.clinic.zone).date()
    screened = current(client, today)
    rows = Session.objects.select_for_update(of=("self",)).select_related("screened")
    held = rows.get(pk=session.pk)  # two looks at the same moment come one after the other
    changed = renew(held, screened, whole(screened, today), in_force(client.clinic), now)
    if changed:
        note("program", "visit.rescreened", f"visit:{session.visit_id}", {"screened": screened.digest})
    return changed


def _tell(
    client: Client, looks: tuple[Look, ...], events: list[str], session: Session, by: User, now: dt.datetime
) -> None:
    """The findings as answers of today. Places told before stay beside them."""
    here = now.astimezone(client.clinic.zone)
    held = known([client], in_force(client.clinic), here.date())[client.pk].intake.statements
    found = facts(looks, here, held)
    body = {"session": str(session.pk), "events": events, "looks": msgspec.to_builtins(looks)}
    write(client, "skin_check", found, on=here.date(), by=by, source="a look at the skin", body=body)


def _found(looks: Iterable[Look]) -> bool:
    return any(one.found not in HARMLESS for one in looks)
