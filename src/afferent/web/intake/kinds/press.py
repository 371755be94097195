"""What is pressed: answers as big buttons that work without script, words to write, and "Next"."""

from __future__ import annotations

from typing import Final

from afferent.page.icons import icon
from afferent.page.markup import Child, Html, el

UNSURE: Final = "unsure"
NOT_PRESSED: Final = "Nothing is pressed yet. Press an answer, then Next. “I am not sure” is a good answer."
LONGEST: Final = 2_000  # letters in any field


def one(value: str, words: Child, given: object, *, unsure: bool = False) -> Html:
    """One of several, of which one is chosen."""
    box = el("input", type="radio", name="answer", value=value, checked=value == given)
    return el("label", box, el("span", words), class_="answer answer-unsure" if unsure else "answer")


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
