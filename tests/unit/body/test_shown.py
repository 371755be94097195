"""What is drawn is the figure, only lighter: nothing strays as far as a screen can show, nothing points nowhere."""

from __future__ import annotations

import re
from itertools import pairwise
from math import hypot, inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afferent.body.canvas import lines_svg
from afferent.body.drawing import limits_svg
from afferent.body.figures import load_figures
from afferent.body.label_layout import GAP, STEP, Label, place
from afferent.body.limit_classes import RegionLook, pattern
from afferent.body.regions import LEAVES
from afferent.body.shown import STRAY, UNIT, shown

FIGURES = load_figures()
FAR = STRAY + UNIT * 0.75  # grid units; a pixel of the page has 17 or more
LOOKS = {leaf: RegionLook(("off", "1", "none")[n % 3], n % 2 == 0) for n, leaf in enumerate(LEAVES)}


def lines(data: str, unit: int = 1, mirrored: bool = False) -> list[list[tuple[float, float]]]:
    found = []
    for part in re.findall("M[^M]*", data):
        numbers = [int(n) * unit for n in re.findall(r"-?\d+", part)]
        points = [(numbers[0], numbers[1])]
        for x, y in zip(numbers[2::2], numbers[3::2], strict=True):
            points.append((points[-1][0] + x, points[-1][1] + y))
        points += points[:1] if part.endswith("z") else []
        found.append([(-x if mirrored else x, y) for x, y in points])
    return found


def away(point: tuple[float, float], line: list[tuple[float, float]]) -> float:
    """How far a point is from the nearest piece of a line."""
    x, y = point
    least = inf
    for (x0, y0), (x1, y1) in pairwise(line):
        dx, dy = x1 - x0, y1 - y0
        along = max(0.0, min(1.0, ((x - x0) * dx + (y - y0) * dy) / ((dx * dx + dy * dy) or 1)))
        least = min(least, hypot(x - x0 - along * dx, y - y0 - along * dy))
    return least


@pytest.mark.parametrize("name", FIGURES)
def test_no_line_strays_as_far_as_a_screen_can_show(name: str) -> None:
    figure, drawn = FIGURES[name], shown(name)
    pairs = [(getattr(figure, part), getattr(drawn.figure, part)) for part in ("outline", "shade", "detail", "nails")]
    pairs += [(shape.drawn, drawn.region(shape.id)) for shape in figure.regions]
    for exact, coarse in pairs:
        thick, thin = lines(exact), lines(coarse, UNIT, drawn.mirrored)
        assert len(thick) == len(thin)
        for line, lighter in zip(thick, thin, strict=True):
            assert max(away(point, lighter) for point in line[::7]) < FAR
            assert max(away(point, line) for point in lighter[::5]) < FAR


@pytest.mark.parametrize("name", FIGURES)
def test_every_region_keeps_its_side(name: str) -> None:
    """A right hand is the left one mirrored, and each of its regions the one of the same place."""
    drawn = shown(name)
    for shape in FIGURES[name].regions:
        (ring, *_) = lines(drawn.region(shape.id), UNIT, drawn.mirrored)
        xs, ys = [x for x, _ in ring], [y for _, y in ring]
        assert min(xs) < shape.anchor[0] < max(xs)
        assert min(ys) < shape.anchor[1] < max(ys)


@pytest.mark.parametrize("name", FIGURES)
def test_a_border_is_where_it_was(name: str) -> None:
    figure, drawn = FIGURES[name], shown(name)
    regions = [shape.id for shape in figure.regions][::2]
    thick = [point for line in lines(figure.border(regions)) for point in line]
    thin = lines(drawn.border(regions), UNIT, drawn.mirrored)
    assert all(min(away(point, line) for line in thin) < FAR for point in thick[::9])


def test_lines_that_stand_apart_are_found() -> None:
    found = lines_svg(tuple(FIGURES))
    ids = re.findall(r' id="([^"]+)"', found)
    assert len(ids) == len(set(ids))
    for name in FIGURES:
        svg = limits_svg(name, LOOKS, numb=["foot.left", "hand.right"], apart=True)
        own = re.findall(r' id="([^"]+)"', svg)
        assert not set(own) & set(ids)
        used = {a or b for a, b in re.findall(r'url\(#([^)]+)\)|href="#([^"]+)"', svg)}
        assert used <= set(ids) | set(own)
        regions = re.findall(r'data-region="([^"]+)"', svg)
        assert regions == re.findall(r'data-region="([^"]+)"', limits_svg(name, LOOKS))


def test_a_pattern_is_turned_back_in_a_mirror_image() -> None:
    assert 'patternTransform="scale(0.5) rotate(-45)"' in pattern("1", "p", 2)
    assert 'patternTransform="scale(-0.5 0.5) rotate(-45)"' in pattern("1", "p", 2, mirrored=True)


SIZES = st.lists(st.tuples(st.integers(40, 150), st.integers(20, 60), st.integers(0, 200)), min_size=1, max_size=4)


@settings(max_examples=40)
@given(SIZES, st.integers(100, 200), st.booleans())
def test_labels_stand_as_near_as_they_can(sizes: list[tuple[int, int, int]], bottom: int, free: bool) -> None:
    """No other way to place them has a smaller total: found once more, plainly."""

    def room(top: float, low: float) -> float:
        return 60.0 if top < 0.6 * bottom and low > 0.3 * bottom else 160.0

    def cost(label: Label, y: float) -> float:
        if not free and room(y, y + label.height) < label.width:
            return inf
        return abs(y - label.wish) + 20 * max(0.0, y + label.height - bottom)

    labels = [Label(*size) for size in sorted(sizes, key=lambda size: size[2])]
    slots = range(30, 30 + STEP * int((bottom - 30 + sum(one.height + GAP for one in labels)) / STEP) + 1, STEP)
    least = [cost(labels[0], y) for y in slots]
    for above, label in pairwise(labels):
        clear = above.height + GAP
        least = [
            cost(label, y) + min((spent for spent, start in zip(least, slots, strict=True) if start + clear <= y),
                                 default=inf)
            for y in slots
        ]  # fmt: skip
    tops = place(labels, None if free else room, 30, bottom)
    spent = sum(cost(label, y) for label, y in zip(labels, tops, strict=True))
    assert spent == pytest.approx(min(least))
