"""The twelve figures as data: both body views and, left and right, palm, back of hand, sole and top of foot.

Ask here: `load_figures()`, and of a figure its regions, their exact borders and the border round any set of them.
All numbers are whole grid units, ten thousand to the height of the figure, y down, x to the viewer's right. Paths
are SVG path data in these units. Built by `afferent.body.build`; nothing here draws or knows a limit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from functools import cache, cached_property
from importlib.resources import files
from itertools import accumulate
from typing import Final

import msgspec

Grid = tuple[int, int]

HEIGHT: Final = 10_000  # grid units from the highest to the lowest point of every figure


class RegionShape(msgspec.Struct, frozen=True):
    """One region of a figure. `arcs` walk round it clockwise, `~n` meaning arc n backwards.

    `drawn` is the region a little smaller, with rounded corners. `anchor` is the centre of the largest circle inside
    the region and `radius` the radius of that circle: where a label points, and how large a tap may be.
    """

    id: str
    arcs: tuple[int, ...]
    drawn: str
    anchor: Grid
    radius: int


class Figure(msgspec.Struct, frozen=True, dict=True):
    """One figure. `box` is (x, y, width, height) of the outline; `outline` is open where a wrist or shin is cut.

    `shade` bounds the part that takes a soft edge: trunk and limbs of a body, for small fingers would turn muddy; it
    is empty where the whole figure does.
    `profile` gives, for each hundredth of the height, how far left and right of x = 0 the outline reaches.
    """

    id: str
    box: tuple[int, int, int, int]
    outline: str
    shade: str
    detail: str
    nails: str
    profile: tuple[Grid, ...]
    arcs: tuple[tuple[int, ...], ...]
    regions: tuple[RegionShape, ...]

    @cached_property
    def shapes(self) -> dict[str, RegionShape]:
        """Region id -> shape."""
        return {shape.id: shape for shape in self.regions}

    @cached_property
    def _owners(self) -> dict[int, tuple[str, ...]]:
        """Arc -> the one or two regions it borders."""
        owners: dict[int, tuple[str, ...]] = {}
        for shape in self.regions:
            for arc in shape.arcs:
                owners[max(arc, ~arc)] = (*owners.get(max(arc, ~arc), ()), shape.id)
        return owners

    @cached_property
    def neighbours(self) -> dict[str, frozenset[str]]:
        """Region id -> the regions of this figure it shares a border with."""
        beside: dict[str, set[str]] = {shape.id: set() for shape in self.regions}
        for pair in self._owners.values():
            for region in pair:
                beside[region].update(other for other in pair if other != region)
        return {region: frozenset(found) for region, found in beside.items()}

    @cached_property
    def reach(self) -> dict[str, list[list[int]]]:
        """Viewer's side -> for each band of the profile, how far out the figure reaches from there to 0, 1, ... bands
        below."""
        left, right = ([band[side] for band in self.profile] for side in (0, 1))
        return {
            "left": [list(accumulate(left[band:], min)) for band in range(len(left))],
            "right": [list(accumulate(right[band:], max)) for band in range(len(right))],
        }

    @cached_property
    def _lines(self) -> tuple[tuple[Grid, ...], ...]:
        """The points of each arc."""
        return tuple(tuple(zip(accumulate(flat[::2]), accumulate(flat[1::2]), strict=True)) for flat in self.arcs)

    def ring(self, region: str) -> list[Grid]:
        """The corners of a region in order, the first not repeated at the end."""
        points: list[Grid] = []
        for arc in self.shapes[region].arcs:
            points += self._points(arc)[:-1]
        return points

    def hit(self, region: str) -> str:
        """Path of the exact region: what a tap belongs to. Neighbours touch, and never overlap."""
        return path(self.ring(region), closed=True)

    def border(self, regions: Collection[str], *, inner: bool = False) -> str:
        """Path of the border round all these regions together; borders between two of them are left out.

        With `inner` only where it runs through the figure, against a region not among them.
        """
        used: Counter[int] = Counter(max(arc, ~arc) for region in regions for arc in self.shapes[region].arcs)
        loose = [arc for region in regions for arc in self.shapes[region].arcs if used[max(arc, ~arc)] == 1]
        if inner:
            loose = [arc for arc in loose if len(self._owners[max(arc, ~arc)]) > 1]
        return "".join(path(line, closed=line[0] == line[-1]) for line in self._joined(loose))

    def _points(self, arc: int) -> tuple[Grid, ...]:
        return self._lines[arc] if arc >= 0 else self._lines[~arc][::-1]

    def _joined(self, arcs: Iterable[int]) -> list[list[Grid]]:
        """Arcs strung end to start into as few lines as possible."""
        waiting = dict(enumerate(map(self._points, arcs)))
        starting: dict[Grid, list[int]] = {}
        for number, points in waiting.items():
            starting.setdefault(points[0], []).append(number)
        lines: list[list[Grid]] = []
        while waiting:
            line = [*waiting.pop(next(iter(waiting)))]
            while following := [number for number in starting.get(line[-1], ()) if number in waiting]:
                line += waiting.pop(following[0])[1:]
            lines.append(line)
        return lines


@cache
def load_figures() -> dict[str, Figure]:
    """All twelve figures by id: `body.front`, `body.back`, `hand.left.palm`, `foot.right.top`, ..."""
    data = files("afferent.body").joinpath("figures.json").read_bytes()
    return {figure.id: figure for figure in msgspec.json.decode(data, type=list[Figure])}


def path(points: Iterable[Grid], *, closed: bool = False) -> str:
    """SVG path data through whole-number points, in relative steps: `m12 3l4-5 6 7z`."""
    rest = list(points)
    if closed and len(rest) > 1 and rest[0] == rest[-1]:
        rest.pop()
    steps = [(rest[n][0] - rest[n - 1][0], rest[n][1] - rest[n - 1][1]) for n in range(1, len(rest))]
    numbers = "".join(f"{'' if x < 0 else ' '}{x}{'' if y < 0 else ' '}{y}" for x, y in steps)
    return f"M{rest[0][0]} {rest[0][1]}l{numbers.lstrip()}{'z' if closed else ''}"
