"""The physician's whole path: from the code on the page to changed limits, on a phone; and the same on paper."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image

from tests.browser.clinic_pages import sign_in
from tests.browser.test_clinic import violations

pytestmark = pytest.mark.browser

pypdfium2 = pytest.importorskip("pypdfium2")
zxingcpp = pytest.importorskip("zxingcpp")

PHONE = 390
TAPS = "window.taps = 0; document.addEventListener('pointerdown', () => window.taps++, true)"


@pytest.fixture(scope="module")
def therapist(browser, site) -> dict:
    """Her cookies."""
    context = browser.new_context()
    sign_in(context.new_page(), site, "therapist")
    state = context.storage_state()
    context.close()
    return {"storage_state": state}


@pytest.fixture
def clinic(visit, therapist):
    """`clinic("Amsler")`: the page of that client, as the therapist has it."""

    def open_client(name: str, width: int = 1280):
        page = visit("/clients/", width=width, **therapist)
        page.get_by_role("link", name=re.compile(name)).first.click()
        page.wait_for_url(re.compile("/clients/[0-9a-f-]{36}$"))
        return page

    return open_client


def tap(where, words: str) -> None:
    """The box with these words, where a finger would."""
    where.locator("label").filter(has_text=re.compile(f"^{words}")).first.click()


def limits(page, where: str) -> str:
    """What the page of the client says today of where, and how hard."""
    page.goto(where)
    heading = page.get_by_role("heading", name="Where, and how hard")
    return page.locator("section").filter(has=heading).first.inner_text()


def asked(page) -> None:
    page.get_by_role("link", name=re.compile("^Ask the physician")).first.click()
    page.get_by_label("Name", exact=True).fill("Dr. Amara Osei")
    page.get_by_label("Role", exact=True).fill("internal medicine")
    page.get_by_role("button", name="Make the request").click()
    page.get_by_role("heading", name="How it went out").wait_for()


def code_on_the_page(page) -> str:
    """What a phone reads off the printed page, faxed: 100 dots an inch, black and white."""
    href = page.get_by_role("link", name=re.compile("^A4")).get_attribute("href")
    found = page.request.get(page.url.partition("/clients/")[0] + href)
    sheet = pypdfium2.PdfDocument(found.body())[0].render(scale=100 / 72, grayscale=True).to_pil()
    codes = zxingcpp.read_barcodes(sheet.point(lambda dot: 255 if dot > 127 else 0).convert("1").convert("L"))
    return codes[0].text


def call(page) -> None:
    page.get_by_label("Number you called").fill("+1 212 555 0199")
    page.get_by_label("Where it is listed").fill("website of the hospital")
    page.get_by_role("button", name="I called, and they confirmed it").click()
    page.get_by_role("heading", name=re.compile("^Confirmed")).wait_for()


def test_without_script_a_line_is_limited_and_its_level_chosen(clinic, browser) -> None:
    page = clinic("Amsler")
    asked(page)
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    phone = context.new_page()
    phone.goto(code_on_the_page(page))
    line = phone.locator(".reply-line").first
    assert not line.locator(".reply-levels").is_visible()
    tap(line, "Limit to")
    assert line.locator(".reply-levels").is_visible()
    phone.get_by_role("button", name="Send the answer").click()
    phone.get_by_text("Choose the level it is limited to.").wait_for()
    context.close()


def test_from_the_code_to_changed_limits_on_a_phone(clinic, browser) -> None:
    page = clinic("Amsler")
    client = page.url
    before = limits(page, client)
    asked(page)
    address = code_on_the_page(page)
    assert re.fullmatch(r"http://[^/]+/a/[0-9a-z]{32}", address)

    context = browser.new_context(viewport={"width": PHONE, "height": 844}, has_touch=True)
    phone = context.new_page()
    phone.goto(address)
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE
    assert violations(phone) == []
    phone.evaluate(TAPS)
    lines = phone.locator(".reply-line")
    assert lines.count() == 2
    tap(lines.nth(0), "no")
    tap(lines.nth(0), "Fine")
    tap(lines.nth(1), "heart rhythm")
    tap(lines.nth(1), "Fine")
    tap(phone, "Nothing found against it")
    tap(phone, "That is me, and I answer this")
    taps = phone.evaluate("window.taps") + 1
    assert taps == 7, taps
    phone.get_by_role("button", name="Send the answer").click()
    phone.get_by_role("heading", name="Thank you. Your answer arrived").wait_for()
    assert violations(phone) == []
    phone.goto(address)
    phone.get_by_role("heading", name="This request was answered already").wait_for()
    context.close()

    page.goto(client)
    page.get_by_role("heading", name="Answer arrived: call to verify").wait_for()
    assert limits(page, client) == before
    page.get_by_role("link", name="Read it and call").click()
    page.wait_for_url("**/answer/**")
    assert violations(page) == []
    call(page)
    page.get_by_role("heading", name="What opened by it, and why").wait_for()
    assert violations(page) == []
    assert limits(page, client) != before


def test_the_same_on_paper(clinic, site) -> None:
    page = clinic("Oyelaran")
    client = page.url
    before = limits(page, client)
    asked(page)
    number = re.search(r"record ([0-9a-f]{12})", page.inner_text("main"))[1]
    page.goto(f"{site}/letters/find")
    page.get_by_label("Number or address").fill(number)
    page.get_by_role("button", name="Find the request").click()
    page.locator(".reply-line").first.wait_for()
    assert violations(page) == []
    tap(page.locator(".reply-line").first, "Fine")
    tap(page, "Nothing found against it")
    page.get_by_label("Date on the paper").fill(page.evaluate("new Date().toISOString().slice(0, 10)"))
    scan = io.BytesIO()
    Image.new("RGB", (80, 110), "white").save(scan, "PNG")
    page.locator("input[name=scan]").set_input_files(
        {"name": "scan.png", "mimeType": "image/png", "buffer": scan.getvalue()}
    )
    page.get_by_role("button", name="Keep this answer").click()
    page.get_by_text("On paper, typed in by Ada Okonkwo").wait_for()
    page.get_by_role("link", name="The paper").wait_for()
    here = page.url
    assert limits(page, client) == before
    page.goto(here)
    call(page)
    assert limits(page, client) != before
