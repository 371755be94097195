"""One rule text, two engines: DuckDB must say of thousands of random people what the scalar evaluator says."""

from __future__ import annotations

import datetime as dt
import random
import tempfile

import duckdb
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afferent.knowledge import load
from afferent.population import sql
from afferent.population.columns import layout, row
from afferent.safety import Evidence, Person, resolve
from afferent.safety.logic import test as ask
from afferent.safety.prepared import ready
from afferent.safety.screen import find
from tests.generative.people import AS_OF, numbers, person, value

KNOWLEDGE = load()
NEAR = numbers(KNOWLEDGE)


def _somebody(rng: random.Random) -> Person:
    """Anybody, now and then with a blood count that only chemotherapy has made too old."""
    one = person(KNOWLEDGE, rng, NEAR)
    counts = [fact for fact in KNOWLEDGE.facts.values() if fact.kind == "number" and len(fact.counts_for) > 1]
    return msgspec.structs.replace(
        one, last={fact.id: float(value(fact, rng, NEAR)) for fact in counts if rng.random() < 0.3}
    )


def _table(people, changed=None) -> duckdb.DuckDBPyConnection:
    """The people as a DuckDB table `person`, by way of a file of JSON lines."""
    db = duckdb.connect()
    types = layout(KNOWLEDGE).types
    with tempfile.NamedTemporaryFile(suffix=".ndjson") as file:
        for one in people:
            file.write(msgspec.json.encode(row(one, find(one, KNOWLEDGE).view, KNOWLEDGE) | (changed or {})) + b"\n")
        file.flush()
        shape = ", ".join(f"'{name}': '{kind}'" for name, kind in types.items())
        db.execute(
            f"create table person as from read_json('{file.name}', columns = {{{shape}}}, format = 'newline_delimited')"
        )
    return db


def _states(one) -> dict[str, bool | None]:
    """The scalar evaluator's word on every rule."""
    outcomes = {outcome.ready.rule.id: outcome.state for outcome in find(one, KNOWLEDGE).outcomes}
    return {rule.rule.id: outcomes.get(rule.rule.id, False) for rule in ready(KNOWLEDGE).rules}


@settings(max_examples=3, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_every_rule_has_the_same_state_in_duckdb(seed: int) -> None:
    rng = random.Random(seed)
    people = {one.id: one for one in (_somebody(rng) for _ in range(400))}
    answer = _table(people.values()).execute(sql.screening(KNOWLEDGE))
    names = [column[0] for column in answer.description]
    for found in answer.fetchall():
        by_rule = dict(zip(names, found, strict=True))
        one = people[by_rule.pop("person")]
        assert by_rule == _states(one)


def test_every_condition_in_the_knowledge_has_the_same_truth_in_duckdb() -> None:
    rng = random.Random(20261122)
    people = [_somebody(rng) for _ in range(1000)]
    db = _table(people)
    texts = list(KNOWLEDGE.meanings)
    shown = ", ".join(sql.expression(KNOWLEDGE.meanings[text], KNOWLEDGE).sql(dialect="duckdb") for text in texts)
    for one, found in zip(people, db.execute(f"select {shown} from person").fetchall(), strict=True):
        view = find(one, KNOWLEDGE).view
        for text, truth in zip(texts, found, strict=True):
            assert ask(text, KNOWLEDGE)(view) is truth, text


@pytest.mark.parametrize("days", [6, 7, 8, 89, 90, 91])
@pytest.mark.parametrize("chemo", [True, False, None])
def test_a_result_counts_as_long_in_sql_as_it_does_for_one_person(days: int, chemo: bool | None) -> None:
    told = [Evidence("platelets", 42.0, AS_OF - dt.timedelta(days=days), "lab", kind="lab")]
    if chemo is not None:
        told.append(Evidence("chemo_date", AS_OF - dt.timedelta(days=10) if chemo else False, AS_OF))
    one = resolve(told, KNOWLEDGE, AS_OF, id="one")
    db = _table([one], {"platelets": 42.0, "platelets__date": told[0].date})
    counting = sql.people(KNOWLEDGE).sql(dialect="duckdb")
    counted = db.execute(f"select platelets, platelets__last from ({counting})").fetchone()
    assert counted == (one.values.get("platelets"), one.last.get("platelets"))


def test_the_same_query_is_written_for_spark() -> None:
    text = sql.screening(KNOWLEDGE, dialect="spark")
    assert "`PE-SUSPECT`" in text
    assert "DATEDIFF" in text
