"""The columns of an export, from `columns.toml`, and the data dictionary that goes with them.

Ask here: `TABLES` (table -> columns), `columns(table, dates)`, `codes(column)` (code -> words) and `dictionary`.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import Final, Literal

import tomli
from msgspec import Struct, convert

from afferent.knowledge.measures import ASKED_WORDS
from afferent.web.outcomes.models import TOLD
from afferent.web.programme.people import GROUPS, NONE, NOT_KNOWN, NOT_SHOWN, SEVERAL, bands

Dates = Literal["numbers", "shifted"]
ID: Final = "study_id"
DICTIONARY: Final = ("table", "column", "meaning", "unit", "values", "source")
_ID_MEANS: Final = "The person in this study: drawn once, kept in the clinic, the same in every file of this study"


class Column(Struct, frozen=True, forbid_unknown_fields=True):
    """`values`: which list of codes; `only`: how days are told, empty for both."""

    label: str
    meaning: str
    kind: Literal["code", "integer", "number", "date", "text"]
    source: str
    unit: str = ""
    values: str = ""
    only: str = ""


TABLES: Final = convert(
    tomli.loads(files("afferent.web.programme").joinpath("columns.toml").read_text("utf-8")),
    dict[str, dict[str, Column]],
)
_CODES: Final[dict[str, dict[str, str]]] = {
    "bands": {one: one.replace("_up", " and over").replace("_", "–") for one in bands()}
    | {NOT_KNOWN: "not known", NOT_SHOWN: "not shown, too few people"},
    "groups": {key: one.title for key, one in GROUPS.items()}
    | {SEVERAL: "Several of these", NONE: "None of these is known", NOT_SHOWN: "not shown, too few people"},
    "worse": {"yes": "Yes", "no": "No", "not_said": "Nobody said"},
    "asked": {str(key): words for key, words in ASKED_WORDS.items()},
    "told": dict(TOLD),
}


def columns(table: str, dates: Dates) -> dict[str, Column]:
    """Those of one table, without the person's code, in their order."""
    return {name: one for name, one in TABLES[table].items() if one.only in ("", dates)}


def codes(column: Column) -> dict[str, str]:
    """Nothing for a column that is no code."""
    return _CODES.get(column.values, {})


def dictionary(dates: Dates) -> Iterator[tuple[str, ...]]:
    """A line for each column of each table."""
    for table in TABLES:
        yield table, ID, _ID_MEANS, "", "", "drawn"
        for name, one in columns(table, dates).items():
            said = "; ".join(f"{code} = {words}" for code, words in codes(one).items())
            yield table, name, one.meaning, one.unit, said or _KINDS[one.kind], one.source


_KINDS: Final = {
    "integer": "whole number", "number": "number", "date": "date, YYYY-MM-DD", "text": "text from a fixed list",
    "code": "",
}  # fmt: skip
