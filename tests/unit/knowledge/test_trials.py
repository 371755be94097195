"""The table of trials and what others pooled: whole, typed, sourced; one that cannot be read is refused by name."""

from __future__ import annotations

import csv
from pathlib import Path

import msgspec
import pytest

from afferent.errors import InputError, KnowledgeError
from afferent.knowledge import reviews as module
from afferent.knowledge.reviews import reviews
from afferent.knowledge.trials import TrialRow
from afferent.knowledge.trials_reader import columns, read_trials, trials

HEAD = "trial,condition,technique,comparator,outcome"
ROW = "A,cipn,massage,usual,pain"


def table(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "own.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_every_row_is_there_and_every_source_exists() -> None:
    assert len(trials()) == 87
    assert len({row.trial for row in trials()}) == 43
    assert {row.source for row in trials()} <= set(reviews().sources)


def test_every_column_says_what_it_means() -> None:
    assert list(columns()) == list(TrialRow.__struct_fields__)
    assert all(columns().values())


def test_rows_of_one_trial_agree_about_it() -> None:
    for name in ("label", "people", "condition", "randomised", "year"):
        of_trial: dict[str, set] = {}
        for row in trials():
            of_trial.setdefault(row.trial, set()).add(getattr(row, name))
        assert {trial for trial, values in of_trial.items() if len(values) > 1} == set(), name


def test_numbers_are_those_of_the_collection_it_came_from(shared: Path) -> None:
    with (shared / "reference" / "trials.csv").open(encoding="utf-8", newline="") as file:
        before = list(csv.DictReader(file))
    assert [row["trial_id"] for row in before] == [row.trial for row in trials()]
    turned = {"mean_base": "mean_before", "sd_base": "sd_before", "mean_post": "mean_after", "sd_post": "sd_after"}
    for old, new in zip(before, trials(), strict=True):
        sides = {"int": "", "comp": "against_"}
        if new.trial == "ParkPark2015":  # there the bath was the arm; here what massage does is asked
            sides = {"int": "against_", "comp": ""}
        pairs = [(f"{a}_{side}", f"{there}{b}") for a, b in turned.items() for side, there in sides.items()]
        pairs += [("effect_value", "effect"), ("ci_low", "low"), ("ci_high", "high"), ("n_total", "people")]
        pairs += [("min_per_session", "minutes"), ("weeks", "weeks"), ("total_sessions", "sessions")]
        for name, now in pairs:
            if "/" in old[name]:  # counts
                assert old[name].split("/")[0] == str(new.events if name.endswith("int") else new.against_events)
                continue
            assert (float(old[name]) if old[name] else None) == getattr(new, now), (new.trial, name)
        assert old["p_reported"] in (new.p, new.p.replace("significant, say the authors", "significant per authors"))
        assert (old["result"] == "") == (new.found == "")


def test_an_own_table_needs_five_columns(tmp_path: Path) -> None:
    (row,) = read_trials(table(tmp_path, f"\ufeff{HEAD}\r\n{ROW}\r\n\r\n"))
    assert (row.trial, row.outcome, row.pool) == ("A", ("pain",), "yes")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (f"{HEAD},weihgt\n{ROW},1", "line 1, column 6: there is no column 'weihgt'"),
        (f"{HEAD},trial\n{ROW},A", "line 1, column 6: 'trial' stands there twice"),
        (HEAD.replace(",", ";"), "columns are parted by commas"),
        ("trial,condition\nA,cipn", "line 1: the column 'technique' is missing"),
        (
            f"{HEAD},year\n{ROW},soon",
            "line 2, column 'year': expected `int | null`, got `str`, and the cell holds 'soon'",
        ),
        (f"{HEAD}\n{ROW}\nB,gout,massage,usual,pain", "line 3, column 'condition': invalid enum value 'gout'"),
        (f"{HEAD}\nA,cipn,massage,usual,pain; joy", "line 2, column 'outcome': invalid enum value 'joy'"),
        (f"{HEAD}\nA,cipn,massage,,pain", "line 2, column 'comparator': is empty"),
        (f"{HEAD}\nA,cipn,massage,usual,", "line 2, column 'outcome': is empty"),
        (f"{HEAD}\n{ROW}\n{ROW}", "line 3: the same trial, groups, outcome, measure and time as line 2"),
        (f"{HEAD}\n{ROW},7", "line 2: 6 cells under 5 names"),
        (f"{HEAD},sd_after\n{ROW},0", "line 2, column 'sd_after': expected `float` >="),
        (f"{HEAD},effect\n{ROW},0.3", "line 2, column 'kind': `effect` and `kind` go together"),
        (f"{HEAD},effect,kind,low\n{ROW},0.3,g,0.1", "line 2, column 'low': an interval has two ends"),
        (f"{HEAD},effect,kind,low,high\n{ROW},0.3,g,0.4,0.5", "line 2, column 'effect': must lie between"),
        (f"{HEAD},effect,kind,low,high\n{ROW},0.3,g,0.3,0.3", "line 2, column 'high': the interval has no width"),
        (f"{HEAD},effect,kind\n{ROW},-1,rr", "line 2, column 'effect': a ratio and its interval lie above nought"),
        (f"{HEAD},effect,kind\n{ROW},nan,g", "column 'effect'"),
        (f"{HEAD},events,arm_people\n{ROW},9,8", "line 2, column 'events': more people than the group has"),
        (f'{HEAD}\n"A,cipn', "line 2: unexpected end of data"),
        (HEAD, "holds no row below its names"),
        ("", "the column 'trial' is missing"),
    ],
)
def test_what_cannot_be_read_is_refused_by_line_and_column(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(InputError) as refused:
        read_trials(table(tmp_path, text))
    assert fault in str(refused.value)
    assert str(refused.value).startswith("own.csv")
    assert "\n" not in str(refused.value)


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is not UTF-8 text"):
        read_trials(table(tmp_path, f"{HEAD}\nÄ,cipn,massage,usual,pain", "latin-1"))
    with pytest.raises(InputError, match=r"nowhere\.csv: cannot be read"):
        read_trials(tmp_path / "nowhere.csv")
    with pytest.raises(InputError, match="larger than 8 MB"):
        read_trials(table(tmp_path, "x" * 8_000_001))


def test_our_own_table_is_knowledge(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="line 2, column 'condition'"):
        trials(table(tmp_path, f"{HEAD}\nA,gout,massage,usual,pain"))


def test_the_calibration_is_the_published_one() -> None:
    yardsticks = reviews().yardsticks
    points, half = yardsticks["placebo_points"], yardsticks["placebo_half"]
    assert (points.effect, points.low, points.high, points.people) == (1.54, 1.52, 1.56, 2425)
    assert (half.effect, half.low, half.high) == (25, 22, 29)
    assert [yardsticks[drug].effect for drug in ("gabapentinoids", "snri", "tricyclics")] == [0.44, 0.47, 0.95]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"pools": {"x": {"source": "NOBODY"}}}, "reviews.toml, x: source 'NOBODY' does not exist"),
        ({"pools": {"x": {"effect": 9.0}}}, "reviews.toml, x: the effect must lie between"),
        ({"pools": {"x": {"low": None}}}, "reviews.toml, x: an interval has two ends"),
    ],
)
def test_a_pool_that_is_not_sound_is_named(change: dict, fault: str) -> None:
    one = msgspec.structs.replace(reviews().pools["manual_cipn"], **change["pools"]["x"])
    file = module._File(
        pools={"x": one}, yardsticks={}, certainty={}, reviews={}, guidelines={}, harms={}, care={}, unknowns={}
    )
    found = [f"{place}: {text}" for place, text in module._faults(file, reviews().conditions, {"MANUAL-CIPN": {}})]
    assert any(fault in one for one in found)


def test_two_conditions_may_not_be_called_the_same() -> None:
    one = reviews().conditions["cipn"]
    file = module._File(
        pools={}, yardsticks={}, certainty={}, reviews={}, guidelines={}, harms={}, care={}, unknowns={}
    )
    found = [text for _, text in module._faults(file, {"all": one, "other": one}, {})]
    assert "'chemo' already means 'all'" in found
    assert "[all] is missing" in [text for _, text in module._faults(file, {"other": one}, {})]
