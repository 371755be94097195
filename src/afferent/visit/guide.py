"""Where what the client says is no guide, though the place is not numb: it counts against a level, never for it.

Ask here: `no_guide` (the sentence for the therapist's face), `cannot_say` (for the note). Rules and sentences are those
of checkins.toml. A numb place is told by `where.is_numb`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from msgspec import Struct, convert

from afferent.safety.screening import Screening
from afferent.visit.data import table


class NoGuide(Struct, frozen=True, forbid_unknown_fields=True):
    """A rule under which a word is no guide. `title` and `why` stand there all the time; with each word `fired` while
    the rule holds, `possible` while nobody knows whether it does; empty where nothing is said. `at_all`: no guide at
    all, so that the note says so too; otherwise the word counts for less.
    """

    title: str
    fired: str
    possible: str
    why: str
    at_all: bool


RULES: Final = convert(table("checkins")["no_guide"], dict[str, NoGuide])


class Told(Struct, frozen=True):
    """What the therapist's face says of every word in this visit, and beside; all empty where a word is a guide."""

    title: str = ""
    says: str = ""
    why: str = ""


def no_guide(screening: Screening) -> Told:
    """The first rule in the order of checkins.toml that has something to say."""
    states = {rule.id: rule.state for rule in screening.rules}
    for name, rule in RULES.items():
        says = {"fired": rule.fired, "possible": rule.possible}.get(states.get(name, ""), "")
        if says:
            return Told(rule.title, says, rule.why)
    return Told()


def cannot_say(rules: Iterable[str]) -> bool:
    """Do these rules, which fired, make every word no guide at all?"""
    return any(RULES[name].at_all for name in rules if name in RULES)
