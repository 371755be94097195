"""`afferent evidence`: the answer first, the same in text, JSON and HTML, and one sentence for what cannot be read."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from afferent.cli import main
from afferent.cli.evidence_sheet import sheet
from afferent.cli.text_forest import forest
from afferent.knowledge.trials_reader import read_trials, trials
from afferent.outcomes.evidence import Asked, evidence, merged

OWN = Path(__file__).parents[3] / "examples" / "own_trials.csv"


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(["evidence", *words])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_the_answer_stands_first(capsys) -> None:
    code, out, err = run(capsys, "--condition", "chemo")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "Neuropathy from chemotherapy: what the trials say"
    assert lines[2].startswith("Massage may ease")
    heads = re.findall(r"^[A-Z][A-Z ]{3,}(?=  |$)", out, re.M)
    assert [head.strip() for head in heads][:3] == ["WHAT WAS FOUND", "WHAT SPEAKS AGAINST", "AND ELSEWHERE"]
    flat = re.sub(r"\s+", " ", out)
    assert "Lopez 2022: no difference between massaging the feet" in flat
    assert "▼ Park and Park 2015" in flat
    for said in (
        "a fall of 1.54 (1.52 to 1.56) as printed",
        "25 % (22 to 29 %)",
        "Not pooled: 1 trial",
        "very low",
        "NOT KNOWN",
    ):
        assert said in flat


def test_one_outcome_is_named_where_trials_are_counted(capsys) -> None:
    flat = re.sub(r"\s+", " ", run(capsys, "--outcome", "sleep")[1])
    assert "One trial with sleep in the table, 1 with a result that was seen" in flat
    assert "How certain: not judged for sleep by itself (our reading)." in flat
    assert "Tried were 6 sessions a week; 1 week." in flat
    found = evidence(Asked("all", "mood"), trials())
    assert found.found == len({row.trial for row in trials() if "mood" in row.outcome}) == 4
    counts = f"Four trials with worry and mood in the table, {found.with_result} with a result that was seen"
    for form in ("text", "html"):
        mood = re.sub(r"\s+", " ", run(capsys, "--outcome", "mood", "--format", form)[1])
        assert counts in mood
        assert "How certain: low, for worry and low mood, for a short time (our reading)." in mood
    none = re.sub(r"\s+", " ", run(capsys, "--condition", "hiv", "--outcome", "sleep")[1])
    assert "No trial with sleep in the table." in none
    assert (
        "No trial with sleep in the table."
        in run(capsys, "--condition", "hiv", "--outcome", "sleep", "--format", "html")[1]
    )


@pytest.mark.parametrize("width", [48, 60, 80, 100, 200])
@pytest.mark.parametrize("plot", [False, True])
def test_it_fits_the_terminal(width: int, plot: bool) -> None:
    for condition in ("all", "hiv", "post_herpetic"):
        text = sheet(evidence(Asked(condition), trials()), plot=plot, width=width, colour=False)
        longest = max(len(line) for line in text.splitlines())
        assert longest <= width, next(line for line in text.splitlines() if len(line) == longest)


def test_a_table_of_ones_own_is_pooled_beside_ours(capsys) -> None:
    code, out, _ = run(capsys, "--condition", "diabetic", "--outcome", "pain", "--trials", str(OWN), "--plot")
    assert code == 0
    assert "4 trials together: −0.35 (−0.84 to 0.15), lower is better" in re.sub(r"\s+", " ", out)
    assert "Lopez 2022" in out
    for method, name in (("dl", "DerSimonian and Laird"), ("pm", "Paule and Mandel")):
        told = run(capsys, "--condition", "diabetic", "--trials", str(OWN), "--method", method)[1]
        assert name in re.sub(r"\s+", " ", told)


def test_json_holds_the_same(capsys) -> None:
    _, out, _ = run(capsys, "--condition", "diabetic", "--trials", str(OWN), "--format", "json")
    found = json.loads(out)
    assert found["about"]["id"] == "diabetic"
    assert {"DN4", "peripheral skin temperature"} <= {one["measure"] for one in found["against"]}
    pooled = next(group for group in found["groups"] if "estimate" in group["result"])
    assert pooled["result"]["k"] == 4
    assert pooled["result"]["next"]["low"] < pooled["result"]["interval"]["low"]
    assert all(group["result"]["why"] for group in found["groups"] if "estimate" not in group["result"])
    assert all(source["url"] for source in found["sources"])


class Page(HTMLParser):
    """What a page loads, and whether its tags close."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.loads: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag, attrs) -> None:
        found = dict(attrs)
        if tag not in ("meta", "br", "input", "link", "hr"):
            self.open.append(tag)
        if tag in ("script", "link", "img", "iframe") or "src" in found:
            self.loads.append(tag)
        if "id" in found:
            self.ids.append(found["id"])

    def handle_endtag(self, tag) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("condition", ["all", "diabetic", "hiv", "post_herpetic"])
def test_html_is_one_page_that_loads_nothing(capsys, condition: str) -> None:
    code, out, _ = run(capsys, "--condition", condition, "--trials", str(OWN), "--format", "html")
    page = Page()
    page.feed(out)
    assert (code, page.open, page.loads) == (0, [], [])
    assert len(page.ids) == len(set(page.ids))
    assert "Lopez 2022" in out
    assert "1.54" in out


def test_what_a_table_says_is_text_and_never_markup(tmp_path: Path, capsys) -> None:
    own = tmp_path / "own.csv"
    own.write_text(OWN.read_text("utf-8").replace("invented-1", "<script>alert(1)</script>"), "utf-8")
    _, out, _ = run(capsys, "--trials", str(own), "--format", "html", "--condition", "diabetic")
    assert "<script" not in out
    assert "&lt;script&gt;" in out


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (["--condition", "gout"], "nothing is known about the condition 'gout'"),
        (["--mix", "everything"], "--mix: 'everything' cannot be mixed; there are conditions, comparators"),
        (["--trials", "nowhere.csv"], "nowhere.csv: cannot be read"),
    ],
)
def test_bad_input_is_one_sentence(capsys, words: list[str], fault: str) -> None:
    code, out, err = run(capsys, *words)
    assert (code, out) == (2, "")
    assert fault in err
    assert err.count("\n") == 1


def test_a_forest_in_text_marks_what_it_cuts_and_what_has_no_interval() -> None:
    lines = forest([("A", "", (1.0, 0.5, 9.0)), ("B", "", (0.5, None, None)), ("C", "", (-0.2, -0.4, 0.1))], 80)
    assert lines[0].rstrip().endswith("›")
    assert "□" in lines[1]
    assert "┼" in lines[2]
    assert "better with it ▸" in lines[-1]


def test_own_rows_are_counted(capsys) -> None:
    found = evidence(Asked("diabetic"), merged(trials(), read_trials(OWN)), own=5)
    assert "five rows of your own" in re.sub(r"\s+", " ", sheet(found, width=100, colour=False))
