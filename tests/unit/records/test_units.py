"""Units: the table row by row against a real UCUM parser, and what must be refused."""

from __future__ import annotations

import contextlib
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afferent.errors import InputError
from afferent.records import ucum
from afferent.records.units import TABLE, convert

# An affine scale of HbA1c that no unit parser can know; checked by value below.
HABITS = frozenset({"mmol/mol", "mmol/mol{hb}"})


@pytest.mark.parametrize(
    ("value", "unit", "wanted", "expected"),
    [
        (42, "10*3/uL", "10*3/uL", 42),
        (42, "10*9/L", "10*3/uL", 42),
        (42000, "/uL", "10*3/uL", 42),
        (42000, "{cells}/uL", "10*3/uL", 42),
        (42000, "cells/mcL", "10*3/uL", 42),
        (42, "K/uL", "10*3/uL", 42),  # thousand, not kelvin
        (42, "K/µL", "10*3/uL", 42),
        (42, "x10^3/uL", "10*3/uL", 42),
        (42, "10³/µL", "10*3/uL", 42),
        (42, "G/L", "10*3/uL", 42),
        (42, "Thousand/uL", "10*3/uL", 42),
        (0.4, "10*3/uL", "/uL", 400),
        (5.5, "mmol/L", "mg/dL", 99.1),
        (98.6, "[degF]", "Cel", 37),
        (98.6, "F", "Cel", 37),
        (16, "kPa", "mm[Hg]", 120),
        (53, "mmol/mol", "%", 7.0),
        (2.5, "{INR}", "1", 2.5),
    ],
)
def test_units_of_every_day(value, unit, wanted, expected):
    assert convert(value, unit, wanted) == pytest.approx(expected, rel=2e-3)


@pytest.mark.parametrize(
    ("value", "unit", "wanted", "expected"),
    [
        (42, "10*6/mL", "10*3/uL", 42),
        (4.2e10, "/L", "10*3/uL", 42),
        (42, "10*3.uL-1", "10*3/uL", 42),
        (42, "10*3{plt}/uL", "10*3/uL", 42),
        (42, "10*12/m3", "10*3/uL", 0.042e3),
        (1, "g/L", "mg/dL", 100),
        (310.15, "K", "Cel", 37),
        (12, "cm[Hg]", "mm[Hg]", 120),
    ],
)
def test_odd_but_valid_units_go_through_the_parser(value, unit, wanted, expected):
    assert convert(value, unit, wanted) == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize(
    ("unit", "wanted"),
    [
        ("", "10*3/uL"),
        ("  ", "10*3/uL"),
        ("kat", "10*3/uL"),
        ("K/mL", "10*3/uL"),
        ("g/L", "10*3/uL"),
        ("%", "10*3/uL"),
        ("[IU]/uL", "10*3/uL"),
        ("[CFU]/mL", "10*3/uL"),
        ("/[HPF]", "10*3/uL"),
        ("{x}", "10*3/uL"),
        ("mol/L", "10*3/uL"),
        ("umol/L", "mg/dL"),
        ("g%", "mg/dL"),
        ("%", "1"),
        ("s", "1"),
        ("1", "%"),
        ("mm[Hg]", "Cel"),
        ("10*9999999/L", "10*3/uL"),
        ("m9999", "10*3/uL"),
        ("(" * 5000, "10*3/uL"),
        ("10*3/", "10*3/uL"),
        ("\x00", "Cel"),
    ],
)
def test_what_does_not_measure_the_same_is_refused(unit, wanted):
    with pytest.raises(InputError):
        convert(42, unit, wanted)


@pytest.mark.parametrize(
    ("wanted", "unit"), [(wanted, unit) for wanted, rows in TABLE.items() for unit in rows if unit not in HABITS]
)
def test_the_table_agrees_with_the_parser_wherever_it_reads_the_unit(wanted, unit):
    try:
        parsed = ucum.convert(7.0, unit, wanted)
    except InputError:
        return  # a laboratory's habit, not UCUM
    assert convert(7.0, unit, wanted) == pytest.approx(parsed, rel=1e-4)


@given(st.floats(0, 1e6), st.sampled_from(["10*3/uL", "10*9/L", "/uL", "10*6/L", "K/uL", "/nL", "cells/mm3"]))
def test_a_count_is_the_same_per_cell_and_per_thousand(value, unit):
    assert convert(value, unit, "/uL") == pytest.approx(1000 * convert(value, unit, "10*3/uL"))


@given(st.text(max_size=40), st.sampled_from(sorted(TABLE)))
def test_any_text_as_unit_is_read_or_refused(unit, wanted):
    with contextlib.suppress(InputError):
        assert isinstance(convert(42.0, unit, wanted), float)


def test_without_the_parser_only_the_table_is_read(monkeypatch):
    monkeypatch.setitem(sys.modules, "afferent.records.ucum", None)
    monkeypatch.delattr("afferent.records.ucum")
    assert convert(42, "10*9/L", "10*3/uL") == 42
    with pytest.raises(InputError, match="is not known here"):
        convert(42, "10*6/mL", "10*3/uL")
