"""`afferent letter` as a therapist meets it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from afferent.cli import main

EXAMPLES = Path(__file__).parents[3] / "examples"
CLIENT = str(EXAMPLES / "client.yaml")
HEAD = """
clinic: {name: Riverside Massage, address: [12 Mill Lane, Portland], licences: [LMT 55-0199], jurisdiction: Oregon}
sender: {name: Mae Torres, role: LMT}
to: {name: Dr. Amara Osei, fax: +1 555 0142}
client: {name: Ruth Example, born: 1958-03-14}
why: Burning feet.
consent: 2026-11-20
reply: {link: "https://clinic.example/a/7fK2", fax: +1 555 0118}
"""


def run(capsys, *words: str) -> tuple[int, str, str]:
    code = main(["letter", "request", *words])
    out, err = capsys.readouterr()
    return code, out, err


@pytest.fixture
def head(tmp_path: Path) -> Path:
    path = tmp_path / "head.yaml"
    path.write_text(HEAD, "utf-8")
    return path


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_a_pdf_in_a_file(capsys, tmp_path: Path, head: Path, paper: str) -> None:
    out = tmp_path / "request.pdf"
    assert run(capsys, CLIENT, "--head", str(head), "--paper", paper, "--out", str(out)) == (0, "", "")
    assert out.read_bytes().startswith(b"%PDF-")


def test_the_same_as_data(capsys, head: Path) -> None:
    code, out, _ = run(capsys, CLIENT, "--head", str(head), "--format", "json")
    asked = json.loads(out)
    assert code == 0
    assert asked["letter"] == "request"
    assert asked["to"]["name"] == "Dr. Amara Osei"
    assert [one["title"] for one in asked["items"]] == ["Clot in the RIGHT leg, 2019", "A blood thinner"]


def test_without_a_head_there_are_lines_to_fill_in(capsys, tmp_path: Path) -> None:
    code, out, _ = run(capsys, CLIENT, "--format", "json")
    assert (code, json.loads(out)["to"]["name"]) == (0, "____________________")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((str(EXAMPLES / "numb-feet.yaml"),), "there is nothing to ask"),
        ((CLIENT, "--head", "/nowhere/head.yaml"), "cannot be read"),
        ((CLIENT, "--plan", "still"), "no such outline is open"),
        ((CLIENT, "--out", "/nowhere/request.pdf"), "cannot be written"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(capsys, words, says) -> None:
    code, out, err = run(capsys, *words)
    assert (code, out) == (2, "")
    assert says in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("patient: {name: x}", "unknown field"),
        ("to: {nam: x}", "to: there is no field 'nam'"),
        ("client: {born: yesterday}", "client: "),
        ("consent: soon", "consent"),
        ("clinic: {logo: missing.png}", "logo: missing.png cannot be read"),
    ],
)
def test_a_head_that_cannot_be_used_is_named(capsys, tmp_path: Path, line: str, says: str) -> None:
    path = tmp_path / "head.yaml"
    path.write_text(line, "utf-8")
    code, _, err = run(capsys, CLIENT, "--head", str(path), "--format", "json")
    assert code == 2
    assert says in err
    assert "head.yaml" in err


def test_it_goes_down_a_pipe() -> None:
    words = [sys.executable, "-m", "afferent.cli", "letter", "request", CLIENT]
    assert subprocess.run(words, capture_output=True, check=True).stdout.startswith(b"%PDF-")
