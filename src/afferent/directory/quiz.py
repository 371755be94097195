"""The ten-minute quiz on neuropathy, made of the worked examples that stand in the rules; and the badge that it dates.

Ask here: `paper(knowledge, seed)`, `marked(paper, answers, day)`, `valid(badge, day)`. The same seed and knowledge
make the same paper. The right answer is the one that the test suite holds the rules to, so it cannot be out of date.
A badge says that somebody passed, never that somebody is licensed or trained.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from typing import Any, Final, Literal

import msgspec
from msgspec import Struct

from afferent.body.regions import AREA
from afferent.directory.published import TABLES
from afferent.errors import InputError, KnowledgeError
from afferent.knowledge import Knowledge
from afferent.knowledge.loader import read_toml
from afferent.knowledge.model import DECISIONS, Example, Fact, Rule
from afferent.words.places import regions_phrase
from afferent.words.vocabulary import DECISION, LEVELS, STRENGTH, capital, level

Kind = Literal["decision", "pressure", "where"]
_ASKS: Final[dict[Kind, str]] = {
    "decision": "What holds for the visit?",
    "pressure": "How hard may a hand press here at most: {place}?",
    "where": "Which of these places is left alone?",
}
_APART: Final = ("clearances", "recorded")  # examples of a record or a clearance are too long for a minute


class Terms(Struct, frozen=True, forbid_unknown_fields=True):
    """quiz.toml: how many questions of which kind, how many right ones pass, how long a badge lasts."""

    as_of: dt.date
    questions: int
    choices: int
    minutes: int
    right_to_pass: int
    days_until_again: int
    months_valid: int
    decision: int
    pressure: int
    where: int


class Item(Struct, frozen=True):
    """One question: what is known of a client, what is asked, the choices, the place of the right one, and why."""

    rule: str
    kind: Kind
    known: tuple[str, ...]
    ask: str
    choices: tuple[str, ...]
    right: int
    why: str


class Paper(Struct, frozen=True):
    """One quiz. `knowledge`: the version it is made of."""

    seed: int
    knowledge: str
    as_of: dt.date
    items: tuple[Item, ...]


class Marked(Struct, frozen=True):
    """What became of it. `badge_until`: the last day of the badge, None without one. `again`: from when on it may be
    tried again."""

    right: int
    of: int
    passed: bool
    day: dt.date
    badge_until: dt.date | None
    again: dt.date


def terms() -> Terms:
    """The terms as published. Raises KnowledgeError."""
    try:
        found = msgspec.convert(read_toml(TABLES / "quiz.toml"), Terms)
    except msgspec.ValidationError as error:
        raise KnowledgeError(f"quiz.toml: {error}") from None
    if found.decision + found.pressure + found.where != found.questions or found.right_to_pass > found.questions:
        raise KnowledgeError("quiz.toml: the kinds must add up to `questions`, and `right_to_pass` be no more")
    return found


def paper(knowledge: Knowledge, seed: int) -> Paper:
    """A quiz: no rule twice, the kinds as quiz.toml says."""
    held, chance = terms(), random.Random(seed)
    wanted: dict[Kind, int] = {"where": held.where, "pressure": held.pressure, "decision": held.decision}
    used, items = set[str](), list[Item]()
    for kind, many in wanted.items():
        pool = [(rule, one) for rule, one in _examples(knowledge) if _fits(kind, one)]
        chance.shuffle(pool)
        found = 0
        for rule, one in pool:
            if found == many or rule.id in used:
                continue
            item = _item(kind, rule, one, knowledge, chance, held.choices)
            if item:
                items.append(item)
                used.add(rule.id)
                found += 1
    chance.shuffle(items)
    return Paper(seed, knowledge.version, held.as_of, tuple(items))


def marked(given: Paper, answers: Sequence[int], day: dt.date) -> Marked:
    """Count the right ones. Raises InputError for a wrong number of answers."""
    if len(answers) != len(given.items):
        raise InputError(f"quiz: {len(given.items)} answers are needed, not {len(answers)}")
    held = terms()
    right = sum(item.right == answer for item, answer in zip(given.items, answers, strict=True))
    passed = right >= held.right_to_pass
    until = _later(day, held.months_valid) if passed else None
    return Marked(right, len(given.items), passed, day, until, day + dt.timedelta(days=held.days_until_again))


def valid(result: Marked, day: dt.date) -> bool:
    """Does the badge still hold on this day?"""
    return result.badge_until is not None and result.day <= day <= result.badge_until


def _later(day: dt.date, months: int) -> dt.date:
    years, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 28):  # 29 February ends on the 28th
        try:
            return dt.date(day.year + years, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has a 28th")


def _examples(knowledge: Knowledge) -> Iterator[tuple[Rule, Example]]:
    for rule in knowledge.rules.values():
        for one in rule.examples:
            plain = not any(name in one.given for name in _APART) and all(name in knowledge.facts for name in one.given)
            if one.given and plain and one.then.get("fires"):
                yield rule, one


def _fits(kind: Kind, one: Example) -> bool:
    then = one.then
    if kind == "where":
        return bool(then.get("excluded")) and "body" not in then["excluded"]
    if kind == "pressure":
        return any(region not in then.get("excluded", ()) and region != "body" for region in then.get("pressure", ()))
    return "decision" in then


def _item(
    kind: Kind, rule: Rule, one: Example, knowledge: Knowledge, chance: random.Random, many: int
) -> Item | None:  # fmt: skip
    asked, right, others = _ASKED[kind](one, knowledge)
    if len(others) < many - 1:
        return None
    choices = [right, *others[: many - 1]] if kind == "pressure" else [right, *chance.sample(others, many - 1)]
    choices = sorted(choices) if kind == "pressure" else chance.sample(choices, many)
    return Item(
        rule=rule.id, kind=kind, known=tuple(_said(knowledge.facts[name], value) for name, value in one.given.items()),
        ask=_ASKS[kind].format(place=asked), choices=tuple(choices), right=choices.index(right),
        why=f"{rule.title}: {rule.says} {rule.why} (Rule {rule.id}; {rule.strength}: {STRENGTH[rule.strength]}.)",
    )  # fmt: skip


def _decision(one: Example, knowledge: Knowledge) -> tuple[str, str, list[str]]:
    right = one.then["decision"]
    return "", capital(DECISION[right]), [capital(DECISION[name]) for name in DECISIONS if name != right]


def _pressure(one: Example, knowledge: Knowledge) -> tuple[str, str, list[str]]:
    """The nearest levels stand beside the right one."""
    excluded = one.then.get("excluded", ())
    region, most = next((r, n) for r, n in one.then["pressure"].items() if r not in excluded and r != "body")
    near = sorted((n for n in range(len(LEVELS)) if n != most), key=lambda n: (abs(n - most), n))
    return regions_phrase([region]), level(most), [level(n) for n in near]


def _where(one: Example, knowledge: Knowledge) -> tuple[str, str, list[str]]:
    """The wrong ones are places that the example, or the rules' other limits in it, leave open."""
    left_alone = 0
    for region in one.then["excluded"]:
        left_alone |= AREA[region]
    places = ("head_neck", "hand.left", "hand.right", "foot.left", "foot.right", "back", "thigh.left", "thigh.right")
    open_ones = [place for place in places if not AREA[place] & left_alone]
    if not _alone(one, open_ones, knowledge):
        return "", "", []
    return "", capital(regions_phrase(one.then["excluded"])), [capital(regions_phrase([one])) for one in open_ones]


def _alone(one: Example, places: list[str], knowledge: Knowledge) -> bool:
    """Are these places really open, by the whole screening and not only by what the example checks?"""
    from afferent.records.answers import statements
    from afferent.safety import resolve
    from afferent.safety.screen import find

    day = terms().as_of
    sheets = find(resolve(statements(dict(one.given), knowledge, day), knowledge, day), knowledge)
    return all(not sheets.known.region(place).excluded for place in places if place in AREA)


_ASKED: Final[dict[Kind, Any]] = {"decision": _decision, "pressure": _pressure, "where": _where}


def _said(fact: Fact, value: Any) -> str:
    """One fact and its value, as a person reads it."""
    if isinstance(value, dict):
        date = f" ({value['date']})" if "date" in value else ""
        told = str(value.get("value", ""))
        unit = f" {fact.unit}" if fact.unit and not told.endswith(fact.unit) else ""
        return f"{fact.title}: {told}{unit}{date}"
    places = [value] if isinstance(value, str) else value
    if fact.kind == "finding" and all(place in AREA for place in places):
        return f"{fact.title}: {regions_phrase(places)}"
    if isinstance(value, list):
        return f"{fact.title}: {', '.join(map(str, value))}"
    if fact.kind == "choice":
        return f"{fact.title}: {fact.options.get(str(value), value)}"
    return f"{fact.title}: {value}"
