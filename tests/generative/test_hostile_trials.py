"""Any bytes for a table of trials: a page, or one sentence. Never a traceback, never half an answer."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from afferent.cli.evidence_sheet import sheet
from afferent.errors import InputError
from afferent.knowledge.trials import TrialRow
from afferent.knowledge.trials_reader import read_trials
from afferent.outcomes.evidence import Asked, evidence
from afferent.outcomes.pooling import MIXES
from afferent.page.evidence import page

SOME = settings(max_examples=max(30, settings().max_examples // 3))
NAMES = list(TrialRow.__struct_fields__)
NEEDED = ["trial", "condition", "technique", "comparator", "outcome"]
CELL = st.one_of(
    st.sampled_from(["", "cipn", "diabetic", "massage", "usual", "none", "pain", "pain; sleep", "lower", "higher",
                     "g", "rr", "points", "better", "0", "-1", "1e9", "1e-6", "-1e9", "nan", "inf",
                     "null", "true", "3.5", "12"]),
    st.text(max_size=20),
    st.floats().map(str),
    st.integers().map(str),
)  # fmt: skip


def read(folder: Path, data: bytes) -> tuple[TrialRow, ...] | None:
    path = folder / "own.csv"
    path.write_bytes(data)
    try:
        return read_trials(path)
    except InputError as refused:
        sentence = str(refused)
    assert "own.csv" in sentence
    assert len(sentence) < 400
    return None


@SOME
@given(data=st.binary(max_size=400))
def test_bytes(tmp_path_factory, data) -> None:
    assert read(tmp_path_factory.mktemp("t"), data) is None


@SOME
@given(
    names=st.lists(st.sampled_from(NAMES), max_size=8, unique=True),
    rows=st.lists(st.lists(CELL, max_size=14), max_size=4),
)
def test_cells(tmp_path_factory, names, rows) -> None:
    head = [*NEEDED, *(name for name in names if name not in NEEDED)]
    lines = [",".join(head), *(",".join(f'"{cell.replace(chr(34), "")}"' for cell in row) for row in rows)]
    read(tmp_path_factory.mktemp("t"), "\n".join(lines).encode("utf-8", "surrogatepass"))


SCORE, SPREAD, PEOPLE = st.floats(-1e9, 1e9), st.floats(1e-6, 1e9), st.integers(1, 10**7)


@st.composite
def trial(draw, name: str) -> TrialRow:
    """A row that a reader would take, with numbers as far apart as it takes them."""
    kind = draw(st.sampled_from(["", "g", "rr", "or", "points"]))
    ends = sorted(
        draw(st.lists(st.floats(1e-6, 1e9) if kind in ("rr", "or") else SCORE, min_size=3, max_size=3, unique=True))
    )
    printed = {"effect": ends[1], "low": ends[0], "high": ends[2]} if kind else {}
    people = draw(st.tuples(PEOPLE, PEOPLE))
    return TrialRow(
        trial=name, condition="cipn", technique="massage", comparator="usual", outcome=("pain",), kind=kind,
        direction="better", better=draw(st.sampled_from(["lower", "higher"])),
        arm_people=people[0], against_people=people[1],
        mean_after=draw(SCORE), sd_after=draw(SPREAD), against_mean_after=draw(SCORE), against_sd_after=draw(SPREAD),
        events=draw(st.integers(0, people[0])), against_events=draw(st.integers(0, people[1])), **printed,
    )  # fmt: skip


@SOME
@given(st.data(), st.sampled_from(["reml", "dl", "pm", "ml"]))
def test_numbers(data, method) -> None:
    rows = [data.draw(trial(name)) for name in "ABCD"]
    try:
        found = evidence(Asked("cipn", mix=MIXES, method=method), rows)
    except InputError:
        return
    assert sheet(found, plot=True, width=80, colour=False)
    assert page(found)
