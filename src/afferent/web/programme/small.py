"""Counts for somebody outside the clinic: of one to four people nobody is told how many, for they could be known again.

Ask here: `few` (a count), `parts` (counts that add up to a total that is told: where one part is hidden, so is the next
smallest, and of neither it is said how many, or it could be worked out) and `LEAST`. Nought is told: it is nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeVar

LEAST: Final = 5
FEWER: Final = f"fewer than {LEAST}"
HIDDEN: Final = "not shown"

Key = TypeVar("Key")


def few(count: int) -> str:
    """ "0", "fewer than 5", "17"."""
    return FEWER if 0 < count < LEAST else f"{count:,}"


def parts(counts: Mapping[Key, int]) -> dict[Key, str]:
    """Parts of one total, so that no hidden one follows from the others and the total."""
    said = {key: few(count) for key, count in counts.items()}
    hidden = [counts[key] for key, one in said.items() if one == FEWER]
    together = sum(hidden)
    if len(hidden) == 1 or 0 < together < LEAST or (hidden and together == (LEAST - 1) * len(hidden)):
        open_ = [key for key, count in counts.items() if count >= LEAST]
        if open_:
            closed = [key for key, one in said.items() if one == FEWER]
            said |= dict.fromkeys((*closed, min(open_, key=lambda key: counts[key])), HIDDEN)
    return said
