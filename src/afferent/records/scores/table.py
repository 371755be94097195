"""Bytes as a table: a head and rows of words, each row with the line on which it begins. Nothing here knows a score.

Ask here: `Table(name, data, known)`. Refused in one sentence: what is no text, no table, a spreadsheet, a web page, or
has more rows or columns than a person's diary ever has.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from typing import Final

from afferent.errors import InputError
from afferent.records import source

MOST_ROWS: Final = 500_000
MOST_COLUMNS: Final = 200
_DELIMITERS: Final = "\t;,"
_BOM: Final = b"\xef\xbb\xbf"


class Table:
    """`head`: the words of the first row that is not empty, and `line`, where it stands; then `rows()`."""

    def __init__(self, name: str, data: bytes, known: Callable[[str], bool]) -> None:
        """`known`: is this the name of a column? It tells commas from semicolons."""
        self.name = name
        _is_a_table(name, data)
        source.checked(name, data)
        text = source.text_of(name, data.removeprefix(_BOM))
        self._rows = self._read(text, _delimiter(text, known))
        first = next(self._rows, None)
        if first is None:
            raise InputError(f"{name}: the file is empty")
        self.line, self.head = first
        if len(self.head) > MOST_COLUMNS:
            raise InputError(f"{name}, line {self.line}: more than {MOST_COLUMNS} columns; keep those of the scores")

    def rows(self) -> list[tuple[int, list[str]]]:
        """Every further row that is not empty. Raises InputError where no row can be believed any more."""
        found = []
        for row in self._rows:
            found.append(row)
            if len(found) > MOST_ROWS:
                raise InputError(f"{self.name}: more than {MOST_ROWS:,} rows; split the file")
        if not found:
            raise InputError(f"{self.name}: there is a head and no row below it; write one row for each day")
        return found

    def _read(self, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
        lines = io.StringIO(text, newline="")
        reader = csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=True)
        begins = 1
        try:
            for row in reader:
                cells = [cell.strip() for cell in row]
                if any(cells) and not (begins == 1 and _says_separator(row)):
                    yield begins, cells
                begins = reader.line_num + 1
        except csv.Error as error:
            why = {"unexpected end of data": "a quotation mark is opened here and never closed"}.get(str(error))
            raise InputError(
                f'{self.name}, line {begins}: {why or f"no row of a table ({error})"}; write " as "" inside a cell'
            ) from None


def _is_a_table(name: str, data: bytes) -> None:
    start = data.removeprefix(_BOM).lstrip()[:2]
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise InputError(f"{name}: this is a spreadsheet or a packed file; save the sheet as CSV (UTF-8)")
    if data.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"SQLite format 3")):
        raise InputError(f"{name}: this is a PDF, a picture or a database; save the table as CSV (UTF-8)")
    if start.startswith(b"<"):
        raise InputError(f"{name}: this is a web page or XML, whatever its name says; save the table as CSV (UTF-8)")
    if start.startswith((b"{", b"[")):
        raise InputError(f"{name}: this is JSON; save the table as CSV (UTF-8)")


def _says_separator(row: list[str]) -> bool:
    """ "sep=;" in the first line is for a spreadsheet program."""
    return "".join(row).strip().lower() in ("sep=", "sep")


def _delimiter(text: str, known: Callable[[str], bool]) -> str:
    """The one that makes the most known names of the head, then the most cells; written out, it is believed."""
    lines = [line for line in text[:20_000].splitlines() if line.strip()][:2]
    if lines and lines[0].lower().startswith("sep=") and lines[0][4:5] in _DELIMITERS and lines[0][4:5]:
        return lines[0][4]
    head = lines[0] if lines else ""

    def worth(delimiter: str) -> tuple[int, int]:
        cells = [cell.strip(' "') for cell in head.split(delimiter)]
        return sum(map(known, cells)), len(cells)

    return max(_DELIMITERS, key=worth)
