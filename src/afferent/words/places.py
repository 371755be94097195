"""Places in words: regions merged as people say them.

Ask here: `region_name`, `regions_phrase` ("the right leg, thigh to toes and both feet") and, for areas, `phrase` and
`title`. Left and right are always words.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from afferent.body.names import Name, name, names_of
from afferent.body.regions import WHOLE, area
from afferent.words.vocabulary import capital, listed

region_name = name


def regions_phrase(regions: Iterable[str], *, spans: bool = True) -> str:
    """Regions inside a sentence: "the right leg, thigh to toes"; without spans "the right leg"."""
    return phrase(area(regions), spans=spans)


@cache
def phrase(bits: int, *, spans: bool = True) -> str:
    """An area inside a sentence: "both feet and the left hand", "everything but the head and neck"."""
    names = names_of(bits)
    rest = names_of(WHOLE & ~bits)
    if bits != WHOLE and len(rest) < len(names) and len(rest) <= 2:
        return f"everything but {listed(_in_sentence(one, spans) for one in rest)}"
    return listed(_in_sentence(one, spans) for one in names)


@cache
def title(bits: int) -> str:
    """An area as the heading of a row: "Right leg, thigh to toes"."""
    names = names_of(bits)
    rest = names_of(WHOLE & ~bits)
    if bits != WHOLE and len(rest) < len(names) and len(rest) <= 2:
        return f"Everything but {listed(_in_sentence(one, False) for one in rest)}"
    if len(names) == 1:
        return capital(names[0].full)
    return capital(listed(_plain(one) for one in names))


def count(bits: int) -> int:
    """How many names the phrase of this area has."""
    return min(len(names_of(bits)), max(1, len(names_of(WHOLE & ~bits))))


def _in_sentence(one: Name, spans: bool) -> str:
    """ "the left foot (sole, heel)" reads better than "the heel of the sole of the left foot"."""
    words = one.words if one.words.startswith("both ") else f"the {one.words}"
    if one.part:
        return f"{words} ({one.part})"
    return f"{words}, {one.span}" if spans and one.span else words


def _plain(one: Name) -> str:
    return f"{one.words} ({one.part})" if one.part else one.words
