"""The trials of a client: what was agreed, when it ended, and how its days are counted.

Ask here: `trials(client)` (all, the latest first), `current(client)`, `agree` (a new one, which ends the former) and
`end`. Nothing of a trial is ever edited; one that is agreed after visits of it says so, or is refused.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from typing import Any, Final

import msgspec
from django.db import transaction
from msgspec import Struct

from afferent.errors import InputError
from afferent.knowledge.measures import Measure
from afferent.outcomes.person.trial import Agreement
from afferent.web.accounts.models import User
from afferent.web.audit.chain import note
from afferent.web.clients.models import Client
from afferent.web.outcomes.models import WHY_ENDED, Ending, Trial
from afferent.web.outcomes.phases import Phases, drawn, simple
from afferent.web.outcomes.visited import Visited, visited
from afferent.web.scope import clinic_id
from afferent.words.vocabulary import capital, counted

_A_DAY: Final = ("the last 24 hours", "last night", "yesterday")  # what can be asked each day
_LARGEST: Final = 2_000


class NotAgreed(InputError):
    """This cannot be agreed. Nothing was written."""


class Standing(Struct, frozen=True):
    """A trial and how it stands. `pauses`: of it and of those it goes on from. `until`: its last day; None: it runs."""

    trial: Trial
    agreement: Agreement
    pauses: tuple[dt.date, ...]
    until: dt.date | None
    ended: str

    @property
    def runs(self) -> bool:
        return self.until is None

    @property
    def measures(self) -> tuple[str, ...]:
        """What is asked, that which is judged first."""
        return tuple(dict.fromkeys((self.agreement.measure, *self.trial.also)))

    def phases(self, visits: Iterable[Visited]) -> Phases:
        """Which days are with massage."""
        if self.agreement.blocks is not None:
            return drawn(self.trial.begins, self.agreement.baseline_days, self.agreement.blocks)
        return simple(self.trial.begins, self.pauses, [one.on for one in visits])


def by_day(measure: Measure) -> bool:
    """Can it be judged from day to day? On the largest scales no change that matters can be agreed: 100 is the most."""
    small = measure.range[1] <= _LARGEST
    return small and measure.better != "none" and ("daily" in measure.asked or measure.recall in _A_DAY)


def trials(client: Client) -> list[Standing]:
    """Every trial, the latest first. Two queries."""
    rows = list(Trial.objects.filter(client=client).select_related("by").order_by("at", "pk"))
    ends = {one.trial_id: one for one in Ending.objects.filter(client=client)}
    found: list[Standing] = []
    for n, one in enumerate(rows):
        found.append(_standing(one, rows[: n + 1], rows[n + 1] if n + 1 < len(rows) else None, ends.get(one.pk)))
    return found[::-1]


def _standing(one: Trial, so_far: Sequence[Trial], later: Trial | None, ending: Ending | None) -> Standing:
    agreement = agreed(one)
    chain = [row for row in so_far if row.begins == one.begins and agreed(row).measure == agreement.measure]
    pauses = tuple(row.pauses_on for row in chain if row.pauses_on is not None)
    if ending is not None:
        return Standing(one, agreement, pauses, ending.on, WHY_ENDED[ending.why])
    if later is not None:
        return Standing(one, agreement, pauses, later.agreed_on, "Another one was agreed")
    return Standing(one, agreement, pauses, None, "")


def agreed(row: Trial) -> Agreement:
    return msgspec.convert(row.agreement, Agreement)


def current(client: Client) -> Standing | None:
    """The trial that runs."""
    found = trials(client)
    return found[0] if found and found[0].runs else None


class Wanted(Struct, frozen=True):
    """What is to be agreed. `late`: "agreed after so many visits" was said plainly; None: it was not."""

    agreement: Agreement
    also: tuple[str, ...]
    begins: dt.date
    pauses_on: dt.date | None = None
    said: str = ""
    late: int | None = None


@transaction.atomic
def agree(
    client: Client, wanted: Wanted, *, by: User, actor: str, today: dt.date, now: dt.datetime, key: uuid.UUID
) -> Trial:
    """A new trial. `key`: of the form, so that it is agreed once however often it is sent. Raises NotAgreed."""
    Client.objects.select_for_update(no_key=True).get(pk=client.pk)
    id_ = uuid.uuid5(clinic_id(), key.hex)
    there = Trial.objects.filter(pk=id_).first()
    if there is not None:
        return there
    if wanted.begins > today:
        raise NotAgreed("The first day is still to come. Agree on that day, or choose today")
    after = len(visited(client, wanted.begins))
    if after and wanted.late != after:
        raise NotAgreed(
            f"{capital(counted(after, 'visit'))} of it {'has' if after == 1 else 'have'} been already. Say plainly "
            f"that it is agreed after {counted(after, 'visit')}, or let it begin today"
        )
    made = Trial.objects.create(
        id=id_, client=client, agreement=msgspec.to_builtins(wanted.agreement), also=list(wanted.also),
        begins=wanted.begins, pauses_on=wanted.pauses_on, agreed_on=today, after_visits=after, said=wanted.said[:500],
        by=by, at=now,
    )  # fmt: skip
    note(actor, "trial.agreed", f"client:{client.pk}", [str(made.pk), made.agreement])
    return made


@transaction.atomic
def end(trial: Trial, why: str, *, by: User, actor: str, today: dt.date, now: dt.datetime) -> None:
    """It ends, and no other takes its place. Ended twice is ended once."""
    if why not in WHY_ENDED:
        raise InputError("That is no way for a trial to end")
    client = Client.objects.select_for_update(no_key=True).get(pk=trial.client_id)
    standing = next((one for one in trials(client) if one.trial.pk == trial.pk), None)
    if standing is None or not standing.runs:
        return
    Ending.objects.create(client=client, trial=trial, why=why, on=today, by=by, at=now)
    what: dict[str, Any] = {"trial": str(trial.pk), "why": why}
    note(actor, "trial.ended", f"client:{client.pk}", what)
