"""What holds of every set of answers, every series and every table, however they are made."""

from __future__ import annotations

import datetime as dt
import random
import unicodedata
from collections import Counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from afferent.errors import InputError
from afferent.knowledge import load
from afferent.knowledge.measures import Item, Measure
from afferent.outcomes.readings import Reading
from afferent.outcomes.scoring import NotScored, Scored, score
from afferent.outcomes.series import Series, series
from afferent.records.scores import read_bytes, template, write
from tests.generative import hostile

MEASURES = load().measures
FEWER = settings(max_examples=min(settings.default.max_examples, 2_000))  # lists of such things are slow to make
TODAY = dt.date(2026, 11, 22)
FIRST = dt.date(2026, 1, 1)
measures = st.sampled_from(list(MEASURES.values()))


def possible(item: Item, measure: Measure) -> st.SearchStrategy[Any]:
    match item.kind:
        case "yes_no":
            return st.sampled_from(["yes", "no"])
        case "levels":
            return st.integers(item.first, item.first + len(item.levels) - 1)
        case "0-10":
            return st.integers(0, 10)
        case _:
            return st.integers(0, int(measure.range[1]))


@st.composite
def answered(draw: Any) -> tuple[Measure, dict[str, Any]]:
    measure = draw(measures)
    return measure, {item.id: draw(possible(item, measure)) for item in measure.items}


@given(answered())
def test_a_full_set_of_answers_has_a_score_within_the_range(made: tuple[Measure, dict[str, Any]]) -> None:
    measure, answers = made
    found = score(measure, answers)
    assert isinstance(found, Scored)
    assert measure.range[0] <= found.value <= measure.range[1]
    assert found.value % 1 == 0 or not measure.whole


@given(answered(), st.data())
def test_one_answer_higher_is_never_a_lower_score(made: tuple[Measure, dict[str, Any]], data: st.DataObject) -> None:
    """Of a key: the answer that counts, in place of the one that does not."""
    measure, answers = made
    item = data.draw(st.sampled_from(measure.items))
    higher = data.draw(possible(item, measure)) if item.kind != "yes_no" else item.counts or "yes"
    if item.kind != "yes_no" and higher < answers[item.id]:
        higher, answers[item.id] = answers[item.id], higher
    before, after = score(measure, answers), score(measure, {**answers, item.id: higher})
    assert isinstance(before, Scored)
    assert isinstance(after, Scored)
    assert after.value >= before.value


@given(answered(), st.data())
def test_whatever_is_missing_is_named_and_nothing_else(
    made: tuple[Measure, dict[str, Any]], data: st.DataObject
) -> None:
    measure, answers = made
    gone = data.draw(st.sets(st.sampled_from([item.id for item in measure.items])))
    found = score(measure, {key: said for key, said in answers.items() if key not in gone})
    open_ = tuple(item.id for item in measure.items if item.id in gone and measure.scored(item))
    assert isinstance(found, NotScored) is bool(open_)
    if isinstance(found, NotScored):
        assert (found.missing, found.faults) == (open_, ())


junk = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.lists(st.integers(), max_size=2)
)


@given(measures, st.dictionaries(st.sampled_from(["pain", "1", "7", "change", "x"]), junk))
def test_any_answer_gives_a_score_or_its_reason(measure: Measure, answers: dict[str, Any]) -> None:
    found = score(measure, answers)
    assert isinstance(found, Scored) or found.missing or found.faults


words = st.sampled_from(["", "A", "B", "baseline", "massage", "0", "1", "2", "washout"])
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12).map(
    lambda text: unicodedata.normalize("NFC", text).strip()
)
dates = st.integers(-40, 400).map(lambda n: FIRST + dt.timedelta(days=n))
said = {
    "phase": words, "block": st.none() | st.integers(0, 5), "visit": st.none() | st.booleans(),
    "minutes": st.none() | st.floats(0, 600), "pressure": st.none() | st.sampled_from([0.0, 1.0, 2.0, 5.0]),
    "flare": st.none() | st.booleans(), "note": texts,
}  # fmt: skip
readings = st.builds(Reading, day=dates, value=st.none() | st.integers(-1, 12).map(float), **said)
wild = st.builds(
    Reading,
    day=dates | st.integers(-12_000, 12_000),
    value=st.none() | st.floats(-1, 12) | st.integers(-1, 12) | st.text(max_size=3) | st.booleans(),
    **{**said, "minutes": st.none() | st.floats(), "pressure": st.none() | st.floats()},
)


@FEWER
@given(st.lists(wild, max_size=25))
def test_every_reading_is_used_empty_or_set_aside_with_a_sentence(given_: list[Reading]) -> None:
    found = series(MEASURES["nrs_pain"], given_, today=TODAY)
    days = [one.day for one in (*found.used, *found.unanswered)]
    assert len(set(days)) == len(days)
    assert days == sorted(days[: len(found.used)]) + sorted(days[len(found.used) :])
    assert all(one.why.strip() and one.why.isprintable() for one in found.set_aside)
    kept = Counter(one.day for one in (*found.used, *found.unanswered))
    left = Counter(one.reading.day for one in found.set_aside if one.reading is not None)
    for day, times in Counter(one.day for one in given_).items():
        assert kept[day] + left[day] >= 1, day
        assert kept[day] + left[day] <= times
    assert len(found.on) == len(found.block) == len(found.used)
    assert [side is None for side in found.on] == [number is None for number in found.block]
    numbers = [number for number in found.block if number is not None]
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(1, len(set(numbers)) + 1))


@FEWER
@given(st.lists(wild, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing_but_its_own_fault(given_: list[Reading], chance: random.Random) -> None:
    other = given_.copy()
    chance.shuffle(other)
    one, two = (series(MEASURES["nrs_pain"], rows, today=TODAY) for rows in (given_, other))
    assert [(r.day, r.value, r.phase) for r in one.used] == [(r.day, r.value, r.phase) for r in two.used]
    assert (one.on, one.block, len(one.set_aside)) == (two.on, two.block, len(two.set_aside))


@FEWER
@given(
    st.dictionaries(
        st.tuples(texts.filter(bool), st.sampled_from(list(MEASURES))), st.lists(readings, max_size=8), max_size=4
    )
)
def test_what_is_written_is_read_again(made: dict[tuple[str, str], list[Reading]]) -> None:
    before = {key: series(MEASURES[key[1]], given_, today=TODAY) for key, given_ in made.items()}
    before = {key: one for key, one in before.items() if one.used or one.unanswered}
    if not before:
        return
    after = read_bytes(write(before).encode(), name="s.csv", today=TODAY, measures=MEASURES).series
    assert set(after) == set(before)
    for key, one in before.items():
        assert (after[key].set_aside, after[key].on, after[key].block) == ((), one.on, one.block)
        assert [same(r) for r in after[key].used] == [same(r) for r in one.used]
        assert [same(r) for r in after[key].unanswered] == [same(r) for r in one.unanswered]


def same(reading: Reading) -> Reading:
    return replace(reading, line=0)


TABLE = template(FIRST).replace(",,A", ",6,A").replace(",,B", ",5,B").encode()
CELLS = st.sampled_from(
    ["", "6", "6,5", "=cmd", "-1", "1000000000", "NaN", "2026-10-05", "03/04/2026", "x" * 300, '"', "A", "yes", "\t",
     ";", "'=1", "é", "\u200b", "\u202e", "0001-01-01", "99999-01-01", "1" * 5000, "\r", "date", "pain", "🦶"]
)  # fmt: skip
HEADS = [
    "date",
    "day",
    "pain",
    "score",
    "measure",
    "person",
    "phase",
    "visit",
    "minutes",
    "pressure",
    "sore",
    "note",
    "?",
    "",
]


def outcome(data: bytes) -> None:
    """A sentence or series; any other exception fails the test."""
    try:
        found = read_bytes(data, name="s.csv", today=TODAY, measures=MEASURES)
    except InputError as error:
        sentence = str(error)
        assert sentence.isprintable()
        assert len(sentence) < 600
        return
    for one in found.series.values():
        assert isinstance(one, Series)
        assert all(r.value is not None and r.value >= 0 for r in one.used)
    assert all(line.isprintable() and len(line) < 700 for line in found.faults)


@given(st.integers(0, 2**64 - 1).map(random.Random))
def test_broken_bytes(rng: random.Random) -> None:
    outcome(hostile.broken(TABLE, rng))


@FEWER
@given(st.lists(st.sampled_from(HEADS), min_size=1, max_size=6), st.lists(st.lists(CELLS, max_size=7), max_size=6),
       st.sampled_from(",;\t"))  # fmt: skip
def test_any_cells_under_any_head(head: list[str], rows: list[list[str]], mark: str) -> None:
    outcome("\n".join(mark.join(row) for row in [head, *rows]).encode())


@given(st.binary(max_size=200))
def test_noise(data: bytes) -> None:
    outcome(data)
    outcome(b"date,pain,phase,note\n" + data)
