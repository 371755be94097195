"""A whole intake on a phone, in a real browser: by accessible names alone, and by Tab, Enter and Space alone.

The server is a process of its own with a database of its own. Every screen is looked at by axe, at 390 px, and measured
at 320 px and at twice the size of text.
"""

import os
import re
import socket
import subprocess
import sys

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
_SERVER = """
import sys, django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
import uvicorn
from afferent.web.asgi import application
from afferent.web.clients.people import add
from afferent.web.clinics.models import Clinic
from afferent.web.intake.links import make, read_aloud
from afferent.web.scope import inside
clinic = Clinic.objects.create(name="Lindenhof", second_factor=False, languages=["en"])
with inside(clinic.id):
    for given in ("Ruth", "Walter", "Mirela", "Jonas", "Edda", "Tomasz"):
        print("link", read_aloud(make(add(given=given), None)[1]), flush=True)
uvicorn.run(application, host="127.0.0.1", port=int(sys.argv[1]), log_level="error", lifespan="off")
"""


@pytest.fixture(scope="module")
def links(tmp_path_factory):
    """Addresses of fresh links on a running server."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    where = {
        "DJANGO_SETTINGS_MODULE": "afferent.web.settings", "AFFERENT_SECRET_KEY": "not secret, for tests only",
        "AFFERENT_DATABASE": str(tmp_path_factory.mktemp("intake") / "afferent.sqlite3"),
    }  # fmt: skip
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    server = subprocess.Popen(
        [sys.executable, "-c", _SERVER, str(port)], env=kept | where, text=True, stdout=subprocess.PIPE
    )
    made = [re.fullmatch(r"link (\S+)\n", server.stdout.readline()) for _ in range(6)]
    assert all(made), "the server did not start"
    yield [f"http://127.0.0.1:{port}/i/{one[1]}" for one in made]
    server.terminate()
    server.wait(10)


@pytest.fixture
def phone(browser):
    """A page of 390 by 844; what it complained of, or asked elsewhere, is an error."""
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.set_default_timeout(10_000)
    complaints = []
    page.on("console", lambda message: message.type == "error" and complaints.append(message.text))
    page.on("request", lambda asked: asked.url.startswith("http://127.0.0.1") or complaints.append(asked.url))
    yield page
    context.close()
    assert not complaints


def opened(page, link: str) -> None:
    for _ in range(100):  # the links are printed a moment before the server answers
        try:
            page.goto(link)
            return
        except Exception:
            page.wait_for_timeout(100)
    raise AssertionError("the server did not answer")


def step_of(page) -> str:
    return page.url.removesuffix("/change").rpartition("/")[2]


def is_clean(page) -> None:
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    assert found.violations_count == 0, (page.url, found.generate_report())


def nothing_sideways(page) -> None:
    """At 320 px, and at twice the size of text."""
    for width, size in ((320, "100%"), (390, "200%")):
        page.set_viewport_size({"width": width, "height": 844})
        page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, (page.url, width, size, over)
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.set_viewport_size(PHONE)


# What is pressed on each screen, by its name as it is heard; every other screen: "nothing".
CHOSEN = {
    "who": [("radio", "Someone is helping me")],
    "aims": [("checkbox", "Less pain"), ("checkbox", "Better sleep")],
    "foot-left": [("radio", "Mid-calf")],
    "foot-right": [("radio", "Ankle")],
    "hand-left": [("radio", "I am not sure")],
    "layer-tingling": [("radio", "Yes. I will show where")],
    "clots": [("checkbox", "A blood clot in a leg, an arm or a lung, ever")],
    "clot_ever": [("checkbox", "RIGHT leg")],
    "heart": [("checkbox", "High blood pressure: Not sure")],
    "agree-treatment": [("radio", "I agree")],
}
WRITTEN = {
    "helper": ("Name of the helper", "Rosa"),
    "clot_date": ("Year", "2019"),
    "medicine_names": ("Your medicines, one on each line", "metformin 500 mg"),
    "age_years": ("Age in years", "71"),
}
NOBODY = "Nobody has looked, or I am not sure"
LISTS = ("Only what I ticked", "I have looked: only what I ticked", "None of these", "I have looked: none of these")
NOTHING = ("Not at all", "No, nowhere", "No, that is all", "No, to none", "No", NOBODY, "Not now", "I am not sure")
ENDS = ("Nothing more", "Next")


@pytest.mark.nightly  # the same way as by keyboard, below, by another door
def test_finished_by_accessible_names_alone(phone, links) -> None:
    opened(phone, links[0])
    is_clean(phone)
    nothing_sideways(phone)
    phone.get_by_role("button", name="Begin").click()
    seen = set()
    while step_of(phone) != "read-back":
        step = step_of(phone)
        assert len(seen) < 80
        seen.add(step)
        is_clean(phone)
        nothing_sideways(phone)
        assert phone.get_by_role("heading", level=1).count() == 1
        answer_by_name(phone, step)
        end = next(name for name in ENDS if seen_button(phone, name))
        with phone.expect_navigation():
            phone.get_by_role("button", name=end, exact=True).click()
        assert phone.get_by_role("alert").count() == 0, (step, phone.get_by_role("alert").inner_text())
    is_clean(phone)
    nothing_sideways(phone)
    assert phone.get_by_text("LEFT foot: numb up to mid-calf").is_visible()
    assert phone.get_by_text("by helper Rosa, just now").count() > 5
    phone.get_by_role("link", name=re.compile("Change it.*Age$")).click()
    phone.get_by_label("Age in years").fill("72")
    phone.get_by_role("button", name="Next").click()
    assert phone.get_by_text("72 years").is_visible()
    phone.get_by_role("button", name="Yes, that is right").click()
    assert phone.get_by_role("heading", name="Thank you. Your answers were sent.").is_visible()
    is_clean(phone)
    phone.go_back()
    assert step_of(phone) == "done"


def answer_by_name(page, step: str) -> None:
    if step in WRITTEN:
        page.get_by_label(WRITTEN[step][0]).fill(WRITTEN[step][1])
    elif step == "map-tingling":
        page.get_by_text("YOUR LEFT foot, sole", exact=True).click()
        page.get_by_role("checkbox", name="Big toe", exact=True).check(force=True)
        page.get_by_role("group", name="Big toe").get_by_role("radio", name="6").check(force=True)
    elif step in CHOSEN:
        for role, name in CHOSEN[step]:
            page.get_by_role(role, name=name, exact=True).check(force=True)
    elif page.get_by_role("radio").count() and not is_list(page):
        name = next(one for one in NOTHING if page.get_by_role("radio", name=one, exact=True).count())
        page.get_by_role("radio", name=name, exact=True).check(force=True)
    if is_list(page):
        end_of_list(page).check(force=True)


def is_list(page) -> bool:
    return page.locator(".tick-list").count() > 0


def end_of_list(page):
    """The answer for all that was not ticked: the one that is shown."""
    ends = [page.get_by_role("radio", name=name, exact=True) for name in LISTS]
    return next(one for one in ends if one.count() == 1 and one.locator("xpath=..").is_visible())


def seen_button(page, name: str) -> bool:
    found = page.get_by_role("button", name=name, exact=True)
    return found.count() == 1 and found.is_visible()


def test_finished_by_tab_enter_and_space_alone(phone, links) -> None:
    """One switch: Tab stops at every answer, Enter or Space presses it. Words are typed where words are wanted."""
    opened(phone, links[1])
    press(phone, "Begin")
    seen = []
    while step_of(phone) != "read-back":
        step = step_of(phone)
        assert seen.count(step) < 2, seen
        seen.append(step)
        if step in ("helper", "age_years"):
            tab_to(phone, WRITTEN[step][0])
            phone.keyboard.type(WRITTEN[step][1])
        elif step in ("who", "aims", "foot-left", "hand-left", "layer-tingling", "clots", "clot_ever"):
            for _, name in CHOSEN[step]:
                tab_to(phone, name)
                phone.keyboard.press("Enter" if len(seen) % 2 else "Space")
        elif step == "map-tingling":
            tab_to(phone, "YOUR LEFT foot, sole")
            phone.keyboard.press("Enter")
            tab_to(phone, "Big toe")
            phone.keyboard.press("Space")
            tab_to(phone, "7")
            phone.keyboard.press("Space")
        elif step == "clot_date":
            press(phone, "I am not sure")
            continue
        elif step == "medicine_names":
            press(phone, "I take no medicines")
            continue
        elif phone.get_by_role("radio").count() and not is_list(phone):
            name = next(one for one in NOTHING if phone.get_by_role("radio", name=one, exact=True).count())
            tab_to(phone, name)
            phone.keyboard.press("Space")
        if is_list(phone):
            tab_to(phone, end_of_list(phone).locator("xpath=..").inner_text())
            phone.keyboard.press("Enter")
        press(phone, next(name for name in ENDS if seen_button(phone, name)))
    press(phone, "Yes, that is right")
    assert phone.get_by_role("heading", name="Thank you. Your answers were sent.").is_visible()


def test_tab_goes_back_too_and_every_answer_is_a_stop(phone, links) -> None:
    opened(phone, links[2])
    press(phone, "Begin")
    tab_to(phone, "Someone is helping me")
    phone.keyboard.press("Shift+Tab")
    assert focused(phone) == "I do, myself"
    phone.keyboard.press("Enter")
    assert phone.get_by_role("radio", name="I do, myself").is_checked()


@pytest.mark.parametrize("colours", [{"color_scheme": "dark"}, {"contrast": "more"}])
def test_clean_in_the_dark_and_in_high_contrast(browser, links, colours) -> None:
    context = browser.new_context(viewport=PHONE, **colours)
    page = context.new_page()
    opened(page, links[3])
    is_clean(page)
    context.close()


def test_large_enough_for_a_numb_finger(phone, links) -> None:
    """Answers and ways on: 20 mm at least; few answers: 30."""
    opened(phone, links[2].rpartition("/")[0] + "/")
    small = phone.evaluate("""() => [...document.querySelectorAll("button:not(.unseen), input:not([type=hidden])")]
        .filter(one => one.getBoundingClientRect().height < 75).map(one => one.outerHTML)""")
    assert small == []


_VOICES = """
const said = [];
const voice = local => ({lang: "en-GB", localService: local, default: true, name: "test"});
Object.defineProperty(window, "speechSynthesis", {value: {
  getVoices: () => [voice(%s)], speak: one => said.push(one.text), cancel: () => {}, speaking: false, pending: false,
  addEventListener: () => {},
}});
window.SpeechSynthesisUtterance = function (text) { this.text = text; };
window.said = said;
"""


@pytest.mark.parametrize("local", ["true", "false"])
def test_only_a_voice_of_this_device_reads_aloud(phone, links, local) -> None:
    """A voice elsewhere would hear the questions: then there is no button."""
    phone.add_init_script(_VOICES % local)
    opened(phone, links[4] if local == "true" else links[5])
    press(phone, "Begin")
    button = phone.get_by_role("button", name="Hear it")
    assert button.count() == (1 if local == "true" else 0)
    if local == "true":
        button.click()
        said = phone.evaluate("said")
        assert said[0] == "Who gives the answers?"
        assert "I do, myself" in said
        assert said[-1] == "Next"


def focused(page) -> str:
    """The name of what has the focus, as it is heard."""
    return page.evaluate("""() => {
        const at = document.activeElement;
        const label = at.labels && at.labels[0];
        const said = at.getAttribute("aria-label") || (label || at).innerText;
        return said.trim().replace(/\\s+/g, " ");
    }""")


def tab_to(page, name: str, most: int = 400) -> None:
    for _ in range(most):
        page.keyboard.press("Tab")
        if focused(page) == name:
            return
    raise AssertionError(f"Tab never came to {name!r} on {page.url}")


def press(page, name: str) -> None:
    tab_to(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")
