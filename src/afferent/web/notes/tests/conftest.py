"""A visit with Joan: numb feet, everything asked, opened with an outline over back, shoulders and both feet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from afferent.outline.model import Outline, Step
from afferent.visit import events
from afferent.visit.events import Look

OUTLINE = Outline(
    "with_affected",
    (
        Step(("back",), "effleurage", 2, 6),
        Step(("shoulders",), "effleurage", 2, 5),
        Step(("foot.left",), "effleurage", 1, 4, affected=True),
        Step(("foot.right",), "effleurage", 1, 4, affected=True),
    ),
)
WHOLE = tuple(
    Look(f"{part}.{side}.{face}", "intact")
    for part, faces in (("foot", ("top", "sole")), ("hand", ("palm", "back")))
    for side in ("left", "right")
    for face in faces
)


@pytest.fixture
def ada(signed_in):
    return signed_in("therapist", name="Ada Okonkwo")


@pytest.fixture
def joan(a_client, clinic, examples):
    """Numb feet; everything that comes first is asked."""
    from afferent.knowledge import load
    from afferent.records.read import read
    from afferent.web.clients.knowing import write
    from afferent.web.clinics.clock import today
    from afferent.web.demo.fill import moved

    day = today(clinic)
    made = a_client("Joan", "Petrie", born=dt.date(1955, 7, 19))
    write(made, "answers", moved(read(examples / "numb-feet.yaml", as_of=None, knowledge=load()), day), on=day)
    return made


@pytest.fixture
def opened(ada, joan, clinic) -> Callable[..., Any]:
    """`opened()` is a session that was opened just now; `opened(days=3)` one of three days ago."""
    from afferent.web.book.models import Visit
    from afferent.web.clients.current import current, whole
    from afferent.web.clinics.clock import today
    from afferent.web.clinics.knowledge import in_force
    from afferent.web.live.opening import open_visit
    from afferent.web.notes.again import plan_of

    def make(days: int = 0, outline: Outline = OUTLINE, crossings: tuple = ()):
        begins = timezone.now() - dt.timedelta(days=days)
        visit = Visit.objects.create(
            client=joan, therapist=ada.member.user, starts_at=begins, ends_at=begins + dt.timedelta(minutes=45)
        )
        screened = current(joan, today(clinic))
        screening = whole(screened, today(clinic))
        plan = plan_of(outline, screening, in_force(clinic), "Joan")
        return open_visit(
            visit, outline, plan=plan, screened=screened, screening=screening, crossings=crossings, by=ada.member.user,
            now=begins,
        )  # fmt: skip

    return make


@pytest.fixture
def session(opened):
    return opened()


@pytest.fixture
def happens() -> Callable[..., str]:
    """`happens(session, 60, "Moved", regions=("back",), …)`: an event so many seconds after it was opened."""
    from afferent.web.live.store import append

    def make(session: Any, second: float, kind: str, **fields: Any) -> str:
        at = session.opened_at + dt.timedelta(seconds=second)
        fields.setdefault("id", f"{kind.lower()[:12]}-{int(second * 10):08d}")
        append(session.pk, [getattr(events, kind)(at=at, **fields)], now=at)
        return fields["id"]

    return make


@pytest.fixture
def a_visit(happens) -> Callable[..., None]:
    """A whole visit in the session: looked, touched, a word of the client's, ended."""

    def make(session: Any, *, ended: bool = True) -> None:
        happens(session, 30, "SkinChecked", when="before", looks=WHOLE)
        happens(session, 60, "Began")
        happens(session, 60, "Moved", regions=("back",), work="effleurage", level=2, step=0, id="moved-back")
        happens(session, 240, "Asked", why="first", regions=("back",), by="program", id="asked-back")
        happens(session, 246, "Said", word="good", by="client", to="asked-back")
        happens(session, 420, "Moved", regions=("foot.left",), work="effleurage", level=1, step=2, id="moved-foot")
        happens(session, 500, "Said", word="ease_off", by="client")
        happens(session, 600, "Noted", words="Softer after two minutes.")
        if ended:
            happens(session, 660, "Ended")
            session.refresh_from_db()

    return make


@pytest.fixture
def queries() -> Callable[..., int]:
    """`queries(lambda: …)`: how many were made."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count(act: Callable[[], Any]) -> int:
        with CaptureQueriesContext(connection) as made:
            act()
        return len(made)

    return count
