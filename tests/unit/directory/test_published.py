"""The published tables are refused, naming file and key, unless they hold together."""

from __future__ import annotations

import shutil

import pytest

from afferent.directory import quiz
from afferent.directory.published import TABLES, published
from afferent.errors import KnowledgeError


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("weights.toml", "points = 12", "points = 13", "weights.toml, lines: the points add up to 102"),
        ("weights.toml", "points = 6\n", "points = -6\n", "the points add up to"),
        (
            "weights.toml",
            'declared = "1/2"',
            'declared = "3/2"',
            "weights.toml, shares, declared: must lie between 0 and 1",
        ),
        ("weights.toml", 'declared = "1/2"', 'declared = "half"', "weights.toml, shares, declared: write a fraction"),
        ("weights.toml", '"writes_to_care_team"', '"writes"', "weights.toml, writes: there is no fact 'writes'"),
        ("weights.toml", "fulls = [50, 5]", "fulls = [50]", "weights.toml, experience: `fulls` needs a number"),
        ("weights.toml", "full = 16", "full = 0", "weights.toml, neuropathy_training: `full` must be 1 or more"),
        ("weights.toml", "fresh_years", "fresh", "weights.toml, neuropathy_training"),
        ("training.toml", 'fact = "oncology_training"', 'fact = "oncology"', "training.toml, oncology"),
        ("regimes.toml", '"unregulated" }', '"free" }', "regimes.toml"),
    ],
)
def test_a_table_that_does_not_hold_together(tmp_path, file, old, new, says) -> None:
    folder = tmp_path / "directory"
    shutil.copytree(TABLES, folder)
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), "utf-8")
    with pytest.raises(KnowledgeError, match=says.replace("(", r"\(")):
        published(folder)


def test_every_line_and_choice_reads_fields_that_are_there() -> None:
    from afferent.directory.needs import Needs

    tables, fields = published(), set(Needs.__struct_fields__)
    assert {line.wish for line in tables.lines.values()} - {""} <= fields
    sets = [choice.sets for question in tables.questions.values() for choice in question.choices.values()]
    assert {name for one in sets for name in one} <= fields
    assert len(tables.questions) == 5
    assert set(tables.regimes) >= {one.regime for one in tables.jurisdictions.values()}


def test_the_terms_of_the_quiz(tmp_path, monkeypatch) -> None:
    (tmp_path / "quiz.toml").write_text((TABLES / "quiz.toml").read_text("utf-8").replace("where = 2", "where = 3"))
    monkeypatch.setattr(quiz, "TABLES", tmp_path)
    with pytest.raises(KnowledgeError, match="must add up"):
        quiz.terms()
