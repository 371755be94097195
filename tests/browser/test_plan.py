"""The plan of a visit in a real browser: shared by device or clipboard, read by one phone, one page on paper."""

from __future__ import annotations

import re

import pytest

from tests.browser.clinic_pages import sign_in
from tests.browser.test_clinic import violations

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def therapist(browser, site) -> tuple[str, dict]:
    """The address of Joan's outline, chosen for easing pain, and the therapist's cookies."""
    context = browser.new_context()
    page = context.new_page()
    sign_in(page, site, "therapist")
    page.goto(f"{site}/clients/")
    page.get_by_role("link", name=re.compile("Joan")).first.click()
    href = page.locator("a[href*='/visit/']").first.get_attribute("href")
    outline = f"{re.search(r'/visit/[0-9a-f-]+', href)[0]}/outline"
    page.goto(f"{site}{outline}/?aim=ease_pain&aim=feet")
    page.get_by_role("button", name=re.compile("Choose this")).first.click()
    cookies = context.storage_state()
    context.close()
    return outline, {"storage_state": cookies}


def sheets(page, paper: str) -> int:
    return len(re.findall(rb"/Type\s*/Page[^s]", page.pdf(format=paper)))


@pytest.fixture
def shared(visit, therapist):
    """`shared(390)`: the page of the therapist with a new link on it."""
    outline, cookies = therapist

    def make(width: int = 390, **how):
        page = visit(f"{outline}/share", width=width, **cookies, **how)
        page.get_by_role("button", name=re.compile("Make (a link|another)")).click()
        page.locator("[data-share]").wait_for(state="visible")
        return page

    return make


@pytest.mark.parametrize("width", [390, 820, 1280])
def test_nothing_goes_sideways_and_axe_finds_nothing(shared, visit, width) -> None:
    page = shared(width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []
    address = re.search(r"/p/\S+", page.inner_text("#address"))[0]
    phone = visit(address, width=width)
    assert violations(phone) == []
    phone.get_by_role("button", name="Read it").click()
    phone.get_by_role("heading", name="What is left out").wait_for()
    assert phone.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(phone) == []


def test_without_a_share_sheet_it_is_copied(shared, site) -> None:
    page = shared(permissions=["clipboard-read", "clipboard-write"])
    page.evaluate("delete Navigator.prototype.share")
    page.locator("[data-share]").click()
    page.get_by_text("Copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.inner_text("#address").strip()


@pytest.mark.parametrize(
    ("ends", "says"), [("resolve()", "Handed to your device."), ("reject({name: 'AbortError'})", "")]
)
def test_where_the_device_can_share_it_does(shared, therapist, visit, ends, says) -> None:
    outline, cookies = therapist
    page = visit(f"{outline}/share", **cookies)
    page.add_init_script(
        f"window.handed = []; navigator.share = (what) => {{ handed.push(what); return Promise.{ends} }}"
    )
    page.get_by_role("button", name=re.compile("Make (a link|another)")).click()
    button = page.get_by_role("button", name="Share it")
    button.click()
    page.wait_for_timeout(200)
    assert page.evaluate("handed") == [
        {"title": "What is planned for your massage", "url": page.inner_text("#address").strip()}
    ]
    assert page.inner_text("[data-shared]").strip() == says


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_each_of_them_is_one_page_on_paper(shared, visit, therapist, paper) -> None:
    outline, cookies = therapist
    page = shared(1280)
    assert sheets(page, paper) == 1
    phone = visit(re.search(r"/p/\S+", page.inner_text("#address"))[0], width=390)
    phone.get_by_role("button", name="Read it").click()
    phone.get_by_role("heading", name="What is left out").wait_for()
    assert sheets(phone, paper) == 1
    assert sheets(visit(f"{outline}/steps", **cookies), paper) == 1
