"""`afferent trial`: the two examples, many people, and what cannot be used."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from afferent.cli import main

EXAMPLES = Path(__file__).parents[3] / "examples" / "trials"
ONE, DRAWN = str(EXAMPLES / "before-and-with.csv"), str(EXAMPLES / "randomised-blocks.csv")


def told(capsys, *words) -> str:
    assert main(["trial", *map(str, words), "--as-of", "2026-11-28"]) == 0
    return capsys.readouterr().out


def refused(capsys, *words) -> str:
    assert main(["trial", *map(str, words)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("afferent: ")
    assert err.count("\n") == 1
    return err


def test_before_and_after(capsys):
    text = told(capsys, ONE, "--plot")
    assert "Better than before. Not clear why." in text
    assert "−1.54 points on" in text
    assert "It is over 99 in 100 that pain was lower" in text
    assert "not known to repair nerves" in text
    assert "^" in text


def test_blocks_drawn_by_lot_and_the_wrong_seed(capsys):
    assert "Helping." in told(capsys, DRAWN, "--drawn", "20261005")
    text = told(capsys, DRAWN, "--drawn", "4")
    assert "seed 4 draws another order" in text
    assert "Helping." not in text


def test_json_and_html_say_the_same(capsys):
    body = json.loads(told(capsys, ONE, "--format", "json"))
    words = body["people"][0]["words"]
    page = told(capsys, ONE, "--format", "html")
    assert words["headline"] in page
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "").replace("http://www.w3.org", "")
    assert body["people"][0]["outcome"]["verdict"]["is_"] == "too_early"


def test_another_measure(capsys):
    assert "sleep" in told(capsys, ONE, "--measure", "nrs_sleep").lower()


def test_an_order_is_drawn(capsys):
    text = told(capsys, "--draw", "3x7", "--drawn", "20261005")
    assert text.count("block") == 6
    assert text == told(capsys, "--draw", "3x7", "--drawn", "20261005")


def test_the_template_can_be_read_back(capsys, tmp_path):
    path = tmp_path / "diary.csv"
    path.write_text(told(capsys, "--template"), "utf-8")
    assert "Too early to say." in told(capsys, path)


def test_many_people(capsys, tmp_path):
    rows = ["person,day,pain,phase"]
    for person in "abcdef":
        rows += [
            f"{person},{day},{6 - (day > 13) * 2 + (day + ord(person)) % 2},{'A' if day < 14 else 'B'}"
            for day in range(40)
        ]
    path = tmp_path / "many.csv"
    path.write_text("\n".join(rows), "utf-8")
    text = told(capsys, path)
    assert "6 people" in text
    assert "One more person like these" in " ".join(text.split())
    assert "c · 0–10 numeric rating" in told(capsys, path, "--person", "c")
    assert "name one with --person" in refused(capsys, path, "--format", "html")
    assert "there is no person 'z'" in refused(capsys, path, "--person", "z")


def test_an_agreement_from_a_file(capsys, tmp_path):
    path = tmp_path / "agreed.toml"
    path.write_text("points = 2\nvisits = 6\n", "utf-8")
    assert "2 points or more" in " ".join(told(capsys, ONE, "--agreed", path).split())
    path.write_text("pionts = 2\n", "utf-8")
    assert "pionts" in refused(capsys, ONE, "--agreed", path)


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("nowhere.csv",),
        (ONE, "--measure", "nrs_nothing"),
        ("--draw", "3x7"),
        (ONE, "--points", "0"),
        (ONE, "--stop-after-flares", "0"),
    ],
)
def test_what_cannot_be_used_is_one_sentence(capsys, words):
    refused(capsys, *words)


def test_a_measure_of_ones_own(capsys, tmp_path):
    entry = tmp_path / "own.toml"
    entry.write_text(
        '[itch]\ntitle = "Itch"\nscale = "0–10 numeric rating, itch, last 24 hours"\nrecall = "the last 24 hours"\n'
        'scoring = "one"\nrange = [0, 10]\nbetter = "lower"\nasked = ["daily"]\ncolumns = ["itch"]\n'
        'item = [{ id = "itch", ask = "How strong was the itch?", kind = "0-10", lo = "none", hi = "worst" }]\n'
        '[itch.change]\nsays = "Not validated."\n[itch.licence]\nembed = "yes"\nsays = "Ours."\n'
        '[[itch.example]]\nsay = "Four"\nanswers = { itch = 4 }\nthen = { score = 4 }\n',
        "utf-8",
    )
    table = tmp_path / "itch.csv"
    rows = [f"{day},{6 - (day > 13) * 3 + day % 2},{'A' if day < 14 else 'B'}" for day in range(42)]
    table.write_text("day,itch,phase\n" + "\n".join(rows), "utf-8")
    text = " ".join(told(capsys, table, "--measures", entry).split())
    assert "Itch fell by 3 points" in text
    assert "dummy" not in text
