"""Is the chain whole? And does an entry that somebody wrote down on paper still stand as it stood?

The chain shows a change in its middle. Whoever rewrites all of it, or cuts off its end, is shown only by the paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Final

from afferent.web.audit.chain import faults
from afferent.web.audit.models import Entry

MOST_FAULTS: Final = 20


@dataclass(frozen=True)
class Checked:
    """What was found: the first faults, and what became of the entry on paper (nothing: none was given)."""

    faults: list[str]
    more: bool
    paper: str
    same: bool


def head() -> Entry | None:
    """The last entry."""
    return Entry.objects.order_by("-seq").first()


def checked(number: int | None, written: str) -> Checked:
    """Go through the whole chain; stop after enough faults."""
    found = list(islice(faults(), MOST_FAULTS + 1))
    paper, same = _paper(number, written)
    return Checked(found[:MOST_FAULTS], len(found) > MOST_FAULTS, paper, same)


def _paper(number: int | None, written: str) -> tuple[str, bool]:
    if number is None or not written:
        return "", True
    entry = Entry.objects.filter(seq=number).first()
    if entry is None:
        return f"There is no entry {number} any more: the end of the chain was cut off.", False
    if not entry.hash.startswith(written):
        return f"Entry {number} is not the one that you wrote down: the chain was written anew.", False
    return f"Entry {number} is the one that you wrote down.", True
