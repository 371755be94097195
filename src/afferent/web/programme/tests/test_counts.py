"""Every number of the page against a clinic counted by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from afferent.knowledge import load
from afferent.visit.after import NextDay
from afferent.web.notes.models import Incident
from afferent.web.programme import counts
from afferent.web.programme.around import around
from afferent.web.programme.models import Reckoned
from afferent.web.programme.reckoning import due, reckon


@pytest.fixture
def clients(a_client):
    return [a_client(name, "Amsler") for name in ("Ruth", "Sam", "Tom", "Uma", "Vera", "Will", "Xenia")]


class TestOffers:
    def test_one_a_client_and_day_counts(self, clients, ada, bao, offered, span) -> None:
        ruth, sam, tom, *_ = clients
        offered(ruth, ada, 3)
        offered(ruth, ada, 3, "time")  # she thought better of it
        offered(ruth, ada, 10)
        offered(sam, bao, 3, "time")
        offered(tom, bao, 4, "cost")
        from afferent.web.programme.offers import write

        write(tom, "taken_back", on=dt.date(2026, 11, 4), by=bao.member.user, now=timezone.now())
        found = counts.offered(span())
        assert (found.accepted, found.declined, found.all, found.people) == (1, 2, 3, 2)
        assert found.reasons == {"time": 2}
        assert counts.offered(span(bao.member.user)).reasons == {"time": 1}
        assert counts.last_offer(span()) == dt.date(2026, 11, 10)


class TestVisits:
    def test_by_state_with_clients_and_who_is_new(self, clients, ada, bao, visit, span) -> None:
        ruth, sam, tom, *_ = clients
        visit(ruth, ada, dt.date(2026, 10, 20))
        visit(ruth, ada, 1, hour=0)
        visit(ruth, ada, 30, hour=23)
        visit(sam, bao, 5)
        visit(tom, ada, 6, "missed")
        visit(sam, ada, dt.date(2026, 12, 1), hour=0)
        found = counts.visits(span())
        assert found.states == {"done": 3, "missed": 1}
        assert (found.done, found.clients, found.new) == (3, 2, 1)
        assert counts.visits(span(bao.member.user)).done == 1


class TestDosesAndEvents:
    def test_from_the_ledger_of_each_visit(self, clients, ada, bao, visit, lived, span) -> None:
        ruth, sam, tom, *_ = clients
        lived(visit(ruth, ada, 3), level=2, minutes=20, numb=5)
        lived(visit(sam, ada, 4), level=3, minutes=10, stop=True, not_felt=True)
        lived(visit(tom, bao, 5), level=3, minutes=30)
        visit(tom, bao, 9)  # noted as having taken place, without a step
        assert reckon(span().sessions) == 0
        doses, events = counts.reckoned(span())
        assert (doses.visits, doses.timed, doses.minutes, doses.near) == (3, 3, 65.0, 5.0)
        assert doses.levels == {2: 1, 3: 2}
        assert (events.stops, events.stopped, events.found, events.found_in) == (1, 1, 1, 1)
        mine, _ = counts.reckoned(span(bao.member.user))
        assert (mine.visits, mine.minutes) == (1, 30.0)

    def test_it_is_the_ledger_that_the_note_shows(self, clients, ada, visit, lived, span) -> None:
        from afferent.visit.fold import course
        from afferent.visit.ledger import ledger
        from afferent.web.live.store import stream

        session = lived(visit(clients[0], ada, 3), level=2, minutes=20, numb=5)
        reckon(span().sessions)
        assert Reckoned.objects.get().seconds == ledger(course(stream(session.pk))).seconds == 1500

    def test_a_further_event_makes_it_due_again(self, clients, ada, visit, lived, span) -> None:
        from afferent.visit import events
        from afferent.web.live.models import Happening, Session

        session = lived(visit(clients[0], ada, 3))
        reckon(span().sessions)
        assert not due(span().sessions).exists()
        said = events.Said(id="event-late", at=session.ended_at, word="stop", by="client")
        Happening.objects.create(
            session=session, client_id=session.client_id, seq=session.last + 1, event="event-late",
            received=session.ended_at, body=msgspec.to_builtins(said),
        )  # fmt: skip
        Session.objects.filter(pk=session.pk).update(last=session.last + 1)
        assert due(span().sessions).count() == 1
        assert reckon(span().sessions) == 0
        assert Reckoned.objects.get().stops == 1

    def test_without_time_it_says_how_many_are_left(self, clients, ada, visit, lived, span) -> None:
        lived(visit(clients[0], ada, 3))
        assert reckon(span().sessions, seconds=0) == 1

    def test_the_register_by_kind_as_each_record_stands_now(self, clients, ada, visit, span) -> None:
        booked = visit(clients[0], ada, 3)
        told: dict[str, Any] = {"client": clients[0], "visit": booked, "severity": "none", "by": ada.member.user}
        first = Incident.objects.create(**told, kind="incident", happened_at=booked.starts_at, body={})
        Incident.objects.create(
            **told, kind="near_miss", happened_at=booked.starts_at, follows=first, body={}, at=timezone.now()
        )
        Incident.objects.create(**told, kind="found_wound", happened_at=booked.starts_at, body={})
        assert counts.register(span()) == {"incident": 0, "near_miss": 1, "found_wound": 1}


class TestTheDayAfter:
    def test_a_later_answer_does_not_unsay_a_bad_day(self, clients, ada, visit, lived, day_after, span) -> None:
        sessions = [lived(visit(one, ada, 3 + n)) for n, one in enumerate(clients[:4])]
        reckon(span().sessions)
        day_after(sessions[0], worse="longer")
        day_after(sessions[0], worse="no")
        day_after(sessions[1], worse="short", sore="no")
        day_after(sessions[2], fall="faint")
        found = counts.day_after(span())
        assert (found.asked_of, found.answered, found.worse, found.people) == (4, 3, 2, 2)

    @pytest.mark.parametrize(
        ("said", "worse"),
        [
            ({"worse": "longer"}, 1), ({"worse": "still"}, 1), ({"worse": "short"}, 0), ({"swollen": "yes"}, 1),
            ({"breathless": "yes"}, 1), ({"fall": "faint"}, 1), ({"fall": "fall"}, 0), ({"blister": "yes"}, 0),
        ],
    )  # fmt: skip
    def test_the_database_reads_it_the_same_way(self, clients, ada, visit, lived, day_after, span, said, worse) -> None:
        day_after(lived(visit(clients[0], ada, 3)), **said)
        assert NextDay(dt.date(2026, 11, 4), **said).was_worse == bool(worse)
        assert counts.day_after(span()).worse == worse

    @given(st.from_type(NextDay))
    def test_worse_means_here_what_it_means_there(self, day: NextDay) -> None:
        assert counts.was_worse(msgspec.to_builtins(day)) == day.was_worse


class TestBeforeAndAfter:
    def test_pairs_only_and_each_scale_by_itself(self, clients, ada, visit, scored, span) -> None:
        pairs = [(6, 4), (5, 5), (7, 3), (4, 4), (8, 6)]
        for n, (one, pair) in enumerate(zip(clients, pairs, strict=False), 3):
            scored(visit(one, ada, n), *pair)
        scored(visit(clients[0], ada, 20), 6, None)
        scored(visit(clients[1], ada, 21), 9, 1, scale="0 to 100, another one")
        first, other = around(span(), load().measures)
        found = first.found
        assert (found.pairs, found.people, first.one_sided) == (5, 5, 1)
        assert (found.before.median, found.after.median) == (6, 4)
        assert (found.before.low, found.before.high) == (5, 7)
        assert found.change == pytest.approx(-8 / 5)
        # One visit each: the interval is that of the mean of five differences, t(4) = 2.776, sd = 1.673.
        assert found.low == pytest.approx(-1.6 - 2.7764 * 1.6733 / 5**0.5, abs=1e-3)
        assert (other.found.pairs, other.scale, other.better) == (1, "0 to 100, another one", "none")
        assert other.found.low is None

    def test_what_was_said_twice_and_differently_is_no_pair(self, clients, ada, visit, scored, span) -> None:
        clash, good = visit(clients[0], ada, 3), visit(clients[1], ada, 3)
        scored(clash, 6, 4)
        scored(clash, 8, None)
        scored(good, 6, 4)
        (one,) = around(span(), load().measures)
        assert (one.found.pairs, one.clashes) == (1, 1)

    def test_what_was_replaced_counts_no_more(self, clients, ada, visit, scored, span) -> None:
        from afferent.web.outcomes.models import Score

        booked = visit(clients[0], ada, 3)
        scored(booked, 9, 4)
        row = Score.objects.get(asked="before_visit")
        Score.objects.create(
            client=clients[0], visit=booked, measure=row.measure, scale=row.scale, on=row.on, asked=row.asked, value=6,
            answers={}, told="person", event="other", replaces=row, by=ada.member.user,
        )  # fmt: skip
        (one,) = around(span(), load().measures)
        assert one.found.before.median == 6

    def test_of_one_therapist(self, clients, ada, bao, visit, scored, span) -> None:
        scored(visit(clients[0], ada, 3), 6, 4)
        scored(visit(clients[1], bao, 3), 2, 2)
        (one,) = around(span(bao.member.user), load().measures)
        assert one.found.before.median == 2
