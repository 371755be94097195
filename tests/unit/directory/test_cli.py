"""`afferent directory` and `afferent match` on a terminal, and what they say when something is missing."""

from __future__ import annotations

import builtins
import json
import sys
from pathlib import Path

import pytest

from afferent.cli import main
from afferent.directory.quiz import paper
from afferent.knowledge import load


@pytest.fixture
def made(tmp_path: Path, capsys) -> Path:
    """A small directory: the template's Ann, and a made-up register."""
    register, own, into = tmp_path / "n.csv", tmp_path / "own.csv", tmp_path / "d.sqlite3"
    assert main(["directory", "demo", "3000", "--out", str(register), "--share", "0.5", "--broken", "2"]) == 0
    assert main(["directory", "load", str(register), "--into", str(into)]) == 0
    capsys.readouterr()
    assert main(["directory", "template"]) == 0
    own.write_text(capsys.readouterr().out)
    assert main(["directory", "load", str(own), "--into", str(into)]) == 0
    capsys.readouterr()
    return into


def test_three_explained_matches(made, capsys) -> None:
    assert main(["match", "--zip", "55401", "--directory", str(made), "--as-of", "2026-11-22"]) == 0
    said = capsys.readouterr().out
    assert "1. Ann Example" in said
    assert "(verified, 20 Nov 2026)" in said
    assert "not known, each counts half" in said
    assert "Nobody can pay for a place here" in said
    assert "you have" not in said.casefold().replace("have you", "")


def test_the_same_as_json_by_city_and_by_position(made, capsys) -> None:
    found = []
    for where in (["--zip", "55401-1234"], ["--city", "minneapolis,mn"], ["--at", "44.98,-93.27"]):
        words = ["match", *where, "--directory", str(made), "--as-of", "2026-11-22", "--format", "json"]
        assert main([*words, "--needs", "no_steps,cancer"]) == 0
        found.append(json.loads(capsys.readouterr().out))
    assert [one["matches"][0]["name"] for one in found] == ["Ann Example"] * 3
    first = found[0]["matches"][0]
    assert sum(one["tenths"] for one in first["reasons"]) + first["rest"] == first["tenths"]


def test_an_honest_nobody(made, capsys) -> None:
    assert main(["match", "--zip", "55401", "--directory", str(made), "--needs", "swelling", "--within", "25mi"]) == 0
    said = capsys.readouterr().out
    assert "We know of nobody suitable within 40 km of 55401 Minneapolis" in said
    assert "lymphoedema clinic" in said


def test_the_needs_of_a_screening(made, tmp_path, capsys) -> None:
    case = tmp_path / "case.yaml"
    case.write_text("client: {id: invented-joan, age: 60}\nas_of: 2026-11-22\nfacts: {lymphoedema: arm_whole.left}\n")
    words = ["match", "--zip", "55401", "--directory", str(made), "--record", str(case), "--format", "json"]
    assert main(words) == 0
    assert json.loads(capsys.readouterr().out)["needs"]["training"] == ["lymphatic"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["match"], "say where"),
        (["match", "--zip", "99999x"], "is not in the table of ZIP codes"),
        (["match", "--city", "Nowhere,MN"], "is not in the table"),
        (["match", "--at", "north"], "write two numbers"),
        (["match", "--at", "95,0"], "no such place"),
        (["match", "--zip", "55401", "--needs", "magic"], "there is no 'magic'"),
        (["match", "--directory", "nowhere.sqlite3", "--zip", "55401"], "there is no directory here"),
        (["directory", "load", "nowhere.csv"], "there is no such file"),
    ],
)
def test_one_clear_sentence(made, words, says, capsys) -> None:
    if "--directory" not in words and words[0] == "match":
        words = [*words, "--directory", str(made)]
    assert main(words) == 2
    error = capsys.readouterr().err
    assert says in error
    assert error.count("\n") == 1


def test_what_cannot_be_read_leaves_no_directory_behind(tmp_path, capsys) -> None:
    (tmp_path / "x.csv").write_text("a,b\n1,2\n")
    into = tmp_path / "d.sqlite3"
    assert main(["directory", "load", str(tmp_path / "x.csv"), "--into", str(into)]) == 2
    assert not into.exists()
    (tmp_path / "no.sqlite3").write_text("not a database, but long enough to look at" * 9)
    assert main(["match", "--zip", "55401", "--directory", str(tmp_path / "no.sqlite3")]) == 2
    assert "cannot be opened as a directory" in capsys.readouterr().err


def test_without_the_extra_the_sentence_names_it(tmp_path, monkeypatch, capsys) -> None:
    from afferent.directory import zips

    real = builtins.__import__
    monkeypatch.setitem(sys.modules, "zipcodes", None)
    zips.places.cache_clear()
    assert real
    assert main(["directory", "demo", "10", "--out", str(tmp_path / "n.csv")]) == 2
    zips.places.cache_clear()
    assert "pip install 'afferent[directory]'" in capsys.readouterr().err


def test_the_five_questions_are_printed(capsys) -> None:
    assert main(["match", "--list-needs"]) == 0
    assert "at_home" in capsys.readouterr().out


def test_the_quiz_is_asked_and_dated(monkeypatch, capsys) -> None:
    right = iter("abcdef"[item.right] for item in paper(load(), 1).items)
    monkeypatch.setattr(builtins, "input", lambda _: next(right))
    assert main(["directory", "quiz"]) == 0
    said = capsys.readouterr().out
    assert "10 of 10 right." in said
    assert "no licence and no training" in said
    assert main(["directory", "quiz", "--print"]) == 0
    assert "ANSWERS" in capsys.readouterr().out
