"""What is pressed: answers as big buttons that work without script, words to write, and "Next"."""

from __future__ import annotations

from typing import Final

from afferent.errors import InputError
from afferent.page.icons import icon
from afferent.page.markup import Child, Html, el

UNSURE: Final = "unsure"
LONGEST: Final = 2_000  # letters in any field


def not_pressed(unsure: str = "") -> InputError:
    """Nothing was answered. `unsure`: the answer of this question for whoever does not know, if it has one."""
    good = f" “{unsure}” is a good answer." if unsure else ""
    return InputError(f"Nothing is pressed yet. Press an answer, then Next.{good}")


def not_written(what: str, other: str) -> InputError:
    """Nothing was written. `other`: the button for whoever does not know."""
    return InputError(f"Nothing is written yet. Write {what}, then press Next; or press “{other}”.")


def one(value: str, words: Child, given: object, *, unsure: bool = False, name: str = "answer", look: str = "") -> Html:
    """One of several, of which one is chosen."""
    box = el("input", type="radio", name=name, value=value, checked=value == given)
    looks = f"answer {look}" if look else "answer answer-unsure" if unsure else "answer"
    return el("label", box, el("span", words), class_=looks)


def tick(name: str, value: str, words: Child, on: bool, *, unsure: bool = False) -> Html:
    """One of several, of which many may be chosen."""
    box = el("input", type="checkbox", name=name, value=value, checked=on)
    return el("label", box, el("span", words), class_="answer answer-unsure" if unsure else "answer")


def group(legend: str, *answers: Child, two: Child = None) -> Html:
    """Answers together, those of `two` side by side; the question is their name for whoever listens."""
    beside = el("div", two, class_="two-answers") if two else None
    return el("fieldset", el("legend", legend, class_="unseen"), beside, el("div", answers, class_="big-answers"))


def field(label: str, name: str, value: str, *, lines: int = 0, **more: str) -> Html:
    """Words to write. `lines`: room for several lines."""
    box = (
        el("textarea", value, name=name, rows=lines, maxlength=LONGEST, **more)
        if lines
        else el("input", type="text", name=name, value=value, maxlength=80, **more)
    )
    return el("label", el("span", label), box, class_="field wide-field")


def next_button() -> Html:
    return el("button", el("span", "Next"), icon("open"), type="submit", class_="go-on")


def way_on(value: str, words: str, look: str = "") -> Html:
    """One of several ways on from a screen."""
    return el("button", words, type="submit", name="done", value=value, class_=f"go-on {look}".strip())


def pressed_by_enter() -> Html:
    """What Enter presses where there are several ways on: none of them. Stands before them."""
    return el("button", type="submit", name="done", value="", class_="unseen", tabindex=-1, aria_hidden="true")
