"""The way of one message out of the outbox, step by step."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from afferent.web.audit.models import Entry
from afferent.web.post import claims
from afferent.web.post.claims import FIRST, LEASE, LONGEST, TRIES, begin, claim, doubt, drop, finish, let_go, pause
from afferent.web.post.models import Message
from afferent.web.post.tests.conftest import at

DUE = at("10:00", 1)
CHANCE = random.Random(3)


@pytest.fixture
def message(ruth, booked) -> Message:
    booked(ruth)
    return Message.objects.get()


def begun(who: str = "one") -> Message:
    found = claim(who, DUE)
    assert begin(found, "ruth@example.org", DUE)
    return found


def test_nothing_is_claimed_before_it_is_due(message) -> None:
    assert claim("one", DUE - dt.timedelta(seconds=1)) is None
    assert claim("one", DUE).pk == message.pk


def test_a_claim_is_for_one_sender_alone_until_it_runs_out(message) -> None:
    mine = claim("one", DUE)
    assert claim("two", DUE + LEASE - dt.timedelta(seconds=1)) is None
    theirs = claim("two", DUE + LEASE)
    assert theirs.pk == mine.pk
    assert not begin(mine, "ruth@example.org", DUE), "who lost the claim cannot send"
    assert begin(theirs, "ruth@example.org", DUE)


def test_what_is_given_back_waits_for_its_time(message) -> None:
    let_go(claim("one", DUE), DUE + dt.timedelta(hours=1))
    assert claim("two", DUE) is None
    assert claim("two", DUE + dt.timedelta(hours=1)) is not None


def test_what_is_dropped_is_not_sent(message) -> None:
    drop(claim("one", DUE), "The client is archived", DUE)
    message.refresh_from_db()
    assert (message.state, message.why) == ("withdrawn", "The client is archived")
    assert claim("two", DUE) is None


def test_withdrawn_after_it_was_claimed_it_cannot_begin(message) -> None:
    mine = claim("one", DUE)
    Message.objects.update(state="withdrawn")
    assert not begin(mine, "ruth@example.org", DUE)


def test_sent(message) -> None:
    finish(begun(), "sent", "", DUE, CHANCE)
    message.refresh_from_db()
    assert (message.state, message.tries, message.address) == ("sent", 1, "ruth@example.org")
    assert Entry.objects.order_by("-seq").first().action == "message.sent"


def test_it_is_tried_a_few_times_later_and_later_and_then_no_more(message) -> None:
    now, waits = DUE, []
    Message.objects.update(not_after=DUE + dt.timedelta(days=1))
    for _ in range(TRIES):
        mine = claim("one", now)
        assert begin(mine, "ruth@example.org", now)
        finish(mine, "again", "The mail server could not be spoken to", now, CHANCE)
        message.refresh_from_db()
        waits.append(message.next_try - now)
        now = message.next_try
    assert (message.state, message.tries) == ("failed", TRIES)
    for number, wait in enumerate(waits[:-1]):
        assert FIRST * 2**number / 2 <= wait <= FIRST * 2**number * 1.5
    assert claim("one", now + dt.timedelta(hours=2)) is None


def test_no_try_after_it_is_too_late(message) -> None:
    Message.objects.update(not_after=DUE + dt.timedelta(seconds=20))
    finish(begun(), "again", "The mail server could not be spoken to", DUE, CHANCE)
    assert Message.objects.get().state == "failed"


def test_pauses_grow_and_differ() -> None:
    chance = random.Random(5)
    pauses = [pause(number, chance) for number in range(1, 40)]
    assert all(one <= LONGEST * 1.5 for one in pauses)
    assert len(set(pauses)) == len(pauses)


def test_whose_sender_is_gone_is_named_in_doubt_and_never_sent_by_itself(message) -> None:
    begun()
    assert doubt(DUE + LEASE - dt.timedelta(seconds=1)) == 0
    assert doubt(DUE + LEASE) == 1
    message.refresh_from_db()
    assert (message.state, message.why) == ("in_doubt", claims.KILLED)
    for days in range(3):
        assert claim("two", DUE + dt.timedelta(days=days)) is None
    assert Entry.objects.order_by("-seq").first().action == "message.in_doubt"


def test_a_sender_that_was_only_slow_still_says_what_became_of_it(message) -> None:
    mine = begun()
    doubt(DUE + LEASE)
    finish(mine, "sent", "", DUE + LEASE, CHANCE)
    assert Message.objects.get().state == "sent"


def test_but_not_over_what_a_human_said_meanwhile(message, ada) -> None:
    mine = begun()
    doubt(DUE + LEASE)
    Message.objects.update(state="withdrawn", settled_by=ada)
    finish(mine, "again", "The mail server refused it (code 451)", DUE + LEASE, CHANCE)
    assert Message.objects.get().state == "withdrawn"
    Message.objects.update(state="waiting", claimed_by="", settled_by=None)
    finish(mine, "sent", "", DUE + LEASE, CHANCE)
    assert Message.objects.get().state == "waiting"
