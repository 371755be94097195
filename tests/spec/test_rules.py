"""Every worked example that stands in the knowledge, run. Folder = rules, file = TOML, test = one example.

`given` holds facts as a case file writes them, and may hold `clearances` and `recorded` (facts as a health record
states them). `then` may say: fires, decision, urgency, ask_first, excluded, not_excluded, clearance_for, pressure,
minutes, off, off_held (until answered), heat_off, cold_off, advice, asks, fired, not_fired, possible, held (regions
that are excluded until answered), heat_held, cold_held (off until answered), heat_open, cold_open (neither off nor
held), points_off, positions_off.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
import pytest

from afferent.body.regions import AREA
from afferent.knowledge import load
from afferent.knowledge.model import Example, Rule
from afferent.records.answers import statements
from afferent.safety import resolve, screen
from afferent.safety.evidence import Clearance
from afferent.safety.limits import Sheet
from afferent.safety.screen import find
from afferent.safety.screening import Screening

AS_OF = dt.date(2026, 11, 22)
KNOWLEDGE = load()
EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.id}: {example.say}")
    for rule in KNOWLEDGE.rules.values()
    for example in rule.examples
]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_example(rule: Rule, example: Example) -> None:
    given = dict(example.given)
    clearances = msgspec.convert(given.pop("clearances", []), list[Clearance], strict=False)
    recorded = statements(given.pop("recorded", {}), KNOWLEDGE, AS_OF, origin="record", kind="code")
    said = [*statements(given, KNOWLEDGE, AS_OF), *recorded]
    person = resolve(said, KNOWLEDGE, AS_OF, clearances=clearances)
    result, sheets = screen(person, KNOWLEDGE), find(person, KNOWLEDGE)
    for what, expected in example.then.items():
        assert CHECKS[what](rule, expected, result, sheets.known, sheets.held), f"{what} = {expected}"


def _states(result: Screening) -> dict[str, str]:
    return {one.id: one.state for one in result.rules}


def _covers(area: int, regions: list[str]) -> bool:
    return all(AREA[region] & ~area == 0 for region in regions)


def _off(expected: dict[str, Any], sheet: Sheet) -> bool:
    return all(set(names) <= sheet.region(region).off for region, names in expected.items())


def _excluded(result: Screening) -> int:
    return sum(AREA[region] for region in result.excluded)


CHECKS: dict[str, Any] = {
    "fires": lambda rule, want, result, known, held: (_states(result).get(rule.id) == "fired") is want,
    "fired": lambda rule, want, result, known, held: all(_states(result).get(one) == "fired" for one in want),
    "not_fired": lambda rule, want, result, known, held: not any(_states(result).get(one) == "fired" for one in want),
    "possible": lambda rule, want, result, known, held: (_states(result).get(rule.id) == "possible") is want,
    "decision": lambda rule, want, result, known, held: result.decision == want,
    "urgency": lambda rule, want, result, known, held: result.urgency == want,
    "excluded": lambda rule, want, result, known, held: set(result.excluded) == set(want),
    "not_excluded": lambda rule, want, result, known, held: not any(AREA[one] & _excluded(result) for one in want),
    "clearance_for": lambda rule, want, result, known, held: set(result.clearance_for) == set(want),
    "pressure": lambda rule, want, result, known, held: all(known.region(r).pressure == p for r, p in want.items()),
    "minutes": lambda rule, want, result, known, held: all(known.region(r).minutes == p for r, p in want.items()),
    "off": lambda rule, want, result, known, held: _off(want, known),
    "off_held": lambda rule, want, result, known, held: _off(want, held),
    "heat_off": lambda rule, want, result, known, held: _covers(known.where(lambda limit: not limit.heat), want),
    "cold_off": lambda rule, want, result, known, held: _covers(known.where(lambda limit: not limit.cold), want),
    "advice": lambda rule, want, result, known, held: set(want) <= {one.id for one in result.advice},
    "asks": lambda rule, want, result, known, held: set(want) <= {one.fact for one in result.questions},
    "held": lambda rule, want, result, known, held: _covers(held.where(lambda limit: limit.excluded), want),
    "ask_first": lambda rule, want, result, known, held: result.ask_first is want,
    "heat_held": lambda rule, want, result, known, held: _covers(held.where(lambda limit: not limit.heat), want),
    "cold_held": lambda rule, want, result, known, held: _covers(held.where(lambda limit: not limit.cold), want),
    "heat_open": lambda rule, want, result, known, held: all(known.meet(held).region(r).heat for r in want),
    "cold_open": lambda rule, want, result, known, held: all(known.meet(held).region(r).cold for r in want),
    "points_off": lambda rule, want, result, known, held: set(want) <= {one.point for one in result.points_off},
    "positions_off": lambda rule, want, result, known, held: set(want) <= set(result.session.positions_off),
}


@pytest.mark.parametrize("rule", KNOWLEDGE.rules.values(), ids=lambda rule: rule.id)
def test_every_rule_shows_when_it_fires_and_a_near_miss(rule: Rule) -> None:
    fires = [example.then.get("fires") for example in rule.examples]
    assert True in fires
    assert False in fires
