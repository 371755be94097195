"""The clinic in a real browser: every page clean and narrow enough, each role's main path, also by keyboard alone."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.clinic_pages import PAGES, find, go, sign_in

pytestmark = pytest.mark.browser

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def violations(page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]


@pytest.fixture(scope="module")
def signed_in(browser, site) -> dict[str, dict]:
    """Each role's cookies, signed in once; and where each client is found."""
    found: dict[str, dict] = {"": {}}
    for role in ("therapist", "desk", "owner"):
        context = browser.new_context()
        sign_in(context.new_page(), site, role)
        found[role] = {"storage_state": context.storage_state()}
        context.close()
    return found


# The browser's own count of what jumped while a page opened.
SHIFTS = """window.shifted = []; new PerformanceObserver(list => list.getEntries().forEach(one => window.shifted.push(
  one.value.toFixed(4) + ' ' + one.sources.map(s => s.node && s.node.outerHTML || '').join().slice(0, 120)
))).observe({type: 'layout-shift', buffered: true})"""


def shifted(page) -> list[str]:
    page.wait_for_load_state("load")
    page.wait_for_timeout(150)
    return page.evaluate("window.shifted")


def test_what_jumps_is_counted(visit) -> None:
    page = visit("/styleguide")
    page.evaluate(SHIFTS)
    page.wait_for_timeout(700)  # the first half second after a touch counts as meant
    page.evaluate("document.querySelector('main').style.marginTop = '200px'")
    assert shifted(page)


@pytest.mark.parametrize("one", PAGES, ids=lambda one: one.name)
def test_a_page_is_clean_and_nothing_jumps_or_goes_sideways(visit, site, signed_in, one) -> None:
    page = visit("/styleguide", width=1280, **signed_in[one.role])
    page.context.add_init_script(SHIFTS)
    find(page, site, one)
    assert shifted(page) == []
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()
    assert shifted(page) == []
    for width in (1280, 820, 360, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert (
        page.evaluate(
            "[...document.querySelectorAll('body *')].filter(e => e.children.length === 0 && e.textContent.trim() && "
            "e.getClientRects().length && parseFloat(getComputedStyle(e).fontSize) < 15.9 && !e.closest('svg'))"
            ".map(e => e.outerHTML.slice(0, 80))"
        )
        == []
    )


def reach(page, name: str, role: str = "link", most: int = 120) -> None:
    """Tab until something of this name has the focus."""
    page.wait_for_load_state("networkidle")
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(
            "([name]) => { const e = document.activeElement; return new RegExp(name, 'i')"
            ".test((e.getAttribute('aria-label') || e.innerText || e.value || '').trim()) }",
            [name],
        ):
            return
    raise AssertionError(f"{name!r} was not reached with the Tab key")


def enter(page) -> None:
    """Press Enter, and wait for the page it leads to."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_therapist_by_keyboard_alone(visit, site) -> None:
    """Today, a client, the open questions, and the limits that change."""
    page = visit("/")
    reach(page, "^The therapist")
    enter(page)
    assert page.url.endswith("/today")
    reach(page, "Walter Lindqvist")
    enter(page)
    reach(page, "Walter Lindqvist|Open")
    enter(page)
    assert "Walter" in page.locator("h1").inner_text()
    before = page.locator("#decision, .banner").first.inner_text()
    group = page.locator("form.card", has_text="None of these").first
    title = group.locator("h3").inner_text()
    group.get_by_role("button", name="None of these").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Saved. What changed").wait_for()
    assert page.locator("#decision, .banner").first.inner_text() != before
    assert page.locator("form.card h3", has_text=title).count() == 0


def test_answers_change_the_page_without_leaving_it(visit, site) -> None:
    page = visit("/")
    go(page, site, next(one for one in PAGES if one.name == "client-ask-first"))
    address = page.url
    page.evaluate("document.body.dataset.stayed = 'yes'")
    page.locator("form.card", has_text="None of these").first.get_by_role("button", name="None of these").click()
    page.get_by_text("Saved. What changed").wait_for()
    assert page.url.startswith(f"{address}?since=")
    page.wait_for_function("document.activeElement.id === 'changed'")
    page.wait_for_function(
        "() => { const at = document.activeElement.getBoundingClientRect(); return at.top >= 0 && at.top < 300; }"
    )
    assert page.evaluate("document.body.dataset.stayed") == "yes", "only the sheet was renewed"


def test_the_front_desk_adds_a_client_and_books(visit, site) -> None:
    page = visit("/")
    sign_in(page, site, "desk")
    page.get_by_role("link", name="Clients").first.click()
    page.get_by_role("link", name="Add a client").click()
    page.get_by_label("Given name").fill("Femi")
    page.get_by_label("Family name").fill("Adeyemi")
    page.get_by_role("button", name="Add this client").click()
    page.wait_for_load_state()
    assert "Femi Adeyemi" in page.locator("h1").inner_text()
    page.get_by_role("link", name=re.compile("Add a visit")).first.click()
    page.wait_for_load_state()
    assert "Femi" in page.locator("main").inner_text()


def test_search_finds_while_typing(visit, site) -> None:
    page = visit("/")
    sign_in(page, site, "therapist")
    page.goto(f"{site}/clients/")
    page.get_by_role("searchbox").fill("carv")
    page.get_by_text("Walter Lindqvist").wait_for(state="detached")
    assert page.locator("#found li").count() == 1


def test_the_owner_sees_the_audit_whole(visit, site) -> None:
    page = visit("/")
    sign_in(page, site, "owner")
    page.goto(f"{site}/audit/")
    page.get_by_role("button", name=re.compile("whole", re.I)).click()
    page.wait_for_load_state()
    assert re.search("is whole|nothing is missing", page.locator("main").inner_text(), re.I)


def test_a_screen_left_alone_is_locked_and_goes_on_where_it_was(visit, site) -> None:
    page = visit("/")
    sign_in(page, site, "therapist")
    page.goto(f"{site}/clients/")
    page.locator("summary", has_text="Ada").click()
    page.get_by_role("button", name="Lock the screen").click()
    page.wait_for_url("**/locked**")
    page.goto(f"{site}/clients/")
    assert "/locked" in page.url
    assert "Walter" not in page.content()
    page.get_by_label(re.compile("password", re.I)).fill("an invented clinic")
    page.get_by_role("button", name=re.compile("unlock", re.I)).click()
    page.wait_for_url("**/clients/")
