"""For the pages of a client's letters: which can be written, and what stands on one that was kept."""

from __future__ import annotations

from typing import Any

from django import template

from afferent.web.careteam.kinds import KINDS, Kind
from afferent.web.careteam.shown import sheets
from afferent.web.letters.keeping import value
from afferent.web.letters.models import Letter

register = template.Library()


@register.inclusion_tag("careteam/kept.html")
def kept_page(letter: Letter) -> dict[str, Any]:
    """The page of a kept letter, out of its own value: what came since changes nothing in it."""
    return {"sheets": sheets(value(letter))}


@register.filter
def under(cells: list[str], columns: list[str]) -> list[tuple[str, str]]:
    """Each cell of a row with the head of its column: on a phone a row stands as lines."""
    return list(zip(columns, cells, strict=True))


@register.simple_tag
def kinds_of_letters() -> list[tuple[str, Kind]]:
    """Name and kind of each, in their order."""
    return list(KINDS.items())
