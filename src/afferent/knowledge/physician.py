"""What a physician is asked about a rule, and which fact each answer becomes: the shapes of physician_questions.toml.

An `Item` is one numbered line of a request. It is raised by any of its `rules` that fired, and answered as a whole
(fine, limit to a level, do not) beside its own small questions. Frozen values; `physician_checks` proves them sound.
Ask here too: `openable`, which rules a clinician's answer can open or shape.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from afferent.knowledge.model import Rule, Strength

UNKNOWN = "not known"  # the box that becomes no fact


class AskedOf(Struct, frozen=True, forbid_unknown_fields=True):
    """One question with its boxes.

    `fact`: what the answer becomes; empty where no rule reads it, and the answer is only kept and shown. `boxes`: words
    on a box -> the value, as a case file writes it; a number or a date has none, it is written down. `always`: also
    where something is known already (a count has a newer one). `needs`: only where these facts are so. `also`: worth
    asking while it is not known, although no rule of the item has fired.
    """

    text: str
    fact: str = ""
    boxes: dict[str, Any] = {}
    always: bool = False
    needs: tuple[str, ...] = ()
    also: bool = False


class PhysicianExample(Struct, frozen=True, forbid_unknown_fields=True):
    """`given` facts (as a case file writes them) and, where wanted, an `answer`; `then` what must come of it."""

    say: str
    given: dict[str, Any]
    then: dict[str, Any]
    answer: dict[str, Any] = {}


class Item(Struct, frozen=True, forbid_unknown_fields=True):
    """One line of a request.

    `title`: what it is about while nothing more is known; `placed`: the same with `{place}`, from the findings in
    `place_of`. `date_of`: the date that is said after it; `value_of`: the numbers and choices, each with the words
    before it.
    """

    rules: tuple[str, ...]
    title: str
    placed: str = ""
    place_of: tuple[str, ...] = ()
    date_of: str = ""
    value_of: dict[str, str] = {}
    asks: tuple[AskedOf, ...] = ()
    sources: tuple[str, ...] = ()
    strength: Strength = "N"
    example: tuple[PhysicianExample, ...] = ()
    id: str = ""


def openable(rule: Rule) -> bool:
    """Can a clinician's answer open this rule, or set how far it goes?"""
    effects = any(one.cleared is not None or one.decision == "clearance_first" for one in rule.effects)
    return effects or "cleared(" in rule.until
