"""What is new reaches who works: a visit that runs, the page of the day, and what an answer had opened."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from afferent.knowledge import load
from afferent.outline import outlines
from afferent.outline.model import Wish
from afferent.records.answers import statements
from afferent.visit.events import Opened, Rescreened
from afferent.web.clients.knowing import write
from afferent.web.letters import due
from afferent.web.letters.tests.test_loop import pressure

DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    "happened",
    [{"clot_date": 1}, {"fracture_date": 1, "fracture_site": "ankle.left"}, {"operation_date": 1}, {"chemo_date": 1}],
)
def test_a_new_event_ends_what_was_opened(ruth, ada, arrived, call, limits, today, happened) -> None:
    """As the page promises the physician, whatever rule the answer was about."""
    from afferent.web.clients.current import current, whole

    call(arrived)
    assert pressure(limits(), "thigh.right.front") == 1
    later = today + DAY
    said = {name: str(later) if value == 1 else value for name, value in happened.items()}
    write(ruth, "answers", statements(said, load(), later), on=later, by=ada.member.user)
    ruth.refresh_from_db()
    after = whole(current(ruth, later), later)
    assert "VTE-HISTORY" not in {one.id for one in after.rules if one.cleared}
    assert after.excluded == ("body",) or pressure(after, "thigh.right.front") == "off"


def test_something_new_is_on_today_at_once(ada, ruth, arrived, call, limits, today) -> None:
    """It does not wait until somebody opens the client."""
    call(arrived)
    limits()
    assert due.again(load(), today) == []
    write(ruth, "answers", statements({"chemo_date": str(today)}, load(), today), on=today, by=ada.member.user)
    assert "Something new: ask the physician again" in ada.get("/today").content.decode()


@pytest.fixture
def running(ada, ruth, limits, today):
    """A visit that was opened and runs, over what is open."""
    from afferent.web.book.models import Visit
    from afferent.web.clients.current import current
    from afferent.web.live.opening import open_visit
    from afferent.web.notes.again import plan_of

    screening, now = limits(), timezone.now()
    outline = next(one for one in outlines(screening, load(), Wish(aims=("ease_pain",), minutes=45)) if one.steps)
    visit = Visit.objects.create(
        client=ruth, therapist=ada.member.user, starts_at=now, ends_at=now + dt.timedelta(minutes=45)
    )
    return open_visit(
        visit, outline, plan=plan_of(outline, screening, load(), "Ruth"), screened=current(ruth, today),
        screening=screening, by=ada.member.user, now=now,
    )  # fmt: skip


def _events(session):
    from afferent.web.live.store import stream

    return [one.event for one in stream(session.pk)]


def test_a_visit_that_runs_hears_of_an_answer_that_tightens(running, phone, address, fine, number) -> None:
    """The place closes while hands may be on: said to both faces, and refused by the server from then on."""
    thinner = number("thinner")
    assert phone.post(address, fine | {thinner: "do_not"}).status_code == 200
    *_, told = [one for one in _events(running) if isinstance(one, Rescreened)]
    opened = [one for one in _events(running) if isinstance(one, Opened)]
    first, last = opened[0].ceilings, opened[-1].ceilings
    assert told.closed or all(last.get(name, -1) <= level for name, level in first.items())
    assert told.closed or last != first


def test_inadvisable_ends_a_visit_that_runs(running, phone, address, fine) -> None:
    assert phone.post(address, fine | {"overall": "inadvisable", "because": "a new clot"}).status_code == 200
    assert [one.closed for one in _events(running) if isinstance(one, Rescreened)] == [True]


def test_fine_changes_nothing_in_a_visit_that_runs_not_even_confirmed(running, arrived, call) -> None:
    first = next(one for one in _events(running) if isinstance(one, Opened)).ceilings
    call(arrived)
    last = [one for one in _events(running) if isinstance(one, Opened)][-1].ceilings
    assert all(level <= first.get(name, -1) for name, level in last.items())
