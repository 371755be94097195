"""Scores by the client's link, in a real browser: at phone width, by keyboard alone, without a script; and the staff's
whole path from an agreement to a sheet typed back."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.clinic_pages import Page, find
from tests.browser.test_clinic import RULES, enter, reach, signed_in  # noqa: F401 – a fixture

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
SIZES = (
    "[...document.querySelectorAll('.rate > button')].map(e => e.getBoundingClientRect())"
    ".map(r => [r.width, r.height].map(v => v / 96 * 25.4))"
)


def violations(page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]


@pytest.fixture
def link(visit, site, signed_in):  # noqa: F811
    """`link("Solberg")`: the address of a link that was just made for this client."""

    def make(name: str) -> str:
        page = visit("/", **signed_in["therapist"])
        find(page, site, Page("link", "therapist", f"/clients/{{{name}}}/outcome/link"))
        page.get_by_role("button", name="Make a link").click()
        return page.locator(".link-made .link-address").inner_text().removeprefix(site)

    return make


def pressed(page, name: str) -> None:
    """Tab to the button that begins with this word, and press it."""
    reach(page, f"^{name}", most=40)
    enter(page)


def test_today_on_a_phone_by_keyboard_without_a_script(visit, link) -> None:
    address = link("Solberg")
    page = visit(address, width=390, java_script_enabled=True)
    assert violations(page) == []
    page.set_viewport_size(PHONE)
    assert min(min(one) for one in page.evaluate(SIZES)) >= 29.9
    for width in (360, 320):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("script").count() == 0

    page.set_viewport_size(PHONE)
    assert "How strong was your pain" in page.locator("h1").inner_text()
    pressed(page, "6")
    assert "disturb your sleep" in page.locator("h1").inner_text()
    assert violations(page) == []
    pressed(page, "0")
    assert "Thank you. See you tomorrow." in page.locator("h1").inner_text()
    assert page.locator("figure.chart").count() == 1
    assert violations(page) == []
    pressed(page, "Change: Pain|Change")
    assert page.get_by_text("You said 6 today").is_visible()
    assert page.locator(".rate button[aria-current]").inner_text().strip() == "6"
    pressed(page, "5")
    assert page.locator(".own-answers li").first.inner_text().split()[:2] == ["Pain", "5"]


def test_the_same_without_any_script(visit, link) -> None:
    page = visit(link("Solberg"), width=390, java_script_enabled=False)
    page.goto(page.url + "/1")
    page.locator(".rate button", has_text=re.compile("^10")).click()
    page.wait_for_url(re.compile("/done$|/2$"))
    page.goto(page.url.rsplit("/", 1)[0] + "/done")
    assert page.locator(".own-answers li").first.inner_text().split()[:2] == ["Pain", "10"]


def test_several_questions_by_keyboard(visit, link) -> None:
    page = visit(link("Ambler") + "/3", width=390)
    assert violations(page) == []
    for n in range(3):
        page.locator("fieldset").nth(n).locator("input").first.focus()
        for _ in range(4):
            page.keyboard.press("ArrowRight")
    pressed(page, "Keep this")
    assert "4, 4, 4" in page.locator("main").inner_text() or "Question" in page.locator("header").inner_text()


@pytest.mark.parametrize("how", [{"color_scheme": "dark"}, {"contrast": "more"}], ids=["dark", "contrast"])
def test_the_clients_pages_are_clean_in_every_look(visit, link, how) -> None:
    page = visit(link("Mansour"), width=390, **how)
    assert "Nothing is asked today." in page.locator("h1").inner_text()
    assert violations(page) == []


def test_from_an_agreement_to_a_sheet_typed_back(visit, site, signed_in) -> None:  # noqa: F811
    page = visit("/", **signed_in["therapist"])
    find(page, site, Page("outcome", "therapist", "/clients/{Petrie}/outcome/"))
    page.get_by_role("link", name="Agree a trial").click()
    for group, word in (
        ("What is it judged by?", "Pain: the last 24 hours"), ("What change would matter", "2 points"),
        ("After how many visits", "8 visits"), ("How many days are scored", "7 days"),
        ("From which day on", "From today on"),
        ("How is it compared?", "Before and after"), ("next-day flares", "3 flares"), ("At which rise", "Not agreed"),
    ):  # fmt: skip
        page.get_by_role("group", name=re.compile(re.escape(group))).get_by_label(word, exact=True).check(force=True)
    page.get_by_role("button", name="Agreed with Joan").click()
    page.wait_for_url("**/outcome/")
    assert "Too early to say." in page.locator("main").inner_text()
    page.get_by_role("link", name="Type a sheet back").click()
    today = dt.datetime.now(dt.UTC).date()
    page.get_by_label(re.compile(f"^Pain, {today.day} ")).fill("11")
    page.get_by_role("button", name="Keep this sheet").click()
    assert "11 is not on the scale of 0 to 10" in page.locator("main").inner_text()
    page.complaints.clear()  # a 400 that was asked for
    page.get_by_label(re.compile(f"^Pain, {today.day} ")).fill("7")
    page.get_by_role("button", name="Keep this sheet").click()
    page.wait_for_url("**/outcome/")
    assert "1 of 1 days scored" in page.locator("main").inner_text()


def test_the_sheet_prints_on_one_page(visit, site, signed_in, tmp_path) -> None:  # noqa: F811
    page = visit("/", **signed_in["therapist"])
    find(page, site, Page("sheet", "therapist", "/clients/{Ambler}/outcome/sheet/2026-11-16"))
    printed = page.pdf(format="A4", print_background=False)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="Letter"))) == 1
