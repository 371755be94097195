"""The relay in two real windows: what the client presses, what the therapist sees, and what happens when the link or
the server goes. The server is a process of its own on this machine; it is killed and started again in the middle of a
visit.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.faults.conftest import blank, may_use_databases, on, scene, sqlite
from tests.faults.served import Server

__all__ = ["blank", "may_use_databases", "sqlite"]

pytestmark = pytest.mark.browser

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
TABLET = {"viewport": {"width": 1180, "height": 820}, "has_touch": True}


class Room:
    """A visit that was opened: a server, the therapist's tablet and the client's phone."""

    def __init__(
        self, browser, settings: dict, folder: Path, warmth: dict | None = None, told: dict | None = None
    ) -> None:
        from django.utils import timezone

        from afferent.knowledge import load
        from afferent.records.read import read
        from afferent.web.book.models import Visit
        from afferent.web.clients.current import current, whole
        from afferent.web.clients.knowing import write
        from afferent.web.demo.fill import moved
        from afferent.web.live.opening import open_visit
        from afferent.web.live.tests.conftest import OUTLINE, PLAN

        self.browser, self.settings = browser, settings
        first, *rest = PLAN["steps"]
        plan = PLAN | {"steps": [first | {"warmth": warmth}, *rest]} if warmth else PLAN | (told or {})
        with scene(settings) as made:
            now = timezone.now()
            said = moved(read(EXAMPLES / "numb-feet.yaml", as_of=None, knowledge=load()), now.date())
            write(made.ruth, "answers", said, on=now.date())
            visit = Visit.objects.create(
                client=made.ruth, therapist_id=made.browser.session["_auth_user_id"], starts_at=now,
                ends_at=now + dt.timedelta(minutes=45),
            )  # fmt: skip
            screened = current(made.ruth, now.date())
            opened = open_visit(
                visit, OUTLINE, plan=plan, screened=screened, screening=whole(screened, now.date()), by=visit.therapist,
                now=now,
            )  # fmt: skip
            self.clinic, self.session = made.clinic.pk, opened.pk
            self.cookie = made.browser.cookies["afferent_session"].value
        self.server = Server(self.cookie, folder / "server.log", AFFERENT_DATABASE=settings["NAME"])
        self.site = f"http://localhost:{self.server.port}"
        self.contexts: list = []

    def window(self, **how):
        context = self.browser.new_context(reduced_motion="reduce", **how)
        self.contexts.append(context)
        page = context.new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        return page

    def therapist(self):
        page = self.window(**TABLET)
        page.context.add_cookies([{"name": "afferent_session", "value": self.cookie, "url": self.site}])
        page.goto(f"{self.site}/live/{self.session}")
        return page

    def client(self, tablet):
        """A phone that is let in, after the therapist has compared the signs."""
        tablet.locator("#pair-open").click()
        code = tablet.locator("#pair-code").filter(has_text=re.compile(r"\d{4}")).inner_text()
        page = self.window(**PHONE)
        page.goto(f"{self.site}/live/join")
        page.get_by_label("The four digits").fill(code)
        page.get_by_role("button", name="Join").click()
        sign = page.locator(".live-code").inner_text()
        tablet.locator("#pairing[data-state=asking]").wait_for()
        assert tablet.locator("#pair-sign").inner_text() == sign
        tablet.locator("#pair-yes").click()
        page.locator("#stop").wait_for()
        page.locator("body[data-link=here]").wait_for()
        tablet.locator("#link-state", has_text="is linked").wait_for()
        return page

    def begin(self, tablet, place: int = 0) -> None:
        """The skin was looked at; hands on, at a place."""
        look = {
            "kind": "skin",
            "id": secrets.token_hex(16),
            "at": "2026-11-28T10:00:00Z",
            "when": "before",
            "looks": [],
        }
        status = tablet.evaluate(
            """async (look) => { const told = JSON.parse(document.getElementById('live').textContent);
            const answer = await fetch(told.events, {method: 'POST', body: JSON.stringify([look]),
            headers: {'Content-Type': 'application/json', 'X-CSRFToken': told.token}}); return answer.status }""",
            look,
        )
        assert status == 200
        tablet.locator("#begin[aria-disabled=false]").click()
        tablet.locator("body[data-stage=touch]").wait_for()
        for number in range(place):
            tablet.locator("#onward").click()
            tablet.locator("#place", has_text=PLACES[number + 1]).wait_for()
            tablet.wait_for_timeout(500)  # a second touch at once would be taken for the same one

    def kept(self) -> list:
        """What the database has, in its order."""
        from afferent.web.live.store import stream
        from afferent.web.scope import inside

        with on(self.settings), inside(self.clinic):
            return stream(self.session)

    def words(self) -> list[str]:
        return [one.event.word for one in self.kept() if one.event.__class__.__name__ == "Said"]

    def close(self) -> None:
        for context in self.contexts:
            assert not any(page.faults for page in context.pages), [page.faults for page in context.pages]
            context.close()


PLACES = ("Both shoulders", "LEFT lower leg, back", "LEFT foot, sole")


@pytest.fixture
def room(browser, sqlite: Callable[..., dict], tmp_path: Path) -> Iterator[Room]:
    made = Room(browser, sqlite(), tmp_path)
    with made.server:
        yield made
        made.close()


TOWEL = {"source": "towel", "title": "warm towel", "readings": [{"celsius": 38, "seconds": 2}], "conditions": []}


@pytest.fixture
def warm_room(browser, sqlite: Callable[..., dict], tmp_path: Path) -> Iterator[Room]:
    made = Room(browser, sqlite(), tmp_path, TOWEL)
    with made.server:
        yield made
        made.close()


def press(phone, word: str) -> None:
    """As a finger does: STOP when it touches, the others when it lifts."""
    if word == "stop":
        phone.locator("#stop").dispatch_event("pointerdown")
    else:
        phone.locator(f"[data-word={word}]").tap()


def violations(page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]


def test_each_button_arrives_in_practice_and_then_in_earnest(room) -> None:
    tablet = room.therapist()
    phone = room.client(tablet)
    for word in ("stop", "ease_off", "good", "changed"):
        press(phone, word)
        tablet.locator(f"[data-drilled={word}][data-done=true]").wait_for()
    room.begin(tablet)
    phone.locator("body[data-stage=touch]").wait_for()
    for word, spoken in (("good", "GOOD"), ("ease_off", "EASE OFF"), ("changed", "CHANGED")):
        press(phone, word)
        tablet.locator("#word", has_text=spoken).wait_for()
        phone.locator("#told", has_text="Ada has it").wait_for()
    assert tablet.locator("#word-age").inner_text().startswith("Ruth said, 0:0")
    phone.locator(".live-details").get_by_text("TINGLING").tap()
    tablet.locator("#word-detail", has_text="tingling").wait_for()


def test_stop_stays_until_hands_off_is_tapped_also_after_a_reload(room) -> None:
    tablet = room.therapist()
    phone = room.client(tablet)
    room.begin(tablet)
    phone.locator("body[data-stage=touch]").wait_for()
    press(phone, "stop")
    tablet.locator("body[data-alarm=stopped]").wait_for()
    phone.locator("#stop-words", has_text="Ada has been told").wait_for()
    press(phone, "stop") if phone.locator("#stop").is_visible() else None
    tablet.reload()
    tablet.locator("body[data-alarm=stopped]").wait_for()
    assert tablet.locator("#firmer").is_hidden()
    tablet.get_by_role("button", name="HANDS OFF").tap()
    phone.locator("#stop-words", has_text="has taken the hands off").wait_for()
    phone.get_by_role("button", name="TOO HARD").tap()
    tablet.locator("#stop-why", has_text="too hard").wait_for()
    tablet.locator("#go-on").tap()
    tablet.locator("body[data-stage=touch]").wait_for()
    phone.locator("body[data-stage=touch]").wait_for()


def test_stop_pressed_again_while_hands_are_off_is_on_again(room) -> None:
    tablet = room.therapist()
    phone = room.client(tablet)
    room.begin(tablet)
    phone.locator("body[data-stage=touch]").wait_for()
    press(phone, "stop")
    tablet.get_by_role("button", name="HANDS OFF").tap()
    phone.locator("body[data-stage=off]").wait_for()
    phone.locator(".live-stopped").dispatch_event("pointerdown")
    tablet.locator("body[data-alarm=stopped]").wait_for()
    assert tablet.locator("#go-on").is_hidden()


def test_who_feels_ill_after_stop_is_not_worked_on(room) -> None:
    tablet = room.therapist()
    phone = room.client(tablet)
    room.begin(tablet)
    phone.locator("body[data-stage=touch]").wait_for()
    press(phone, "stop")
    tablet.get_by_role("button", name="HANDS OFF").tap()
    phone.get_by_role("button", name="I FEEL ILL").tap()
    tablet.get_by_text("call the emergency number now").wait_for()
    assert tablet.locator("#go-on").is_hidden()


def test_over_a_numb_place_a_word_is_no_guide(room) -> None:
    tablet = room.therapist()
    phone = room.client(tablet)
    room.begin(tablet, place=2)
    press(phone, "good")
    tablet.locator("#word", has_text="GOOD").wait_for()
    assert tablet.locator("#word-note").inner_text() == "Feeling here is not a guide: numb"
    assert tablet.locator("#said").get_attribute("data-guide") == "false"
    assert tablet.get_by_text("Feeling is not a guide here").is_visible()
    assert tablet.locator("#firmer").get_attribute("aria-disabled") == "true"


def test_no_answer_is_shown_as_none_and_never_as_good(room) -> None:
    tablet = room.therapist()
    phone = room.client(tablet)
    room.begin(tablet, place=2)
    press(phone, "good")
    tablet.get_by_role("button", name="More").tap()
    tablet.get_by_role("button", name="Ask for a word now").tap()
    phone.locator("#question", has_text="Your left foot").wait_for()
    tablet.locator("#banner-word", has_text="NO ANSWER – ASK ALOUD").wait_for(timeout=20_000)
    assert tablet.get_by_text("“Ruth, your LEFT foot: more, less or the same?”").is_visible()
    tablet.get_by_role("button", name="Said good").tap()
    tablet.locator("body[data-alarm='']").wait_for()
    tablet.locator("#unsent").wait_for(state="hidden")
    kinds = [one.event.__class__.__name__ for one in room.kept()]
    assert kinds[-3:] == ["Asked", "Silent", "Said"]


def test_a_link_that_is_cut_is_said_on_both_within_three_seconds(room) -> None:
    tablet = room.therapist()
    phone = room.client(tablet)
    room.begin(tablet)
    phone.context.set_offline(True)
    tablet.locator("body[data-alarm=lost]").wait_for(timeout=3_500)  # half a second for the test itself
    phone.locator("body[data-link=lost]").wait_for(timeout=3_500)
    assert "LOST LINK – ASK ALOUD" in tablet.locator("#banner-word").inner_text()
    assert "Say it aloud" in phone.locator("#seen").inner_text()
    press(phone, "ease_off")
    phone.locator("#told", has_text="has not arrived yet. Say it aloud").wait_for()
    phone.context.set_offline(False)
    tablet.locator("#word", has_text="EASE OFF").wait_for(timeout=10_000)
    tablet.locator("body[data-alarm='']").wait_for(timeout=10_000)
    assert room.words() == ["ease_off"]


def test_a_device_that_was_let_in_and_is_never_heard_is_lost_too(room) -> None:
    tablet = room.therapist()
    phone = room.client(tablet)
    phone.context.set_offline(True)
    tablet.reload()
    room.begin(tablet)
    tablet.locator("body[data-alarm=lost]").wait_for(timeout=5_000)


def test_a_server_that_is_killed_and_begun_again_loses_and_doubles_nothing(room) -> None:
    tablet = room.therapist()
    phone = room.client(tablet)
    room.begin(tablet)
    phone.locator("body[data-stage=touch]").wait_for()
    press(phone, "good")
    tablet.locator("#word", has_text="GOOD").wait_for()
    room.server.process.kill()
    room.server.process.wait(10)
    tablet.locator("body[data-alarm=lost]").wait_for(timeout=4_000)
    press(phone, "ease_off")
    press(phone, "stop")
    phone.get_by_text("STOP is on").wait_for()
    tablet.locator("#onward").tap()  # the visit goes on without the server
    tablet.locator("#place", has_text="LEFT lower leg").wait_for()
    tablet.locator("#unsent").wait_for()
    with room.server:
        tablet.locator("body[data-alarm=stopped]").wait_for(timeout=15_000)
        tablet.locator("#unsent").wait_for(state="hidden", timeout=15_000)
        phone.locator("#stop-words", has_text="told").wait_for()
        kept = room.kept()
        assert room.words() == ["good", "ease_off", "stop"]
        assert [one.seq for one in kept] == list(range(1, len(kept) + 1))
        assert len({one.event.id for one in kept}) == len(kept)
        moved = [one.event.step for one in kept if one.event.__class__.__name__ == "Moved"]
        assert moved == [0, 1]


def test_a_reload_while_the_server_is_away_brings_the_visit_back(room) -> None:
    tablet = room.therapist()
    room.begin(tablet)
    tablet.wait_for_function("() => navigator.serviceWorker.controller !== null")
    tablet.reload()  # through the worker, which keeps it
    tablet.locator("#softer").tap()
    tablet.locator("#now", has_text="0").wait_for()
    room.server.process.kill()
    room.server.process.wait(10)
    tablet.reload()
    tablet.locator("body[data-stage=touch]").wait_for()
    assert tablet.locator("#place").inner_text() == "Both shoulders"
    with room.server:
        pass


def test_a_stop_stays_on_through_a_reload_while_the_server_is_away(room) -> None:
    tablet = room.therapist()
    phone = room.client(tablet)
    for page in (tablet, phone):
        page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    tablet.reload()
    phone.reload()  # through the worker, which keeps both
    tablet.locator("#link-state", has_text="is linked").wait_for()
    room.begin(tablet)
    phone.locator("body[data-stage=touch]").wait_for()
    press(phone, "stop")
    tablet.locator("body[data-alarm=stopped]").wait_for()
    room.server.process.kill()
    room.server.process.wait(10)
    tablet.reload()
    tablet.locator("body[data-alarm=stopped]").wait_for()
    phone.reload()
    phone.get_by_text("STOP is on").wait_for()
    with room.server:
        tablet.reload()
        tablet.locator("body[data-alarm=stopped]").wait_for()
        assert room.words() == ["stop"]


def test_what_is_warm_has_its_clock_and_must_come_off(warm_room) -> None:
    tablet = warm_room.therapist()
    warm_room.begin(tablet)
    tablet.locator("#warm-readings").get_by_text("38 °C").tap()
    tablet.locator("#banner-word", has_text="TAKE IT OFF NOW").wait_for(timeout=6_000)
    tablet.locator("#onward").tap()
    assert tablet.locator("#place").inner_text() == "Both shoulders", "it comes off before hands move on"
    tablet.get_by_role("button", name="It is off").tap()
    tablet.locator("body[data-alarm='']").wait_for()
    tablet.locator("#unsent").wait_for(state="hidden")
    kinds = [one.event.__class__.__name__ for one in warm_room.kept()]
    assert kinds[-2:] == ["Warmed", "WarmedOff"]


def test_by_keyboard_and_by_one_switch(room) -> None:
    tablet = room.therapist()
    phone = room.client(tablet)
    room.begin(tablet)
    phone.locator("body[data-stage=touch]").wait_for()
    phone.keyboard.press("3")
    tablet.locator("#word", has_text="GOOD").wait_for()
    phone.keyboard.press("Escape")
    tablet.locator("body[data-alarm=stopped]").wait_for()
    tablet.keyboard.press("Tab")
    tablet.get_by_role("button", name="HANDS OFF").focus()
    tablet.keyboard.press("Enter")
    tablet.locator("body[data-alarm=off]").wait_for()


def test_with_one_switch_every_key_is_stop(room) -> None:
    tablet = room.therapist()
    phone = room.client(tablet)
    phone.get_by_role("button", name="One switch").tap()
    room.begin(tablet)
    phone.locator("body[data-stage=touch]").wait_for()
    phone.keyboard.press("ArrowRight")
    tablet.locator("body[data-alarm=stopped]").wait_for()


MM = 25.4
DOTS = {"phone": 160, "tablet": 132}  # of the screen to the inch, as such devices have


def sizes(page, selector: str, kind: str) -> list[float]:
    """The smaller side of everything that can be touched, in millimetres."""
    found = page.evaluate(
        "(selector) => [...document.querySelectorAll(selector)].filter(e => e.checkVisibility())"
        ".map(e => e.getBoundingClientRect()).map(r => Math.min(r.width, r.height))",
        selector,
    )
    return [one * MM / DOTS[kind] for one in found]


@pytest.mark.parametrize("theme", ["light", pytest.param("dark", marks=pytest.mark.nightly)])
def test_large_clean_and_still_in_every_state(room, theme) -> None:
    tablet = room.therapist()
    phone = room.client(tablet)
    for page in (tablet, phone):
        page.emulate_media(color_scheme=theme)
    assert violations(phone) == []
    assert violations(tablet) == []
    room.begin(tablet, place=2)
    phone.locator("body[data-stage=touch]").wait_for()
    place = phone.locator(".live-top").bounding_box()
    assert min(sizes(phone, "button", "phone")) >= 29.9
    assert min(sizes(tablet, ".live-acts button", "tablet")) >= 19.9
    acts = tablet.locator(".live-acts").bounding_box()
    press(phone, "changed")
    assert min(sizes(phone, "button", "phone")) >= 29.9
    assert violations(phone) == []
    phone.locator("#no-detail").tap()
    tablet.get_by_role("button", name="More").tap()
    assert violations(tablet) == []
    tablet.get_by_role("button", name="Ask for a word now").tap()
    phone.locator("#question", has_text="Your left foot").wait_for()
    assert violations(phone) == []
    assert phone.locator(".live-top").bounding_box() == place
    press(phone, "stop")
    phone.locator("#stop-words", has_text="told").wait_for()
    assert phone.locator(".live-top").bounding_box() == place
    assert violations(phone) == []
    tablet.locator("body[data-alarm=stopped]").wait_for()
    assert violations(tablet) == []
    tablet.get_by_role("button", name="HANDS OFF").tap()
    assert violations(tablet) == []
    assert acts["y"] + acts["height"] <= 820
    for page, width in ((tablet, 1180), (phone, 390)):
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def out_of_sight(page) -> list[str]:
    """Buttons of which a part lies outside of the window, and words that lie on one another."""
    return page.evaluate("""() => {
        const seen = (selector) => [...document.querySelectorAll(selector)].filter((e) => e.checkVisibility());
        const out = seen('.live-screen button, .live-acts button, .live-stopped-all button').filter((e) => {
          const box = e.getBoundingClientRect();
          return box.top < 0 || box.left < 0 || box.bottom > innerHeight + 1 || box.right > innerWidth + 1; });
        const words = seen('.live-stopped p, .live-info p, .live-question, .live-stop-huge, #stop-who').filter(
          (e) => e.innerText.trim()).map((e) => [e, e.getBoundingClientRect()]);
        const laid = words.filter(([e, a]) => words.some(([other, b]) => e !== other && a.top < b.bottom - 2
          && b.top < a.bottom - 2 && a.left < b.right - 2 && b.left < a.right - 2));
        return [...out, ...laid.map(([e]) => e)].map((e) => e.innerText); }""")


@pytest.mark.parametrize("size", [(360, 640), pytest.param((320, 568), marks=pytest.mark.nightly)])
def test_on_a_small_phone_everything_is_in_sight_and_nothing_lies_on_another(room, size) -> None:
    tablet = room.therapist()
    phone = room.client(tablet)
    phone.set_viewport_size({"width": size[0], "height": size[1]})
    assert out_of_sight(phone) == []
    room.begin(tablet)
    phone.locator("body[data-stage=touch]").wait_for()
    assert out_of_sight(phone) == []
    press(phone, "changed")
    phone.locator(".live-details").wait_for()
    assert out_of_sight(phone) == []
    phone.locator("#no-detail").tap()
    tablet.get_by_role("button", name="More").tap()
    tablet.get_by_role("button", name="Ask for a word now").tap()
    phone.locator("#question", has_text="More, less").wait_for()
    assert out_of_sight(phone) == []
    press(phone, "stop")
    phone.locator("#stop-words", has_text="told").wait_for()
    assert out_of_sight(phone) == []
    tablet.get_by_role("button", name="HANDS OFF").tap()
    phone.locator("#stop-words", has_text="hands off").wait_for()
    assert out_of_sight(phone) == []


@pytest.mark.parametrize("size", [(1024, 600), (360, 640), pytest.param((600, 960), marks=pytest.mark.nightly)])
def test_on_a_small_tablet_stop_is_one_word_and_what_to_tap_is_in_sight(room, size) -> None:
    tablet = room.therapist()
    phone = room.client(tablet)
    room.begin(tablet)
    tablet.set_viewport_size({"width": size[0], "height": size[1]})
    if size[0] > 640:  # narrower, the bar is scrolled to, and STOP stays
        assert out_of_sight(tablet) == []
    phone.locator("body[data-stage=touch]").wait_for()
    press(phone, "stop")
    tablet.locator("body[data-alarm=stopped]").wait_for()
    assert out_of_sight(tablet) == []
    word = tablet.locator(".live-stop-huge")
    letters = float(word.evaluate("(e) => parseFloat(getComputedStyle(e).fontSize)"))
    assert word.bounding_box()["height"] < 1.5 * letters
    assert word.evaluate("(e) => e.scrollWidth <= e.clientWidth")


def test_the_client_learns_nothing_clinical(room) -> None:
    tablet = room.therapist()
    phone = room.client(tablet)
    heard: list[str] = []
    phone.on("response", lambda answer: heard.append(answer.url))
    room.begin(tablet, place=2)
    phone.locator("#yours", has_text="your LEFT foot").wait_for()
    told = json.dumps(phone.evaluate("document.documentElement.outerHTML"))
    for word in ("lotioning", "clot", "effleurage", "NUMB to", "Ruth"):
        assert word not in told, word
