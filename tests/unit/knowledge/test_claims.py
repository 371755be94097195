"""The claims that are left out: each says why, and what it reports can be looked up."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from afferent.errors import KnowledgeError
from afferent.knowledge import load
from afferent.knowledge.loader import FOLDER

KNOWLEDGE = load()
ABSENT = {
    "lactate", "blood_flow", "endorphins", "cortisol", "nerve_repair", "must_hurt", "pressure_in_newtons",
    "capillary_32", "plantar_threshold", "warm_foot_bath", "pain_forecast", "time_of_day",
}  # fmt: skip
GOOD = {
    "title": '"Massage makes taller"',
    "about": '"effect"',
    "why": '"Nobody grew."',
    "instead": '"nothing"',
    "certainty": '"very low"',
    "strength": '"A"',
    "support": "[]",
    "against": '[{ source = "HINDS", says = "Thirteen men, none taller." }]',
}


def folder(tmp_path: Path, **changed: str | None) -> Path:
    """The real knowledge with one claim more."""
    copy = tmp_path / "knowledge"
    shutil.copytree(FOLDER, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    lines = [f"{key} = {value}" for key, value in {**GOOD, **changed}.items() if value is not None]
    with (copy / "claims.toml").open("a", encoding="utf-8") as claims:
        claims.write("\n[taller]\n" + "\n".join(lines) + "\n")
    return copy


def test_what_must_be_absent_is_listed() -> None:
    assert set(KNOWLEDGE.claims) >= ABSENT


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"why": None},  # what speaks against it is reason enough
        {"against": "[]", "strength": '"N"'},  # a stated reason is enough, as our default
        {"support": '[{ says = "Taller by evening: no source found." }]'},
    ],
    ids=str,
)
def test_a_sound_claim_is_accepted(tmp_path: Path, changed) -> None:
    assert load(folder(tmp_path, **changed)).claims["taller"].id == "taller"


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"title": '" "'}, "has no `title`"),
        ({"instead": '""'}, "has no `instead`"),
        ({"instead": None}, "instead"),
        ({"against": "[]", "why": None, "strength": '"N"'}, "has nothing against it and no reason"),
        ({"against": "[]", "why": '" "', "strength": '"N"'}, "has nothing against it and no reason"),
        ({"against": "[]"}, "without one its strength is N"),
        ({"against": '[{ says = "No source found, but no source found." }]'}, "without one its strength is N"),
        ({"against": '[{ source = "NOBODY", says = "So." }]'}, "source 'NOBODY' does not exist"),
        ({"support": '[{ source = "NOBODY", says = "So." }]'}, "source 'NOBODY' does not exist"),
        ({"support": '[{ says = "Everybody knows." }]'}, "must say 'no source found'"),
        ({"support": '[{ source = "HINDS", says = " " }]'}, "says nothing"),
        ({"certainty": '"quite"'}, "certainty"),
        ({"strength": '"D"'}, "strength"),
        ({"about": '"weather"'}, "about"),
        ({"colour": '"red"'}, "colour"),
    ],
    ids=str,
)
def test_a_claim_that_is_not_sound_is_refused_with_file_and_key(tmp_path: Path, changed, says: str) -> None:
    with pytest.raises(KnowledgeError, match=r"claims\.toml, taller") as refused:
        load(folder(tmp_path, **changed))
    assert says in str(refused.value)


def test_every_reason_is_stated_and_no_evidence_twice() -> None:
    for claim in KNOWLEDGE.claims.values():
        said = [one.says for one in (*claim.support, *claim.against)]
        assert claim.why
        assert len(said) == len(set(said))
