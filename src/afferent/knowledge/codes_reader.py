"""Reads the tables of codes beside this module (codes/*.csv), and refuses a row that is not sound.

Lines that begin with # are comments; the first other line names the columns. Every fault names file, line and code.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from afferent.body.areas import PARTS
from afferent.errors import KnowledgeError
from afferent.knowledge.code_systems import SNOMED, SYSTEMS, normal

MATCHES: Final = frozenset({"exact", "prefix", "not"})
SIDES: Final = frozenset({"", "left", "right", "both"})

# unverified  not seen in any source: may only raise the question
# form        in which form the medicine is given decides; where the order has words, they count and not the code
# product     the code of a product, not of its ingredient
# oral        words say that it is taken by mouth
# late        what an old injury left behind, not the injury: only raises the question
# words       found in words without a code: only raises the question
NOTES: Final = frozenset({"", "unverified", "form", "product", "oral", "late", "words"})
UNSURE: Final = frozenset({"unverified", "late", "words"})

TABLES: Final = ("snomed", "icd9", "rxnorm", "atc", "loinc", "mimic")
COLUMNS: Final = ["concept", "system", "code", "match", "side", "place", "note", "name"]


class Row(NamedTuple):
    """One code of a table: the concept it shows, and what the code itself says of side and place."""

    concept: str
    system: str
    code: str
    match: str
    side: str = ""
    place: str = ""
    note: str = ""
    name: str = ""


def lines(path: Path, columns: list[str]) -> Iterator[tuple[int, list[str]]]:
    """The numbered rows of a table. Raises KnowledgeError on other columns than these."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{path.name}: {error}") from None
    plain = text.splitlines()
    head = next((n for n, line in enumerate(plain) if not line.startswith("#")), len(plain))
    reader = csv.reader(plain[head:])
    if next(reader, []) != columns:
        raise KnowledgeError(f"{path.name}, line {head + 1}: the columns must be {', '.join(columns)}")
    for number, row in enumerate(reader, head + 2):
        if len(row) != len(columns):
            raise KnowledgeError(f"{path.name}, line {number}: {len(row)} fields instead of {len(columns)}")
        yield number, row


def rows(folder: Path, concepts: Collection[str]) -> list[Row]:
    """Every row of every table of codes, codes normalised. Raises KnowledgeError naming file, line and code."""
    found: list[Row] = []
    seen: set[tuple[str, str, str]] = set()
    sound: set[tuple[str, ...]] = set()  # everything but the code repeats: checked once
    for table in TABLES:
        path = folder / f"{table}.csv"
        for number, fields in lines(path, COLUMNS):
            fields[2] = normal(fields[2])
            row = Row(*fields)
            shape = (row.concept, row.system, row.match, row.side, row.place, row.note)
            key = (row.concept, row.system, row.code)
            fault = "stands twice" if key in seen else "" if shape in sound else _fault(row, concepts)
            if not row.code or (row.system == SNOMED and not row.code.isdigit()):
                fault = "is no code of its system"
            if fault:
                raise KnowledgeError(f"{path.name}, line {number}, {row.concept} {row.code}: {fault}")
            sound.add(shape)
            seen.add(key)
            found.append(row)
    return found


def _fault(row: Row, concepts: Collection[str]) -> str:
    if row.concept not in concepts:
        return "there is no such concept"
    if row.system not in SYSTEMS:
        return f"there is no code system {row.system!r}"
    if row.match not in MATCHES or row.side not in SIDES or row.note not in NOTES:
        return f"{row.match!r}, {row.side!r} or {row.note!r} is not one of the allowed words"
    return f"there is no part {row.place!r}" if row.place and row.place not in PARTS else ""
