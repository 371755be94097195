"""`make screenshots`: every main page of the clinic as it looks on a desktop, a tablet, a phone, with text twice as
large, dark, in high contrast and printed. Written into build/screenshots, to be looked at; nothing is compared.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, sync_playwright

from tests.browser.clinic_pages import PAGES, Page, go

ROOT: Final = Path(__file__).resolve().parents[1]
FOLDER: Final = ROOT / "build" / "screenshots"
LOOKS: Final[dict[str, dict[str, Any]]] = {
    "desktop": {"viewport": {"width": 1280, "height": 900}},
    "tablet": {"viewport": {"width": 820, "height": 1180}},
    "phone": {"viewport": {"width": 390, "height": 844}},
    "text-200": {"viewport": {"width": 640, "height": 900}, "device_scale_factor": 2},  # 1280 at 200 %
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "contrast": {"viewport": {"width": 1280, "height": 900}, "contrast": "more"},
    "print": {"viewport": {"width": 794, "height": 1123}},  # A4
}


def main() -> None:
    """Start the demo, open everything, end it."""
    chromium = os.environ.get("AFFERENT_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        raise SystemExit("There is no Chromium on the PATH; install one, or name it in AFFERENT_CHROMIUM.")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    demo = subprocess.Popen(
        [sys.executable, "-m", "afferent.web", "demo", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        env=os.environ | {"AFFERENT_EXAMPLES": str(ROOT / "examples")},
    )
    try:
        _wait(port)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
            for look in LOOKS:
                _all(browser, f"http://localhost:{port}", look)
    finally:
        demo.terminate()
        demo.wait(20)
    print(f"{len(PAGES) * len(LOOKS)} pictures in {FOLDER.relative_to(ROOT)}")


def _all(browser: Browser, site: str, look: str) -> None:
    folder = FOLDER / look
    folder.mkdir(parents=True, exist_ok=True)
    for one in PAGES:
        _one(browser, site, look, one, folder / f"{one.name}.png")


def _one(browser: Browser, site: str, look: str, one: Page, path: Path) -> None:
    context = browser.new_context(**LOOKS[look])
    page = context.new_page()
    go(page, site, one)
    if look == "print":
        page.emulate_media(media="print")
    page.screenshot(path=path, full_page=True)
    context.close()


def _wait(port: int) -> None:
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("The demo did not start within a minute.")


if __name__ == "__main__":
    main()
