"""The relay after a reload, in two windows of one therapist, on a tablet of years ago, with a phone that comes late,
and with somebody who can hardly say what is felt.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from afferent.visit.checkins import SIGNS
from afferent.visit.guide import RULES
from afferent.visit.pain import rule
from tests.browser.test_relay import Room, blank, may_use_databases, press, room, sizes, sqlite, violations

__all__ = ["blank", "may_use_databases", "room", "sqlite"]

pytestmark = pytest.mark.browser

# What a device does when it is sounded to, written down.
SHAKEN = "window.shaken = []; Navigator.prototype.vibrate = (how) => { window.shaken.push(how.join()); return true; }"
ASKED = "80,60,80"
# What browsers of years ago, and any browser without HTTPS, do not have.
OLD = """
delete AbortSignal.timeout; delete AbortSignal.any; delete Array.prototype.at; delete Array.prototype.findLast;
delete Element.prototype.replaceChildren; delete window.structuredClone; delete crypto.randomUUID; delete crypto.subtle;
delete Object.hasOwn; delete String.prototype.replaceAll; delete String.prototype.at; delete window.AudioContext;
delete Navigator.prototype.serviceWorker; delete Navigator.prototype.wakeLock; delete Navigator.prototype.vibrate;
delete window.speechSynthesis; delete window.caches;
"""
# Neither hears that the other leads, as while one takes over.
BOTH_LEAD = """
const listen = EventSource.prototype.addEventListener;
EventSource.prototype.addEventListener = function (kind, hear) { if (kind !== 'lead') listen.call(this, kind, hear); };
"""
SOON = {
    "first": 300,
    "affected": 300,
    "elsewhere": 600,
    "answer": 15,
    "settle": {"region": 1, "pressure": 1, "turn": 0},
}
WATCHED = {
    "watched": True,
    "no_guide": {
        "title": RULES["NO-FEEDBACK"].title,
        "says": RULES["NO-FEEDBACK"].fired,
        "why": RULES["NO-FEEDBACK"].why,
    },
    "signs": msgspec.to_builtins(SIGNS),
    "pain": msgspec.to_builtins(rule("Ruth", asks=False)),
}


@pytest.fixture
def a_room(browser, sqlite: Callable[..., dict], tmp_path: Path) -> Iterator[Callable[..., Room]]:
    """`a_room(plan)`: with this plan changed so."""
    made: list[Room] = []

    def make(**told: object) -> Room:
        made.append(Room(browser, sqlite(), tmp_path, told=told))
        made[0].server.__enter__()
        return made[0]

    yield make
    for one in made:
        one.server.__exit__()
        one.close()


def ask(tablet) -> None:
    tablet.get_by_role("button", name="More").tap()
    tablet.get_by_role("button", name="Ask for a word now").tap()


def shakes(page) -> int:
    return page.evaluate("window.shaken").count(ASKED)


def kinds(room: Room) -> list[str]:
    return [one.event.__class__.__name__ for one in room.kept()]


def test_a_question_from_before_a_reload_is_shown_and_not_sounded_again(room) -> None:
    tablet = room.therapist()
    phone = room.client(tablet)
    phone.context.add_init_script(SHAKEN)
    room.begin(tablet)
    for _ in range(2):
        ask(tablet)
        phone.locator("#question", has_text="Both your shoulders").wait_for()
        tablet.locator("#next", has_text="Asked").wait_for()
        press(phone, "good")
        tablet.locator("#word", has_text="THE SAME").wait_for()
        tablet.wait_for_timeout(700)
    ask(tablet)
    phone.locator("#question", has_text="Both your shoulders").wait_for()
    phone.reload()
    phone.locator("body[data-asked=intact]").wait_for()
    phone.locator("#question", has_text="Both your shoulders").wait_for()
    phone.wait_for_timeout(500)
    assert shakes(phone) == 0, "nothing old is sounded again"
    assert phone.locator("#question").get_attribute("aria-live") == "off"
    press(phone, "good")
    tablet.locator("body[data-alarm='']").wait_for()
    tablet.wait_for_timeout(700)
    ask(tablet)
    phone.locator("#question", has_text="Both your shoulders").wait_for()
    assert shakes(phone) == 1, "a new one is"


def test_a_phone_that_comes_late_hears_none_of_the_old_questions(room) -> None:
    tablet = room.therapist()
    room.begin(tablet)
    ask(tablet)
    tablet.locator("#unsent").wait_for(state="hidden")
    tablet.get_by_role("button", name="Said good").tap()
    tablet.get_by_role("button", name="Link a phone").tap()
    phone = late(room, tablet, SHAKEN)
    phone.locator("body[data-stage=touch]").wait_for()
    phone.wait_for_timeout(400)
    assert shakes(phone) == 0


def late(room: Room, tablet, script: str = ""):
    """A phone that is let in when hands are on already."""
    code = tablet.locator("#pair-code").filter(has_text=re.compile(r"\d{4}")).inner_text()
    page = room.window(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    if script:
        page.context.add_init_script(script)
    page.goto(f"{room.site}/live/join")
    page.get_by_label("The four digits").fill(code)
    page.get_by_role("button", name="Join").click()
    tablet.locator("#pairing[data-state=asking]").wait_for()
    assert tablet.locator("#pair-sign").inner_text() == page.locator(".live-code").inner_text()
    tablet.locator("#pair-yes").click()
    page.locator("body[data-link=here]").wait_for()
    return page


@pytest.mark.parametrize("size", [(1180, 820), pytest.param((820, 1180), marks=pytest.mark.nightly)])
def test_a_phone_is_linked_in_mid_visit_with_one_tap_and_nothing_is_hidden_meanwhile(room, size) -> None:
    tablet = room.therapist()
    tablet.set_viewport_size({"width": size[0], "height": size[1]})
    room.begin(tablet, place=2)
    before = {name: tablet.locator(name).inner_text() for name in ("#avoid", "#word", "#numb", "#most-name")}
    tablet.get_by_role("button", name="Link a phone").tap()
    tablet.locator("#pair-code", has_text=re.compile(r"\d{4}")).wait_for()
    for name, words in before.items():
        assert words, name
        assert tablet.locator(name).inner_text() == words
        assert seen(tablet, name), f"{name} stays in sight"
    assert min(sizes(tablet, ".live-tray button", "tablet")) >= 19.9
    assert violations(tablet) == []
    assert tablet.locator(".live-tray:visible [data-act=stop]").is_visible()
    phone = late(room, tablet)
    tablet.locator("#link-state", has_text="is linked").wait_for()
    press(phone, "stop")
    tablet.locator("body[data-alarm=stopped]").wait_for()


def seen(page, selector: str) -> bool:
    """Is all of it in the window, and on top?"""
    return page.evaluate(
        """(selector) => [...document.querySelectorAll(selector + ', ' + selector + ' *')].every((one) => {
        const box = one.getBoundingClientRect(); const x = box.x + box.width / 2;
        return [box.top + 1, box.bottom - 1].every((y) => { const top = document.elementFromPoint(x, y);
        return top && (one.contains(top) || top.contains(one) || top.closest('.live-said, .live-avoid')); }); })""",
        selector,
    )


def test_a_reload_tells_that_a_phone_is_let_in_and_lets_none_go(room) -> None:
    tablet = room.therapist()
    phone = room.client(tablet)
    tablet.reload()
    tablet.locator("#pairing[data-state=linked]").wait_for()
    tablet.locator("#link-state", has_text="is linked").wait_for()
    assert tablet.locator("#pair-open").inner_text() == "Another phone instead"
    room.begin(tablet)
    tablet.get_by_role("button", name="Phone linked").tap()
    tablet.wait_for_timeout(300)
    press(phone, "stop")
    tablet.locator("body[data-alarm=stopped]").wait_for()
    assert room.words() == ["stop"]


def test_after_a_reload_a_device_that_waits_for_the_yes_is_still_asked_about(room) -> None:
    tablet = room.therapist()
    tablet.locator("#pair-open").click()
    code = tablet.locator("#pair-code").filter(has_text=re.compile(r"\d{4}")).inner_text()
    tablet.reload()
    tablet.locator("#pair-state", has_text="A code was shown before").wait_for()
    phone = room.window(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    phone.goto(f"{room.site}/live/join")
    phone.get_by_label("The four digits").fill(code)
    phone.get_by_role("button", name="Join").click()
    tablet.locator("#pairing[data-state=asking]").wait_for()
    tablet.locator("#pair-yes").click()
    phone.locator("body[data-link=here]").wait_for()


def test_two_windows_of_the_therapist_ask_each_check_in_once(a_room) -> None:
    room = a_room(checkin=SOON)
    whole = room.window
    room.window = lambda **how: _started(whole(**how), BOTH_LEAD)  # type: ignore[method-assign]
    first, second = room.therapist(), room.therapist()
    room.begin(first)
    second.locator("#place", has_text="Both shoulders").wait_for()
    second.context.set_offline(True)  # it does not hear that the other one asks
    for one in (first, second):
        one.locator("#banner-word", has_text="NO ANSWER").wait_for(timeout=20_000)
    second.context.set_offline(False)
    second.locator("#unsent").wait_for(state="hidden", timeout=10_000)
    assert [kinds(room).count(kind) for kind in ("Asked", "Silent")] == [1, 1]
    for one in (first, second):
        assert one.locator("#banner-word").inner_text() == "NO ANSWER – ASK ALOUD"


def test_what_two_windows_notice_of_themselves_has_one_name(room) -> None:
    page = room.window()
    page.goto(f"{room.site}/live/join")
    names = page.evaluate(
        """async () => {
        const { fresh, apply } = await import('/static/live/fold.js');
        const { occurrence, silence } = await import('/static/live/checkins.js');
        const begun = { id: 'b'.repeat(32), kind: 'began' }, moved = { id: 'm'.repeat(32), kind: 'moved', step: 0,
        regions: ['back'], work: 'x', level: 1 };
        const window = (late) => { const state = fresh(); apply(state, begun, late); apply(state, moved, late + 9);
        const first = occurrence(state); apply(state, { id: first, kind: 'asked', regions: ['back'] }, late + 30);
        return [first, silence({ id: first }), occurrence(state)]; };
        return [window(0), window(1234)]; }"""
    )
    assert names[0] == names[1]
    assert len(set(names[0])) == 3, "the next one has another name"
    assert all(re.fullmatch(r"[0-9A-Za-z-]{8,40}", one) for one in names[0])


def test_a_tablet_and_a_phone_of_years_ago_do_all_of_it(room) -> None:
    whole = room.window
    room.window = lambda **how: _started(whole(**how), OLD)  # type: ignore[method-assign]
    tablet = room.therapist()
    phone = room.client(tablet)
    room.begin(tablet, place=1)
    phone.locator("body[data-stage=touch]").wait_for()
    press(phone, "ease_off")
    tablet.locator("#word", has_text="EASE OFF").wait_for()
    phone.locator("#told", has_text="Ada has it").wait_for()
    tablet.reload()
    tablet.locator("#place", has_text="LEFT lower leg").wait_for()
    press(phone, "stop")
    tablet.locator("body[data-alarm=stopped]").wait_for()


def _started(page, script: str):
    page.context.add_init_script(script)
    return page


def test_a_page_whose_script_cannot_run_says_so(room) -> None:
    tablet = room.therapist()
    phone = room.client(tablet)
    phone.context.route(
        "**/static/live/client*.js", lambda one: one.fulfill(body="let a =", content_type="text/javascript")
    )
    phone.reload()
    phone.get_by_text("STOP does not work on this device").wait_for(timeout=8_000)
    phone.faults.clear()
    assert tablet.get_by_text("This page does not work").is_hidden()


def test_who_can_hardly_say_it_is_watched_and_no_word_counts_for_anything(a_room) -> None:
    room = a_room(**WATCHED)
    tablet = room.therapist()
    phone = room.client(tablet)
    assert tablet.locator(".live-setup .live-numbers").count() == 0, "no number is asked for"
    room.begin(tablet)
    phone.locator("body[data-stage=touch]").wait_for()
    assert tablet.get_by_text("Toes curling").is_visible()
    assert tablet.get_by_text("Sudden severe pain").is_visible()
    press(phone, "good")
    tablet.locator("#word", has_text="GOOD").wait_for()
    assert tablet.locator("#word-note").inner_text() == "Feeling here is not a guide: hard to put into words"
    assert tablet.locator("#said").get_attribute("data-guide") == "false"
    assert tablet.locator("#numb").is_visible()
    assert tablet.locator("#score").is_hidden()
    ask(tablet)
    phone.locator("body[data-asked=numb]").wait_for()
    assert phone.locator("#good-word").inner_text() == "NOTHING NEW"
    assert phone.locator("[data-word=more]").is_hidden()
    assert min(sizes(phone, "button", "phone")) >= 29.9
    press(phone, "stop")
    tablet.locator("body[data-alarm=stopped]").wait_for()


def test_the_pain_as_a_number_says_when_to_lighten_and_when_to_leave(room) -> None:
    tablet = room.therapist()
    phone = room.client(tablet)
    tablet.locator(".live-setup [data-is='2'][data-act=number]").tap()
    tablet.locator(".live-setup [aria-pressed=true]").wait_for()
    assert min(sizes(tablet, ".live-setup .live-numbers button", "tablet")) >= 19.9
    room.begin(tablet, place=1)
    phone.locator("body[data-stage=touch]").wait_for()
    press(phone, "changed")
    tablet.locator("#score[data-owed=true]").tap()
    tablet.locator("#score-say", has_text="your LEFT lower leg: how strong is the pain").wait_for()
    assert min(sizes(tablet, ".live-tray .live-numbers button", "tablet")) >= 19.9
    assert seen(tablet, "#avoid")
    assert violations(tablet) == []
    tablet.locator(".live-tray [data-is='4']").tap()
    tablet.locator("#banner-word", has_text="LIGHTEN, OR LEAVE").wait_for()
    assert tablet.locator("#banner-note").inner_text() == "Pain 4 of 10, 2 more than at the start (our default)."
    assert tablet.locator("#firmer").get_attribute("aria-disabled") == "true"
    tablet.locator("#softer").tap()
    tablet.locator("body[data-alarm='']").wait_for()
    tablet.locator("#score").tap()
    tablet.locator(".live-tray [data-is='6']").tap()
    tablet.locator("body[data-alarm=leave]").wait_for()
    assert tablet.locator("#banner-word").inner_text() == "LEAVE THIS PLACE"
    tablet.reload()
    tablet.locator("body[data-alarm=leave]").wait_for()
    tablet.locator("#onward").tap()
    tablet.locator("#place", has_text="LEFT foot").wait_for()
    assert tablet.locator("#back-word").inner_text() == "Both shoulders", "the place that is over is not led back to"
    tablet.locator("#unsent").wait_for(state="hidden")
    found = [one.event for one in room.kept() if one.event.__class__.__name__ == "Scored"]
    assert [one.value for one in found] == [2, 4, 6]
    assert found[1].to in {one.event.id for one in room.kept()}
    assert not any("Scored" in one for one in phone.evaluate("JSON.stringify(document.body.outerHTML)").split())


def test_a_visit_that_was_opened_under_an_older_plan_goes_on(a_room) -> None:
    room = a_room(pain=None, checkin={"first": 300, "affected": 300, "elsewhere": 600, "answer": 15})
    tablet = room.therapist()
    room.begin(tablet)
    tablet.locator("body[data-alarm=silent]").wait_for(timeout=2_000)  # no time to settle is known: asked at once
    assert tablet.locator("#score").is_hidden()
    tablet.get_by_role("button", name="Said good").tap()
    tablet.locator("#onward").tap()
    tablet.locator("#place", has_text="LEFT lower leg").wait_for()


def test_what_the_server_does_not_keep_is_taken_back_without_a_noise(room) -> None:
    tablet = room.therapist()
    tablet.context.add_init_script(SHAKEN)
    tablet.reload()
    phone = room.client(tablet)
    room.begin(tablet)
    press(phone, "changed")
    tablet.locator("#word", has_text="CHANGED").wait_for()
    assert shakes(tablet) == 1
    tablet.evaluate(
        """async () => { const told = JSON.parse(document.getElementById('live').textContent);
        const event = { id: 'x'.repeat(32), at: new Date().toISOString(), kind: 'pressure', level: 5 };
        localStorage.setItem('afferent:outbox:' + told.session + ':therapist:' + event.id, JSON.stringify(event)); }"""
    )
    tablet.reload()
    tablet.locator("#refused", has_text="at most").wait_for()
    assert tablet.locator("#now").inner_text() == "1"
    assert tablet.evaluate("window.shaken") == []


def test_who_drums_on_the_buttons_is_heard_in_full_and_never_told_to_wait(room) -> None:
    tablet = room.therapist()
    phone = room.client(tablet)
    room.begin(tablet)
    phone.locator("body[data-stage=touch]").wait_for()
    answers: list[int] = []
    phone.on("response", lambda answer: answers.append(answer.status) if answer.url.endswith("/me/events") else None)
    drummed = phone.evaluate("""async () => {
        const said = [];
        for (let n = 0; n < 100; n += 1) {
          const word = ['good', 'ease_off'][n % 2];
          document.querySelector(`[data-word=${word}]`).click();
          said.push(word);
          await new Promise((then) => setTimeout(then, 30));
        }
        return said; }""")
    phone.wait_for_timeout(1000)
    assert room.words() == drummed
    assert set(answers) == {200}


def test_times_are_those_of_the_clock_on_the_clinics_wall(room) -> None:
    page = room.window(timezone_id="Asia/Tokyo")
    page.goto(f"{room.site}/live/join")
    shown = page.evaluate(
        """async () => { const { clockTime } = await import('/static/live/clock.js');
        const at = (zone) => clockTime('2026-07-01T12:00:05Z', zone);
        return ['America/New_York', 'Europe/Zurich', 'No/Where'].map(at); }"""
    )
    assert shown == ["08:00:05", "14:00:05", "21:00:05"]
    tablet = room.therapist()
    assert tablet.locator("body").get_attribute("data-zone")


def test_limits_that_change_from_outside_reach_the_face_while_hands_are_on(room) -> None:
    """A physician's answer, or a look in another window: said at once, and the steps are those that hold now."""
    import datetime as dt

    from afferent.knowledge import load
    from afferent.records.answers import statements
    from afferent.web.clients.knowing import write
    from afferent.web.live.models import Session
    from afferent.web.notes.looking import screen_again
    from afferent.web.scope import inside
    from tests.browser.test_relay import on

    steps = "JSON.parse(document.getElementById('live').textContent).plan.steps.length"
    tablet = room.therapist()
    room.begin(tablet)
    before = tablet.evaluate(steps)
    with tablet.expect_event("load"), on(room.settings), inside(room.clinic):
        now = dt.datetime.now(dt.UTC)
        session = Session.objects.select_related("client").get(pk=room.session)
        said = statements({"open_skin": "foot.left"}, load(), now.date())
        write(session.client, "answers", said, on=now.date())
        assert screen_again(session, now)
    assert tablet.evaluate(steps) < before
    tablet.locator("#refused", has_text="The limits of this visit have changed").wait_for()
    tablet.locator("body[data-stage=touch]").wait_for()
    tablet.locator("#place", has_text="Both shoulders").wait_for()
