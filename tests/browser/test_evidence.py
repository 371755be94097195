"""The page about the trials in a real browser: nothing scrolls sideways or is loaded, plots fit, axe is content."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from afferent.knowledge.trials_reader import read_trials, trials
from afferent.outcomes.evidence import Asked, evidence, merged
from afferent.page.evidence import page

pytestmark = pytest.mark.browser
OWN = Path(__file__).parents[2] / "examples" / "own_trials.csv"
# What hides part of the page: anything wider than the window, and words of a picture beyond its edge.
BEYOND = """() => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  const out = [...document.querySelectorAll('.chart-svg')].filter(svg => svg.checkVisibility()).flatMap(svg => {
    const edge = svg.getBoundingClientRect();
    return [...svg.querySelectorAll('text')].filter(text => {
      const own = text.getBoundingClientRect();
      return own.left < edge.left - 2 || own.right > edge.right + 2;
    }).map(text => text.textContent);
  });
  return [wide, out];
}"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> str:
    found = evidence(Asked("diabetic"), merged(trials(), read_trials(OWN)), own=5)
    path = tmp_path_factory.mktemp("page") / "evidence.html"
    path.write_text(page(found), "utf-8")
    return path.as_uri()


@pytest.mark.parametrize("width", [320, 390, 820, 1280])
def test_it_fits_every_window(browser, file: str, width: int) -> None:
    opened = browser.new_page(viewport={"width": width, "height": 900})
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(file)
    for summary in opened.locator("details > summary").all():
        summary.click()
    assert opened.evaluate(BEYOND) == [0, []]
    assert asked == [file]
    opened.close()


def test_on_paper_it_is_black_on_white_and_its_sources_are_opened(browser, file: str) -> None:
    opened = browser.new_page(viewport={"width": 794, "height": 1123})
    opened.goto(file)
    opened.emulate_media(media="print")
    assert opened.locator("#sources a").first.is_visible()
    assert not opened.locator("#rows").is_visible()  # every row, only where somebody opened it
    assert opened.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert opened.evaluate("getComputedStyle(document.querySelector('.forest-square')).fill") == "rgb(0, 0, 0)"
    opened.close()


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.nightly)])
def test_axe_has_nothing_to_say(browser, file: str, scheme: str) -> None:
    opened = browser.new_page(viewport={"width": 390, "height": 900}, color_scheme=scheme)
    opened.goto(file)
    for summary in opened.locator("details > summary").all():
        summary.click()
    found = Axe().run(opened).response["violations"]
    assert [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]] == []
    opened.close()
