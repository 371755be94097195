"""The screening of a client, kept current: worked out afresh whenever something was said, or another day has come.

Ask here: `current(client, today)` and `currents(clients, today)` (as many as there are, in a fixed number of queries),
`look` (with what it was worked out from), `last` (nothing worked out, for lists), `whole` (the stored one, unpacked). A
screening is stored when it says something new, with the version of its knowledge; it is never changed.
"""

from __future__ import annotations

import datetime as dt
import uuid
import zlib
from collections.abc import Iterable
from typing import Final

import msgspec
from django.db import transaction
from msgspec import structs

from afferent.errors import AfferentError
from afferent.knowledge import Knowledge
from afferent.records.screened import screening
from afferent.safety.screening import Screening
from afferent.web.audit.chain import digest
from afferent.web.clients.knowing import Known, known
from afferent.web.clients.models import Client, Screened
from afferent.web.clinics.knowledge import in_force
from afferent.web.clinics.models import Clinic
from afferent.web.scope import clinic_id
from afferent.words.brief import brief
from afferent.words.dates import day
from afferent.words.headline import headline

_DECODER: Final = msgspec.json.Decoder(Screening)
_CLOSED: Final = ("postpone", "do_not_treat_refer")
_AT_ONCE: Final = 200
_NO_DAY: Final = dt.date.min  # what is stored says no day: it is the same on every day on which it says the same


def current(client: Client, today: dt.date) -> Screened:
    """The screening that holds today."""
    return currents([client], today)[client.pk]


def look(client: Client, knowledge: Knowledge, today: dt.date) -> tuple[Screened, Known]:
    """The screening that holds today, and what it was worked out from."""
    if client.screened is not None and _is_fresh(client, knowledge, today):
        return client.screened, known([client], knowledge, today)[client.pk]
    return _afresh([client], knowledge, today)[client.pk]


def last(client: Client, knowledge: Knowledge, today: dt.date) -> Screened | None:
    """The screening as it stands, if of today, by this knowledge, and nothing was said since. Works nothing out."""
    return client.screened if _is_fresh(client, knowledge, today) else None


def currents(clients: Iterable[Client], today: dt.date) -> dict[uuid.UUID, Screened]:
    """Those that hold today. What was screened today, and not spoken of since, is taken as it is."""
    knowledge = in_force(Clinic.objects.get(pk=clinic_id()))
    people = list(clients)
    fresh = {one.pk: one.screened for one in people if _is_fresh(one, knowledge, today)}
    old = [one for one in people if one.pk not in fresh]
    for start in range(0, len(old), _AT_ONCE):
        made = _afresh(old[start : start + _AT_ONCE], knowledge, today)
        fresh |= {pk: one for pk, (one, _) in made.items()}
    return fresh


def _is_fresh(client: Client, knowledge: Knowledge, today: dt.date) -> bool:
    same_day = client.screened_on == today and not client.stale
    return same_day and client.screened is not None and client.screened.knowledge == knowledge.version


@transaction.atomic
def _afresh(people: list[Client], knowledge: Knowledge, today: dt.date) -> dict[uuid.UUID, tuple[Screened, Known]]:
    _hold(people)
    told = known(people, knowledge, today)
    made: list[Screened] = []
    for client in people:
        found = screened(client, told[client.pk], knowledge)
        if client.screened is None or client.screened.digest != found.digest:
            found.save()
            client.screened = found
        client.screened_on, client.stale = today, False
        made.append(client.screened)
    if len(people) == 1:
        Client.objects.filter(pk=people[0].pk).update(screened=made[0], screened_on=today, stale=False)
    else:
        Client.objects.bulk_update(people, ["screened", "screened_on", "stale"])
    return {client.pk: (client.screened, told[client.pk]) for client in people}


def _hold(people: list[Client]) -> None:
    """From reading what was said until "not stale" is written nobody says more: whoever writes marks the row of the
    client, and waits for it here. The birth date may have been changed since the client was read."""
    held = Client.objects.select_for_update(no_key=True).filter(pk__in=[one.pk for one in people]).order_by("pk")
    born = dict(held.values_list("pk", "born"))
    for one in people:
        one.born = born.get(one.pk, one.born)


def screened(client: Client, told: Known, knowledge: Knowledge) -> Screened:
    """A screening as it would be stored."""
    try:
        found = screening(told.intake, knowledge)
    except AfferentError as error:
        return _refused(client, told, knowledge, str(error))
    data = msgspec.json.encode(structs.replace(found, as_of=_NO_DAY))
    state = _state(found, told)
    return Screened(
        client=client,
        as_of=found.as_of,
        knowledge=knowledge.version,
        decision=found.decision,
        urgency=found.urgency,
        to_ask=sum(question.critical for question in found.questions),
        state=state,
        headline=headline(found)[:300],
        line=_line(found, state, told, knowledge)[:200],
        digest=digest(data),
        upto=told.upto,
        body=zlib.compress(data, 2),
    )


def _refused(client: Client, told: Known, knowledge: Knowledge, why: str) -> Screened:
    """Nobody who may not be screened is treated by default."""
    return Screened(
        client=client, as_of=told.intake.as_of, knowledge=knowledge.version, decision="do_not_treat_refer",
        urgency="routine", state="closed", headline=why[:300], digest=digest(why), upto=told.upto, body=b"",
    )  # fmt: skip


def _state(found: Screening, told: Known) -> str:
    """How the client stands in a list; the first that holds."""
    if found.decision in _CLOSED:
        return "closed"
    if found.decision == "clearance_first":
        return "clearance"
    critical = [question for question in found.questions if question.critical]
    if found.ask_first and critical:
        if all(question.fact in told.lapsed for question in critical):
            return "again"
        return "skin" if all(question.group == "skin" for question in critical) else "ask"
    return "clearance" if found.clearance_for else "ready"


def _line(found: Screening, state: str, told: Known, knowledge: Knowledge) -> str:
    """What a list says beside the name."""
    if state == "again":
        last = max((one.date for one in told.lapsed.values() if one.date), default=None)
        return f"Ask whether it is still as on {day(last)}" if last else "Ask whether it is still so"
    return brief(found, knowledge)


def whole(screened: Screened, today: dt.date | None = None) -> Screening | None:
    """The stored screening, for the day it still holds on; None where nothing could be worked out."""
    if not screened.body:
        return None
    return structs.replace(unpacked(bytes(screened.body)), as_of=today or screened.as_of)


def unpacked(body: bytes) -> Screening:
    """A stored screening, of no day."""
    return _DECODER.decode(zlib.decompress(body))
