"""The laws of the lattice, on the real knowledge and random people.

Combining is a meet. A further hazard never loosens. Learning only resolves what the unknown held back. The order of
statements, and saying them twice, change nothing.
"""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afferent.body.regions import LEAVES, WHOLE
from afferent.knowledge import load
from afferent.knowledge.model import DECISIONS, URGENCIES, Fact
from afferent.safety import Evidence, Person, resolve, screen
from afferent.safety.limits import NO_LIMIT, Limit, Sheet
from afferent.safety.screen import find
from tests.generative.people import AS_OF, numbers, person, places, value

KNOWLEDGE = load()
NEAR = numbers(KNOWLEDGE)
FACTS = [f for f in KNOWLEDGE.facts.values() if f.kind != "derived" and f.id not in ("unsettled", "answers_conflict")]
TECHNIQUES = sorted(KNOWLEDGE.techniques)

limits = st.builds(
    Limit,
    pressure=st.integers(0, 5),
    excluded=st.booleans(),
    minutes=st.integers(1, 60),
    heat=st.booleans(),
    cold=st.booleans(),
    off=st.frozensets(st.sampled_from(TECHNIQUES), max_size=4),
    because=st.frozensets(st.sampled_from(["A", "B", "C"])),
)
layers = st.lists(st.tuples(st.integers(1, WHOLE), limits.filter(lambda limit: limit.because)), max_size=5)
seeds = st.integers(0, 2**48)
SOME = settings(max_examples=min(2000, settings().max_examples // 3))  # each example screens whole people


def sheet(laid) -> Sheet:
    made = Sheet()
    for area, limit in laid:
        made.lay(area, limit)
    return made


@SOME
@given(limits, limits, limits)
def test_the_meet_is_commutative_associative_and_idempotent(a: Limit, b: Limit, c: Limit) -> None:
    assert a.meet(b) == b.meet(a)
    assert a.meet(b.meet(c)) == a.meet(b).meet(c)
    assert a.meet(a) == a
    assert a.meet(NO_LIMIT) == a


@SOME
@given(limits, limits)
def test_the_meet_allows_no_more_than_either(a: Limit, b: Limit) -> None:
    assert a.allows(a.meet(b))
    assert b.allows(a.meet(b))


@SOME
@given(layers, seeds)
def test_a_sheet_does_not_know_in_which_order_or_how_often_it_was_laid(laid, seed: int) -> None:
    shuffled = laid * 2
    random.Random(seed).shuffle(shuffled)
    assert sheet(laid).by_leaf() == sheet(shuffled).by_leaf()


@SOME
@given(layers, layers)
def test_two_sheets_meet_leaf_by_leaf(one, two) -> None:
    both = sheet(one).meet(sheet(two)).by_leaf()
    first, second = sheet(one).by_leaf(), sheet(two).by_leaf()
    assert both == {leaf: first[leaf].meet(second[leaf]) for leaf in LEAVES}


@SOME
@given(layers)
def test_blocks_say_of_every_leaf_what_the_sheet_says(laid) -> None:
    made = sheet(laid)
    seen = 0
    for area, limit in made.blocks():
        assert not seen & area
        seen |= area
        for n, leaf in enumerate(LEAVES):
            if area >> n & 1:
                assert made.region(leaf) == limit
    for n, leaf in enumerate(LEAVES):
        if not seen >> n & 1:
            assert not made.region(leaf).because


def worse(fact: Fact, one: Person, rng: random.Random) -> Person | None:
    """The same person with one known fact made worse; None where it cannot be."""
    now, where = one.values.get(fact.id), dict(one.places)
    if now is None or fact.kind == "choice":
        return None
    if fact.kind in ("yes_no", "finding"):
        bad = fact.worse != "no"
        if now is bad and not where.get(fact.id):
            return None
        if fact.kind == "finding" and bad:
            more = where.get(fact.id, ()) + (places(fact, rng) or places(fact, rng))
            if now is False and not more:
                where.pop(fact.id, None)
            elif more:
                where[fact.id] = more
        else:
            where.pop(fact.id, None)
        changed: bool | float = bad
    else:
        fresh = value(fact, rng, NEAR)
        if fact.worse == "high":
            changed = max(now, fresh)
        elif fact.worse in ("low", "recent"):
            changed = min(now, fresh)
        else:
            side = 1 if now >= fact.middle else -1
            changed = now + side * rng.randint(0, 400)
    return Person(as_of=one.as_of, id=one.id, values={**one.values, fact.id: changed}, places=where)


def closed(findings) -> bool:
    """A closed visit allows nothing anywhere; its sheet only keeps what will hold once it is open."""
    return DECISIONS.index(findings.decision) >= DECISIONS.index("clearance_first")


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.id)
def test_a_further_hazard_never_loosens_anything(fact: Fact) -> None:
    rng = random.Random(f"worse {fact.id}")
    tried = 0
    for _ in range(24):
        before = person(KNOWLEDGE, rng, NEAR, known=rng.choice((0.5, 0.9, 1.0)))
        after = worse(fact, before, rng)
        if after is None:
            continue
        tried += 1
        a, b = find(before, KNOWLEDGE), find(after, KNOWLEDGE)
        assert DECISIONS.index(b.decision) >= DECISIONS.index(a.decision)
        assert URGENCIES.index(b.urgency) >= URGENCIES.index(a.urgency)
        was, now = a.known.by_leaf(), b.known.by_leaf()
        loosened = [leaf for leaf in LEAVES if not closed(b) and not was[leaf].allows(now[leaf])]
        assert not loosened, f"{fact.id}: {was[loosened[0]]} became {now[loosened[0]]}"
    assert tried or fact.kind == "choice"


@SOME
@given(seed=seeds)
def test_learning_only_resolves_what_the_unknown_held_back(seed: int) -> None:
    """Whatever an open critical question turns out to be, no region ends up stricter than it was held."""
    rng = random.Random(seed)
    before = person(KNOWLEDGE, rng, NEAR, known=rng.choice((0.6, 0.9, 0.97)))
    a = find(before, KNOWLEDGE)
    missing = sorted(name for name, why in a.open.items() if why == "missing")
    if not missing:
        return
    fact = KNOWLEDGE.facts[rng.choice(missing)]
    learned, where = value(fact, rng, NEAR), dict(before.places)
    if fact.kind == "finding" and learned:
        where[fact.id] = places(fact, rng)
    b = find(Person(as_of=AS_OF, values={**before.values, fact.id: learned}, places=where), KNOWLEDGE)
    was, now = a.known.meet(a.held).by_leaf(), b.known.meet(b.held).by_leaf()
    tightened = [leaf for leaf in LEAVES if not now[leaf].allows(was[leaf])]
    assert not tightened, f"{fact.id} = {learned}: {was[tightened[0]]} became {now[tightened[0]]} at {tightened[0]}"


@SOME
@given(seed=seeds)
def test_unknown_never_clears(seed: int) -> None:
    """Forgetting what is known of a critical fact never makes the effective limit looser."""
    rng = random.Random(seed)
    whole = person(KNOWLEDGE, rng, NEAR, known=0.97)
    always = [f.id for f in FACTS if f.critical is True and f.id in whole.values]
    name = rng.choice(always)
    values = {key: known for key, known in whole.values.items() if key != name}
    where = {key: known for key, known in whole.places.items() if key != name}
    less = find(Person(as_of=AS_OF, values=values, places=where), KNOWLEDGE)
    more = find(whole, KNOWLEDGE)
    assert name in less.open
    held, known = less.known.meet(less.held).by_leaf(), more.known.by_leaf()
    loosened = [leaf for leaf in LEAVES if not known[leaf].allows(held[leaf])]
    assert not loosened, f"{name}: {known[loosened[0]]} became {held[loosened[0]]} at {loosened[0]}"


@SOME
@given(seed=seeds)
def test_the_order_of_statements_and_saying_them_twice_change_nothing(seed: int) -> None:
    rng = random.Random(seed)
    said = []
    for fact in rng.sample(FACTS, 30):
        if fact.kind in ("yes_no", "finding"):
            for kind in rng.sample(["answer", "code"], rng.randint(1, 2)):
                said.append(Evidence(fact.id, rng.random() < 0.5, AS_OF, kind, kind=kind))
        elif fact.kind == "number":
            said.append(Evidence(fact.id, float(value(fact, rng, NEAR)), AS_OF, "lab", kind="lab"))
    shuffled = said * 2
    rng.shuffle(shuffled)
    one, two = resolve(said, KNOWLEDGE, AS_OF), resolve(shuffled, KNOWLEDGE, AS_OF)
    assert (one.values, one.conflicts) == (two.values, two.conflicts)
    assert screen(one, KNOWLEDGE).effective == screen(two, KNOWLEDGE).effective
