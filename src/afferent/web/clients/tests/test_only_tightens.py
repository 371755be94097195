"""A law: nothing that a client says by phone, and nothing said earlier and written later, loosens what a hazard limits.

Compared is what holds with all of it against what would hold had nothing been said again of those hazards: in no region
may more be done, and the decision is no milder.
"""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Collection, Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afferent.body.areas import PLACES
from afferent.body.regions import LEAVES
from afferent.knowledge import load
from afferent.knowledge.model import DECISIONS, URGENCIES, Fact
from afferent.safety import resolve
from afferent.safety.evidence import ELSEWHERE, Evidence, Value
from afferent.safety.findings import Findings
from afferent.safety.person import NEVER, Person
from afferent.safety.screen import find
from afferent.web.clients.knowing import _known
from afferent.web.clients.models import Client
from afferent.web.clients.packed import pack
from afferent.web.clients.standing import Row, standing
from tests.generative.people import AS_OF, numbers, value

KNOWLEDGE = load()
NEAR = numbers(KNOWLEDGE)
ASKED = [f for f in KNOWLEDGE.facts.values() if f.kind != "derived" and f.id not in ("unsettled", "answers_conflict")]
FACTS = [fact for fact in ASKED if len(fact.counts_for) < 2]  # how long a blood count counts hangs on other answers
DRAWN = [fact for fact in FACTS for _ in range(5 if fact.kind in ("number", "choice") else 1)]  # they are few
NAMES = sorted(PLACES)
SOME = settings(max_examples=min(2000, settings().max_examples // 3))  # each example screens whole people


def told(facts: Iterable[Fact], rng: random.Random, day: dt.date) -> list[Evidence]:
    """Any answer to each of these, on a day: also "not sure", and "yes" without a place."""
    return [Evidence(fact.id, _value(fact, rng, day) if rng.random() < 0.95 else None, day) for fact in facts]


def _value(fact: Fact, rng: random.Random, day: dt.date) -> Value:
    known = value(fact, rng, NEAR, hazard=0.7)
    if fact.kind == "date":
        return False if known == NEVER else day - dt.timedelta(days=int(known))
    if fact.kind == "finding" and known and rng.random() < 0.8:
        sides = ["left", "right", "both"] if fact.part else []
        return tuple(rng.choice([*sides, *rng.sample(NAMES, 3), ELSEWHERE]) for _ in range(rng.randint(1, 2)))
    return known


def well(facts: Iterable[Fact]) -> list[Evidence]:
    """Today's best answer to each, where there is one: so that it hangs on the others what may be done."""
    return [Evidence(fact.id, fact.worse == "no", AS_OF) for fact in facts if fact.kind not in ("number", "choice")]


def at_its_best(one: Evidence) -> bool:
    """Is nothing better to be said of this fact? Of a number, an option, and the places that feel there always is."""
    fact = KNOWLEDGE.facts[one.fact]
    return fact.kind in ("yes_no", "finding", "date") and one.value is (fact.worse == "no")


def spared(said: Iterable[Evidence], facts: Collection[str]) -> list[Evidence]:
    return [one for one in said if one.fact not in facts]


def rows(*acts: tuple[str, Iterable[Evidence]]) -> list[Row]:
    """Acts of writing as the database gives them back, in this order."""
    found: list[Row] = []
    for kind, said in acts:
        record = uuid.uuid4()
        for one in said:
            found.append(Row(len(found) + 1, record, kind, "evidence", one.fact, one.origin, pack(one), None))
    return found


def holds(*acts: tuple[str, Iterable[Evidence]]) -> Person:
    known = _known(Client(), standing(rows(*acts), [], KNOWLEDGE), KNOWLEDGE, AS_OF)
    return resolve(known.intake.statements, KNOWLEDGE, AS_OF)


def _headline(findings: Findings) -> tuple[int, int]:
    return DECISIONS.index(findings.decision), URGENCIES.index(findings.urgency)


def looser(before: Person, after: Person) -> str:
    """What may be done after, and might not before; empty: nothing."""
    a, b = find(before, KNOWLEDGE), find(after, KNOWLEDGE)
    first, last = _headline(a), _headline(b)
    if last[0] < first[0] or last[1] < first[1]:
        return f"{a.decision}, {a.urgency} became {b.decision}, {b.urgency}"
    if DECISIONS.index(b.decision) >= DECISIONS.index("clearance_first"):
        return ""  # closed: nothing may be done anywhere
    was, now = a.known.meet(a.held).by_leaf(), b.known.meet(b.held).by_leaf()
    return next((f"{leaf}: {was[leaf]} became {now[leaf]}" for leaf in LEAVES if not was[leaf].allows(now[leaf])), "")


@pytest.mark.parametrize(
    ("first", "then", "earlier"),
    [
        ("answers", "intake", False),
        ("import", "intake", False),
        ("intake", "intake", True),
        ("answers", "import", True),
    ],
)
@SOME
@given(seed=st.integers(0, 2**48))
def test_nothing_told_makes_light_of_a_hazard_that_stands(first: str, then: str, earlier: bool, seed: int) -> None:
    rng = random.Random(seed)
    days = sorted((AS_OF - dt.timedelta(days=rng.choice((0, 0, 1, 5, 20, 45))) for _ in range(2)), reverse=earlier)
    if earlier and days[0] == days[1]:
        days[1] -= dt.timedelta(days=1)
    facts = list(dict.fromkeys(rng.sample(DRAWN, rng.choice((1, 2, 4, 8, 30)))))
    others = ("answers", well(fact for fact in FACTS if fact not in facts and rng.random() < 0.97))
    before = told(facts, rng, days[0])
    again = [told(facts, rng, days[1]) for _ in range(rng.randint(1, 2))]
    hazards = {one.fact for one in before if one.value is not None and not at_its_best(one)}
    without = holds(others, (first, before), *((then, spared(said, hazards)) for said in again))
    hazards &= without.values.keys()  # a number grows too old, an option of another day is asked again
    assert not looser(
        holds(others, (first, before), *((then, spared(said, hazards)) for said in again)),
        holds(others, (first, before), *((then, said) for said in again)),
    )
