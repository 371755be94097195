"""What a physician is asked: sound, complete, as information; an unsound entry is refused with file and key."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from afferent.errors import KnowledgeError
from afferent.knowledge import load
from afferent.knowledge.loader import FOLDER
from afferent.knowledge.physician import openable

NAME = "physician_questions.toml"
TEXT = (FOLDER / NAME).read_text("utf-8")


def folder(tmp_path: Path, text: str | None) -> Path:
    copy = tmp_path / "knowledge"
    shutil.copytree(FOLDER, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    if text is None:
        (copy / NAME).unlink()
    else:
        (copy / NAME).write_text(text, "utf-8")
    return copy


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('rules = ["ANEURYSM"]', 'rules = ["ANEURYSMS"]', "aneurysm: there is no rule 'ANEURYSMS'"),
        ('rules = ["ANEURYSM"]', 'rules = ["LOPS"]', "no clinician's answer opens LOPS"),
        ('rules = ["ANEURYSM"]', 'rules = ["ANEURYSM", "HF"]', "rule HF is asked under"),
        ('rules = ["HF"]', "rules = []", "heart: names no rule"),
        ('fact = "clot_left"', 'fact = "clot_lost"', "fact 'clot_lost' does not exist"),
        ('fact = "clot_left"', 'fact = "clot_recent"', "is worked out from others"),
        ('"heart rhythm" = "rhythm"', '"heart rhythm" = "music"', "anticoagulant_reason has no value 'music'"),
        ('"right leg" = "leg_whole.right"', '"right leg" = "leg_whole.middle"', "has no value 'leg_whole.middle'"),
        ('"not known" = "unknown" }', '"not known" = "no" }', "becomes nothing but 'unknown'"),
        ('text = "Last INR?"', 'text = "Last INR"', "is no question"),
        ('text = "Last INR?"', 'text = "Do you permit massage?"', "asks for permission"),
        ('text = "Last INR?"', 'text = "Is he cleared for massage?"', "asks for permission"),
        ('sources = ["NCCIH", "WALTON-BOOK"]', 'sources = ["NOBODY"]', "source 'NOBODY' does not exist"),
        ('placed = "Clot in {place}"', 'placed = "Clot in {where}"', "needs {place} once"),
        ('place_of = ["clot_ever"]', 'place_of = ["clot_date"]', "'clot_date' is no finding"),
        ('date_of = "clot_date"', 'date_of = "clot_ever"', "'clot_ever' is no date"),
        ('value_of = { platelets = "" }', 'value_of = { numb = "" }', "is no number and no choice"),
        ('needs = ["warfarin"]', 'needs = ["warfarine"]', "'warfarine' does not exist"),
        ('title = "Heart failure"', 'title = " "', "heart: has no title"),
    ],
)  # fmt: skip
def test_an_unsound_entry_is_refused(tmp_path: Path, old: str, new: str, says: str) -> None:
    assert old in TEXT
    with pytest.raises(KnowledgeError, match=f"{NAME}, ") as refused:
        load(folder(tmp_path, TEXT.replace(old, new, 1)))
    assert says in str(refused.value)


def test_a_rule_that_can_be_opened_and_has_no_question_is_refused(tmp_path: Path) -> None:
    start, end = TEXT.index("[aneurysm]"), TEXT.index("[pressure]")
    with pytest.raises(KnowledgeError, match="rule ANEURYSM can be opened by a clinician and has no question"):
        load(folder(tmp_path, TEXT[:start] + TEXT[end:]))


def test_an_older_piece_without_the_file_asks_a_physician_nothing(tmp_path: Path) -> None:
    assert load(folder(tmp_path, None)).physician == {}


def test_every_line_shows_an_example_and_the_openable_are_all_there() -> None:
    knowledge = load()
    assert all(item.example for item in knowledge.physician.values())
    asked = {rule for item in knowledge.physician.values() for rule in item.rules}
    assert asked == {rule.id for rule in knowledge.rules.values() if openable(rule)}
