"""Finding a therapist in a real browser: by keyboard alone, at 400 % zoom, without a script, and what of a position
leaves the device."""

from __future__ import annotations

import pytest

from tests.browser.test_clinic import enter, reach, violations

pytestmark = pytest.mark.browser

ZOOMED = 320  # css px: a window of 1280 at 400 %
HERE = {"latitude": 44.98012345, "longitude": -93.26754321}


def sideways(page) -> int:
    return page.evaluate("document.documentElement.scrollWidth")


def found(page, where: str = "55401"):
    page.get_by_label("Where are you?").fill(where)
    page.get_by_role("button", name="Find three").first.click()
    page.locator(".find-match, h1:has-text('We know of')").first.wait_for()
    return page


def test_the_whole_path_by_keyboard_alone(visit) -> None:
    page = visit("/")
    reach(page, "^Find a therapist")
    enter(page)
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id === 'where'"):
            break
    page.keyboard.type("Saint Paul, MN")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value === 'gentle'"):
            break
    page.keyboard.press("Space")
    reach(page, "^Find three")
    enter(page)
    assert page.locator("h1").inner_text() == "Three who may suit you"
    assert page.locator(".find-match").count() == 3
    assert page.url.endswith("/find/")
    assert page.locator("input[name=need][value=gentle]").count() == 1
    reach(page, "^The profile")
    enter(page)
    assert page.get_by_role("heading", name="Licence").is_visible()
    reach(page, "^Back to the list")
    enter(page)
    assert page.locator(".find-match").count() == 3
    reach(page, "^What counts how much")
    enter(page)
    page.locator("input[name=points_money][value='0']").focus()
    page.keyboard.press("Space")
    reach(page, "^Search with these points")
    enter(page)
    assert "With your own points" in page.locator("main").inner_text()


@pytest.mark.parametrize("how", [{}, {"color_scheme": "dark"}, {"contrast": "more"}], ids=["light", "dark", "contrast"])
def test_the_answer_is_clean_in_every_look_and_at_400_percent(visit, how) -> None:
    page = found(visit("/find/", **how))
    assert violations(page) == []
    page.locator(".find-match summary").first.click()
    page.set_viewport_size({"width": ZOOMED, "height": 256})
    assert sideways(page) <= ZOOMED
    assert violations(page) == []
    small = page.evaluate(
        "[...document.querySelectorAll('main button, main a.button')].map(e => e.getBoundingClientRect())"
        ".filter(r => r.height && r.height / 96 * 25.4 < 19.9).length"
    )
    assert small == 0
    page.get_by_role("button", name="The profile").first.click()
    page.get_by_role("heading", name="Licence").wait_for()
    assert sideways(page) <= ZOOMED
    assert violations(page) == []


def test_everything_without_a_script(visit) -> None:
    page = visit("/find/", java_script_enabled=False)
    assert not page.locator("#position").is_visible()
    found(page)
    page.get_by_role("button", name="Show more of them").click()
    page.locator(".find-others li").nth(10).wait_for()
    page.get_by_role("button", name="Change the search").click()
    assert page.get_by_label("Where are you?").input_value() == "55401"
    page.get_by_label("Where are you?").fill("Nowhere at all")
    page.get_by_role("button", name="Find three").first.click()
    assert page.get_by_text("We do not find Nowhere at all").is_visible()
    assert all("400" in one for one in page.complaints)  # the answer to a place that is none
    page.complaints.clear()


def test_a_position_is_rounded_before_it_leaves_the_device(visit, site) -> None:
    page = visit("/find/", geolocation=HERE, permissions=["geolocation"])
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.url} {request.post_data or ''}"))
    page.get_by_role("button", name="Use my position").click()
    page.wait_for_function("document.getElementById('where').value !== ''")
    assert page.get_by_label("Where are you?").input_value() == "45.00, -93.25"
    assert not [one for one in sent if "/find/" in one]
    page.get_by_role("button", name="Find three").first.click()
    page.locator(".find-match").first.wait_for()
    assert "about Minneapolis" in page.locator(".lead").inner_text()
    assert not [one for one in sent if "44.98" in one or "93.267" in one]
    assert page.url == f"{site}/find/"
    assert page.context.cookies() == []


def test_nobody_is_said_and_leads_further(visit) -> None:
    page = visit("/find/", width=390)
    page.get_by_label("Only somebody whose licence was checked").check()
    found(page, "Hallock, MN")
    assert page.locator("h1").inner_text().startswith("We know of no")
    assert page.get_by_role("heading", name="What else there is").is_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Look further away").click()
    page.locator("h1").wait_for()
    assert "50 mi" in page.locator("main").inner_text()
