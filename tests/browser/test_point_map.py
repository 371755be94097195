"""The map of points in a real browser: clean in every theme, nothing cut off, every number as large as it was made."""

from __future__ import annotations

import re

import pytest

from tests.browser.clinic_pages import sign_in
from tests.browser.test_clinic import violations

pytestmark = pytest.mark.browser

LEAST = 12  # px; the radius of a disc as it is seen


@pytest.fixture(scope="module")
def outline(browser, site) -> tuple[str, dict]:
    """The address of Joan's outlines for easing pain, and the therapist's cookies."""
    context = browser.new_context()
    page = context.new_page()
    sign_in(page, site, "therapist")
    page.goto(f"{site}/clients/")
    page.get_by_role("link", name=re.compile("Joan")).first.click()
    href = page.locator("a[href*='/visit/']").first.get_attribute("href")
    cookies = context.storage_state()
    context.close()
    return f"{re.search(r'/visit/[0-9a-f-]+', href)[0]}/outline/?aim=ease_pain", {"storage_state": cookies}


def open_maps(page) -> None:
    page.evaluate("document.querySelectorAll('details:has(.point-map)').forEach(one => one.open = true)")


@pytest.mark.parametrize("how", [{}, {"color_scheme": "dark"}, {"contrast": "more"}, {"forced_colors": "active"}])
def test_axe_finds_nothing(visit, outline, how) -> None:
    address, cookies = outline
    page = visit(address, width=390, **cookies, **how)
    assert page.locator(".point-map").count() > 1
    open_maps(page)
    assert violations(page) == []


@pytest.mark.parametrize("width", [1280, 820, 390, 320])
def test_nothing_goes_sideways_and_every_number_is_large_enough(visit, outline, width) -> None:
    address, cookies = outline
    page = visit(address, width=width, **cookies)
    open_maps(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    seen = page.evaluate(
        "[...document.querySelectorAll('.point-map svg circle[r=\"13\"]')].map(one => one.getBoundingClientRect())"
        ".map(box => [box.width / 2, box.left, box.right])"
    )
    assert seen
    for radius, left, right in seen:
        assert radius >= (LEAST if width >= 390 else 10)
        assert 0 <= left < right <= width


def test_what_is_referred_to_is_drawn(visit, outline) -> None:
    """The lines stand outside of what is folded away; a figure without them would be an empty box."""
    address, cookies = outline
    page = visit(address, width=390, **cookies)
    open_maps(page)
    empty = page.evaluate(
        "[...document.querySelectorAll('.point-map svg use')].filter(one => !one.getBBox().width)"
        ".map(one => one.outerHTML)"
    )
    assert empty == []
