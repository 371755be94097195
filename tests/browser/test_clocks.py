"""The clocks in a real browser: they tell the truth, call until they are heard, and never start by themselves."""

from __future__ import annotations

import re
from functools import partial

import pytest

from tests.browser.test_pages import TWENTY_MM, WIDTHS, complaints, opened, sideways

pytestmark = pytest.mark.browser
NIGHT = partial(pytest.param, marks=pytest.mark.nightly)

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'"
# What is scheduled to sound, and when, on the clock of the audio.
LISTEN = """
  window.sounds = [];
  for (const kind of [OscillatorNode, AudioBufferSourceNode])
    for (const what of ["start", "stop"]) {
      const real = kind.prototype[what];
      kind.prototype[what] = function (at) {
        sounds.push([kind.name, what, (at ?? 0) - this.context.currentTime, performance.now()]);
        return real.call(this, at);
      };
    }
"""
EVENTS = """
  window.told = [];
  for (const what of ["started", "ended", "stopped"])
    addEventListener("afferent:" + what, (event) => told.push([what, event.detail.seconds]));
"""


def html(seconds: int) -> str:
    from django.template.loader import render_to_string

    from afferent.page.styles import digest

    clock = render_to_string(
        "physiology/countdown.html",
        {"seconds": seconds, "words": "At most 10 minutes.", "what": "Warm towel, left calf"},
    )
    return (
        f'<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Heat</title>'
        f'<link rel="stylesheet" href="/afferent-{digest()}.css"><link rel="icon" href="/static/screening/mark.svg">'
        f'<main class="page"><h1>Heat</h1>{clock}</main>'
        f'<script type="module" src="/static/physiology/countdown.js"></script></html>'
    )


@pytest.fixture
def clock(visit):
    """A page with one countdown, its time in our hands."""

    def open_clock(seconds: int = 600, script: str = "", **how):
        page = visit("/", **how)
        page.clock.install()
        page.add_init_script(LISTEN + EVENTS + script)
        page.route(
            "**/clock",
            lambda route: route.fulfill(
                body=html(seconds), content_type="text/html", headers={"Content-Security-Policy": POLICY}
            ),
        )
        page.goto(page.url + "clock")
        return page

    return open_clock


def start(page):
    return page.locator(".clock-buttons button").nth(0)


def stop(page):
    return page.locator(".clock-buttons button").nth(1)


def digits(page) -> str:
    return page.inner_text(".clock-digits").replace("\n", " ").strip()


SLACK = 4  # seconds of its own that a slow machine may add


def near(shown: str, wanted: str) -> bool:
    """The same words, and the time within the slack."""
    (words, seconds), (others, told) = _read(shown), _read(wanted)
    return words == others and abs(seconds - told) <= SLACK


def _read(shown: str) -> tuple[str, int]:
    words, minutes, seconds = re.fullmatch(r"(.*?)(\d+):(\d\d).*", shown).groups()
    return words, 60 * int(minutes) + int(seconds)


def state(page) -> str:
    return page.get_attribute(".countdown", "data-state")


def told(page) -> list[list]:
    return page.evaluate("told")


def test_it_stands_still_until_somebody_starts_it(clock) -> None:
    page = clock()
    page.clock.run_for(60_000)
    assert near(digits(page), "10:00")
    assert state(page) == "idle"
    assert told(page) == []
    assert page.evaluate("sounds") == []


def test_it_counts_down_and_calls_at_zero_until_off_the_skin(clock) -> None:
    page = clock()
    start(page).click()
    page.clock.run_for(90_000)
    assert near(digits(page), "8:30")
    page.clock.run_for(510_000)
    assert near(digits(page), "over by 0:00")
    page.clock.run_for(12_000)
    assert near(digits(page), "over by 0:12")
    assert page.inner_text(".clock-now") == "Take it off now"
    assert page.title() == "Take it off now – Heat"
    assert page.inner_text("[aria-live=assertive]").startswith("Take it off now")
    calls = [what for kind, what, *_ in page.evaluate("sounds") if kind == "AudioBufferSourceNode"]
    assert calls[-1] == "start", "it calls until it is told"
    assert stop(page).inner_text() == "Off the skin"
    stop(page).click()
    assert page.evaluate("sounds")[-1][:2] == ["AudioBufferSourceNode", "stop"]
    assert page.title() == "Heat"
    assert near(digits(page), "on the skin for 10:12")
    assert [what for what, _ in told(page)] == ["started", "ended", "stopped"]
    assert [seconds for _, seconds in told(page)] == pytest.approx([600, 600, 612], abs=SLACK)


def test_the_call_is_handed_to_the_audio_beforehand(clock) -> None:
    page = clock(600)
    start(page).click()
    (call,) = [sound for sound in page.evaluate("sounds") if sound[0] == "AudioBufferSourceNode"]
    assert 599 < call[2] <= 600


def test_a_sleeping_tab_loses_no_time(clock) -> None:
    page = clock()
    start(page).click()
    page.clock.run_for(1_000)
    page.clock.fast_forward(720_000)  # every timer that fell due fires once at most
    assert near(digits(page), "over by 2:01")
    assert page.inner_text(".clock-now") == "Take it off now"


def test_a_wall_clock_set_back_gives_no_time(clock) -> None:
    page = clock()
    start(page).click()
    page.clock.run_for(60_000)
    page.evaluate("{ const real = Date.now; Date.now = () => real() - 3600e3 }")
    page.clock.run_for(60_000)
    assert near(digits(page), "8:00")


def test_a_reload_goes_on_and_tells_nothing_twice(clock) -> None:
    page = clock()
    start(page).click()
    page.clock.run_for(100_000)
    page.reload()
    page.clock.run_for(20_000)
    assert near(digits(page), "8:00")
    assert "Tap anywhere once" in page.inner_text(".clock-note")
    page.clock.run_for(481_000)
    assert told(page) == [["ended", pytest.approx(600, abs=SLACK)]]
    page.reload()
    page.clock.run_for(1_000)
    assert state(page) == "over"
    assert told(page) == []
    stop(page).click()
    page.reload()
    assert state(page) == "idle"


def test_a_page_about_something_else_does_not_rename_a_running_clock(clock) -> None:
    page = clock()
    start(page).click()
    page.clock.run_for(60_000)
    other = html(120).replace("Warm towel, left calf", "Foot bath")
    page.unroute("**/clock")
    page.route(
        "**/clock",
        lambda route: route.fulfill(body=other, content_type="text/html", headers={"Content-Security-Policy": POLICY}),
    )
    page.reload()
    page.clock.run_for(60_000)
    assert page.inner_text(".clock-name") == "Warm towel, left calf"
    assert near(digits(page), "8:00")
    stop(page).click()
    start(page).click()
    assert page.inner_text(".clock-name") == "Foot bath"
    assert near(digits(page), "2:00")


def test_leaving_while_it_runs_asks_first(clock) -> None:
    page = clock()
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.reload()
    assert asked == []
    start(page).click()
    page.reload()
    assert asked == ["beforeunload"]
    stop(page).click()
    page.reload()
    assert asked == ["beforeunload"]


def test_it_runs_on_a_real_clock_too(visit) -> None:
    page = visit("/")
    page.add_init_script(LISTEN + EVENTS)
    page.route(
        "**/clock",
        lambda route: route.fulfill(
            body=html(2), content_type="text/html", headers={"Content-Security-Policy": POLICY}
        ),
    )
    page.goto(page.url + "clock")
    start(page).click()
    page.wait_for_selector(".countdown[data-state=over]", timeout=6_000)
    stop(page).click()
    (_, began), (_, ended), (_, stopped) = told(page)
    assert (began, ended) == (2, 2)
    assert stopped <= 4


def test_it_never_starts_again_by_accident(clock) -> None:
    page = clock()
    start(page).dblclick()
    assert state(page) == "running"
    page.clock.run_for(60_000)
    start(page).click(force=True)
    assert near(digits(page), "9:00"), "a second tap on Start changes nothing"
    stop(page).dblclick()
    assert state(page) == "done"
    page.clock.run_for(900_000)
    assert state(page) == "done"
    assert near(start(page).inner_text(), "Go on: 9:00 left")
    start(page).click()
    assert near(digits(page), "9:00")
    assert [what for what, _ in told(page)] == ["started", "stopped", "started"]


def test_the_skin_counts_all_times_together(clock) -> None:
    page = clock()
    start(page).click()
    page.clock.run_for(700_000)
    stop(page).click()
    assert start(page).inner_text() == "Used up here"
    start(page).click(force=True)
    assert state(page) == "done"
    page.reload()
    assert state(page) == "idle"
    assert start(page).inner_text() == "Used up here"
    start(page).click(force=True)
    assert state(page) == "idle"


def test_another_thing_on_the_same_skin_has_only_what_is_left_and_another_person_all(clock) -> None:
    page = clock()
    page.evaluate("document.querySelector('.countdown').dataset.skin = 'ruth back.left'")
    start(page).click()
    page.clock.run_for(60_000)
    page.evaluate("document.querySelector('.countdown').dataset.what = 'Warm pack'")
    stop(page).click()
    assert near(start(page).inner_text(), "Go on: 9:00 left")
    page.evaluate("document.querySelector('.countdown').dataset.skin = 'bao back.left'")
    start(page).click()
    assert near(digits(page), "10:00")


def test_look_at_the_skin_each_two_minutes(clock) -> None:
    page = clock()
    start(page).click()
    page.clock.run_for(119_000)
    assert page.inner_text(".clock-now") == "Next look at the skin in 0:01"
    page.clock.run_for(2_000)
    assert page.inner_text(".clock-now") == "Look at the skin now"
    assert page.inner_text("[aria-live=polite]") == "Look at the skin now. 8 minutes left."
    page.clock.run_for(30_000)
    assert page.inner_text(".clock-now") == "Next look at the skin in 1:29"


def test_the_countdown_by_keyboard(clock) -> None:
    page = clock()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert state(page) == "running"
    assert page.evaluate("document.activeElement.textContent") == "Running"
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert state(page) == "done"


def test_it_says_where_the_screen_may_go_dark(clock) -> None:
    page = clock(script="delete Navigator.prototype.wakeLock;")
    assert "cannot keep the screen on" in page.inner_text(".clock-note")
    start(page).click()
    page.clock.run_for(1_000)
    assert "cannot keep the screen on" in page.inner_text(".clock-note")


def test_it_says_where_there_is_no_sound(clock) -> None:
    page = clock(script="delete window.AudioContext;")
    start(page).click()
    page.clock.run_for(601_000)
    assert state(page) == "over"
    assert "set a kitchen timer too" in page.inner_text(".clock-note")


@pytest.mark.parametrize("how", [{"width": 360}, NIGHT({"color_scheme": "dark"}), NIGHT({"contrast": "more"})], ids=str)
def test_axe_finds_nothing_on_a_countdown(clock, how) -> None:
    page = clock(**how)
    assert complaints(page) == []
    start(page).click()
    page.clock.run_for(121_000)
    assert complaints(page) == []
    page.clock.run_for(500_000)
    assert complaints(page) == []
    stop(page).click()
    assert complaints(page) == []


def test_no_button_of_the_countdown_moves_or_is_small(clock) -> None:
    page = clock(width=320)
    boxes = (
        "[...document.querySelectorAll('.clock-buttons button')]"
        ".map(one => Object.values(one.getBoundingClientRect().toJSON()))"
    )
    before = page.evaluate(boxes)
    assert all(min(box[2], box[3]) >= TWENTY_MM for box in before)
    start(page).click()
    for step in (1_000, 120_000, 60_000, 430_000):
        page.clock.run_for(step)
        assert page.evaluate(boxes) == before, state(page)
    stop(page).click()
    assert page.evaluate(boxes) == before
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert sideways(page) <= 0, width


def test_the_countdown_without_script_is_words(clock) -> None:
    page = clock(java_script_enabled=False)
    assert "At most 10 minutes. Set a kitchen timer." in page.inner_text(".countdown")
    assert page.locator("button").count() == 0


# The stroke, and its metronome

STROKE = "/stroke?place=shin&speed=3&length=12"  # four seconds
TURNS = """
  window.turns = [];
  addEventListener("afferent:turned", (event) => turns.push([event.detail.turn, performance.now()]));
"""


@pytest.fixture
def metronome(visit):
    """The page of one stroke of four seconds, its time in our hands."""

    def open_stroke(**how):
        page = visit(STROKE, **how)
        page.clock.install()
        page.add_init_script(LISTEN + TURNS)
        page.reload()
        return page

    return open_stroke


def main(page):
    return page.locator(".metronome button").nth(0)


def loud(page):
    return page.locator(".metronome button").nth(1)


def test_the_metronome_turns_after_each_stroke(metronome) -> None:
    page = metronome()
    main(page).click()
    page.clock.run_for(20_500)
    turns = page.evaluate("turns")
    assert [turn for turn, _ in turns] == [0, 1, 2, 3, 4, 5]
    for turn, at in turns:
        assert abs(at - turns[0][1] - turn * 4_000) <= 20, "counted from the start: no drift"
    assert page.evaluate("sounds") == [], "silent until somebody wants sound"


def test_the_metronome_ticks_at_the_start_and_the_turn(metronome) -> None:
    page = metronome()
    assert loud(page).inner_text() == "Sound is off"
    loud(page).click()
    assert loud(page).get_attribute("aria-pressed") == "true"
    page.evaluate("sounds.length = 0")
    main(page).click()
    page.clock.run_for(12_500)
    at = [when for _, what, _, when in page.evaluate("sounds") if what == "start"]
    assert len(at) == 4
    assert [round((when - at[0]) / 1000, 1) for when in at] == [0.0, 4.0, 8.0, 12.0]
    main(page).click()
    page.evaluate("sounds.length = 0")
    page.clock.run_for(20_000)
    assert page.evaluate("sounds") == []


def test_the_metronome_counts_there_and_back(metronome) -> None:
    page = metronome(reduced_motion="reduce")
    assert not page.locator(".metronome-track").is_visible()
    main(page).click()
    seen = []
    for _ in range(8):
        page.clock.run_for(500)
        seen.append(f"{page.inner_text('.metronome-way')} {page.inner_text('.metronome-count')}")
        page.clock.run_for(500)
    assert seen == [f"{way} {n} of 4" for way in ("There", "Back") for n in (1, 2, 3, 4)]
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('.metronome-count')).fontSize)") >= 44


def test_the_bar_fills_along_the_stroke_and_returns(visit) -> None:
    page = visit(STROKE)
    main(page).click()
    moves = page.evaluate("document.querySelector('.metronome-bar').getAnimations()[0].effect.getTiming()")
    assert (moves["duration"], moves["direction"], moves["easing"]) == (4000, "alternate", "linear")
    main(page).click()
    assert page.evaluate("document.querySelector('.metronome-bar').getAnimations().length") == 0


def test_the_metronome_by_keyboard(metronome) -> None:
    page = metronome()
    main(page).focus()
    page.keyboard.press("Enter")
    assert main(page).inner_text() == "Stop"
    page.keyboard.press("Space")
    assert main(page).inner_text() == "Start"
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert loud(page).inner_text() == "Sound is on"


def test_the_stroke_without_script_counts_in_words(visit) -> None:
    page = visit("/stroke", java_script_enabled=False)
    page.click("text=Shin")
    page.click("text=5 cm a second")
    page.fill("input[name=length]", "35")
    page.click("text=Take this length")
    assert "7 seconds" in page.inner_text(".answer-big")
    assert page.inner_text(".metronome") == "Count slowly to 7 along the stroke, and to 7 on the way back."


@pytest.mark.parametrize(
    "how", [{"width": 360}, NIGHT({"color_scheme": "dark"}), NIGHT({"contrast": "more", "width": 820})], ids=str
)
def test_axe_finds_nothing_on_the_stroke(visit, how) -> None:
    page = visit("/stroke", **how)
    assert complaints(page) == []
    page.click("text=Shin")
    main(page).click()
    page.wait_for_timeout(400)  # colours fade for 150 ms, and in the middle of it no contrast is right
    assert complaints(page) == []


def test_the_stroke_of_a_person_fits_and_can_be_hit(visit) -> None:
    page = opened(visit, "edda", width=320)
    page.goto(page.url.replace("/screen/", "/stroke?place=back&record="))
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert sideways(page) <= 0, width
        boxes = page.eval_on_selector_all(
            "main button, main a.button, main input[type=text]",
            "all => all.map(one => [one.getBoundingClientRect(), one.outerHTML.slice(0, 90)])"
            ".map(([box, words]) => [Math.min(box.width, box.height), words])",
        )
        assert len(boxes) > 25
        assert [words for least, words in boxes if least < TWENTY_MM - 0.5] == []
    assert complaints(page) == []
