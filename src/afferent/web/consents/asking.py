"""What a client agreed to: read, and added to. Without HTTP.

Ask here: `entries`, `standings` and `open_purposes` (what stands, what is still to be asked), `agreed` (may it be
done?), `to_massage` (of many clients at once), `numb_places` (known today) and `numb_now` (the same, where a clinic
lets them be compared), `give`, `withdraw` and, for the pages of a client's own link, `withdraw_alone`. Every entry goes
into the audit in the same transaction.
Nothing is ever changed: taking a yes back is one more entry, and saying the same twice on a day is said once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from typing import Final, cast
from uuid import UUID

from django.db import transaction
from msgspec import structs

from afferent.body.regions import cover
from afferent.errors import AfferentError, InputError
from afferent.knowledge import Knowledge
from afferent.knowledge.model import Consent as Asked
from afferent.knowledge.model import Purpose
from afferent.records.consent import By, ConsentEntry, Standing, standing
from afferent.records.intake import Intake
from afferent.safety.person import resolve
from afferent.web.accounts.models import User
from afferent.web.audit.chain import note
from afferent.web.clients.knowing import known
from afferent.web.clients.models import Client
from afferent.web.clinics.knowledge import in_force
from afferent.web.clinics.models import Clinic
from afferent.web.consents.models import Consent

Numb = tuple[str, ...]

SOMEWHERE: Final = "somewhere"  # numb, and nobody said where: a place like any other, so that learning it asks again
_NUMB: Final = ("numb", "monofilament_lost", "touch_test_lost", "vibration_lost")


class WordingChanged(InputError):
    """A yes to words that are no longer the ones in force. Taking a yes back never meets this."""


def knowledge_of(client: Client) -> Knowledge:
    """The knowledge of the client's clinic: its wordings are the ones that are read aloud."""
    return in_force(client.clinic)


def rows(client: Client) -> list[Consent]:
    """Every entry, in the order they were made, with who wrote it."""
    return list(Consent.objects.filter(client=client).select_related("by").order_by("at"))


def entries(client: Client) -> list[ConsentEntry]:
    """The same, as `records.consent` reads them."""
    return [entry(row) for row in Consent.objects.filter(client=client).order_by("at")]


def entry(row: Consent) -> ConsentEntry:
    """One of them. What somebody of the staff wrote down was said by the client, unless a helper is named."""
    by: By = "helper" if row.helper else "client"
    return ConsentEntry(cast(Purpose, row.purpose), row.given, row.on, row.version, by, tuple(row.numb))


def standings(
    said: Iterable[ConsentEntry], asked: Iterable[Asked], today: dt.date, numb: Numb | None
) -> dict[str, Standing]:
    """How each purpose stands today. `numb` None: the places are not compared, then or now."""
    told = [one if numb is not None else structs.replace(one, numb=()) for one in said]
    return {one.id: standing(told, one, today, numb or ()) for one in asked}


def open_purposes(client: Client, today: dt.date, numb: Numb | None) -> list[Asked]:
    """Those that are still to be asked, or asked again, in their order. A no is an answer, and not asked again."""
    asked = knowledge_of(client).consents
    found = standings(entries(client), asked.values(), today, numb)
    return [asked[name] for name, one in found.items() if one.state in ("not_asked", "ask_again")]


def agreed(client: Client, purpose: Purpose, today: dt.date, numb: Numb | None = None) -> bool:
    """May it be done today?"""
    asked = knowledge_of(client).consents[purpose]
    return standings(entries(client), [asked], today, numb)[purpose].given


def to_massage(
    clients: Iterable[Client], clinic: Clinic, today: dt.date, compare: Collection[UUID]
) -> dict[UUID, Standing]:
    """How the consent to massage of each stands today. `compare`: whose numb places are compared with those of the yes,
    for which all that is known of them is read. Three queries, however many clients."""
    people, knowledge = {one.pk: one for one in clients}, in_force(clinic)
    asked = knowledge.consents["treatment"]
    told: dict[UUID, list[ConsentEntry]] = {pk: [] for pk in people}
    for row in Consent.objects.filter(client_id__in=people, purpose=asked.id).order_by("at"):
        told[row.client_id].append(entry(row))
    found = {pk: standings(said, [asked], today, None)[asked.id] for pk, said in told.items()}
    yes = [people[pk] for pk, one in found.items() if one.given and pk in compare] if clinic.decides else []
    for pk, one in known(yes, knowledge, today).items():
        numb = numb_in(one.intake, knowledge, today)
        found[pk] = standings(told[pk], [asked], today, numb)[asked.id]
    return found


def numb_now(client: Client, today: dt.date) -> Numb | None:
    """The numb places a yes is compared with; None where the clinic keeps records only."""
    return numb_places(client, today) if client.clinic.decides else None


def numb_places(client: Client, today: dt.date) -> Numb:
    """Where feeling is known to be less or gone today, as it was said and tested."""
    knowledge = knowledge_of(client)
    try:
        intake = known([client], knowledge, today)[client.pk].intake
    except AfferentError:  # somebody who is not screened at all, such as a child
        return ()
    return numb_in(intake, knowledge, today)


def numb_in(intake: Intake, knowledge: Knowledge, today: dt.date) -> Numb:
    """The same, from what is known already."""
    person = resolve((one for one in intake.statements if one.fact in _NUMB), knowledge, today)
    area, found = 0, []
    for fact in _NUMB:
        places = person.places.get(fact, ())
        area |= sum_of(places)
        if person.values.get(fact) is True and (not places or 0 in places):
            found.append(SOMEWHERE)
    return (*cover(area), *dict.fromkeys(found))


def sum_of(places: Iterable[int]) -> int:
    """The area of several places together."""
    area = 0
    for one in places:
        area |= one
    return area


def give(
    client: Client, purpose: str, version: int, *, on: dt.date, actor: str, by: User | None = None,
    helper: str = "", numb: Numb = (),
) -> Consent:  # fmt: skip
    """Write down a yes to the wording that was shown. Raises InputError for no purpose, WordingChanged if renewed."""
    asked = _asked(client, purpose)
    if version != asked.version:
        raise WordingChanged("The wording was renewed meanwhile. Read it aloud once more, and ask again.")
    return _write(client, asked, True, on=on, actor=actor, by=by, helper=helper, numb=numb)


def withdraw(
    client: Client, purpose: str, *, on: dt.date, actor: str, by: User | None = None, helper: str = "", numb: Numb = ()
) -> Consent:
    """Write down a no, or a yes taken back. Always open, whatever the wording. Raises InputError for no purpose."""
    return _write(client, _asked(client, purpose), False, on=on, actor=actor, by=by, helper=helper, numb=numb)


def withdraw_alone(client: Client, purpose: str, *, on: dt.date, helper: str = "") -> Consent:
    """The client takes a yes back from their own link: nobody of the staff stands between."""
    return withdraw(client, purpose, on=on, actor=f"client:{client.pk}", helper=helper)


def _asked(client: Client, purpose: str) -> Asked:
    found = knowledge_of(client).consents.get(purpose)
    if found is None:
        raise InputError(f"There is no consent named “{purpose[:40]}”.")
    return found


@transaction.atomic
def _write(
    client: Client, asked: Asked, given: bool, *, on: dt.date, actor: str, by: User | None, helper: str, numb: Numb
) -> Consent:
    new = Consent(
        client=client, purpose=asked.id, given=given, version=asked.version, on=on, by=by, helper=helper.strip()[:80],
        numb=list(numb),
    )  # fmt: skip
    last = Consent.objects.filter(client=client, purpose=asked.id).order_by("-at").first()
    if last is not None and list(_said(last)) == list(_said(new)):
        return last
    new.save()
    note(actor, f"consent.{'given' if given else 'withdrawn'}", f"consent:{new.pk}", list(_said(new)))
    return new


def _said(row: Consent) -> Iterator[object]:
    """What makes two entries the same: a second tap is no second answer."""
    yield from (str(row.client_id), row.purpose, row.given, row.version, str(row.on), row.helper, list(row.numb))
