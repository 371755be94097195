"""Verdicts of trials are those of the clients' own pages, kept until something is new, and pooled from three on."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.utils import timezone

from afferent.knowledge import load
from afferent.outcomes.person.trial import Agreement
from afferent.web.clinics.clock import today as today_at
from afferent.web.outcomes.judged import found
from afferent.web.outcomes.keeping import Told, Who, keep_all
from afferent.web.outcomes.trials import Wanted, agree, end
from afferent.web.programme import counts
from afferent.web.programme.judging import judge
from afferent.web.programme.models import Judged
from afferent.web.programme.period import Period
from afferent.web.programme.pooling import pooled_words

BEFORE = (6, 7, 6, 5, 7, 6, 8, 6, 5, 7, 6, 6, 7, 5)
DURING = (6, 5, 5, 4, 4, 5, 4, 4, 5, 3, 4, 4, 3, 4, 5, 4, 3, 4, 3, 4, 4, 3, 4, 3, 4, 3, 3, 4)


@pytest.fixture
def today(clinic) -> dt.date:
    return today_at(clinic)


@pytest.fixture
def now_span(span, today):
    return span(None, Period(today - dt.timedelta(30), today))


@pytest.fixture
def with_trial(a_client, ada, visit, today):
    """`with_trial("Ruth", less=1)`: fourteen days before, four weeks with eight visits, each score that much lower."""

    def make(name: str, less: int = 0) -> Any:
        one = a_client(name, "Hidden")
        begins, by = today - dt.timedelta(42), ada.member.user
        wanted = Wanted(Agreement(visits=8), (), begins)
        agree(one, wanted, by=by, actor="user:1", today=begins, now=timezone.now(), key=uuid.uuid4())
        for n in (14, 17, 21, 24, 28, 31, 35, 38):
            visit(one, ada, begins + dt.timedelta(n))
        measure = load().measures["nrs_pain"]
        values = (*BEFORE, *(max(value - less, 0) for value in DURING))
        told = [
            Told(measure, {measure.items[0].id: value}, begins + dt.timedelta(n), "daily", uuid.uuid4().hex)
            for n, value in enumerate(values)
        ]
        keep_all(one, told, Who("paper", f"user:{by.pk}", by), now=timezone.now())
        return one

    return make


def test_a_verdict_is_that_of_the_clients_own_page(with_trial, now_span, today) -> None:
    people = [with_trial("Ruth"), with_trial("Sam", 2), with_trial("Tom", -4)]
    assert judge(now_span.trials, load(), today) == 0
    for one in people:
        own = found(one, today).outcome(load().measures["nrs_pain"])
        kept = Judged.objects.get(client=one)
        assert (kept.verdict, kept.points, kept.sd) == (own.verdict.is_, own.change.points, own.change.sd)
    seen = counts.verdicts(now_span)
    assert (seen.trials, seen.people, sum(seen.counts.values())) == (3, 3, 3)
    assert seen.counts["getting_worse"] == 1
    (words,) = pooled_words(seen, {"nrs_pain": "Pain"})
    assert "3 people with enough days, all before and after, without a comparison" in words
    assert load().measures["nrs_pain"].scale in words
    assert pooled_words(seen, {}, fewest=5) == []


def test_it_is_judged_again_only_when_something_is_new(with_trial, now_span, today, ada) -> None:
    one = with_trial("Ruth")
    judge(now_span.trials, load(), today)
    assert judge(now_span.trials, load(), today, seconds=-1) == 0
    measure, by = load().measures["nrs_pain"], ada.member.user
    told = Told(measure, {measure.items[0].id: 3}, today, "daily", uuid.uuid4().hex)
    keep_all(one, [told], Who("paper", f"user:{by.pk}", by), now=timezone.now())
    assert judge(now_span.trials, load(), today, seconds=-1) == 1
    assert judge(now_span.trials, load(), today) == 0


def test_a_trial_that_ended_before_is_of_another_time(with_trial, span, today, ada) -> None:
    one = with_trial("Ruth")
    trial = one.trials.get()
    end(trial, "stopped", by=ada.member.user, actor="user:1", today=today, now=timezone.now())
    assert span(None, Period(today, today)).trials.count() == 1
    assert span(None, Period(today + dt.timedelta(1), today + dt.timedelta(9))).trials.count() == 0
    assert span(None, Period(today - dt.timedelta(90), today - dt.timedelta(60))).trials.count() == 0


def test_of_one_therapist_those_whose_clients_came_to_them(with_trial, span, today, ada, bao) -> None:
    with_trial("Ruth")
    period = Period(today - dt.timedelta(30), today)
    assert span(ada.member.user, period).trials.count() == 1
    assert span(bao.member.user, period).trials.count() == 0


def test_the_page_counts_them_in_four_words(with_trial, maren, today) -> None:
    with_trial("Ruth", 2)
    page = maren.get(f"/clinic/programme?from={today - dt.timedelta(30)}&to={today}")
    rows = dict(page.context["sheet"].verdicts)
    assert set(rows) == {"Trials that ran", "Helping", "Not helping", "Too early", "Getting worse"}
    assert rows["Trials that ran"] == "1"


def test_as_many_queries_for_many_trials_as_for_few_once_judged(with_trial, maren, today) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    at = f"/clinic/programme?from={today - dt.timedelta(30)}&to={today}"

    def number() -> int:
        maren.get(at)
        with CaptureQueriesContext(connection) as made:
            maren.get(at)
        return len(made)

    with_trial("Ruth")
    few = number()
    with_trial("Sam"), with_trial("Tom")
    assert number() == few
