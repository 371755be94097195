"""Two windows of the therapist on one visit: which of them the client may rely on, and what the other one says."""

from __future__ import annotations

import pytest

from tests.browser.test_relay import blank, may_use_databases, press, room, sqlite

__all__ = ["blank", "may_use_databases", "room", "sqlite"]

pytestmark = pytest.mark.browser


def running(room):
    """The tablet of before, the one in the therapist's hand, and the phone."""
    old = room.therapist()
    phone = room.client(old)
    room.begin(old)
    phone.locator("body[data-stage=touch]").wait_for()
    new = room.therapist()
    new.locator("body[data-link=here]").wait_for()
    old.locator("#watching").wait_for()
    assert new.locator("#watching").is_hidden()
    return old, new, phone


def test_a_window_that_was_forgotten_does_not_speak_for_the_one_in_the_hand(room) -> None:
    _, new, phone = running(room)
    phone.locator("body[data-link=here]").wait_for()
    new.context.set_offline(True)
    phone.locator("body[data-link=lost]").wait_for(timeout=4_500)
    press(phone, "ease_off")
    phone.wait_for_timeout(2_000)
    assert "Ada has it" not in phone.locator("#told").inner_text()
    new.context.set_offline(False)
    phone.locator("#told", has_text="Ada has it").wait_for(timeout=10_000)


def test_a_touch_on_the_older_window_leads_from_there(room) -> None:
    old, new, phone = running(room)
    new.context.close()
    room.contexts.remove(new.context)
    phone.locator("body[data-link=lost]").wait_for(timeout=4_500)
    old.locator("#softer").tap()
    phone.locator("body[data-link=here]").wait_for(timeout=4_000)
    old.locator("#watching").wait_for(state="hidden")
    press(phone, "stop")
    old.locator("body[data-alarm=stopped]").wait_for()
    phone.locator("#stop-words", has_text="Ada has been told").wait_for()


def test_both_show_a_stop_and_only_one_of_them_writes_what_it_notices(room) -> None:
    old, new, phone = running(room)
    phone.context.set_offline(True)
    for page in (old, new):
        page.locator("body[data-alarm=lost]").wait_for(timeout=4_500)
    phone.context.set_offline(False)
    for page in (old, new):
        page.locator("body[data-alarm='']").wait_for(timeout=10_000)
    press(phone, "stop")
    for page in (old, new):
        page.locator("body[data-alarm=stopped]").wait_for()
        page.locator("#unsent").wait_for(state="hidden")
    kinds = [one.event.__class__.__name__ for one in room.kept()]
    assert (kinds.count("Lost"), kinds.count("Linked")) == (1, 2), kinds


def test_an_old_visit_that_is_looked_at_writes_nothing(room) -> None:
    from datetime import timedelta

    from afferent.web.live.models import Happening, Session
    from afferent.web.scope import inside
    from tests.faults.conftest import on

    tablet = room.therapist()
    room.client(tablet)
    room.begin(tablet)
    for context in room.contexts:
        context.close()
    room.contexts.clear()
    with on(room.settings), inside(room.clinic):
        from django.db import connection

        with connection.cursor() as cursor:  # as if all of it had been yesterday
            cursor.execute("DROP TRIGGER live_happening_no_update")
        for row in Happening.objects.all():
            with connection.cursor() as cursor:
                then = (row.received - timedelta(days=1)).isoformat(sep=" ")[:26]
                cursor.execute("UPDATE live_happening SET received = %s WHERE id = %s", [then, row.pk])
        for one in Session.objects.all():
            Session.objects.filter(pk=one.pk).update(opened_at=one.opened_at - timedelta(days=1))
    before = len(room.kept())
    looking = room.therapist()
    looking.locator("#watching").wait_for()
    looking.wait_for_timeout(4_000)  # longer than a link needs to be lost, and due check-ins to be asked
    assert len(room.kept()) == before
    assert looking.locator("#refused").is_hidden()
