"""Whatever comes in: a screening, a sentence, or a refusal. Never a traceback, never half an answer.

A few hundred spoiled inputs of each sort in an ordinary run; 20,000 of each with AFFERENT_PROFILE=nightly.
"""

from __future__ import annotations

import datetime as dt
import json
import random

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from afferent.errors import InputError, Refusal
from afferent.knowledge import load
from afferent.records.read import read_bytes
from afferent.safety import Screening, resolve, screen
from tests.generative import hostile

KNOWLEDGE = load()
AS_OF = dt.date(2026, 11, 22)
seeds = st.integers(0, 2**64 - 1).map(random.Random)
names = st.sampled_from(["record.json", "case.yaml", "standard input"])


def outcome(data: bytes, name: str, answers: bool = False) -> str:
    """What became of it. Any other exception than the two of the project fails the test."""
    try:
        intake = read_bytes(data, name=name, as_of=AS_OF, knowledge=KNOWLEDGE, answers=answers)
        person = resolve(
            intake.statements, KNOWLEDGE, intake.as_of, id=intake.subject, clearances=intake.clearances,
            not_understood=intake.not_understood,
        )  # fmt: skip
        result = screen(person, KNOWLEDGE)
    except (InputError, Refusal) as error:
        sentence = str(error)
        assert sentence.strip()
        assert sentence.isprintable(), sentence
        assert len(sentence) < 600
        return type(error).__name__
    assert isinstance(result, Screening)
    assert result.ask_first  # nothing that is spoiled answers every critical question
    msgspec.json.decode(msgspec.json.encode(result))
    for text in (*intake.notes, *intake.not_understood, *(one.said for one in intake.statements)):
        text.encode()
    return "Screening"


def test_the_sound_ones_are_sound() -> None:
    entries = [{"resource": one} for one in hostile.RESOURCES]
    bundle = json.dumps({"resourceType": "Bundle", "entry": entries}).encode()
    assert outcome(bundle, "record.json") == "Screening"
    assert outcome("\n".join(map(json.dumps, hostile.RESOURCES)).encode(), "record.json") == "Screening"
    for name in ("case.json", "case.yaml"):
        assert outcome(json.dumps(hostile.CASE).encode(), name) == "Screening"


@given(seeds)
def test_spoiled_records(rng: random.Random) -> None:
    outcome(hostile.record(rng), "record.json")


@given(seeds, names, st.booleans())
def test_spoiled_cases(rng: random.Random, name: str, answers: bool) -> None:
    outcome(hostile.case(rng), name, answers)


@given(seeds, names, st.booleans())
def test_broken_bytes(rng: random.Random, name: str, answers: bool) -> None:
    sound = hostile.record(rng) if rng.random() < 0.5 else hostile.case(rng)
    outcome(hostile.broken(sound, rng), name, answers)


@given(st.binary(max_size=200), names, st.booleans())
def test_noise(data: bytes, name: str, answers: bool) -> None:
    outcome(data, name, answers)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
FRAMES = (
    "facts",
    "client",
    "labs",
    "codes",
    "clearances",
    "medicines",
    "none_of",
    "as_of",
    "fact",
    "entry",
    "resource",
)


@settings(max_examples=min(settings.default.max_examples, 2_000))  # such values are slow to make
@given(ANYTHING, st.sampled_from(FRAMES))
def test_any_json_in_every_place(value: object, frame: str) -> None:
    made: dict[str, object] = {frame: value}
    if frame == "fact":
        made = {"facts": {"numb": value, "clot_date": value, "platelets": value}}
    elif frame == "entry":
        made = {"resourceType": "Bundle", "entry": value}
    elif frame == "resource":
        made = {"resourceType": "Bundle", "entry": [{"resource": hostile.RESOURCES[0]}, {"resource": value}]}
    outcome(json.dumps(made).encode(), "case.json")
