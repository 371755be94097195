"""Reads tables of trials: the one beside this module, or one of somebody's own.

Ask here: `trials()` for ours, `read_trials(path)` for another, `columns()` for what the columns mean. A table is
UTF-8 with commas and a row of names; a cell that cannot be read is refused with file, line and column, and then
nothing is kept.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from math import isfinite
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import inspect

from afferent.errors import InputError, KnowledgeError
from afferent.knowledge.trials import TrialRow

FILE: Final = Path(__file__).parent / "trials.csv"
_MOST_BYTES: Final = 8_000_000
_MOST_ROWS: Final = 20_000
_NAMES: Final = tuple(TrialRow.__struct_fields__)
_NEEDED: Final = ("trial", "condition", "technique", "comparator", "outcome")


@cache
def trials(path: Path = FILE) -> tuple[TrialRow, ...]:
    """All rows of our table. Raises KnowledgeError naming line and column. `reviews` checks that sources exist."""
    try:
        return _rows(path, planned=True)
    except InputError as error:
        raise KnowledgeError(str(error)) from None


def read_trials(path: Path) -> tuple[TrialRow, ...]:
    """Somebody's own table. Raises InputError naming file, line and column."""
    found = _rows(path, planned=False)
    if not found:
        raise InputError(f"{path.name}: holds no row below its names")
    return found


def columns() -> dict[str, str]:
    """Column -> its meaning, in the order of the table."""
    found = inspect.type_info(TrialRow)
    assert isinstance(found, inspect.StructType)
    return {field.name: _description(field.type) for field in found.fields}


def _description(type_: Any) -> str:
    extra = getattr(type_, "extra_json_schema", None) or {}
    return str(extra.get("description", ""))


def _rows(path: Path, *, planned: bool) -> tuple[TrialRow, ...]:
    found: dict[tuple[str, ...], int] = {}
    rows = []
    for line, cells in _lines(path):
        row = _row(cells, f"{path.name}, line {line}", planned=planned)
        if (first := found.setdefault(row.key, line)) != line:
            raise InputError(
                f"{path.name}, line {line}: the same trial, groups, outcome, measure and time as line {first}; "
                "keep one of them"
            )
        rows.append(row)
    return tuple(rows)


def _lines(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and cells that are not empty."""
    reader = csv.reader(_text(path).splitlines(keepends=True), strict=True)
    try:
        names = [name.strip() for name in next(reader, [])]
        _check_names(path.name, names)
        for count, cells in enumerate(reader):
            if count >= _MOST_ROWS:
                raise InputError(f"{path.name}: more than {_MOST_ROWS:,} rows; give fewer")
            if len(cells) > len(names):
                raise InputError(
                    f"{path.name}, line {reader.line_num}: {len(cells)} cells under {len(names)} names; "
                    'put text that holds a comma into "quotes"'
                )
            kept = {name: cell.strip() for name, cell in zip(names, cells, strict=False) if cell.strip()}
            if kept:
                yield reader.line_num, kept
    except csv.Error as error:
        raise InputError(f"{path.name}, line {reader.line_num}: {error}") from None


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise InputError(f"{path.name}: larger than {_MOST_BYTES // 1_000_000} MB; give fewer rows")
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"{path.name}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise InputError(f"{path.name}: is not UTF-8 text; save it as “CSV UTF-8”") from None


def _check_names(file: str, names: list[str]) -> None:
    for number, name in enumerate(names, 1):
        if name not in _NAMES:
            hint = "; columns are parted by commas" if ";" in name or "\t" in name else ""
            raise InputError(f"{file}, line 1, column {number}: there is no column {name[:40]!r}{hint}")
        if names.index(name) != number - 1:
            raise InputError(f"{file}, line 1, column {number}: {name!r} stands there twice")
    if missing := [name for name in _NEEDED if name not in names]:
        raise InputError(f"{file}, line 1: the column {missing[0]!r} is missing")


def _row(cells: dict[str, str], place: str, *, planned: bool) -> TrialRow:
    given: dict[str, Any] = dict(cells)
    # A plan may not say yet what it will measure.
    given["outcome"] = [one.strip() for one in cells.get("outcome", "").split(";") if one.strip()]
    for name in _NEEDED:
        if not given.get(name) and not (planned and name == "outcome"):
            raise InputError(f"{place}, column {name!r}: is empty, and must not be")
    try:
        row = msgspec.convert(given, TrialRow, strict=False)
    except msgspec.ValidationError as error:
        raise InputError(f"{place}, {_sentence(str(error), cells)}") from None
    for fault in _faults(row):
        raise InputError(f"{place}, {fault}")
    return row


def _sentence(error: str, cells: dict[str, str]) -> str:
    """msgspec's words with the column in front and the cell behind."""
    what, _, path = error.partition(" - at `$.")
    name = path.partition("[")[0].rstrip("`")
    return f"column {name!r}: {what[:1].lower()}{what[1:]}, and the cell holds {cells.get(name, '')[:40]!r}"


def _faults(row: TrialRow) -> Iterator[str]:
    for name in _NAMES:
        value = getattr(row, name)
        if isinstance(value, float) and not isfinite(value):
            yield f"column {name!r}: is no number"
    if (row.effect is None) != (row.kind == ""):
        yield "column 'kind': `effect` and `kind` go together"
    if (row.low is None) != (row.high is None):
        yield "column 'low': an interval has two ends, `low` and `high`"
    if row.low is not None and row.high is not None:
        if row.effect is None or not row.low <= row.effect <= row.high:
            yield "column 'effect': must lie between `low` and `high`"
        elif row.low == row.high:
            yield "column 'high': the interval has no width"
    if row.kind in ("rr", "or") and min(x for x in (row.effect, row.low) if x is not None) <= 0:
        yield "column 'effect': a ratio and its interval lie above nought"
    for events, people, name in (
        (row.events, row.arm_people, "events"),
        (row.against_events, row.against_people, "against_events"),
    ):
        if events is not None and people is not None and events > people:
            yield f"column {name!r}: more people than the group has"
