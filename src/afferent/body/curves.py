"""Smooth curves through landmarks: centripetal Catmull-Rom splines, written as cubic Bezier spans and sampled.

Ask here: the polyline that follows a trace. All in the units of the points given; nothing here knows about bodies.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import hypot

Point = tuple[float, float]
Span = tuple[Point, Point, Point, Point]

SAMPLES = 14  # points per span: at 2,000 px tall the chord still strays less than a tenth of a pixel


def sample(points: Sequence[Point], corners: Iterable[int] = (), *, closed: bool = False) -> list[Point]:
    """The polyline along the spline through `points`; for a closed one the last point joins the first, unrepeated."""
    line = [points[0]]
    for span in spans(points, corners, closed=closed):
        line += [_at(span, step / SAMPLES) for step in range(1, SAMPLES)]
        line.append(span[3])  # the landmark itself, free of rounding: neighbours meet in it exactly
    return line[:-1] if closed else line


def spans(points: Sequence[Point], corners: Iterable[int] = (), *, closed: bool = False) -> list[Span]:
    """One Bezier span between each two neighbouring points. At a corner or an end the tangent comes from one side."""
    sharp = set(corners)
    count = len(points)
    result: list[Span] = []
    for n in range(count if closed else count - 1):
        here, there = points[n], points[(n + 1) % count]
        open_start, open_end = not closed and n == 0, not closed and n == count - 2
        before = None if open_start or n in sharp else points[n - 1]
        after = None if open_end or (n + 1) % count in sharp else points[(n + 2) % count]
        result.append(_span(before, here, there, after))
    return result


def _span(before: Point | None, start: Point, end: Point, after: Point | None) -> Span:
    out = _handle(before, start, end) if before else None
    back = _handle(after, end, start) if after else None
    if out is None and back is None:
        return start, _mix(start, end, 1 / 3), _mix(start, end, 2 / 3), end
    # One free end: let the span be a parabola, so that it leaves the free end without a flat start.
    if out is None and back is not None:
        out = _mix(start, _mix(end, back, 1.5), 2 / 3)
    if back is None and out is not None:
        back = _mix(end, _mix(start, out, 1.5), 2 / 3)
    assert out is not None and back is not None
    return start, out, back, end


def _handle(before: Point, here: Point, there: Point) -> Point:
    """The Bezier handle at `here` on the way to `there`: Catmull-Rom with knots spaced by the root of distance."""
    far, near = hypot(here[0] - before[0], here[1] - before[1]), hypot(there[0] - here[0], there[1] - here[1])
    if far == 0 or near == 0:
        return here
    far_root, near_root = far**0.5, near**0.5
    weight = 2 * far + 3 * far_root * near_root + near
    scale = 3 * far_root * (far_root + near_root)
    x, y = ((far * there[axis] - near * before[axis] + weight * here[axis]) / scale for axis in (0, 1))
    return x, y


def _mix(a: Point, b: Point, share: float) -> Point:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def _at(span: Span, t: float) -> Point:
    u = 1 - t
    weights = (u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t)
    x, y = (sum(w * point[axis] for w, point in zip(weights, span, strict=True)) for axis in (0, 1))
    return x, y
