"""A client with numb feet, agreed to massage, with a visit today; and a therapist."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone


@pytest.fixture
def ada(signed_in):
    return signed_in("therapist")


@pytest.fixture
def visit_of(ada, a_client, examples, clinic):
    """`visit_of("numb-feet.yaml")`: somebody known as this example says, booked for now."""
    from afferent.knowledge import load
    from afferent.records.read import read
    from afferent.web.book.models import Visit
    from afferent.web.clients.knowing import write
    from afferent.web.clinics.clock import today
    from afferent.web.consents.asking import give, numb_places
    from afferent.web.demo.fill import moved

    def make(example: str, *, minutes: int = 45, agreed: tuple[str, ...] = ("treatment",)):
        day, now = today(clinic), timezone.now()
        ruth = a_client("Ruth", "Amsler", born=dt.date(1955, 2, 11))
        write(ruth, "answers", moved(read(examples / example, as_of=None, knowledge=load()), day), on=day)
        for purpose in agreed:
            version = load().consents[purpose].version
            give(ruth, purpose, version, on=day, actor="program", by=ada.member.user, numb=numb_places(ruth, day))
        return Visit.objects.create(
            client=ruth, therapist=ada.member.user, starts_at=now, ends_at=now + dt.timedelta(minutes=minutes)
        )

    return make


@pytest.fixture
def numb_feet(visit_of):
    return visit_of("numb-feet.yaml")
