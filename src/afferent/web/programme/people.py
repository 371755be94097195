"""Who is in an export, and as what: a drawn code, a band of age, a group of conditions; nothing that says who.

Ask here: `enrolled` (everybody who may be in it, with how many were left out and why) and `grouped` (rare combinations
taken off until every one that is told is shared by five). The code and the days by which dates are moved are drawn and
kept in the clinic: neither can be worked out from anything that leaves it.
"""

from __future__ import annotations

import datetime as dt
import secrets
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.resources import files
from typing import Final

import tomli
from django.db import transaction
from msgspec import Struct, convert
from msgspec.structs import replace

from afferent.errors import AfferentError
from afferent.knowledge import Knowledge
from afferent.records.dates import age
from afferent.safety.evidence import Evidence
from afferent.web.clients.knowing import known
from afferent.web.clients.models import Client
from afferent.web.clinics.models import Clinic
from afferent.web.consents.asking import entry, standings
from afferent.web.consents.models import Consent
from afferent.web.programme.models import Participant, Study
from afferent.web.programme.small import LEAST

RESEARCH: Final = "research"  # the purpose of a consent, where a clinic's knowledge has one
NOT_SHOWN, NOT_KNOWN, SEVERAL, NONE = "not_shown", "not_known", "several", "none_known"
_ALPHABET: Final = "abcdefghjkmnpqrstuvwxyz23456789"
_CODE, _SHIFT, _AT_ONCE = 8, 180, 200
OLDEST: Final = 90


class Group(Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    facts: tuple[str, ...]


GROUPS: Final = convert(
    tomli.loads(files("afferent.web.programme").joinpath("conditions.toml").read_text("utf-8")), dict[str, Group]
)


class Person(Struct, frozen=True):
    """`code`: in this study. `shift`: days to add to every date of theirs."""

    client: uuid.UUID
    code: str
    shift: int
    age_band: str
    condition: str


class Enrolled(Struct, frozen=True):
    """`no_consent` None: no consent to research is asked here."""

    people: list[Person]
    no_consent: int | None
    not_adults: int


def enrolled(study: Study, clients: Sequence[uuid.UUID], clinic: Clinic, knowledge: Knowledge, on: dt.date) -> Enrolled:
    """`on`: the day for which age and condition are told."""
    may, no_consent = _agreed(clients, knowledge, on)
    people: list[Person] = []
    children = 0
    for start in range(0, len(may), _AT_ONCE):
        some = list(Client.objects.filter(pk__in=may[start : start + _AT_ONCE]).order_by("pk"))
        adults = [one for one in some if not one.born or age(one.born, on) >= 18]
        told = dict(_told(adults, knowledge, on))
        children += len(some) - len(told)
        drawn = _drawn(study, told)
        people += [_person(one, drawn[one.pk], told[one.pk], on) for one in adults if one.pk in told]
    return Enrolled(sorted(people, key=lambda one: one.code), no_consent, children)


def _person(client: Client, drawn: tuple[str, int], said: list[Evidence], on: dt.date) -> Person:
    code, shift = drawn
    return Person(client.pk, code, shift, _band(client.born, said, on), _condition(said))


def _agreed(
    clients: Sequence[uuid.UUID], knowledge: Knowledge, on: dt.date
) -> tuple[list[uuid.UUID], int | None]:  # fmt: skip
    """Those who said yes to research, where that is asked."""
    asked = {str(key): one for key, one in knowledge.consents.items()}.get(RESEARCH)
    if asked is None:
        return list(clients), None
    said: dict[uuid.UUID, list[Consent]] = {}
    for row in Consent.objects.filter(purpose=RESEARCH).order_by("at"):
        said.setdefault(row.client_id, []).append(row)
    may = [
        pk for pk in clients if standings([entry(row) for row in said.get(pk, [])], [asked], on, None)[asked.id].given
    ]
    return may, len(clients) - len(may)


def _told(adults: Sequence[Client], knowledge: Knowledge, on: dt.date) -> Iterator[tuple[uuid.UUID, list[Evidence]]]:
    """What is known of each; of whoever is no adult, nothing."""
    try:
        found = known(adults, knowledge, on)
        yield from ((pk, list(one.intake.statements)) for pk, one in found.items())
    except AfferentError:
        for one in adults:
            try:
                yield one.pk, list(known([one], knowledge, on)[one.pk].intake.statements)
            except AfferentError:
                continue


@transaction.atomic
def _drawn(study: Study, clients: Iterable[uuid.UUID]) -> dict[uuid.UUID, tuple[str, int]]:
    """Code and shift of each, drawn for whoever has none yet. The shift of a person is one in every study."""
    Study.objects.select_for_update(no_key=True).get(pk=study.pk)
    wanted = list(clients)
    rows = Participant.objects.filter(client__in=wanted)
    shifts = dict(rows.values_list("client_id", "shift"))
    there = {
        pk: (code, shift) for pk, code, shift in rows.filter(study=study).values_list("client_id", "code", "shift")
    }
    taken = set(Participant.objects.filter(study=study).values_list("code", flat=True))
    new = []
    for pk in wanted:
        if pk not in there:
            code = _new(taken)
            shift = shifts[pk] if pk in shifts else secrets.randbelow(2 * _SHIFT + 1) - _SHIFT
            there[pk] = code, shift
            new.append(Participant(study=study, client_id=pk, code=code, shift=shift))
    Participant.objects.bulk_create(new)
    return there


def _new(taken: set[str]) -> str:
    while True:
        code = "".join(secrets.choice(_ALPHABET) for _ in range(_CODE))
        if code not in taken:
            taken.add(code)
            return code


def _band(born: dt.date | None, said: list[Evidence], on: dt.date) -> str:
    """ "60_69"; everybody from ninety on together."""
    years: float | None = float(age(born, on)) if born else None
    if years is None:
        values = [one.value for one in said if one.fact == "age_years"]
        years = float(values[-1]) if values and isinstance(values[-1], int | float) else None
    if years is None:
        return NOT_KNOWN
    if years >= OLDEST:
        return f"{OLDEST}_up"
    if years < 30:
        return "18_29"
    low = 10 * int(years // 10)
    return f"{low}_{low + 9}"


def bands() -> tuple[str, ...]:
    return ("18_29", *(f"{low}_{low + 9}" for low in range(30, OLDEST, 10)), f"{OLDEST}_up", NOT_KNOWN, NOT_SHOWN)


def _condition(said: list[Evidence]) -> str:
    facts = {one.fact for one in said if one.value not in (None, False, ())}
    found = [key for key, one in GROUPS.items() if facts & set(one.facts) and key != "other_neuropathy"]
    if len(found) > 1:
        return SEVERAL
    if found:
        return found[0]
    return "other_neuropathy" if facts & set(GROUPS["other_neuropathy"].facts) else NONE


def rare(people: Iterable[Person]) -> int:
    """How many people are in a combination that fewer than five share."""
    cells = Counter((one.age_band, one.condition) for one in people)
    return sum(count for count in cells.values() if count < LEAST)


def grouped(people: Sequence[Person]) -> list[Person]:
    """With what is rare not shown: first the condition, then the band of age too; and if too few are left without
    either, the smallest group joins them. What is told is then shared by five at least, and so is what is not."""
    now = _blanked(people, lambda one: replace(one, condition=NOT_SHOWN))
    now = _blanked(now, lambda one: replace(one, age_band=NOT_SHOWN, condition=NOT_SHOWN))
    while rare(now):
        cells = Counter((one.age_band, one.condition) for one in now)
        cells.pop((NOT_SHOWN, NOT_SHOWN), None)
        if not cells:
            break
        smallest = min(cells, key=lambda key: (cells[key], key))
        now = [
            replace(one, age_band=NOT_SHOWN, condition=NOT_SHOWN) if (one.age_band, one.condition) == smallest else one
            for one in now
        ]
    return now


def _blanked(people: Sequence[Person], less: Callable[[Person], Person]) -> list[Person]:
    cells = Counter((one.age_band, one.condition) for one in people)
    return [less(one) if cells[one.age_band, one.condition] < LEAST else one for one in people]
