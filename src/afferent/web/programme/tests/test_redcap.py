"""The shapes that REDCap takes: its eighteen columns, its names, its repeating instruments."""

from __future__ import annotations

import csv
import io
import re

import pytest

from afferent.errors import InputError
from afferent.web.programme.columns import TABLES
from afferent.web.programme.redcap import HEADER, event_of, redcap_dictionary, redcap_header, variable
from afferent.web.programme.tests.test_export import AT, FORM, people, read, table

__all__ = ["people"]
# As REDCap writes it when it exports a data dictionary.
REDCAPS = (
    'Variable / Field Name,Form Name,Section Header,Field Type,Field Label,"Choices, Calculations, OR Slider Labels",'
    "Field Note,Text Validation Type OR Show Slider Number,Text Validation Min,Text Validation Max,Identifier?,"
    "Branching Logic (Show field only if...),Required Field?,Custom Alignment,Question Number (surveys only),"
    "Matrix Group Name,Matrix Ranking?,Field Annotation"
)


def test_the_eighteen_columns() -> None:
    assert list(HEADER) == next(csv.reader(io.StringIO(REDCAPS)))
    assert len(HEADER) == 18


@pytest.mark.parametrize("dates", ["numbers", "shifted"])
def test_every_variable_has_a_name_that_redcap_takes(dates) -> None:
    header, rows = redcap_dictionary(dates)
    told = [dict(zip(header, one, strict=True)) for one in rows]
    names = [one["Variable / Field Name"] for one in told]
    assert names[0] == "record_id"
    assert len(set(names)) == len(names)
    for one in told:
        assert re.fullmatch("[a-z][a-z0-9_]{0,25}", one["Variable / Field Name"])
        assert re.fullmatch("[a-z][a-z0-9_]*", one["Form Name"])
        assert one["Field Type"] in ("text", "dropdown")
        assert one["Text Validation Type OR Show Slider Number"] in ("", "integer", "number", "date_ymd")
        assert bool(one["Choices, Calculations, OR Slider Labels"]) == (one["Field Type"] == "dropdown")
        for choice in filter(None, one["Choices, Calculations, OR Slider Labels"].split(" | ")):
            assert re.fullmatch(r"[a-zA-Z0-9_]+, .+", choice)
    forms = [one["Form Name"] for one in told]
    assert [one for n, one in enumerate(forms) if n == 0 or forms[n - 1] != one] == ["person", "visit", "score"]


def test_the_file_has_what_the_dictionary_has(maren, people) -> None:
    files = read(maren.post(AT, FORM | {"kind": "redcap", "dates": "shifted"}))
    assert set(files) == {"redcap_data.csv", "redcap_dictionary.csv", "README.txt"}
    told = table(files["redcap_dictionary.csv"])
    rows = table(files["redcap_data.csv"])
    own = {"redcap_repeat_instrument", "redcap_repeat_instance", "person_complete", "visit_complete", "score_complete"}
    assert set(rows[0]) == {one["Variable / Field Name"] for one in told} | own
    codes = {
        one["Variable / Field Name"]: {part.split(", ")[0] for part in one[HEADER[5]].split(" | ")}
        for one in told
        if one[HEADER[5]]
    }
    for row in rows:
        for name, known in codes.items():
            assert row[name] in known | {""}, (name, row[name])
        form = row["redcap_repeat_instrument"] or "person"
        mine = {one["Variable / Field Name"] for one in told if one["Form Name"] == form} - {"record_id"}
        others = {one["Variable / Field Name"] for one in told} - mine - {"record_id"}
        assert not any(row[name] for name in others)
        assert [row[f"{one}_complete"] for one in ("person", "visit", "score")].count("2") == 1
        for name in ("visit_date", "score_date"):
            assert re.fullmatch(r"(\d{4}-\d{2}-\d{2})?", row[name])


def test_instances_count_from_one_for_each_person_and_instrument(maren, people) -> None:
    rows = table(read(maren.post(AT, FORM | {"kind": "redcap"}))["redcap_data.csv"])
    seen: dict[tuple[str, str], list[int]] = {}
    for row in rows:
        if row["redcap_repeat_instrument"]:
            key = row["record_id"], row["redcap_repeat_instrument"]
            seen.setdefault(key, []).append(int(row["redcap_repeat_instance"]))
        else:
            assert row["redcap_repeat_instance"] == ""
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in seen.values())
    assert len(rows) == 10 + 20 + 40


def test_with_events_each_line_names_one(maren, people) -> None:
    sent = FORM | {"kind": "redcap", "event": "baseline_arm_1"}
    text = read(maren.post(AT, sent))["redcap_data.csv"]
    assert text.startswith("record_id,redcap_event_name,redcap_repeat_instrument,redcap_repeat_instance,")
    assert {row["redcap_event_name"] for row in table(text)} == {"baseline_arm_1"}


def test_an_event_has_a_name_of_redcaps() -> None:
    assert event_of("") == ""
    for odd in ("Baseline", "baseline", "a b_arm_1", "x" * 70 + "_arm_1"):
        with pytest.raises(InputError):
            event_of(odd)


def test_names_are_one_for_all_tables() -> None:
    names = [variable(name) for those in TABLES.values() for name in those]
    assert len(set(names)) == len(names)
    assert redcap_header("numbers")[0] == "record_id"
