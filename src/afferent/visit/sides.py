"""Places as they are said at the table: "LEFT foot, sole" for the therapist, "your LEFT foot" for the client.

Ask here: `place`, `short`, `yours`, `each_of_yours`. The names are those of `body.names`; only the side is made loud.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from afferent.body.names import Name, names_of
from afferent.visit.where import area_of, together


def place(regions: Iterable[str]) -> str:
    """ "LEFT foot, sole", "BOTH lower legs and BOTH feet"."""
    return loud(_joined(_names(tuple(regions), _whole)))


def short(regions: Iterable[str]) -> str:
    """Without the part: "LEFT foot"."""
    return loud(_joined(tuple(dict.fromkeys(_names(tuple(regions), lambda one: one.words)))))


def yours(regions: Iterable[str]) -> str:
    """ "your LEFT foot, sole", "BOTH of your feet"."""
    return loud(_joined(_names(tuple(regions), _of_you)))


def each_of_yours(regions: Iterable[str]) -> tuple[str, ...]:
    """The same, one by one."""
    return tuple(map(loud, _names(tuple(regions), _of_you)))


def loud(text: str) -> str:
    """The sides in capitals."""
    return re.sub(r"\b(left|right|both)\b", lambda found: found[0].upper(), text)


def quiet(text: str) -> str:
    """As it is spoken."""
    return re.sub(r"\b(LEFT|RIGHT|BOTH)\b", lambda found: found[0].lower(), text)


@lru_cache(maxsize=1024)
def _names(regions: tuple[str, ...], said: Callable[[Name], str]) -> tuple[str, ...]:
    unknown = [region for region in together(regions) if not area_of((region,))]
    return (*map(said, _once(names_of(area_of(regions)))), *unknown)


def _once(names: tuple[Name, ...]) -> list[Name]:
    """Several parts of one place as one name: "both palms, thumb and centre"."""
    found: dict[tuple[str, str], list[Name]] = {}
    for one in names:
        found.setdefault((one.words, one.part.rpartition(", ")[0] if one.part else one.span), []).append(one)
    return [_together(within, parts) if len(parts) > 1 else parts[0] for (_, within), parts in found.items()]


def _together(within: str, parts: list[Name]) -> Name:
    listed = [one.part.rpartition(", ")[2] for one in parts]
    last = f"{', '.join(listed[:-1])} and {listed[-1]}"
    bits = sum(one.area for one in parts)  # names of one area never overlap
    return Name(parts[0].words, bits, f"{within}, {last}" if within else last)


def _whole(one: Name) -> str:
    return f"{one.words}, {one.part}" if one.part else one.words


def _of_you(one: Name) -> str:
    whole = _whole(one)
    return f"both of your {whole.removeprefix('both ')}" if whole.startswith("both ") else f"your {whole}"


def _joined(parts: tuple[str, ...]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    apart = "; " if any(", " in part for part in parts) else ", "
    return f"{apart.join(parts[:-1])} and {parts[-1]}"
