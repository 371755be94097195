"""A STOP is a STOP: also after the end, in a race with the first touch, and when somebody takes something back."""

from __future__ import annotations

import pytest
from django.utils import timezone

from afferent.visit.events import Began, Drilled, Moved, Pressed, Said, TakenBack
from afferent.visit.stopping import Stopping
from afferent.web.live import pairing, sent
from afferent.web.live.models import Pairing, Session
from afferent.web.live.store import NotKept, append, stream
from afferent.web.live.tests.test_sent import by_phone, event, phone, send
from afferent.web.live.tests.test_where_it_stands import begun, made

__all__ = ["phone"]

NOW = timezone.now()


def ended(session) -> None:
    path = f"/live/{session.pk}/events"
    assert send(session.ada, path, event("began"), event("ended")).status_code == 200


@pytest.mark.parametrize("kind", ["said", "drilled"])
def test_a_stop_after_the_end_is_kept(session, phone, kind) -> None:
    ended(session)
    late = event(kind, word="stop", at=(timezone.now() + timezone.timedelta(hours=1)).isoformat())
    assert by_phone(phone, late).status_code == 200
    last = stream(session.pk)[-1].event
    assert (last.id, last.word, type(last)) == (late["id"], "stop", Said)
    assert by_phone(phone, late | {"word": "good", "id": "another-0001"}).status_code == 409


def test_the_device_may_say_so_for_half_an_hour(session, phone) -> None:
    ended(session)
    found = Pairing.objects.get(session_id=session.pk, withdrawn_at=None)
    assert found.ends_at > timezone.now() + timezone.timedelta(minutes=29)
    assert found.ends_at <= timezone.now() + pairing.AFTERWARDS


def test_it_stands_in_the_note_as_after_the_end(session, phone) -> None:
    from afferent.visit.fold import course

    ended(session)
    late = event("said", word="stop", at=(timezone.now() + timezone.timedelta(hours=1)).isoformat())
    by_phone(phone, late)
    (stop,) = course(stream(session.pk)).stops
    assert (stop.id, stop.late) == (late["id"], True)


def test_the_first_touch_is_not_taken_back() -> None:
    first = made(Began)
    bounds = begun()
    bounds.learn(first)
    with pytest.raises(NotKept, match="not taken back"):
        bounds.check(made(TakenBack, of=first.id))


def test_nothing_before_the_last_stop_is_taken_back() -> None:
    there, harder, after = (
        made(Moved, regions=("back",), work="x", level=1),
        made(Pressed, level=2),
        made(Pressed, level=1),
    )
    bounds = begun(there, harder)
    bounds.check(made(TakenBack, of=harder.id))
    bounds.learn(made(Said, word="stop", by="client"))
    bounds.learn(after)
    for one in (there, harder):
        with pytest.raises(NotKept, match="not taken back"):
            bounds.check(made(TakenBack, of=one.id))
    bounds.check(made(TakenBack, of=after.id))


def test_a_real_stop_is_not_made_practice_over_the_wire(session, phone) -> None:
    first = event("began")
    path = f"/live/{session.pk}/events"
    send(session.ada, path, first)
    by_phone(phone, event("said", word="stop"))
    assert send(session.ada, path, event("taken_back", of=first["id"])).status_code == 409


def test_practice_is_judged_by_what_stands_once_the_visit_is_held(session, phone, monkeypatch) -> None:
    """The first touch comes between the request and the lock."""
    real = Session.objects.select_for_update

    def first_touch(*args, **more):
        monkeypatch.setattr(Session.objects, "select_for_update", real)
        append(session.pk, [Began(id="began-0001", at=NOW)], now=NOW)
        return real(*args, **more)

    monkeypatch.setattr(Session.objects, "select_for_update", first_touch)
    assert by_phone(phone, event("drilled", word="stop")).status_code == 200
    assert isinstance(stream(session.pk)[-1].event, Said)
    assert sent.is_stop(stream(session.pk)[-1].event)


def test_hands_on_a_place_are_a_first_touch_too(session, phone) -> None:
    append(session.pk, [made(Moved, regions=("shoulders",), work="effleurage", level=0)], now=NOW)
    by_phone(phone, event("drilled", word="stop"))
    assert isinstance(stream(session.pk)[-1].event, Said)


def test_a_practised_stop_after_the_first_touch_is_one_for_all_who_ask() -> None:
    stands = Stopping()
    stands.learn(made(Drilled, word="stop"))
    assert stands.stop == ""
    stands.learn(made(Began))
    stands.learn(made(Drilled, word="good"))
    assert stands.stop == ""
    stands.learn(made(Drilled, word="stop"))
    assert stands.stop == "on"


def test_the_note_says_that_it_was_after_the_end() -> None:
    from afferent.visit.note_lines import Stopped
    from afferent.words.note_lines import _stopped

    late = Stopped(
        after=600.0, seconds=None, again=0, detail="", words="", went_on=False, hands=False, late=True, ids=("a",)
    )
    assert "after the end of the visit was marked" in _stopped(late, None)
    assert "did not go on" not in _stopped(late, None)
