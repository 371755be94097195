"""The command line as a person meets it: words, exit codes, and nothing half-written."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from afferent import __version__
from afferent.cli import VERBS, main

CASE = """
client: {id: invented, age: 66}
as_of: 2026-11-22
facts:
  clot_ever: right
  clot_date: 2019
  numb: [foot.left, foot.right]
none_of: [today, limbs, skin]
"""


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = tmp_path / "case.yaml"
    path.write_text(CASE, "utf-8")
    return path


def run(capsys, *words: str) -> tuple[int, str, str]:
    code = main([str(word) for word in words])
    out, err = capsys.readouterr()
    return code, out, err


def test_help_names_every_verb(capsys) -> None:
    code, out, _ = run(capsys, "--help")
    assert code == 0
    assert all(verb in out for verb in VERBS)


def test_version(capsys) -> None:
    assert run(capsys, "--version") == (0, f"afferent {__version__}\n", "")


def test_an_unknown_verb_gets_one_sentence_and_exit_2(capsys) -> None:
    code, out, err = run(capsys, "heal")
    assert (code, out) == (2, "")
    assert err.count("\n") == 1


def test_a_screening_opens_with_the_sentence_and_closes_with_whose_decision_it_is(capsys, case) -> None:
    code, out, _ = run(capsys, "screen", case)
    assert code == 0
    assert "leave the right leg alone" in " ".join(out.split())
    assert "A blood clot in the past" in out
    assert "You decide." in " ".join(out.split())


def test_the_json_holds_every_field_of_the_contract(capsys, case) -> None:
    code, out, _ = run(capsys, "screen", case, "--format", "json")
    shown = json.loads(out)
    assert code == 0
    assert set(shown) >= {
        "knowledge", "as_of", "subject", "decision", "urgency", "ask_first", "excluded", "clearance_for", "limits",
        "until_answered", "session", "advice", "rules", "questions",
    }  # fmt: skip
    assert shown["subject"] == {"id": "invented", "age": 66}
    assert shown["decision"] == "avoid_areas"
    assert "leg_whole.right" in shown["excluded"]
    assert shown["clearance_for"] == ["leg_whole.right"]
    assert {"fact", "value", "date", "origin"} <= set(shown["rules"][0]["facts"][0])
    limit = next(iter(shown["limits"].values()))
    assert {"pressure", "heat", "cold", "minutes", "techniques_off", "because"} <= set(limit)


def test_html_is_one_page_without_anything_from_outside(capsys, case) -> None:
    code, out, _ = run(capsys, "screen", case, "--format", "html")
    assert code == 0
    assert out.lstrip().lower().startswith("<!doctype html>")
    assert "<script" not in out
    assert 'src="http' not in out


def test_answers_of_today_join_the_record(capsys, case, tmp_path: Path) -> None:
    answers = tmp_path / "answers.yaml"
    answers.write_text("breathless_or_chest_pain: yes\n", "utf-8")
    _, out, _ = run(capsys, "screen", case, "--answers", answers, "--format", "json")
    assert json.loads(out)["decision"] == "do_not_treat_refer"


def test_ask_asks_until_no_critical_question_is_open(capsys, case, monkeypatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("none\n" * 10 + "no\n" * 40))
    code, out, err = run(capsys, "screen", case, "--ask", "--format", "json")
    assert code == 0, err
    shown = json.loads(out)
    assert not shown["ask_first"], [q for q in shown["questions"] if q["critical"]]


def test_ask_that_is_cut_off_decides_nothing(capsys, case, monkeypatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("none\n"))
    code, out, err = run(capsys, "screen", case, "--ask")
    assert (code, out) == (2, "")
    assert "nothing is decided" in err


@pytest.mark.parametrize(
    "text",
    ["facts: {clot_evr: yes}", "facts: {platelets: 42}", "facts: [", "client: {age: 12}", "as_of: 2026-13-01", "\x00"],
)
def test_bad_input_gets_one_sentence_exit_2_and_writes_nothing(capsys, tmp_path: Path, text: str) -> None:
    path, out_file = tmp_path / "bad.yaml", tmp_path / "page.html"
    path.write_text(text, "utf-8")
    code, out, err = run(capsys, "screen", path, "--format", "html", "--out", out_file)
    assert (code, out) == (2, "")
    assert err.startswith("afferent: ")
    assert "Traceback" not in err
    assert err.count("\n") == 1
    assert not out_file.exists()


def test_out_writes_the_whole_page(capsys, case, tmp_path: Path) -> None:
    out_file = tmp_path / "page.html"
    code, out, _ = run(capsys, "screen", case, "--format", "html", "--out", out_file)
    assert (code, out) == (0, "")
    assert out_file.read_text("utf-8").rstrip().endswith("</html>")


def test_out_in_a_folder_that_is_not_there_says_so(capsys, case, tmp_path: Path) -> None:
    code, _, err = run(capsys, "screen", case, "--out", tmp_path / "no" / "page.html")
    assert code == 2
    assert "cannot be written" in err


def test_rules_lists_all_and_shows_one(capsys) -> None:
    assert "VTE-HISTORY" in run(capsys, "rules")[1]
    code, out, _ = run(capsys, "rules", "vte-history")
    assert code == 0
    assert "Massaging the outcome" in out


def test_a_rule_that_is_not_there_names_the_nearest(capsys) -> None:
    code, _, err = run(capsys, "rules", "VTE-HISTRY")
    assert code == 2
    assert "VTE-HISTORY" in err


@pytest.mark.parametrize("of", ["case", "screening", "intake"])
def test_schemas_are_json(capsys, of: str) -> None:
    code, out, _ = run(capsys, "schema", of)
    assert code == 0
    assert json.loads(out)
