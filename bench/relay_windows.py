"""From the client's finger to the therapist's screen, in two real Chromium windows on this machine: the clock of the
page that is touched against the clock of the page that changes. One visit, one press after the other: as a hand
presses, and as one that drums, whose words go in lists (GAP in live/outbox.js).
"""

from __future__ import annotations

import os
import shutil
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "afferent.web.settings")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright keeps a loop running; this is not in it

from bench.measure import Line

PRESSES = 300
HANDS = {"a hand": 300, "one that drums": 0}  # ms of rest after each press was seen
MEDIAN, P99 = 300.0, 600.0  # ms
_TOUCHED = """document.addEventListener('click', () => { window.touched = performance.timeOrigin + performance.now() },
{capture: true})"""
_SEEN = """new MutationObserver(() => requestAnimationFrame(() => {
  window.seen = performance.timeOrigin + performance.now() }))
  .observe(document.getElementById('word'), {childList: true, characterData: true, subtree: true})"""


def lines() -> Iterator[Line]:
    """One line; a line that says so where there is no Chromium."""
    chromium = os.environ.get("AFFERENT_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        yield Line("relay, two Chromium windows", "not measured: no Chromium", "< 300 ms, < 600 ms", False)
        return
    for whose, found in _measured(chromium).items():
        times = sorted(found)
        middle, p99 = statistics.median(times), times[int(len(times) * 0.99) - 1]
        words = f"median {middle:.0f} ms, p99 {p99:.0f} ms ({len(times)} presses)"
        claim = f"relay, two Chromium windows: finger to screen, {whose}"
        yield Line(claim, words, "< 300 ms, < 600 ms", middle < MEDIAN and p99 < P99)


def _measured(chromium: str) -> dict[str, list[float]]:
    """Milliseconds of each press, for each kind of hand."""
    import django

    django.setup()
    from django.conf import settings as ours
    from django.core.management import call_command
    from playwright.sync_api import sync_playwright

    from afferent.web.testing.databases import file, on
    from tests.browser.test_relay import Room

    ours.ALLOWED_HOSTS = [*ours.ALLOWED_HOSTS, "testserver"]  # the room is made ready by Django's own test browser
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        settings = file(Path(folder) / "relay.sqlite3")
        with on(settings):
            call_command("migrate", verbosity=0, interactive=False)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        room = Room(browser, settings, Path(folder))
        with room.server:
            tablet = room.therapist()
            phone = room.client(tablet)
            room.begin(tablet)
            phone.locator("body[data-stage=touch]").wait_for()
            tablet.evaluate(_SEEN)
            phone.evaluate(_TOUCHED)
            return {whose: [_press(phone, tablet, n, rest) for n in range(PRESSES)] for whose, rest in HANDS.items()}


def _press(phone, tablet, number: int, rest: int) -> float:
    """Milliseconds, after `rest` of them. During a check-in the same buttons answer it, with other words on the
    screen.
    """
    phone.wait_for_timeout(rest)
    phone.locator(f"[data-word={('good', 'ease_off')[number % 2]}]").tap()
    touched = phone.evaluate("window.touched")
    for _ in range(200):
        if (seen := tablet.evaluate("window.seen ?? 0")) > touched:
            return float(seen - touched)
        tablet.wait_for_timeout(25)
    raise RuntimeError("a press did not reach the therapist's screen within five seconds")


if __name__ == "__main__":
    for line in lines():
        print(f"| {line.claim} | {line.measured} | {line.wanted} | {'holds' if line.holds else 'MISSED'} |", flush=True)
