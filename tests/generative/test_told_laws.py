"""A law of what is told: one more hazard, said or recorded, never makes the verdict or a known limit any looser.

`test_laws` asks this of people whose facts are known already. Here it is asked of statements with their dates, because
how long a result counts may hang on another fact: chemotherapy makes a blood count old after a week.
"""

from __future__ import annotations

import datetime as dt
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afferent.body.regions import LEAVES
from afferent.knowledge import load
from afferent.knowledge.model import DECISIONS, URGENCIES, Fact
from afferent.safety import Evidence, resolve
from afferent.safety.evidence import Clearance
from afferent.safety.findings import Findings
from afferent.safety.screen import find
from tests.generative.people import AS_OF, benign, numbers, value

KNOWLEDGE = load()
NEAR = numbers(KNOWLEDGE)
ASKED = [f for f in KNOWLEDGE.facts.values() if f.kind != "derived" and f.id not in ("unsettled", "answers_conflict")]
NUMBERS = [fact for fact in ASKED if fact.kind == "number"]
HAZARDS = [fact for fact in ASKED if fact.kind in ("yes_no", "finding", "date")]
COUNTS = [fact for fact in NUMBERS if len(fact.counts_for) > 1]  # how long they count hangs on something else
SHORTENS = {name for n in COUNTS for age in n.counts_for if age.when for name in KNOWLEDGE.inputs(age.when)}
RECENT = [fact for fact in HAZARDS if fact.id in SHORTENS]
SOME = settings(max_examples=min(2000, settings().max_examples))
seeds = st.integers(0, 2**48)


def ago(days: float) -> dt.date:
    return AS_OF - dt.timedelta(days=int(days))


def well(fact: Fact) -> Evidence:
    """The best that can be said of it today; of a date, that it never was."""
    return Evidence(fact.id, fact.worse == "no" if fact.kind != "date" else False, AS_OF)


def hazard(fact: Fact, rng: random.Random) -> Evidence:
    """The worse thing, answered today: of a finding without a place, so that it is everywhere it may be."""
    if fact.kind == "date":
        return Evidence(fact.id, ago(rng.choice((0, 3, 10, 40, 80))), AS_OF)
    return Evidence(fact.id, fact.worse != "no", AS_OF)


def count(fact: Fact, rng: random.Random) -> Evidence:
    """A result of any age that anybody may still count, from a laboratory or only told."""
    days = rng.choice((0, 6, 7, 8, 30, 60, 90, 91, 400))
    kind = rng.choice(("lab", "lab", "answer"))
    measured = benign(fact, NEAR) if rng.random() < 0.3 else value(fact, rng, NEAR)
    return Evidence(fact.id, float(measured), ago(days), kind, kind=kind)  # type: ignore[arg-type]


def looser(before: Findings, after: Findings) -> str:
    """What became looser, in words; empty where nothing did."""
    if DECISIONS.index(after.decision) < DECISIONS.index(before.decision):
        return f"{before.decision} became {after.decision}"
    if URGENCIES.index(after.urgency) < URGENCIES.index(before.urgency):
        return f"{before.urgency} became {after.urgency}"
    if DECISIONS.index(after.decision) >= DECISIONS.index("postpone"):
        return ""  # closed: nothing may be done anywhere, and no answer opens it
    was, now = before.known.by_leaf(), after.known.by_leaf()
    return next((f"{leaf}: {was[leaf]} became {now[leaf]}" for leaf in LEAVES if not was[leaf].allows(now[leaf])), "")


def told(*said: Evidence, clearances: tuple[Clearance, ...] = ()) -> Findings:
    return find(resolve(said, KNOWLEDGE, AS_OF, clearances=clearances), KNOWLEDGE)


@SOME
@given(seeds)
def test_one_more_hazard_that_is_told_never_loosens(seed: int) -> None:
    rng = random.Random(seed)
    base = {fact.id: well(fact) for fact in HAZARDS if rng.random() < 0.9}
    for fact in rng.sample(HAZARDS, rng.choice((0, 0, 1, 3))):
        base[fact.id] = hazard(fact, rng)
    said = [*base.values(), *(count(fact, rng) for fact in COUNTS for _ in range(rng.choice((0, 1, 1, 2))))]
    said += [count(fact, rng) for fact in rng.sample(NUMBERS, rng.choice((0, 1, 2)))]
    more = rng.choice(RECENT if rng.random() < 0.6 else HAZARDS)
    before, after = told(*said), told(*(one for one in said if one.fact != more.id), hazard(more, rng))
    if base.get(more.id) == well(more):
        assert not looser(before, after), more.id


CHEMO = Evidence("chemo_date", ago(20), AS_OF)
NO_CHEMO = Evidence("chemo_date", False, AS_OF)


@pytest.mark.parametrize("fact", COUNTS, ids=lambda fact: fact.id)
@pytest.mark.parametrize("days", [0, 7, 8, 30, 90, 91])
@pytest.mark.parametrize("thinner", [False, True])
def test_chemotherapy_newly_told_of_never_loosens_what_a_blood_count_holds(fact: Fact, days: int, thinner: bool):
    drug = Evidence("anticoagulant", thinner, AS_OF)
    for low in sorted({*NEAR[fact.id], 8.0, 15.0, 42.0, 60.0, 480.0}):
        for kind in ("lab", "answer"):
            result = Evidence(fact.id, low, ago(days), "lab", kind=kind)  # type: ignore[arg-type]
            assert not looser(told(result, drug, NO_CHEMO), told(result, drug, CHEMO)), (low, kind)
            also = Evidence(fact.id, 10_000.0, AS_OF, "answer")
            assert not looser(told(result, also, drug, NO_CHEMO), told(result, also, drug, CHEMO)), (low, kind, "told")


def test_what_an_answer_opens_is_no_looser_in_chemotherapy() -> None:
    """Platelets of 42 with a blood thinner, a month old: 0 holding with an answer, and so it stays in chemotherapy."""
    result = Evidence("platelets", 42.0, ago(30), "lab", kind="lab")
    drug = (Evidence("anticoagulant", True, AS_OF), Evidence("anticoagulant_reason", "rhythm", AS_OF))
    rules = ("PLT-50", "PLT-100", "PLT-UNKNOWN", "ANTICOAG")
    yes = (Clearance(rules, "Dr A", AS_OF, answer="limit", pressure={"body": 3}),)
    before = told(result, *drug, NO_CHEMO, clearances=yes)
    after = told(result, *drug, CHEMO, clearances=yes)
    assert not looser(before, after)
    assert {limit.pressure for limit in after.known.by_leaf().values()} == {0}


def test_a_count_that_chemotherapy_made_old_still_clears_nobody() -> None:
    """Stale is unknown [safety-clarifications.md 18]: a good one opens nothing, a low one is known low, and asked."""
    good = told(Evidence("platelets", 180.0, ago(8), "lab", kind="lab"), CHEMO)
    low = told(Evidence("platelets", 8.0, ago(8), "lab", kind="lab"), CHEMO)
    for found in (good, low):
        assert "PLT-UNKNOWN" in {one.ready.rule.id for one in found.outcomes if one.state is True}
        assert found.open["platelets"] == "missing"
    assert "PLT-OK" not in {one.ready.rule.id for one in good.outcomes if one.state is True}
    assert (good.decision, low.decision) == ("clearance_first", "do_not_treat_refer")
