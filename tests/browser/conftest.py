"""A real Chromium and a real server on this machine. Without a Chromium these tests are skipped, and say so.

AFFERENT_CHROMIUM names one; otherwise the first on the PATH is used.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def chromium() -> str:
    found = os.environ.get("AFFERENT_CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    if not found:
        pytest.skip("NOT TESTED in a browser: no Chromium on the PATH; install one, or name it in AFFERENT_CHROMIUM")
    return found


@pytest.fixture(scope="session")
def browser(chromium: str):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        )
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def site() -> str:
    """The demo as a process of its own, on a free port of this machine, with a database that is gone afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    demo = subprocess.Popen(
        [sys.executable, "-m", "afferent.web", "demo", "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=os.environ | {"AFFERENT_EXAMPLES": str(ROOT / "examples")},
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, demo)
        yield address
    finally:
        demo.terminate()
        demo.wait(10)


def _wait_for(address: str, demo: subprocess.Popen) -> None:
    for _ in range(600):
        if demo.poll() is not None:
            pytest.fail(f"the demo ended at once: {demo.stdout.read()}")
        try:
            urllib.request.urlopen(address, timeout=2).close()
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the demo did not answer within a minute")


@pytest.fixture
def visit(browser, site: str):
    """Opens a page in a fresh browser of a given width; everything it complained of or asked elsewhere is an error."""
    contexts = []

    def open_page(address: str = "/", width: int = 1280, **how):
        context = browser.new_context(viewport={"width": width, "height": 900}, **how)
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: message.type == "error" and page.complaints.append(message.text))
        page.on("request", lambda request: request.url.startswith(site) or page.complaints.append(request.url))
        page.goto(site + address)
        return page

    yield open_page
    for context in contexts:
        assert not any(page.complaints for page in context.pages), [page.complaints for page in context.pages]
        context.close()
