"""The map beside the list: what we have, drawn honestly. Rings of distance around the place of the search, the towns of
the ZIP table as dots, therapists as numbered pins. No outline of anything, for we have none; nothing from elsewhere.

Ask here: `drawn(start, pins, towns)`. Each point stands at its true distance and direction from the middle (azimuthal
equidistant), so that the rings are right everywhere. The list says the same in words, and is what is read aloud.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import atan2, cos, radians, sin
from typing import Final

from msgspec import Struct

from afferent.directory.grid import km
from afferent.directory.zips import Place
from afferent.page.markup import Html, el, join
from afferent.web.directory.asking import MILE_KM

SIZE: Final = 320  # px of the picture
FIRST: Final = 3  # pins that stand for the three matches, and are filled
_MIDDLE: Final = SIZE / 2
_EDGE: Final = SIZE / 2 - 22
_RINGS: Final = ((1, 2), (2, 4), (4, 8), (6, 12), (10, 20), (15, 30), (25, 50), (50, 100), (100, 250))  # miles
_PIN: Final = 12.0  # radius
_LETTER: Final = 8.2  # width of a letter
_LINE: Final = 19.0
_TOWNS: Final = 9
_NAMED: Final = 3  # numbers written on one pin


class Pin(Struct, frozen=True):
    """One therapist: their number in the list, and the middle of the ZIP code where they work."""

    number: int
    lat: float
    lon: float


class _Box(Struct, frozen=True):
    """What is taken on the picture."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: _Box) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    @property
    def inside(self) -> bool:
        return self.left >= 0 and self.top >= 0 and self.right <= SIZE and self.bottom <= SIZE


_NORTH: Final = _Box(6, 4, 34, 50)


def rings(furthest_km: float) -> tuple[int, int]:
    """Two distances in miles, the outer of which holds everybody."""
    return next((pair for pair in _RINGS if pair[1] * MILE_KM >= furthest_km), _RINGS[-1])


def drawn(lat: float, lon: float, pins: Iterable[Pin], towns: Iterable[Place], outer: tuple[int, int]) -> Html:
    """The picture. outer: as `rings` gave it."""
    scale = _EDGE / (outer[1] * MILE_KM)
    taken = [_box(_MIDDLE, _MIDDLE, 6, 50), _box(_MIDDLE, _MIDDLE, 50, 6), _NORTH]
    circles = [_ring(miles, scale, taken) for miles in outer]
    groups = _together([_Group((pin.number,), *_at(lat, lon, pin.lat, pin.lon, scale)) for pin in pins])
    marks = [_pin(group, taken) for group in groups]
    named = _named(lat, lon, towns, scale, taken)
    start = el("path", d=f"M{_MIDDLE:g} {_MIDDLE - 24:g}v48m-24-24h48", class_="find-start")
    return el(
        "svg", *circles, *named, _compass(), start, *marks, viewBox=f"0 0 {SIZE} {SIZE}", class_="find-map",
        role="img", aria_label="Map: the list below says the same in words",
    )  # fmt: skip


def _at(lat: float, lon: float, there: float, across: float, scale: float) -> tuple[float, float]:
    """Where on the picture a place stands."""
    a, b, wide = radians(lat), radians(there), radians(across - lon)
    bearing = atan2(sin(wide) * cos(b), cos(a) * sin(b) - sin(a) * cos(b) * cos(wide))
    far = km(lat, lon, there, across) * scale
    return _MIDDLE + far * sin(bearing), _MIDDLE - far * cos(bearing)


def _box(x: float, y: float, wide: float, high: float) -> _Box:
    return _Box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)


def _ring(miles: int, scale: float, taken: list[_Box]) -> Html:
    radius = miles * MILE_KM * scale
    words = f"{miles} mi"
    y = _MIDDLE + radius + 5
    taken.append(_box(_MIDDLE, y - 5, len(words) * _LETTER, _LINE))
    circle = el("circle", cx=f"{_MIDDLE:g}", cy=f"{_MIDDLE:g}", r=f"{radius:.1f}", class_="find-ring")
    return join(circle, el("text", words, x=f"{_MIDDLE:g}", y=f"{y:.1f}", class_="find-far"))


class _Group(Struct, frozen=True):
    """Pins that would cover each other, as one: all their numbers, in the middle between them."""

    numbers: tuple[int, ...]
    x: float
    y: float

    @property
    def words(self) -> str:
        more = len(self.numbers) - _NAMED
        return ", ".join(map(str, self.numbers[:_NAMED])) + (f" +{more}" if more > 0 else "")

    @property
    def box(self) -> _Box:
        """What it covers, moved inside the picture."""
        wide = max(2 * _PIN, len(self.words) * _LETTER + 10)
        x = min(max(self.x, wide / 2 + 2), SIZE - wide / 2 - 2)
        y = min(max(self.y, _PIN + 2), SIZE - _PIN - 2)
        return _box(x, y, wide, 2 * _PIN)


def _together(groups: list[_Group]) -> list[_Group]:
    """Until none covers another."""
    for n, one in enumerate(groups):
        for other in groups[n + 1 :]:
            if one.box.meets(other.box):
                rest = [group for group in groups if group not in (one, other)]
                return _together([_merged(one, other), *rest])
    return groups


def _merged(one: _Group, other: _Group) -> _Group:
    a, b = len(one.numbers), len(other.numbers)
    numbers = tuple(sorted((*one.numbers, *other.numbers)))
    return _Group(numbers, (a * one.x + b * other.x) / (a + b), (a * one.y + b * other.y) / (a + b))


def _pin(group: _Group, taken: list[_Box]) -> Html:
    box = group.box
    taken.append(_Box(box.left - 1, box.top - 1, box.right + 1, box.bottom + 1))
    rim = el(
        "rect", x=f"{box.left:.1f}", y=f"{box.top:.1f}", width=f"{box.right - box.left:.1f}", height=f"{2 * _PIN:g}",
        rx=f"{_PIN:g}",
    )  # fmt: skip
    words = el("text", group.words, x=f"{(box.left + box.right) / 2:.1f}", y=f"{box.top + _PIN + 5.3:.1f}")
    kind = "find-pin find-pin-first" if group.numbers[0] <= FIRST else "find-pin"
    return el("g", rim, words, class_=kind)


def _named(lat: float, lon: float, towns: Iterable[Place], scale: float, taken: list[_Box]) -> list[Html]:
    """The largest towns by their number of ZIP codes, as far as their names find room. Each stands at its first ZIP
    code, for the later ones are often those of one firm, anywhere."""
    found: dict[tuple[str, str], list[Place]] = {}
    for one in towns:
        found.setdefault((one.city, one.state), []).append(one)
    names: list[Html] = []
    for (name, _), places in sorted(found.items(), key=lambda town: (-len(town[1]), town[0])):
        first = min(places, key=lambda one: one.zip)
        x, y = _at(lat, lon, first.lat, first.lon, scale)
        if not _box(x, y, 8, 8).inside:
            continue
        found_room = next((one for one in _sides(x, y, name) if one[3].inside and not _taken(one[3], taken)), None)
        if found_room is None:
            continue
        across, down, anchor, box = found_room
        dot = _box(x, y, 8, 8)
        taken += [box, dot]
        words = el("text", name, x=f"{across:.1f}", y=f"{down:.1f}", text_anchor=anchor)
        names.append(el("g", el("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r="3"), words, class_="find-town"))
        if len(names) == _TOWNS:
            break
    return names


def _sides(x: float, y: float, name: str) -> list[tuple[float, float, str, _Box]]:
    """Where the name of a town may stand: right or left of its dot, below or above a pin that covers the dot."""
    wide, far = len(name) * _LETTER + 2, _PIN + 16
    return [
        (x + 8, y + 5, "start", _Box(x - 4, y - 9, x + 8 + wide, y + 9)),
        (x - 8, y + 5, "end", _Box(x - 8 - wide, y - 9, x + 4, y + 9)),
        (x, y + far, "middle", _box(x, y + far - 5, wide, _LINE)),
        (x, y - far + 9, "middle", _box(x, y - far + 4, wide, _LINE)),
    ]


def _taken(box: _Box, taken: list[_Box]) -> bool:
    return any(box.meets(one) for one in taken)


def _compass() -> Html:
    needle = el("path", d="M18 8l7 20-7-5-7 5z")
    return el("g", needle, el("text", "N", x="18", y="44"), class_="find-north")
