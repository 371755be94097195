"""Ruth: a clot in the right leg, numb feet, a blood thinner. A therapist asks, a physician answers."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.cache import cache
from django.test import Client as Browser
from msgspec import structs

from afferent.knowledge import load
from afferent.records.answers import none_of, statements
from afferent.records.read import read
from afferent.web.clients.current import current, whole
from afferent.web.clients.knowing import write
from afferent.web.clinics.clock import today as today_at
from afferent.web.consents.asking import give
from afferent.web.demo.fill import moved
from afferent.web.letters.models import Answer, Letter

TO = {"name": "Dr. Amara Osei", "role": "internal medicine", "fax": "+1 555 0142", "why": "Burning feet"}
WHOLE = {"overall": "nothing_found", "name": "Dr. Amara Osei", "role": "internal medicine", "me": "yes"}


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    cache.clear()


@pytest.fixture
def ada(signed_in):
    return signed_in("therapist", "owner")


@pytest.fixture
def today(clinic) -> dt.date:
    return today_at(clinic)


@pytest.fixture
def ruth(ada, a_client, examples, today):
    """Known as the example tells of her, nothing left to ask, and she agreed to massage and to sharing."""
    person = a_client("Ruth", "Amsler", born=dt.date(1958, 2, 11))
    told = moved(read(examples / "client.yaml", as_of=None, knowledge=load()), today)
    told = structs.replace(told, statements=tuple(one for one in told.statements if one.fact != "age_years"))
    write(person, "answers", told, on=today, by=ada.member.user)
    rest = none_of(["skin", "limbs"], load(), today, set())
    reason = statements({"anticoagulant_reason": "rhythm"}, load(), today)
    write(person, "answers", [*rest, *reason], on=today, by=ada.member.user)
    for purpose in ("treatment", "care_team"):
        give(person, purpose, load().consents[purpose].version, on=today, actor="program", by=ada.member.user)
    return person


@pytest.fixture
def asked(ada, ruth) -> Letter:
    """A request that was made."""
    where = f"/clients/{ruth.pk}/letters/request"
    key = re.search(r'name="key" value="([^"]+)"', ada.get(where).content.decode())[1]
    sent = ada.post(where, TO | {"key": key})
    assert sent.status_code == 302, sent.content.decode()
    return Letter.objects.get(pk=key)


@pytest.fixture
def address(ada, ruth, asked) -> str:
    """The path of its link, as a phone would open it."""
    page = ada.get(f"/clients/{ruth.pk}/letters/{asked.pk}").content.decode()
    return re.search(r"/a/[0-9a-z]{32}", page)[0]


@pytest.fixture
def phone() -> Browser:
    """A physician's: no account, no cookie."""
    return Browser()


@pytest.fixture
def limits(ruth, today):
    """The screening of Ruth as the pages have it."""

    def now():
        ruth.refresh_from_db()
        return whole(current(ruth, today), today)

    return now


@pytest.fixture
def number(asked):
    """The number of the line about something: its place among the lines."""

    def of(item: str) -> str:
        return str(1 + [one["id"] for one in asked.body["items"]].index(item))

    return of


@pytest.fixture
def fine(asked) -> dict:
    """Every line fine, nothing left of the clot, everything said."""
    sent = dict(WHOLE)
    for number, item in enumerate(asked.body["items"], 1):
        sent[str(number)] = "fine"
        for n, ask in enumerate(item["questions"], 1):
            if ask["boxes"]:
                sent[f"{number}.{n}"] = "0"
    return sent


@pytest.fixture
def arrived(phone, address, fine) -> Answer:
    """All fine, by the link."""
    assert phone.post(address, fine).status_code == 200
    return Answer.objects.get()


@pytest.fixture
def call(ada, ruth):
    """Somebody calls and writes down what came of it."""

    def make(answer: Answer, do: str = "confirmed", **more):
        sent = {"do": do, "number": "+1 555 7000", "listed": "website of the hospital"} | more
        return ada.post(f"/clients/{ruth.pk}/letters/answer/{answer.pk}", sent)

    return make
