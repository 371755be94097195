"""Measures are refused unless sound; and nothing that is not ours to print is printed."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from afferent.errors import KnowledgeError
from afferent.knowledge import load
from afferent.knowledge.loader import FOLDER
from afferent.knowledge.measure_checks import measure_faults
from afferent.knowledge.measures import Measure

KNOWLEDGE = load()
CORE = {
    "nrs_pain", "nrs_numbness", "nrs_tingling", "nrs_sleep", "nrs_anxiety", "peg", "pgic", "mnsi", "cramps", "falls",
    "walking", "steps",
}  # fmt: skip
COMPLETE = """
[test]
title = "Warmth"
scale = "0–10 rating, warmth, now"
recall = "right now"
scoring = "one"
range = [0, 10]
better = "higher"
asked = ["daily"]
item = [{ id = "warm", ask = "How warm are your feet?", kind = "0-10", lo = "cold", hi = "warm" }]
change.says = "Not validated."
licence = { embed = "yes", says = "In our words." }
example = [{ say = "Four", answers = { warm = 4 }, then = { score = 4 } }]
"""


def folder(tmp_path: Path, entry: str, file: str = "measures.toml") -> Path:
    """The real knowledge with one measure more."""
    copy = Path(shutil.copytree(FOLDER, tmp_path / "knowledge", ignore=shutil.ignore_patterns("*.py", "__pycache__")))
    with (copy / file).open("a", encoding="utf-8") as added:
        added.write(entry)
    return copy


def test_the_core_is_here() -> None:
    assert set(KNOWLEDGE.measures) >= CORE


def test_one_entry_adds_a_measure(tmp_path: Path) -> None:
    assert load(folder(tmp_path, COMPLETE)).measures["test"].whole


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('embed = "yes"', 'embed = "no"', "its words must not stand here"),
        ('embed = "yes"', 'embed = "definition only"', "its words must not stand here"),
        ('embed = "yes"', 'embed = "perhaps"', "perhaps"),
        ("In our words.", "Free.", "says that it is our reading"),
        ('says = "In our words."', 'says = "Free.", sources = ["NOBODY"]', "source 'NOBODY' does not exist"),
        ("[0, 10]", "[0, 100]", "range is 0 to 100, but its answers give 0 to 10"),
        ("[0, 10]", "[10, 0]", "cannot be right"),
        ('ask = "How warm are your feet?"', 'ask = " "', "has no words"),
        ('lo = "cold", ', "", "the words at both ends"),
        ('kind = "0-10", lo = "cold", hi = "warm"', 'kind = "levels"', "`levels`"),
        ('kind = "0-10"', 'kind = "0-10", counts = "yes"', "`counts` is for scoring = 'key'"),
        ('scoring = "one"', 'scoring = "key"', "some answer must count"),
        ('scoring = "one"', 'scoring = "table"', "`table` is for scoring = 'table', and needed there"),
        ('scoring = "one"', 'scoring = "median"', "median"),
        ("Not validated.", "Two points.", 'says "Not validated"'),
        (
            'change.says = "Not validated."',
            'change = { says = "Not validated.", points = { much = 2 } }',
            "no threshold",
        ),
        ('change.says = "Not validated."', 'change = { says = "Two.", validated = true }', "a threshold and a source"),
        ('better = "higher"', 'better = "higher"\nloinc = "pain"', "is no LOINC code"),
        ('better = "higher"', 'better = "higher"\ncolumns = ["pain"]', "column 'pain' is nrs_pain's"),
        ('better = "higher"', 'better = "higher"\ncolumns = ["Warm_feet"]', "lower-case words"),
        ('better = "higher"', 'better = "higher"\ncolour = "red"', "colour"),
        ("0–10 rating, warmth, now", "0–10 numeric rating, pain, right now", "has the scale of nrs_pain_now"),
        ('asked = ["daily"]', "asked = []", "is never asked"),
        ("[test]", "[Test]", "its key must be lower-case"),
        (COMPLETE[COMPLETE.index("example") :], "example = []\n", "has no example"),
        ('title = "Warmth"', 'title = " "', "has no `title`"),
        ('says = "In our words."', 'says = ""', "licence: says nothing"),
        ("Not validated.", "", "change: says nothing"),
        ('id = "warm"', 'id = "Warm"', "its id must be lower-case"),
        ('better = "higher"', 'better = "higher"\ntimes = 2', "`times` is for"),
    ],
)
def test_a_measure_that_is_not_sound_is_refused(tmp_path: Path, old: str, new: str, says: str) -> None:
    assert old in COMPLETE
    with pytest.raises(KnowledgeError, match=r"measures\.toml, [Tt]est") as refused:
        load(folder(tmp_path, COMPLETE.replace(old, new)))
    assert says in str(refused.value)


IMPORTABLE = """
[{key}]
title = "X"
questions = 2
scoring = "sum"
range = [0, 4]
better = "lower"
says = "Y"
licence = {{ embed = "{embed}", says = "Z" }}
sources = ["PHQ4-NINDS"]
"""
LEFT_OUT = '[x]\ntitle = "X"\nwhy = "{why}"\nsources = {sources}\n'


@pytest.mark.parametrize(
    ("file", "entry", "says"),
    [
        ("importable.toml", IMPORTABLE.format(key="x", embed="yes"), "must say why its words are not here"),
        ("importable.toml", IMPORTABLE.format(key="peg", embed="no"), "is one of the measures already"),
        (
            "importable.toml",
            IMPORTABLE.format(key="x", embed="no").replace("questions = 2", "questions = 0"),
            "not described",
        ),
        ("importable.toml", IMPORTABLE.format(key="x", embed="no").replace('["PHQ4-NINDS"]', "[]"), "has no source"),
        ("left_out.toml", LEFT_OUT.format(why="", sources='["ISI-MAPI"]'), "says nothing"),
        ("left_out.toml", LEFT_OUT.format(why="Y", sources="[]"), "has no source"),
    ],
)
def test_what_is_left_out_says_why(tmp_path: Path, file: str, entry: str, says: str) -> None:
    with pytest.raises(KnowledgeError, match=re.escape(file)) as refused:
        load(folder(tmp_path, entry, file))
    assert says in str(refused.value)


def test_a_key_must_give_the_range_that_it_says() -> None:
    """A MNSI scored as PhenX prints it, one point for each yes, is another measure."""
    mnsi = KNOWLEDGE.measures["mnsi"]
    every_yes = replace(mnsi, items=tuple(replace(item, counts="yes") for item in mnsi.items))
    assert "range is 0 to 13, but its answers give 0 to 15" in list(measure_faults(every_yes))


RATING = KNOWLEDGE.measures["nrs_pain"]
PEG = KNOWLEDGE.measures["peg"]


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (replace(RATING, items=()), "has 0 questions"),
        (replace(RATING, items=RATING.items * 2), "has two questions of one id"),
        (replace(RATING, items=PEG.items), "scoring = 'one' is for one question"),
        (replace(KNOWLEDGE.measures["falls"], scoring="sum"), "is for ratings, levels, and yes or no"),
        (replace(KNOWLEDGE.measures["falls"], range=(1, 9)), "a count goes from 0 to a whole number"),
        (replace(PEG, scoring="table", table={"0": 1.0}), "`table` must hold each sum from 0 to 30"),
        (replace(PEG, scoring="table", table={str(n): n for n in range(31)}), "a score outside `range`"),
        (replace(PEG, change=replace(PEG.change, points={"b": 2.0, "a": 1.0})), "thresholds rise"),
        (replace(PEG, change=replace(PEG.change, percent={"a": 0.0})), "thresholds rise"),
    ],
)
def test_what_does_not_fit_together_is_named(made: Measure, says: str) -> None:
    assert any(says in fault for fault in measure_faults(made))


def test_the_michigan_key() -> None:
    key = {item.id: item.counts for item in KNOWLEDGE.measures["mnsi"].items}
    assert [n for n, counts in key.items() if counts == "no"] == ["7", "13"]
    assert [n for n, counts in key.items() if not counts] == ["4", "10"]
    assert sum(counts == "yes" for counts in key.values()) == 11


def test_only_pain_has_thresholds_among_the_ratings() -> None:
    """Thresholds of 0 to 10 ratings were shown for pain; a numb foot's have none, and the entry says so."""
    ratings = [one for one in KNOWLEDGE.measures.values() if one.id.startswith("nrs_")]
    assert [one.id for one in ratings if one.change.validated] == ["nrs_pain"]


def test_the_words_of_others_are_not_in_the_program() -> None:
    """A few words of each measure that may not be embedded, as a search for its text would find them."""
    words = [
        "cheerful and in good spirits", "fresh and rested", "little interest or pleasure", "feeling down, depressed",
        "not being able to stop or control worrying", "electric shocks", "pins and needles", "painful cold",
        "difficulty staying asleep", "satisfied/dissatisfied",
    ]  # fmt: skip
    shipped = [
        path for path in FOLDER.rglob("*.toml") if path.name in ("measures.toml", "importable.toml", "left_out.toml")
    ]
    for path in shipped:
        text = path.read_text("utf-8").lower()
        assert [one for one in words if one in text] == []


def test_an_older_piece_of_knowledge_has_the_measures_of_this_program(tmp_path: Path) -> None:
    copy = folder(tmp_path, "", "measures.toml")
    for name in ("measures.toml", "importable.toml", "left_out.toml"):
        (copy / name).unlink()
    sources = (copy / "sources.toml").read_text("utf-8")
    (copy / "sources.toml").write_text(sources[: sources.index("[LOINC-PAIN]")], "utf-8")
    assert repr(load(copy).measures) == repr(KNOWLEDGE.measures)


def test_every_measure_has_a_name_of_its_own_for_a_table() -> None:
    named = [{one.id.replace("_", " "), *one.columns} for one in KNOWLEDGE.measures.values()]
    assert all(one.columns for one in KNOWLEDGE.measures.values())
    assert len(set().union(*named)) == sum(map(len, named))
