"""An export as one ZIP file: tables as CSV or Parquet with a data dictionary, or what REDCap imports.

Ask here: `make` (writes the file) and `FORMATS`. Rows go to the disk as they are read, into a folder of this user's own
that is gone afterwards, so that memory stays the same whatever the number of rows.
"""

from __future__ import annotations

import csv
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any, Final

from afferent.errors import InputError
from afferent.web.programme.columns import DICTIONARY, ID, TABLES, Dates, columns, dictionary
from afferent.web.programme.redcap import redcap_dictionary, redcap_header, redcap_rows
from afferent.web.programme.rows import History

FORMATS: Final = {
    "csv": "CSV: three tables and a data dictionary, for any spreadsheet or statistics program",
    "parquet": "Parquet: the same tables, with their types",
    "redcap": "REDCap: one file to import and the data dictionary that makes the project",
}
_TYPES: Final = {"code": "VARCHAR", "text": "VARCHAR", "integer": "INTEGER", "number": "DOUBLE", "date": "DATE"}
_EPOCH: Final = (2000, 1, 1, 0, 0, 0)  # of the files within: when it was made stands in the audit


def make(
    into: IO[bytes], kind: str, people: Iterable[History], dates: Dates, about: str, *, event: str = ""
) -> dict[str, int]:
    """Write the file, and say how many rows each table has. Raises InputError for a format that is none, or whose
    library is missing."""
    if kind not in FORMATS:
        raise InputError("Choose a format: CSV, Parquet or REDCap")
    if kind == "parquet" and find_spec("duckdb") is None:
        raise InputError("Parquet needs more than is installed here; install it with: pip install 'afferent[sql]'")
    with tempfile.TemporaryDirectory() as name, zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as packed:
        folder = Path(name)
        if kind == "redcap":
            rows = _redcap(folder, people, dates, event)
        else:
            rows = _tables(folder, people, dates)
            _write(folder / "dictionary.csv", DICTIONARY, dictionary(dates))
        if kind == "parquet":
            _to_parquet(folder, dates)
        for path in sorted(folder.iterdir()):
            with packed.open(_named(path.name), "w") as inside, path.open("rb") as file:
                while block := file.read(2**16):
                    inside.write(block)
        packed.writestr(_named("README.txt"), about)
    return rows


def _named(name: str) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name, _EPOCH)
    made.compress_type = zipfile.ZIP_DEFLATED
    return made


def _tables(folder: Path, people: Iterable[History], dates: Dates) -> dict[str, int]:
    count = dict.fromkeys(TABLES, 0)
    with ExitStack() as open_:
        files = {one: open_.enter_context(_file(folder / f"{one}.csv")) for one in TABLES}
        made = {one: csv.writer(file) for one, file in files.items()}
        names = {one: tuple(columns(one, dates)) for one in TABLES}
        for table, writer in made.items():
            writer.writerow((ID, *names[table]))
        for one in people:
            for table, rows in (("people", [one.own]), ("visits", one.visits), ("scores", one.scores)):
                for row in rows:
                    made[table].writerow((one.person.code, *(cell(row.get(name)) for name in names[table])))
                count[table] += len(rows)
    return count


def _redcap(folder: Path, people: Iterable[History], dates: Dates, event: str) -> dict[str, int]:
    count = dict.fromkeys(TABLES, 0)
    with _file(folder / "redcap_data.csv") as file:
        writer = csv.writer(file)
        writer.writerow(redcap_header(dates, event))
        for one in people:
            for table, row in redcap_rows(one, dates, event):
                writer.writerow([cell(value) for value in row])
                count[table] += 1
    header, rows = redcap_dictionary(dates)
    _write(folder / "redcap_dictionary.csv", header, rows)
    return count


def _to_parquet(folder: Path, dates: Dates) -> None:
    """Each table with its types, one after the other; the CSV goes."""
    import duckdb

    with duckdb.connect(config={"memory_limit": "256MB", "threads": 1}) as base:
        for table in TABLES:
            path = folder / f"{table}.csv"
            kinds = {ID: "VARCHAR"} | {name: _TYPES[one.kind] for name, one in columns(table, dates).items()}
            told = ", ".join(f"'{name}': '{kind}'" for name, kind in kinds.items())
            read = f"read_csv(?, header = true, columns = {{{told}}}, nullstr = '')"
            base.execute(f"CREATE OR REPLACE TEMP TABLE one AS SELECT * FROM {read}", [str(path)])
            base.execute(f"COPY one TO '{path.with_suffix('.parquet')}' (FORMAT parquet)")
            path.unlink()


def _file(path: Path) -> IO[str]:
    return path.open("w", encoding="utf-8", newline="")


def _write(path: Path, header: Iterable[str], rows: Iterator[tuple[str, ...]]) -> None:
    with _file(path) as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)


def cell(value: Any) -> Any:
    """Words never begin as a formula of a spreadsheet; numbers stay numbers."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return value
