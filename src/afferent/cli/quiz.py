"""The quiz on a terminal: asked one by one, or printed with its answers."""

from __future__ import annotations

import datetime as dt

from afferent.cli.paper import Paper as Sheet
from afferent.directory.quiz import Item, Paper, marked, paper, terms
from afferent.knowledge import load

_LETTERS = "abcdef"


def printed(seed: int) -> int:
    """All questions, then all answers with their reasons."""
    given, sheet = paper(load(), seed), Sheet()
    _head(sheet, given)
    for number, item in enumerate(given.items, 1):
        _question(sheet, number, item)
    sheet.heading("Answers")
    for number, item in enumerate(given.items, 1):
        sheet.say(f"{_LETTERS[item.right]}. {item.choices[item.right]}. {item.why}", indent=4, first=f"{number}.")
    print(sheet)
    return 0


def ask(seed: int) -> int:
    """One question after the other, each explained at once."""
    given, answers = paper(load(), seed), list[int]()
    sheet = Sheet()
    _head(sheet, given)
    print(sheet)
    for number, item in enumerate(given.items, 1):
        sheet = Sheet()
        _question(sheet, number, item)
        print(sheet)
        answers.append(_answer(len(item.choices)))
        sheet = Sheet()
        said = "Right." if answers[-1] == item.right else f"No: {_LETTERS[item.right]}, {item.choices[item.right]}."
        sheet.say(f"{said} {item.why}", indent=4)
        print(sheet)
    result = marked(given, answers, dt.date.today())
    print(f"\n{result.right} of {result.of} right.")
    if result.badge_until:
        print(f"Passed on {result.day:%d %b %Y}; the badge holds until {result.badge_until:%d %b %Y}.")
        print("It says that you passed this quiz. It is no licence and no training.")
    else:
        print(f"{terms().right_to_pass} are needed. Try again from {result.again:%d %b %Y}.")
    return 0


def _answer(many: int) -> int:
    while True:
        said = input("Your answer: ").strip().casefold()
        if len(said) == 1 and said in _LETTERS[:many]:
            return _LETTERS.index(said)
        print(f"Write a letter from a to {_LETTERS[many - 1]}.")


def _head(sheet: Sheet, given: Paper) -> None:
    held = terms()
    sheet.say("Massage and neuropathy: ten minutes", "bold")
    sheet.say(
        f"{len(given.items)} questions, {held.right_to_pass} right ones pass. Every visit is on "
        f"{given.as_of:%d %b %Y}. Made of the rules of knowledge {given.knowledge}; what is not said of a client is "
        "not known."
    )


def _question(sheet: Sheet, number: int, item: Item) -> None:
    sheet.blank()
    sheet.say(f"{'. '.join(item.known)}.", indent=4, first=f"{number}.")
    sheet.say(item.ask, "bold", indent=4)
    for letter, choice in zip(_LETTERS, item.choices, strict=False):
        sheet.say(choice, indent=7, first=f"    {letter}.")
