"""A trial is agreed beforehand and never edited: a new one ends the former, a late one says so."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from afferent.knowledge import load
from afferent.outcomes.person.trial import Agreement, Blocks, schedule
from afferent.web.audit.models import Entry
from afferent.web.outcomes.judged import found
from afferent.web.outcomes.models import Ending, Score, Trial
from afferent.web.outcomes.shown import skin_words
from afferent.web.outcomes.trials import NotAgreed, Wanted, agree, current, end, trials
from afferent.web.outcomes.visited import visited

PAIN = load().measures["nrs_pain"]


class TestAgreeing:
    def test_who_when_and_what_are_kept(self, agreed, ruth, ada, today) -> None:
        row = agreed(visits=6, points=2, also=("peg",))
        assert (row.by, row.agreed_on, row.also) == (ada.member.user, today, ["peg"])
        here = current(ruth)
        assert (here.agreement.visits, here.agreement.points, here.measures) == (6, 2, ("nrs_pain", "peg"))
        assert Entry.objects.filter(action="trial.agreed").count() == 1

    def test_a_new_one_ends_the_former_and_both_stay(self, agreed, ruth, today) -> None:
        first = agreed(10)
        second = agreed(visits=4)
        now, before = trials(ruth)
        assert (now.trial, now.runs) == (second, True)
        assert (before.trial, before.until, before.ended) == (first, today, "Another one was agreed")

    def test_the_same_form_twice_is_one(self, ruth, ada, today) -> None:
        key, user = uuid.uuid4(), ada.member.user
        for _ in range(2):
            agree(ruth, Wanted(Agreement(), (), today), by=user, actor="x", today=today, now=timezone.now(), key=key)
        assert Trial.objects.count() == 1

    def test_after_visits_it_must_say_so_plainly(self, agreed, visits, today) -> None:
        visits(5, 3)
        with pytest.raises(NotAgreed, match="Say plainly that it is agreed after two visits"):
            agreed(10, on=today)
        with pytest.raises(NotAgreed):
            agreed(10, on=today, late=1)
        assert agreed(10, on=today, late=2).after_visits == 2

    def test_visits_before_its_first_day_are_none_of_it(self, agreed, visits) -> None:
        visits(20, 15)
        assert agreed(10).after_visits == 0

    def test_it_begins_on_no_later_day(self, ruth, ada, today) -> None:
        with pytest.raises(NotAgreed, match="still to come"):
            agree(
                ruth, Wanted(Agreement(), (), today + dt.timedelta(1)), by=ada.member.user, actor="x", today=today,
                now=timezone.now(), key=uuid.uuid4(),
            )  # fmt: skip

    def test_it_is_ended_once_in_one_of_three_words(self, agreed, ruth, ada, today) -> None:
        row = agreed()
        for _ in range(2):
            end(row, "stopped", by=ada.member.user, actor="x", today=today, now=timezone.now())
        assert Ending.objects.count() == 1
        assert current(ruth) is None
        assert trials(ruth)[0].ended == "Stopped"

    def test_the_database_refuses_to_change_it(self, agreed) -> None:
        agreed()
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE outcomes_trial SET after_visits = 9")


class TestVisits:
    def test_only_those_that_took_place(self, ruth, visits, today) -> None:
        visits(6)
        visits(5, state="missed")
        visits(4, state="cancelled")
        visits(3, state="booked")
        assert [one.on for one in visited(ruth)] == [today - dt.timedelta(6)]

    def test_level_minutes_and_the_day_after_from_the_visits_own_events(self, a_lived_visit, ruth) -> None:
        a_lived_visit(back=3, level=2, seconds=1500, worse="longer")
        one = visited(ruth)[0]
        assert (one.level, one.minutes, one.flare) == (2, 25, True)

    def test_where_no_hand_was_on_there_was_no_massage(self, a_lived_visit, ruth) -> None:
        a_lived_visit(back=3, level=None)
        assert visited(ruth) == ()

    def test_two_of_one_day_are_one_day(self, ruth, visits) -> None:
        visits(3, 3)
        assert len(visited(ruth)) == 1

    def test_a_fixed_number_of_queries(self, a_lived_visit, ruth, django_assert_num_queries) -> None:
        for back in (9, 6, 3):
            a_lived_visit(back=back, level=1, seconds=600)
        with django_assert_num_queries(4):
            assert len(visited(ruth)) == 3


class TestWhatItComesTo:
    def test_the_pictures_own_person(self, whole_trial, ruth, today) -> None:
        made = found(ruth, today).outcome(PAIN)
        assert (made.verdict.why, made.verdict.within_placebo) == ("lower_unclear", True)
        assert (len(made.course.scores(False)), len(made.course.scores(True)), len(made.visits)) == (14, 28, 8)
        assert round(sum(made.course.scores(False)) / 14, 1) == 6.2
        assert made.faults == ()

    def test_days_before_the_trial_and_after_its_end_do_not_count(self, agreed, scored, ruth, ada, today) -> None:
        scored([9, 9, 9], 30)
        row = agreed(10)
        scored([6] * 10, 10)
        end(row, "stopped", by=ada.member.user, actor="x", today=today - dt.timedelta(5), now=timezone.now())
        assert len(found(ruth, today).outcome(PAIN).course.day) == 6

    def test_scores_that_contradict_are_named_and_the_visit_of_that_day_stays(
        self, whole_trial, ruth, scored, today
    ) -> None:
        scored([9], 42 - 17, told="person")
        here = found(ruth, today)
        made = here.outcome(PAIN)
        assert len(made.visits) == 8
        assert len(made.course.day) == 41
        assert "contradict each other" in made.faults[0]
        assert [one.on for one in here.clashes] == [today - dt.timedelta(25)]

    def test_another_scale_is_never_mixed_in(self, whole_trial, ruth, today) -> None:
        Score.objects.create(
            client=ruth, measure="nrs_pain", scale="0–100 line", on=today, asked="daily", value=80, told="file",
            event="event-0001",
        )  # fmt: skip
        made = found(ruth, today).outcome(PAIN)
        assert len(made.course.day) == 42
        assert "another scale (0–100 line)" in made.faults[0]

    def test_blocks_leave_out_baseline_and_washout_and_say_so(self, agreed, scored, visits, ruth, today) -> None:
        blocks = Blocks(pairs=2, days=7, seed=11, washout=2)
        agreed(34, blocks=blocks, baseline_days=6)
        scored([5] * 34, 34)
        off = schedule(blocks).index(False)
        visits(34 - 6 - 7 * off - 4)
        made = found(ruth, today).outcome(PAIN)
        assert len(made.course.day) == 4 * 5
        assert made.course.phases == 4
        assert made.drawn is not None
        assert any("14 scores from before the blocks" in one for one in made.faults)
        assert any("one visit took place in blocks that were drawn to be without" in one for one in made.faults)

    def test_a_pause_makes_a_third_phase(self, whole_trial, agreed, visits, scored, ruth, today) -> None:
        agreed(42, on=today - dt.timedelta(10), late=8, pauses_on=today - dt.timedelta(12), visits=12)
        made = found(ruth, today).outcome(PAIN)
        assert made.course.phases == 4
        assert any("Agreed after eight visits" in one for one in made.faults)

    def test_without_a_trial_nothing_is_judged(self, scored, ruth, today) -> None:
        scored([5, 6], 2)
        assert found(ruth, today).outcome(PAIN) is None

    def test_a_fixed_number_of_queries(self, whole_trial, ruth, today, django_assert_max_num_queries) -> None:
        with django_assert_max_num_queries(6):
            found(ruth, today).outcome(PAIN)


def test_new_on_the_skin_only_where_somebody_wrote_it_down(agreed, a_lived_visit, visits, ruth, today) -> None:
    agreed(10)
    visits(6)
    assert skin_words(found(ruth, today)) == ""
    a_lived_visit(back=3, level=1)
    assert skin_words(found(ruth, today)) == "none in one visit that wrote it down"
