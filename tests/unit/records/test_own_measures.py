"""A clinic's own measures: one entry each, refused whole with file, entry and mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from afferent.errors import InputError
from afferent.knowledge import load
from afferent.outcomes.scoring import score
from afferent.records.own_measures import own_measures

KNOWLEDGE = load()
WARMTH = """
[warm_feet]
title = "Warm feet"
scale = "0–10 rating, warmth of the feet, right now, Green Street clinic"
recall = "right now"
scoring = "one"
range = [0, 10]
better = "none"
asked = ["before_visit", "after_visit"]
columns = ["warm feet"]
item = [{ id = "warm", ask = "How warm do your feet feel?", kind = "0-10", lo = "ice cold", hi = "hot" }]
change.says = "Not validated."
licence = { embed = "yes", says = "Written by the Green Street clinic." }
example = [{ say = "Lukewarm", answers = { warm = 5 }, then = { score = 5 } }]
"""
LEVELS = '["At no time", "b", "c", "d", "e", "All of the time"]'
WELL = (
    """
[who5]
title = "WHO-5"
scale = "WHO-5, 0–100"
recall = "the last two weeks"
scoring = "sum"
times = 4
range = [0, 100]
better = "higher"
asked = ["start", "end"]
change.says = "Not validated here."
licence = { embed = "yes", says = "Licence 17 of the Green Street clinic." }
example = [{ say = "All five at the top", answers = { 1 = 5, 2 = 5, 3 = 5, 4 = 5, 5 = 5 }, then = { score = 100 } }]
item = ["""
    + ",".join(
        f'{{ id = "{n}", ask = "Words {n}", kind = "levels", first = 0, levels = {LEVELS} }}' for n in range(1, 6)
    )
    + "]\n"
)


def written(tmp_path: Path, text: str, name: str = "own.toml") -> Path:
    (tmp_path / name).write_text(text, "utf-8")
    return tmp_path / name


def test_one_entry_is_a_measure(tmp_path: Path) -> None:
    found = own_measures(written(tmp_path, WARMTH), KNOWLEDGE)
    assert list(found) == ["warm_feet"]
    assert score(found["warm_feet"], {"warm": 3}).value == 3


def test_a_folder_of_files(tmp_path: Path) -> None:
    written(tmp_path, WARMTH, "a.toml")
    written(tmp_path, WELL, "b.toml")
    written(tmp_path, "not read", "notes.txt")
    assert list(own_measures(tmp_path, KNOWLEDGE)) == ["warm_feet", "who5"]


def test_words_under_a_licence_of_the_clinic(tmp_path: Path) -> None:
    found = own_measures(written(tmp_path, WELL), KNOWLEDGE)["who5"]
    assert score(found, {str(n): 3 for n in range(1, 6)}).value == 60


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("times = 4\n", "times = 5\n", "range is 0 to 100, but its answers give 0 to 125"),
        ("times = 4\nrange = [0, 100]", "range = [0, 25]", "times is 1 here, but 4.0 in the published WHO-5"),
        ('scoring = "sum"', 'scoring = "mean"', "range is 0 to 100, but its answers give 0 to 20"),
    ],
)
def test_a_published_measure_is_scored_as_published(tmp_path: Path, old: str, new: str, says: str) -> None:
    assert old in WELL
    with pytest.raises(InputError) as refused:
        own_measures(written(tmp_path, WELL.replace(old, new)), KNOWLEDGE)
    assert "own.toml, who5: " in str(refused.value)
    assert says.replace("4.0", "4") in str(refused.value).replace("4.0", "4")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (WARMTH.replace("warm_feet", "nrs_pain"), "own.toml, nrs_pain: there is a measure of this name already"),
        (WARMTH.replace('["warm feet"]', '["pain"]'), "column 'pain' is nrs_pain's"),
        (WARMTH.replace('embed = "yes"', 'embed = "likely"'), 'embed must be "yes"'),
        (WARMTH.replace("score = 5", "score = 6"), "example 'Lukewarm': score = 6, but the score is 5"),
        (WARMTH.replace('scoring = "one"\n', ""), "own.toml, warm_feet: Object missing required field `scoring`"),
        (WARMTH.replace("[warm_feet]", "[[warm_feet]]"), "an entry begins with its name in brackets"),
        ("title = 1\n", "own.toml, title: an entry begins with its name in brackets"),
        ("\n\n[warm feet]\n", "own.toml: Expected ']' at the end of a table declaration (at line 3, column 7)"),
        ("", "the file is empty"),
        ('["' + "x" * 5000 + '"]\n', "own.toml, xxx"),
        ('["a\\u0000b"]\n', "own.toml, a"),
        ("a = " + "[" * 5000, "own.toml"),
        ("a = " + "9" * 5000, "own.toml"),
    ],
)
def test_what_is_not_sound_is_refused(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(InputError) as refused:
        own_measures(written(tmp_path, text), KNOWLEDGE)
    assert says in str(refused.value)
    assert str(refused.value).isprintable()
    assert len(str(refused.value)) < 700


def test_files_that_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        own_measures(tmp_path / "none.toml", KNOWLEDGE)
    (tmp_path / "latin.toml").write_bytes("[a]\ntitle = 'é'".encode("latin-1"))
    with pytest.raises(InputError, match="not UTF-8"):
        own_measures(tmp_path / "latin.toml", KNOWLEDGE)
    (tmp_path / "big.toml").write_bytes(b"#" * (2**20 + 1))
    with pytest.raises(InputError, match="larger than 1 MB"):
        own_measures(tmp_path / "big.toml", KNOWLEDGE)


def test_an_empty_folder_has_none(tmp_path: Path) -> None:
    assert own_measures(tmp_path, KNOWLEDGE) == {}
