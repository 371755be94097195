"""The pages in a real browser: nothing scrolls sideways, axe is content, buttons are large, keys suffice."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from afferent.page import page as report
from tests.unit.words.made import KNOWLEDGE, old_clot, short_of_breath

pytestmark = pytest.mark.browser

HEAT = "/heat?what=hot_pack&reading=39&place=sole&side=left"
PAGES = (
    "/", "/try", "/intake", "/rules", "/rules/VTE-HISTORY", "/styleguide", "/claims", HEAT, "/gate?left=50",
    "/stroke?place=shin", "/no-such-page",
)  # fmt: skip
TWENTY_MM = 20 / 25.4 * 96


def opened(visit, name: str, **how):
    """Somebody invented, opened from the first page."""
    page = visit("/try", **how)
    page.click(f"form[action='/invented/{name}'] button")
    page.wait_for_url("**/screen/*")
    return page


def sideways(page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def complaints(page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['html'][:120]} {node['failureSummary'][:200]}" for one in found for node in one["nodes"]
    ]


WIDTHS = (320, 360, 640, 820, 1280, 1920)  # 320 is 1280 at 400 %, 640 is 1280 at 200 %


@pytest.mark.parametrize("address", [*PAGES[:-1], "ruth", "mirela"])
def test_nothing_scrolls_sideways(visit, address: str) -> None:
    page = visit(address) if address.startswith("/") else opened(visit, address)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert sideways(page) <= 0, width


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("ruth", {"width": 360}),
        ("edda", {"color_scheme": "dark", "width": 820}),
        ("tomasz", {"contrast": "more"}),
    ],
    ids=str,
)
def test_axe_finds_nothing_on_a_screening(visit, name: str, how) -> None:
    page = opened(visit, name, **how)
    page.evaluate("document.querySelectorAll('details:not(.further)').forEach(one => one.open = true)")
    assert complaints(page) == []


@pytest.mark.parametrize(
    ("address", "how"),
    [
        ("/try", {}),
        ("/intake", {}),
        ("/rules/VTE-HISTORY", {}),
        ("/styleguide", {"color_scheme": "dark"}),
        (HEAT, {"width": 360}),
        ("/gate", {"contrast": "more"}),
        ("/claims", {"color_scheme": "dark"}),
    ],
    ids=str,
)
def test_axe_finds_nothing(visit, address: str, how) -> None:
    assert complaints(visit(address, **how)) == []


def test_axe_finds_nothing_on_the_list_of_rules(visit) -> None:
    assert complaints(visit("/rules?find=clot", width=360)) == []


def targets(page) -> list[tuple[float, str]]:
    """The smaller side of everything a hand must hit, and what it is."""
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    return page.eval_on_selector_all(
        "main button, main label.answer, main a.button, main input[type=text], main select",
        "all => all.map(one => [one.getBoundingClientRect(), one.outerHTML.slice(0, 90)])"
        ".filter(([box]) => box.width).map(([box, words]) => [Math.min(box.width, box.height), words])",
    )


def test_what_a_hand_must_hit_is_twenty_millimetres(visit) -> None:
    found = targets(opened(visit, "jonas", width=360))
    assert len(found) > 50
    assert [words for least, words in found if least < TWENTY_MM - 0.5] == []


@pytest.mark.parametrize("address", [HEAT, "/gate", "/stroke?place=shin"])
def test_on_the_pages_of_physiology_too(visit, address: str) -> None:
    for width in (320, 1280):
        page = visit(address, width=width)
        found = targets(page)
        assert len(found) > 8
        assert [words for least, words in found if least < TWENTY_MM - 0.5] == []
        assert smallest_text(page) >= 15.9


def smallest_text(page) -> float:
    """The smallest words shown, in px; those drawn into figures at the size they are shown."""
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    return page.evaluate(
        """() => Math.min(...[...document.querySelectorAll('main *')].filter(one =>
              [...one.childNodes].some(node => node.nodeType == 3 && node.textContent.trim())
              && one.getBoundingClientRect().width > 0 && one.checkVisibility()
              && one.tagName != 'title' && one.tagName != 'desc')
              .map(one => { const size = parseFloat(getComputedStyle(one).fontSize); const svg = one.closest('svg');
                return svg ? size * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : size }))"""
    )


def test_no_text_is_smaller_than_sixteen(visit) -> None:
    for width in (360, 1280):
        assert smallest_text(opened(visit, "ruth", width=width)) >= 15.9


def test_the_whole_path_by_keyboard(visit) -> None:
    page = visit("/try")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "To the content"
    page.focus("form[action='/invented/ruth'] button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/screen/*")
    page.focus("#group-limbs input[value=no]")
    page.keyboard.press("Space")
    page.focus("#group-limbs button[name=none_of]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.title().startswith("Ask two things first.")


def test_it_works_without_script(visit) -> None:
    page = opened(visit, "ruth", java_script_enabled=False)
    for what in ("#group-skin button[name=none_of]", "#group-limbs button[name=none_of]"):
        with page.expect_navigation():
            page.click(what)
    page.click("#group-medicines label:has(input[value=rhythm])")
    with page.expect_navigation():
        page.click("#group-medicines button.save")
    assert page.inner_text("#decision").endswith("Massage may go ahead, but leave the right leg alone today.")


def test_where_is_asked_once_yes_is_chosen(visit) -> None:
    page = opened(visit, "ruth")
    side = page.locator("#group-limbs .where").first
    assert not side.is_visible()
    page.locator("#group-limbs label:has(input[value=yes])").first.click()
    assert side.is_visible()


def test_a_bad_file_says_so_beside_its_field(visit, tmp_path) -> None:
    bad = tmp_path / "record.yaml"
    bad.write_text("facts: {numb: nowhereland}", encoding="utf-8")
    page = visit("/try")
    page.set_input_files("input[type=file]", bad)
    with page.expect_navigation():
        page.click("button:has-text('Screen this record')")
    assert "there is no region 'nowhereland'" in page.inner_text("[role=alert]")
    page.complaints.clear()  # Chromium logs every 400


def test_a_record_is_brought(visit, tmp_path) -> None:
    good = tmp_path / "record.yaml"
    good.write_text("client: {id: nadia, age: 50}", encoding="utf-8")
    page = visit("/try", width=360)
    page.set_input_files("input[type=file]", good)
    page.click("button:has-text('Screen this record')")
    page.wait_for_url("**/screen/*")
    assert page.inner_text("h1") == "Client nadia, 50"


@pytest.mark.parametrize("made", [old_clot, short_of_breath])
def test_the_report_stands_alone_and_prints_open(browser, tmp_path, made) -> None:
    file = tmp_path / "report.html"
    file.write_text(report(made(), KNOWLEDGE), encoding="utf-8")
    asked: list[str] = []
    context = browser.new_context(viewport={"width": 360, "height": 800}, offline=True)
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: asked.append(message.text))
    page.goto(file.as_uri())
    assert asked == [file.as_uri()]
    assert sideways(page) <= 0
    assert complaints(page) == []
    page.emulate_media(media="print")
    hidden = page.eval_on_selector_all(
        ".reason dl", "all => all.filter(one => one.getBoundingClientRect().height < 10).length"
    )
    assert hidden == 0
    context.close()


def test_paper_is_black_on_white(browser, tmp_path) -> None:
    file = tmp_path / "report.html"
    file.write_text(report(old_clot(), KNOWLEDGE), encoding="utf-8")
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(file.as_uri())
    page.emulate_media(media="print", color_scheme="dark")
    colours = page.evaluate(
        "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor,"
        " getComputedStyle(document.querySelector('.banner h2')).color]"
    )
    assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)", "rgb(0, 0, 0)"]
    context.close()
