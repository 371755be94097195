"""A look at the skin: facts for the rules, a screening at once, and a visit that is held to it."""

from __future__ import annotations

import pytest
from django.utils import timezone

from afferent.outline.model import Crossing, Outline, Step, Wish
from afferent.safety import resolve, screen
from afferent.visit.events import Look, Moved, Opened, Rescreened, SkinChecked
from afferent.visit.skin import facts, rescreening
from afferent.web.audit.models import Entry
from afferent.web.clients.current import current, whole
from afferent.web.clients.knowing import history, known, write
from afferent.web.clients.models import Client, Record
from afferent.web.clinics.clock import today
from afferent.web.clinics.knowledge import in_force
from afferent.web.live.models import Session
from afferent.web.live.store import Bounds, NotKept, append, stream
from afferent.web.notes.looking import look, marks, screen_again

from .conftest import WHOLE


@pytest.fixture
def seen(ada):
    """`seen(session, "before", Look(…))`."""

    def make(session, when, *looks):
        user = ada.member.user
        return look(session, when, looks, by=user, actor=f"user:{user.pk}", now=timezone.now())

    return make


def kinds(session) -> list[str]:
    return [one.event.__struct_config__.tag for one in stream(session.pk)]


def screening_of(client, clinic):
    day = today(clinic)
    return whole(current(Client.objects.get(pk=client.pk), day), day)


def test_whole_skin_is_one_event_and_tells_the_rules_nothing(session, seen) -> None:
    came = seen(session, "before", *WHOLE)
    assert (came.found, came.changed) == (False, False)
    assert kinds(session) == ["opened", "skin"]
    assert not Record.objects.filter(kind="skin_check").exists()


def test_a_blister_that_was_not_felt_is_in_the_screening_at_once(session, seen, joan, clinic) -> None:
    came = seen(session, "before", *WHOLE[:2], Look("foot.left.sole.heel", "blister", felt=False))
    assert (came.found, came.changed) == (True, True)
    found = screening_of(joan, clinic)
    assert "foot.left" in found.excluded
    assert found.urgency == "same_day"
    told = [one for one in history(joan) if one.record_kind == "skin_check"]
    assert {one.fact for one in told} == {"open_skin", "wound_new", "foot_ulcer_new_or_infected"}
    assert not any(one.over for one in told)


def test_what_is_kept_screens_as_the_rules_of_the_look_say(session, seen, joan, clinic) -> None:
    """The database lets a "no" give way to a finding just as `visit.skin.rescreening` does."""
    day, knowledge = today(clinic), in_force(clinic)
    for looks in (
        (Look("foot.left.sole.heel", "blister", felt=False),),
        (Look("foot.left.top", "red"),),
        (Look("foot.left.top", "swollen"), Look("foot.right.sole", "swollen")),
        (Look("leg.left.back", "hot"),),
    ):
        held = known([joan], knowledge, day)[joan.pk].intake.statements
        expected = screen(resolve(rescreening(held, facts(looks, timezone.now(), held)), knowledge, day), knowledge)
        seen(session, "during", *looks)
        found = screening_of(joan, clinic)
        assert (found.decision, found.urgency, found.ask_first, found.excluded, found.effective) == (
            expected.decision, expected.urgency, expected.ask_first, expected.excluded, expected.effective,
        )  # fmt: skip


def test_a_finding_takes_away_no_place_that_was_told_before(session, seen, joan, clinic) -> None:
    seen(session, "before", Look("hand.right.palm", "open", felt=True))
    seen(session, "during", Look("foot.left.sole.heel", "open", felt=True))
    assert {"hand.right", "foot.left"} <= set(screening_of(joan, clinic).excluded)


def test_the_visit_is_opened_anew_with_what_is_left(session, seen) -> None:
    seen(session, "before", Look("foot.left.sole.heel", "blister", felt=False))
    *_, said, opened = [one.event for one in stream(session.pk)]
    assert isinstance(said, Rescreened)
    assert not said.closed
    assert isinstance(opened, Opened)
    assert [step.regions for step in opened.outline.steps] == [("back",), ("shoulders",), ("foot.right",)]
    assert "foot.left" not in opened.ceilings
    plan = Session.objects.get(pk=session.pk).plan
    assert [step["regions"] for step in plan["steps"]] == [["back"], ["shoulders"], ["foot.right"]]


def test_the_server_refuses_the_place_that_was_taken_out(session, seen) -> None:
    def touched(place: str) -> Moved:
        return Moved(
            id=f"moved-{place.replace('.', '-')}", at=timezone.now(), regions=(place,), work="effleurage", level=1
        )

    append(session.pk, [touched("foot.left")], now=timezone.now())
    seen(session, "during", Look("foot.left.sole.heel", "blister", felt=False))
    with pytest.raises(NotKept, match="not in the outline"):
        append(session.pk, [touched("foot.left.sole")], now=timezone.now())
    append(session.pk, [touched("shoulders")], now=timezone.now())


def test_a_step_that_hands_were_on_keeps_its_number_and_is_shown_closed(session, seen, happens) -> None:
    happens(session, 60, "Began")
    happens(session, 61, "Moved", regions=("foot.left",), work="effleurage", level=1, step=2)
    seen(session, "during", Look("foot.left.sole.heel", "blister", felt=False))
    steps = Session.objects.get(pk=session.pk).plan["steps"]
    assert steps[2]["regions"] == ["foot.left"]
    assert (steps[2]["level"], steps[2]["ceiling"]) == (0, 0)
    assert steps[3]["regions"] == ["foot.right"]


def test_a_hot_foot_closes_the_visit(session, seen) -> None:
    seen(session, "before", Look("foot.right.top", "hot"))
    last = stream(session.pk)[-1].event
    assert isinstance(last, Rescreened)
    assert last.closed
    with pytest.raises(NotKept, match="closed"):
        append(
            session.pk,
            [Moved(id="moved-001", at=timezone.now(), regions=("back",), work="effleurage", level=1)],
            now=timezone.now(),
        )


def test_red_skin_leaves_nothing_open_until_it_is_asked_and_then_no_more_than_before(
    session, seen, joan, clinic
) -> None:
    from afferent.records.answers import statements

    first = stream(session.pk)[0].event
    seen(session, "before", Look("foot.left.sole.heel", "red"))
    held = stream(session.pk)[-1].event
    assert isinstance(held, Opened)
    assert held.ceilings == {}
    day = today(clinic)
    no = dict.fromkeys(("foot_hot_swollen", "pressure_redness", "cellulitis"), "no")
    write(joan, "answers", list(statements(no, in_force(clinic), day)), on=day)
    assert screen_again(session, timezone.now())
    again = stream(session.pk)[-1].event
    assert again.ceilings == first.ceilings
    assert again.outline == first.outline


def test_a_finding_that_changes_nothing_opens_nothing_anew(session, seen) -> None:
    seen(session, "before", Look("foot.left.sole.heel", "blister", felt=False))
    before = len(stream(session.pk))
    came = seen(session, "during", Look("foot.left.sole.heel", "blister", felt=False))
    assert (came.found, came.changed) == (True, False)
    assert len(stream(session.pk)) == before + 1


def test_what_was_marked_on_the_face_is_taken_along_by_the_next_look(session, seen, happens, joan, clinic) -> None:
    mark = happens(session, 90, "SkinChecked", when="during", looks=(Look("foot.left.sole", "blister"),))
    assert [one.id for one in marks(session)] == [mark]
    seen(session, "after", *WHOLE)
    assert marks(session) == []
    assert "foot.left" in screening_of(joan, clinic).excluded


def test_after_the_end_a_finding_is_written_down_and_nothing_is_opened(session, seen, a_visit) -> None:
    a_visit(session)
    seen(session, "after", Look("foot.left.sole.heel", "blister", felt=False))
    assert kinds(session)[-2:] == ["skin", "rescreened"]
    assert isinstance(stream(session.pk)[-2].event, SkinChecked)


def test_a_reason_given_for_an_old_limit_does_not_cover_a_new_one(opened, seen) -> None:
    reason = Crossing("pressure", ("shoulders",), "…", (), "client_asks")
    first = opened(crossings=(reason,))
    seen(first, "before", Look("shoulder.left", "callus"))
    now = stream(first.pk)[-1].event
    assert isinstance(now, Opened)
    assert now.crossings == ()
    assert Bounds(stream(first.pk)).most(("shoulders",)) == 1


def test_a_reason_stays_where_its_limit_is_still_the_same(opened, seen, joan, clinic) -> None:
    from afferent.outline import crossing, faults
    from afferent.records.answers import statements

    day, knowledge = today(clinic), in_force(clinic)
    two = {"antiplatelet": "yes", "antiplatelet_two": "yes"}
    write(joan, "answers", list(statements(two, knowledge, day)), on=day)
    outline = Outline("with_affected", (Step(("shoulders",), "effleurage", 2, 5), Step(("back",), "petrissage", 3, 5)))
    (open_,) = faults(outline, screening_of(joan, clinic), knowledge, Wish(first=False))
    joan.refresh_from_db()
    session = opened(outline=outline, crossings=(crossing(open_, outline, "client_asks", "", knowledge),))
    assert Bounds(stream(session.pk)).most(("back",)) == 3
    seen(session, "before", Look("shoulder.left", "callus"))
    assert Bounds(stream(session.pk)).most(("back",)) == 3
    assert Bounds(stream(session.pk)).most(("shoulders",)) == 1


def test_it_stands_in_the_audit(session, seen) -> None:
    seen(session, "before", Look("foot.left.sole.heel", "blister", felt=False))
    actions = list(Entry.objects.order_by("-seq").values_list("action", flat=True)[:2])
    assert actions == ["visit.rescreened", "skin.looked"]
