"""Places in words: regions merged as people say them.

Ask here: `region_name`, `regions_phrase` ("the right leg, thigh to toes and both feet") and, for areas, `phrase` and
`title`. Left and right are always words.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

from afferent.body.names import Name, name, names_of
from afferent.body.regions import WHOLE, area
from afferent.words.vocabulary import capital, listed

_SHORT: Final = 3

region_name = name


def regions_phrase(regions: Iterable[str], *, spans: bool = True) -> str:
    """Regions inside a sentence: "the right leg, thigh to toes"; without spans "the right leg"."""
    return phrase(area(regions), spans=spans)


@cache
def phrase(bits: int, *, spans: bool = True) -> str:
    """An area inside a sentence: "both feet and the left hand", "everything but the head and neck"."""
    rest = _rest(bits)
    if rest:
        return f"everything but {listed(_in_sentence(one, spans) for one in rest)}"
    return listed(_in_sentence(one, spans) for one in names_of(bits))


@cache
def title(bits: int) -> str:
    """An area as the heading of a row: "Right leg, thigh to toes"."""
    names, rest = names_of(bits), _rest(bits)
    if rest:
        return f"Everything but {listed(_in_sentence(one, False) for one in rest)}"
    return capital(names[0].full if len(names) == 1 else listed(_plain(one) for one in names))


def _rest(bits: int) -> tuple[Name, ...]:
    """What most of the body leaves out, where that is quicker to say."""
    rest = names_of(WHOLE & ~bits)
    short = len(rest) < min(len(names_of(bits)), _SHORT) and bits.bit_count() * 2 > WHOLE.bit_count()
    return rest if short and not any(" but " in one.words for one in rest) else ()


def count(bits: int) -> int:
    """How many names the phrase of this area has."""
    return len(_rest(bits) or names_of(bits))


def _in_sentence(one: Name, spans: bool) -> str:
    """ "the left foot (sole, heel)" reads better than "the heel of the sole of the left foot"."""
    words = one.words if one.words.startswith("both ") else f"the {one.words}"
    if one.part:
        return f"{words} ({one.part})"
    return f"{words}, {one.span}" if spans and one.span else words


def _plain(one: Name) -> str:
    return f"{one.words} ({one.part})" if one.part else one.words
