"""Where the hands are: which ceiling holds there, and whether feeling is a guide.

Ask here: `ceiling`, `is_numb`, `touches`, `together`. Where regions overlap, parent or child, the stricter reading
counts: a foot has the ceiling of its sole, and is numb when one toe is. A region that nobody knows is only itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from afferent.body.areas import segment
from afferent.body.regions import AREA, cover


@lru_cache(maxsize=1024)
def area_of(regions: tuple[str, ...]) -> int:
    """The area of those that are known."""
    bits = 0
    for region in regions:
        bits |= AREA.get(region, 0)
    return bits


def touches(one: Iterable[str], other: Iterable[str]) -> bool:
    """Do these places share any skin?"""
    first, second = tuple(one), tuple(other)
    return bool(area_of(first) & area_of(second)) or not set(first).isdisjoint(second)


def ceiling(regions: Iterable[str], ceilings: Mapping[str, int]) -> int | None:
    """The lowest Walton level set for anything these regions share skin with; None where nothing was set."""
    here = tuple(regions)
    return min((level for region, level in ceilings.items() if touches((region,), here)), default=None)


def is_numb(regions: Iterable[str], numb: Iterable[str]) -> bool:
    """Is feeling no guide here? A hand or foot numb in one place is numb as a whole [safety-clarifications.md 20]."""
    here, places = tuple(regions), tuple(numb)
    return bool(area_of(here) & segment(area_of(places))) or not set(here).isdisjoint(places)


def together(regions: Iterable[str]) -> tuple[str, ...]:
    """The same place always by the same name: the fewest regions, in the order of the body; the unknown behind."""
    own = tuple(regions)
    return (*cover(area_of(own)), *sorted({region for region in own if region not in AREA}))
