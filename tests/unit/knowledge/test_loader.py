"""The loader refuses knowledge that is not sound, and says where."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from afferent.errors import KnowledgeError
from afferent.knowledge import load
from afferent.knowledge.loader import FOLDER

GOOD = {
    "title": '"A test rule"',
    "when": '"pregnant"',
    "decision": '"treat_adapted"',
    "pressure": "2",
    "says": '"At most 2."',
    "why": '"Because."',
    "sources": '["CARR"]',
    "strength": '"B"',
}
EXAMPLE = '\n[[TEST.example]]\nsay = "it fires"\ngiven = { pregnant = "yes" }\nthen = { fires = true }\n'


def folder(tmp_path: Path, example: str = EXAMPLE, **changed: str | None) -> Path:
    """The real knowledge with one rule more."""
    copy = tmp_path / "knowledge"
    shutil.copytree(FOLDER, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    lines = [f"{key} = {value}" for key, value in {**GOOD, **changed}.items() if value is not None]
    (copy / "rules" / "test.toml").write_text("[TEST]\n" + "\n".join(lines) + example, "utf-8")
    return copy


def test_a_sound_rule_is_accepted(tmp_path: Path) -> None:
    assert "TEST" in load(folder(tmp_path)).rules


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"sources": "[]"}, "has no source"),
        ({"sources": '["NOBODY"]'}, "source 'NOBODY' does not exist"),
        ({"strength": None}, "strength"),
        ({"strength": '"D"'}, "strength"),
        ({"why": '" "'}, "has no `why`"),
        ({"when": '"pregnent"'}, "fact 'pregnent' does not exist"),
        ({"when": '"pregnant and"'}, "cannot read the expression"),
        ({"when": "\"__import__('os')\""}, "is not allowed"),
        ({"when": '"platelets"'}, "cannot stand alone"),
        ({"when": "\"anticoagulant_reason == 'fun'\""}, "has no option 'fun'"),
        ({"when": '"platelets == 50"'}, "is a number"),
        ({"when": '"at(numb, tail)"'}, "part 'tail' does not exist"),
        ({"where": '["tail.left"]'}, "'tail.left' is no place"),
        ({"where": '["site of pregnant"]'}, "is no finding"),
        ({"where": '["shadow of numb"]'}, "is no part and no shape"),
        ({"pressure": "7"}, "is not a Walton level"),
        ({"off": '["juggling"]'}, "closed list of techniques"),
        ({"advice": '["drink_tea"]'}, "closed list of advice"),
        ({"positions_off": '["upside_down"]'}, "closed list of positions"),
        ({"colour": '"red"'}, "'colour' is no field of a rule"),
        ({"takes_over": '"VTE-HISTORY"'}, "does not close the whole visit"),
    ],
)
def test_a_rule_that_is_not_sound_is_refused_with_file_and_key(tmp_path: Path, changed, says: str) -> None:
    with pytest.raises(KnowledgeError, match=r"test\.toml, TEST") as refused:
        load(folder(tmp_path, **changed))
    assert says in str(refused.value)


def test_a_rule_without_an_example_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="has no example"):
        load(folder(tmp_path, example=""))


@pytest.mark.parametrize(
    "when",
    [
        "not clot_ever",  # a new clot would un-fire it
        "pregnant and not anticoagulant",
        "not (fever or pregnant)",  # through a derived fact
        "platelets > 50",  # fewer platelets would un-fire it
        "inr < 2",
        "days_since(clot_date) > 92",  # a fresh clot would un-fire it
        "glucose < 200",  # crosses the middle
        "foot_pulses",  # protective where a hazard must stand
        "pregnant or not cleared('PE-SUSPECT') and foot_pulses",
        "not anticoagulant_reason == 'clot'",
        "missing(platelets)",  # ignorance must be declared
    ],
)
def test_a_rule_that_is_not_monotone_is_refused(tmp_path: Path, when: str) -> None:
    with pytest.raises(KnowledgeError, match=r"test\.toml, TEST"):
        load(folder(tmp_path, when=f'"{when}"'))


@pytest.mark.parametrize(
    "when",
    ["not foot_pulses", "platelets < 50", "glucose < 70 or glucose > 300", "days_since(clot_date) <= 92",
     "pregnant and not not clot_ever", "pregnant and not cleared('PE-SUSPECT')"],
)  # fmt: skip
def test_a_monotone_rule_is_accepted(tmp_path: Path, when: str) -> None:
    assert "TEST" in load(folder(tmp_path, when=f'"{when}"')).rules


def test_a_hand_over_that_a_hazard_could_bring_about_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"protective|hazard"):
        load(folder(tmp_path, until='"clot_ever"'))


def test_broken_toml_names_the_file(tmp_path: Path) -> None:
    copy = folder(tmp_path)
    (copy / "rules" / "test.toml").write_text("[TEST\n", "utf-8")
    with pytest.raises(KnowledgeError, match=r"test\.toml"):
        load(copy)
