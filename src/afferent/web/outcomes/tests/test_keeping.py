"""Scores are kept once and whole; a correction is a further row, and the earlier one stays legible."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from afferent.errors import InputError
from afferent.knowledge import load
from afferent.web.audit.models import Entry
from afferent.web.clinics.models import Clinic
from afferent.web.outcomes.keeping import Told, Who, correct, held, keep, keep_all, missing, take_back
from afferent.web.outcomes.models import Score
from afferent.web.scope import Unchangeable, inside

MEASURES = load().measures
PAIN, PEG = MEASURES["nrs_pain"], MEASURES["peg"]
BY_LINK = Who("link", "link:1")


@pytest.fixture
def on_paper(ada) -> Who:
    return Who("paper", "user:1", ada.member.user)


def told(value, on, event="", measure=PAIN, asked="daily") -> Told:
    answers = value if isinstance(value, dict) else {"pain": value}
    return Told(measure, answers, on, asked, event or uuid.uuid4().hex)


def now() -> dt.datetime:
    return timezone.now()


class TestOnce:
    def test_the_same_event_again_is_the_same_row(self, ruth, today) -> None:
        first = keep(ruth, told(6, today, "event-0001"), BY_LINK, now=now())
        again = keep(ruth, told(6, today, "event-0001"), BY_LINK, now=now())
        assert (first.new, again.new, again.row) == (True, False, first.row)
        assert Score.objects.count() == 1
        assert Entry.objects.filter(action="score.kept").count() == 1

    def test_the_same_answer_by_another_event_is_nothing_new(self, ruth, today, on_paper) -> None:
        keep(ruth, told(6, today), BY_LINK, now=now())
        assert not keep(ruth, told(6, today), on_paper, now=now()).new

    def test_an_old_event_after_a_correction_changes_nothing(self, ruth, today) -> None:
        keep(ruth, told(6, today, "event-0001"), BY_LINK, now=now())
        keep(ruth, told(4, today, "event-0002"), BY_LINK, now=now())
        assert not keep(ruth, told(6, today, "event-0001"), BY_LINK, now=now()).new
        assert [one.value for one in held(ruth)] == [4]

    def test_scale_day_and_who_are_kept(self, ruth, today, ada, on_paper) -> None:
        row = keep(ruth, told(6, today), on_paper, now=now()).row
        assert (row.scale, row.on, row.told, row.by, row.answers) == (
            PAIN.scale,
            today,
            "paper",
            ada.member.user,
            {"pain": 6},
        )


class TestCorrections:
    def test_the_clients_second_answer_of_a_day_corrects_the_first(self, ruth, today) -> None:
        first = keep(ruth, told(6, today), BY_LINK, now=now()).row
        second = keep(ruth, told(4, today), BY_LINK, now=now()).row
        assert second.replaces == first
        assert [one.value for one in held(ruth)] == [4]
        assert Score.objects.count() == 2

    def test_another_voice_contradicts_and_neither_is_dropped(self, ruth, today, on_paper) -> None:
        keep(ruth, told(6, today), BY_LINK, now=now())
        keep(ruth, told(5, today), on_paper, now=now())
        assert [one.value for one in held(ruth)] == [6, 5]

    def test_the_clients_correction_stands_though_paper_says_the_same(self, ruth, today, on_paper) -> None:
        keep(ruth, told(6, today), BY_LINK, now=now())
        keep(ruth, told(5, today), on_paper, now=now())
        assert keep(ruth, told(5, today), BY_LINK, now=now()).new
        assert {one.value for one in held(ruth)} == {5}

    def test_the_same_cell_typed_again_corrects_itself(self, ruth, today, on_paper) -> None:
        keep(ruth, told(5, today, "paper-20261101-nrs_pain"), on_paper, now=now())
        keep(ruth, told(6, today, "paper-20261101-nrs_pain"), on_paper, now=now())
        keep(ruth, told(7, today, "paper-20261101-nrs_pain"), on_paper, now=now())
        assert [one.value for one in held(ruth)] == [7]
        assert Score.objects.count() == 3

    def test_a_reason_is_kept_and_the_earlier_row_too(self, ruth, today, on_paper) -> None:
        row = keep(ruth, told(9, today), BY_LINK, now=now()).row
        made = correct(row, PAIN, {"pain": "6"}, on_paper, why="Read upside down", now=now())
        assert (made.value, made.why, made.asked) == (6, "Read upside down", "daily")
        assert Score.objects.get(pk=row.pk).value == 9

    def test_taken_back_it_counts_no_more_and_stays(self, ruth, today, on_paper) -> None:
        row = keep(ruth, told(9, today), BY_LINK, now=now()).row
        back = take_back(row, on_paper, why="Of another day", now=now())
        assert back.taken_back
        assert list(held(ruth)) == []
        assert Score.objects.count() == 2

    def test_corrected_once(self, ruth, today, on_paper) -> None:
        row = keep(ruth, told(9, today), BY_LINK, now=now()).row
        take_back(row, on_paper, why="so", now=now())
        with pytest.raises(InputError, match="corrected already"):
            correct(row, PAIN, {"pain": 3}, on_paper, why="so", now=now())

    def test_another_scale_is_not_corrected(self, ruth, today, on_paper) -> None:
        row = Score.objects.create(
            client=ruth, measure="nrs_pain", scale="0–100 line", on=today, asked="daily", value=40, answers={},
            told="file", event="event-0009",
        )  # fmt: skip
        with pytest.raises(InputError, match="another scale"):
            correct(row, PAIN, {"pain": 3}, on_paper, why="so", now=now())
        assert take_back(row, on_paper, why="so", now=now()).taken_back


class TestWhatCannotBe:
    @pytest.mark.parametrize(("value", "says"), [(11, "0 to 10"), ("4.5", "whole number"), ("six", "whole number")])
    def test_it_is_refused_in_a_sentence(self, ruth, today, value, says) -> None:
        with pytest.raises(InputError, match=says):
            keep(ruth, told(value, today), BY_LINK, now=now())
        assert not Score.objects.exists()

    def test_nothing_answered_is_nothing_kept(self, ruth, today) -> None:
        with pytest.raises(InputError, match="nothing was answered"):
            keep(ruth, told({}, today), BY_LINK, now=now())

    def test_all_or_none(self, ruth, today, on_paper) -> None:
        with pytest.raises(InputError):
            keep_all(ruth, [told(6, today), told(12, today - dt.timedelta(1))], on_paper, now=now())
        assert not Score.objects.exists()

    def test_in_part_there_is_no_score_and_what_is_missing_is_named(self, ruth, today) -> None:
        row = keep(ruth, told({"pain": 6, "enjoyment": 5}, today, measure=PEG, asked="weekly"), BY_LINK, now=now()).row
        assert row.value is None
        assert [ask[:40] for ask in missing(row, PEG)] == ["What number best describes how, during t"]

    def test_what_is_added_later_completes_it(self, ruth, today) -> None:
        keep(ruth, told({"pain": 6}, today, measure=PEG, asked="weekly"), BY_LINK, now=now())
        whole = told({"pain": 6, "enjoyment": 5, "activity": 4}, today, measure=PEG, asked="weekly")
        keep(ruth, whole, BY_LINK, now=now())
        assert [one.value for one in held(ruth)] == [5]


class TestTheDatabase:
    def test_it_refuses_to_change_a_row(self, ruth, today) -> None:
        row = keep(ruth, told(6, today), BY_LINK, now=now()).row
        with pytest.raises(Unchangeable):
            row.save()
        with pytest.raises(Unchangeable):
            Score.objects.update(value=3)
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE outcomes_score SET value = 1")

    def test_another_clinic_sees_none_of_it(self, ruth, today) -> None:
        keep(ruth, told(6, today), BY_LINK, now=now())
        with inside(Clinic.objects.create(name="Other").pk):
            assert not Score.objects.exists()

    def test_before_and_after_a_visit_are_two_things(self, ruth, today, visits) -> None:
        now_, visit = MEASURES["nrs_pain_now"], visits(0)[0]
        for when, value in (("before_visit", 6), ("after_visit", 4), ("after_visit", 3)):
            keep(ruth, told(value, today, measure=now_, asked=when), Who("visit", "link:1", visit=visit), now=now())
        assert [(one.asked, one.value) for one in held(ruth)] == [("before_visit", 6), ("after_visit", 3)]
