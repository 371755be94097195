"""Messages that carry a link: made when it is sent, the same when it is tried again, never kept in the outbox."""

from __future__ import annotations

import datetime as dt
import re

import msgspec
import pytest
from django.utils import timezone

from afferent.outcomes.person.trial import Agreement
from afferent.visit.events import Ended
from afferent.web.clients.current import current
from afferent.web.live.models import Session
from afferent.web.live.store import append
from afferent.web.notes.links import find, make, standing
from afferent.web.notes.models import NextDay, NextDayLink
from afferent.web.outcomes.models import ScoreLink, Trial
from afferent.web.post.models import Manner, Message
from afferent.web.post.senders import NotSent
from afferent.web.scope import inside

LINK = re.compile(r"https://clinic\.example\.org/(\w)/([0-9a-z-]+)")


@pytest.fixture(autouse=True)
def _address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AFFERENT_ADDRESS", "https://clinic.example.org/")


@pytest.fixture
def session(ruth, wants, ada, clinic) -> Session:
    """A visit of an hour ago, opened and not yet over; Ruth wants everything, at any hour."""
    from afferent.web.book.models import Visit

    now = timezone.now()
    Manner.objects.create(quiet_from=dt.time(3), quiet_until=dt.time(3))
    wants(ruth, kinds=("visit", "day_after", "scores"), now=now)
    visit = Visit.objects.create(
        client=ruth, therapist=ada, starts_at=now - dt.timedelta(hours=1), ends_at=now - dt.timedelta(minutes=15)
    )
    screened = current(ruth, now.astimezone(clinic.zone).date())
    return Session.objects.create(
        visit=visit, client=ruth, therapist=ada, screened=screened, called="Ruth", plan={"steps": []}, opened_at=now
    )


@pytest.fixture
def ended(session) -> dict[str, Message]:
    now = timezone.now()
    append(session.pk, [Ended(id="ended-0001", at=now, by="therapist")], now=now)
    return {one.kind: one for one in Message.objects.all()}


def test_the_end_of_a_visit_writes_what_is_asked_afterwards(ended, session, clinic) -> None:
    assert set(ended) == {"day_after", "scores"}
    days = (one.due_at.astimezone(clinic.zone).date() - session.visit.starts_at.astimezone(clinic.zone).date()
            for one in (ended["day_after"], ended["scores"]))  # fmt: skip
    assert [one.days for one in days] == [1, 3]
    now = timezone.now()
    append(session.pk, [Ended(id="ended-0002", at=now, by="therapist")], now=now)
    assert Message.objects.count() == 2


def test_the_link_opens_the_questions(ended, look, carrier, client, clinic) -> None:
    look(ended["day_after"].due_at)
    [letter] = carrier.letters
    [(kind, secret)] = [found for found in LINK.findall(letter.text) if found[0] == "n"]
    link = find(secret)
    assert standing(link) == "good"
    with inside(clinic.pk):
        assert link.client_id == ended["day_after"].client_id
    assert client.get(f"/{kind}/{secret}").status_code == 200


def test_no_word_of_the_link_is_kept_but_its_digest(ended, look, carrier) -> None:
    look(ended["day_after"].due_at)
    secret = LINK.findall(carrier.letters[0].text)[0][1]
    everything = repr([*Message.objects.values(), *NextDayLink.objects.values()])
    assert secret not in everything
    assert secret.replace("-", "") not in everything


def test_tried_again_it_is_the_same_link(ended, look, carrier, monkeypatch) -> None:
    texts = []
    carrier.meanwhile = lambda: None
    real = carrier.send

    def send(letter):
        texts.append(letter.text)
        real(letter)

    carrier.send = send
    carrier.says = [NotSent("The mail server could not be spoken to", again=True)]
    look(ended["day_after"].due_at)
    look(ended["day_after"].due_at + dt.timedelta(minutes=5))
    assert len(texts) == 2
    assert texts[0] == texts[1]
    assert NextDayLink.objects.count() == 1


def test_a_link_given_by_hand_stays_good(ended, session, look, carrier, ada) -> None:
    given, _ = make(session, ada)
    look(ended["day_after"].due_at)
    given.refresh_from_db()
    assert standing(given) == "good"
    assert NextDayLink.objects.count() == 2


def test_who_has_answered_is_not_asked(ended, session, look, carrier) -> None:
    NextDay.objects.create(client_id=session.client_id, session=session, answers={})
    look(ended["day_after"].due_at)
    assert carrier.letters == []
    assert Message.objects.get(kind="day_after").why == "It was answered already"
    assert not NextDayLink.objects.exists()


def test_without_an_address_of_the_server_it_waits(ended, look, carrier, monkeypatch) -> None:
    monkeypatch.delenv("AFFERENT_ADDRESS")
    look(ended["day_after"].due_at)
    assert carrier.letters == []
    assert Message.objects.get(kind="day_after").state == "waiting"


def test_scores_are_asked_while_a_trial_runs(ended, look, carrier, ruth, ada) -> None:
    day = timezone.now().date()
    Message.objects.filter(kind="day_after").delete()
    agreed = msgspec.to_builtins(Agreement(baseline_days=7, visits=6))
    Trial.objects.create(client=ruth, agreement=agreed, begins=day, agreed_on=day, by=ada)
    look(ended["scores"].due_at)
    [letter] = carrier.letters
    assert LINK.findall(letter.text)[0][0] == "o"
    assert ScoreLink.objects.count() == 1


def test_scores_without_a_trial_are_not(ended, look, carrier) -> None:
    Message.objects.filter(kind="day_after").delete()
    look(ended["scores"].due_at)
    assert carrier.letters == []
    assert Message.objects.get().why == "No trial runs"
