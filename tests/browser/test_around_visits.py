"""Before the first touch and after the last, from 0 to 10: on the client's phone, on the therapist's tablet, and on the
page of the outcome. Two real windows and a real server.
"""

from __future__ import annotations

import time
import uuid

import pytest

from afferent.visit.events import PAIN_NOW
from tests.browser.test_relay import blank, may_use_databases, press, room, sizes, sqlite, violations
from tests.browser.test_relay_again import a_room
from tests.faults.conftest import on

__all__ = ["a_room", "blank", "may_use_databases", "room", "sqlite"]

pytestmark = pytest.mark.browser

NUMB = "nrs_numbness_now"
WORDS = ("stop", "ease_off", "good", "changed")


def agree(room) -> None:
    """A trial judged by pain that asks about numbness too, so that two questions are due."""
    from django.utils import timezone

    from afferent.outcomes.person.trial import Agreement
    from afferent.web.live.models import Session
    from afferent.web.outcomes import trials
    from afferent.web.scope import inside

    with on(room.settings), inside(room.clinic):
        session = Session.objects.select_related("client", "therapist").get(pk=room.session)
        today = timezone.now().date()
        wanted = trials.Wanted(Agreement(), ("nrs_numbness",), today)
        trials.agree(
            session.client, wanted, by=session.therapist, actor="user:1", today=today, now=timezone.now(),
            key=uuid.uuid4(),
        )  # fmt: skip
        room.of_client = session.client_id


def practise(tablet, phone) -> None:
    for word in WORDS:
        press(phone, word)
        tablet.locator(f"[data-drilled={word}][data-done=true]").wait_for()


def rate(phone, *values: object) -> int:
    """Answer what is asked, one tap a question; how many taps it took."""
    for number, value in enumerate(values, 1):
        phone.locator("#rate-of", has_text=f"{number} of {len(values)}").wait_for()
        phone.wait_for_timeout(700)  # a person reads; a touch at once is still that of the screen before
        phone.locator(f"[data-rate='{value}']").tap()
    return len(values)


def finish(tablet) -> None:
    tablet.get_by_role("button", name="More").tap()
    tablet.get_by_role("button", name="Finish the visit").tap()
    tablet.get_by_role("button", name="Yes, hands are off").tap()
    tablet.locator("body[data-stage=ended]").wait_for()


def scores(room) -> dict:
    from afferent.web.outcomes.models import Score
    from afferent.web.scope import inside

    with on(room.settings), inside(room.clinic):
        return {(one.measure, one.asked): one.value for one in Score.objects.filter(later=None)}


def rated(room) -> list:
    kept = [one.event for one in room.kept() if one.event.__class__.__name__ in ("Scored", "Skipped")]
    return [(one.measure, one.asked, getattr(one, "value", None)) for one in kept]


def test_before_and_after_a_visit_in_under_a_minute(room) -> None:
    agree(room)
    tablet = room.therapist()
    phone = room.client(tablet)
    practise(tablet, phone)
    began = time.monotonic()
    phone.locator("#rate-ask", has_text="How strong is your pain right now?").wait_for()
    assert violations(phone) == []
    heights = phone.evaluate("[...document.querySelectorAll('[data-rate]')].map(e => e.getBoundingClientRect().height)")
    assert len(heights) == 12
    assert min(heights) >= 30 * 6.3 - 1, "30 mm on a phone"
    assert phone.evaluate("document.documentElement.scrollHeight") <= 844
    taps = rate(phone, 6, 8)
    tablet.locator(".live-asked", has_text="Pain now: 6 of 10, on Ruth’s device").wait_for()
    tablet.locator(".live-asked", has_text="Numbness now: 8 of 10").wait_for()
    phone.locator("body:not([data-rating])").wait_for()
    assert phone.locator("#stop").is_visible(), "STOP is back"
    room.begin(tablet)
    phone.locator("body[data-stage=touch]").wait_for()
    press(phone, "good")
    tablet.locator("#word", has_text="GOOD").wait_for()
    tablet.locator("#score", has_text="Pain 0–10").wait_for()
    finish(tablet)
    assert violations(tablet) == []
    assert phone.locator(".live-over").is_hidden(), "it is asked before the good-bye"
    taps += rate(phone, 3, "skip")
    phone.get_by_text("Thank you").wait_for()
    phone.get_by_text("You can close this page").wait_for()
    spent = time.monotonic() - began
    assert taps <= 2 * 4
    assert spent < 60, "with all of the visit between"
    tablet.locator(".live-ended .live-asked", has_text="Pain now: 3 of 10").wait_for()
    tablet.locator(".live-ended .live-asked", has_text="Numbness now: skipped").wait_for()
    assert rated(room) == [
        (PAIN_NOW, "before_visit", 6), (NUMB, "before_visit", 8), (PAIN_NOW, "after_visit", 3),
        (NUMB, "after_visit", None),
    ]  # fmt: skip
    assert scores(room) == {(PAIN_NOW, "before_visit"): 6, (NUMB, "before_visit"): 8, (PAIN_NOW, "after_visit"): 3}
    tablet.goto(f"{room.site}/clients/{room.of_client}/outcome/")
    tablet.get_by_text("6.0 before, 3.0 after").wait_for()


def test_without_a_device_the_numbers_are_asked_aloud_and_tapped(room) -> None:
    agree(room)
    tablet = room.therapist()
    here = tablet.locator(".live-setup [data-around]")
    here.get_by_text("“Ruth: How strong is your pain right now?”").wait_for()
    here.locator("[data-is='5'][data-act=number]").tap()
    here.get_by_text("“Ruth: How numb are your feet or hands right now?”").wait_for()
    assert min(sizes(tablet, ".live-setup [data-around] button", "tablet")) >= 19.9
    here.get_by_role("button", name="Skip").tap()
    here.get_by_text("Numbness now: skipped").wait_for()
    here.get_by_text("Pain now: 5 of 10").tap()  # a slip, told again
    here.locator("[data-is='4'][data-act=number]").tap()
    here.get_by_text("Pain now: 4 of 10").wait_for()
    room.begin(tablet)
    finish(tablet)
    there = tablet.locator(".live-ended [data-around]")
    there.locator("[data-is='2'][data-act=number]").tap()
    there.get_by_text("Pain now: 2 of 10").wait_for()
    tablet.wait_for_function("() => !Object.keys(localStorage).some((one) => one.startsWith('afferent:outbox'))")
    assert scores(room) == {(PAIN_NOW, "before_visit"): 4, (PAIN_NOW, "after_visit"): 2}
    tablet.reload()
    there.get_by_text("Pain now: 2 of 10").wait_for()


def test_hands_on_takes_the_question_away_and_a_lost_link_brings_stop_back(room) -> None:
    tablet = room.therapist()
    phone = room.client(tablet)
    practise(tablet, phone)
    phone.locator("body[data-rating=before_visit]").wait_for()
    tablet.context.set_offline(True)
    phone.locator("body:not([data-rating])").wait_for(timeout=5_000)
    assert phone.locator("#stop").is_visible(), "it cannot know that no hand is on"
    tablet.context.set_offline(False)
    phone.locator("body[data-rating=before_visit]").wait_for(timeout=10_000)
    room.begin(tablet)
    phone.locator("body[data-stage=touch]:not([data-rating])").wait_for()
    assert phone.locator("#stop").is_visible()


def test_what_was_told_aloud_is_asked_no_more_on_the_phone(room) -> None:
    tablet = room.therapist()
    phone = room.client(tablet)
    practise(tablet, phone)
    phone.locator("body[data-rating=before_visit]").wait_for()
    tablet.locator(".live-setup [data-is='5'][data-act=number]").tap()
    phone.locator("body:not([data-rating])").wait_for()
    phone.reload()
    phone.locator("body[data-link=here]").wait_for()
    phone.wait_for_timeout(2_000)
    assert phone.locator("body[data-rating]").count() == 0
    assert rated(room) == [(PAIN_NOW, "before_visit", 5)]


def test_an_answer_while_the_server_is_away_arrives_once(room) -> None:
    tablet = room.therapist()
    phone = room.client(tablet)
    room.begin(tablet)
    finish(tablet)
    phone.locator("body[data-rating=after_visit]").wait_for()
    tablet.locator("#unsent").wait_for(state="hidden")
    room.server.process.kill()
    room.server.process.wait(10)
    rate(phone, 1)
    phone.get_by_text("still on the way").wait_for()
    with room.server:
        phone.get_by_text("You can close this page").wait_for(timeout=15_000)
        assert rated(room) == [(PAIN_NOW, "after_visit", 1)]
        assert scores(room) == {(PAIN_NOW, "after_visit"): 1}


def test_who_feels_ill_or_has_one_switch_is_asked_nothing_on_the_phone(room) -> None:
    tablet = room.therapist()
    phone = room.client(tablet)
    room.begin(tablet)
    phone.locator("body[data-stage=touch]").wait_for()
    press(phone, "stop")
    tablet.get_by_role("button", name="HANDS OFF").tap()
    phone.get_by_role("button", name="I FEEL ILL").tap()
    tablet.get_by_text("call the emergency number now").wait_for()
    tablet.get_by_role("button", name="End the visit").tap()
    tablet.get_by_role("button", name="Yes, hands are off").tap()
    phone.get_by_text("Thank you").wait_for()
    assert phone.locator("body[data-rating]").count() == 0
