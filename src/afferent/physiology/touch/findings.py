"""What studies found about a stroke, and what they leave open.

Ask here: `finding(id)`, each with title, `found`, `not_known` and its sources; `FINDINGS` in the order they are told.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from msgspec import Struct

from afferent.physiology.touch.data import findings_table

FINDINGS: Final = ("slow", "sole", "palm", "light_first", "while_on", "near_helps", "brush")


class Cited(Struct, frozen=True):
    """Where it was read."""

    title: str
    url: str


class Finding(Struct, frozen=True):
    """One statement, with what is not known said as plainly."""

    id: str
    title: str
    found: str
    not_known: str
    sources: tuple[Cited, ...]


@cache
def finding(id: str) -> Finding:
    """One of `FINDINGS`. Raises KeyError on any other name."""
    table = findings_table()
    entry = table[id]
    sources = tuple(Cited(**table["source"][key]) for key in entry["sources"])
    return Finding(id, entry["title"], entry["found"], entry["not_known"], sources)
