"""What studies found about a stroke, and what they leave open.

Ask here: `finding(id)`, each with title, `found`, `not_known` and its sources; `FINDINGS` in the order they are told.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from msgspec import Struct

from afferent.physiology.touch.data import findings_table

FINDINGS: Final = ("slow", "sole", "palm", "light_first", "while_on", "near_helps", "brush")


class Finding(Struct, frozen=True):
    """One statement, with what is not known said as plainly; `sources` are keys of the knowledge."""

    id: str
    title: str
    found: str
    not_known: str
    sources: tuple[str, ...]


@cache
def finding(id: str) -> Finding:
    """One of `FINDINGS`. Raises KeyError on any other name."""
    entry = findings_table()[id]
    return Finding(id, entry["title"], entry["found"], entry["not_known"], tuple(entry["sources"]))
