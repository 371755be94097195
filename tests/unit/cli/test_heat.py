"""`afferent heat` as a person meets it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from afferent.cli import main
from afferent.errors import InputError
from afferent.physiology.heat.reading import celsius
from afferent.words.warmth import clock

EXAMPLES = Path(__file__).parents[3] / "examples"


def run(capsys, *words: str) -> tuple[int, str, str]:
    code = main(["heat", *words])
    out, err = capsys.readouterr()
    return code, " ".join(out.split()), err


def test_a_numb_sole_gets_none_and_the_page_says_why_with_the_burns_that_were_seen(capsys) -> None:
    code, out, _ = run(
        capsys, "--source", "footbath", "--temp", "39", "--site", "foot.left.sole", "--client",
        str(EXAMPLES / "client.yaml"),
    )  # fmt: skip
    assert code == 0
    assert out.startswith("No heat here today.")
    assert "invented-ruth, screened for 22 Nov 2026." in out
    assert "Of 37 people with diabetes" in out


def test_where_feeling_is_whole_it_says_how_long(capsys) -> None:
    code, out, _ = run(
        capsys, "--source", "hot_pack", "--temp", "101F", "--site", "back", "--client",
        str(EXAMPLES / "hands-at-ease.yaml"),
    )  # fmt: skip
    assert code == 0
    assert out.startswith("At most 10 minutes at 38.33 °C.")
    assert "Of 37 people" not in out


def test_json_is_the_limit_itself(capsys) -> None:
    code, out, _ = run(capsys, "--source", "hot_pack", "--temp", "38", "--site", "back", "--format", "json")
    told = json.loads(out)
    assert code == 0
    assert (told["allowed"], told["seconds"], told["until_answered"]) == (False, 0, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--source", "kettle", "--site", "back"), "there is no heat source 'kettle'"),
        (("--source", "ice", "--site", "foo"), "there is no region 'foo'"),
        (("--source", "ice", "--site", "back", "--temp", "warm"), "is no temperature"),
        (("--source", "hot_pack", "--site", "back", "--temp", "102"), "102F"),
        (("--source", "hot_pack", "--site", "back", "--perfusion", "-1"), "blood flow"),
        (("--source", "hot_pack", "--site", "back", "--patient", "x"), "--client"),
        (("--source", "hot_pack", "--site", "back", "--client", "nowhere.yaml"), "nowhere.yaml"),
    ],
    ids=str,
)
def test_bad_input_is_one_sentence_and_exit_code_two(capsys, words: tuple[str, ...], said: str) -> None:
    code, out, err = run(capsys, *words)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("text", "degrees"),
    [("39", 39.0), (" 38,5 °C", 38.5), ("100.4F", 38.0), ("104F", 40.0), ("-2", -2.0), ("65C", 65.0)],
)
def test_a_reading(text: str, degrees: float) -> None:
    assert celsius(text) == pytest.approx(degrees)


@pytest.mark.parametrize("text", ["", "warm", "nan", "1e3", "99999", "39 K", "３９x", "102"])
def test_no_reading(text: str) -> None:
    with pytest.raises(InputError):
        celsius(text)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 seconds"), (1, "1 second"), (59.9, "59 seconds"), (60, "1 minute"), (400, "6 min 40 s"),
     (600, "10 minutes"), (1667, "27 minutes"), (7200, "2 h 0 min"), (7380, "2 h 3 min")],
)  # fmt: skip
def test_a_clock_in_words_never_rounds_up(seconds: float, words: str) -> None:
    assert clock(seconds) == words


def test_without_numpy_one_sentence_says_what_to_install() -> None:
    """`pip install afferent` alone stays small; only this verb needs more."""
    code = "import sys; sys.modules['numpy'] = None; from afferent.cli import main; sys.exit(main(sys.argv[1:]))"
    words = [sys.executable, "-c", code]
    heat = subprocess.run([*words, "heat", "--source", "ice", "--site", "back"], capture_output=True, text=True)
    assert (heat.returncode, heat.stdout) == (2, "")
    assert heat.stderr == "afferent: heat needs NumPy: pip install 'afferent[physiology]'\n"
    screen = subprocess.run([*words, "screen", str(EXAMPLES / "client.yaml")], capture_output=True, check=True)
    assert screen.stdout
