"""Points and zones on a figure: numbered discs and heavy lines, over the limits that hold there.

Ask here: `Mark`, `marked_svg` (one figure) and `key_html` (what its patterns and lines mean). The number is all that is
printed; what it stands for is in the list beside the figure. It draws what it is told and decides nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from html import escape
from typing import Final

from msgspec import Struct

from afferent.body.canvas import TYPE, Canvas
from afferent.body.captions import heading, side_label, touching
from afferent.body.colours import paint
from afferent.body.discs import RADIUS, Disc, Wish, beside, upon
from afferent.body.drawing import SHADE, looks_on
from afferent.body.figures import Figure, Grid, load_figures
from afferent.body.frame import stand
from afferent.body.limit_classes import LIMIT, NO_LIMIT, UNTIL_ANSWERED, RegionLook, fill, pattern
from afferent.body.names import name, names_of
from afferent.body.regions import AREA, area

AFFECTED: Final = "numb, painful or otherwise affected inside this line"
ZONE: Final = "a zone: inside the heavy line"
_ORDER: Final = tuple(LIMIT)
_WIDE, _HIGH = 38, 24  # px; a swatch


class Mark(Struct, frozen=True):
    """What one number stands for: single places (`at`, in grid units) or a `zone` of drawn regions."""

    number: int
    words: str
    at: tuple[Grid, ...] = ()
    zone: tuple[str, ...] = ()


def marked_svg(
    figure_id: str, marks: Sequence[Mark], classes: Mapping[str, RegionLook], *,
    affected: int, width: float, prefix: str,
) -> str:  # fmt: skip
    """One figure. `classes` as in `limits_svg`; round the area `affected` runs a dashed line. `prefix` differs between
    the figures of a page; the lines of the figure stand elsewhere on it, in `lines_svg`.
    """
    figure = load_figures()[figure_id]
    looks = looks_on(figure_id, classes)
    dashed = tuple(region for region in looks if AREA[region] & affected)
    canvas, around, top = stand(figure, prefix, width, "client", "css", labels=False, apart=True)
    drawn = canvas.definitions(_patterns(canvas, looks)) + canvas.body(
        _regions(canvas, looks, dashed), shade=SHADE, numb=dashed
    )
    wishes = [wish for mark in marks for wish in _wishes(canvas, mark)]
    discs = beside(canvas, wishes, top) if figure_id.startswith("body.") else upon(canvas, wishes)
    return canvas.page(
        drawn + _zones(canvas, marks) + around + _discs(canvas, discs),
        _title(figure_id), _described(marks, looks, dashed), canvas.height,
    )  # fmt: skip


def looks_of(figures: Iterable[str], classes: Mapping[str, RegionLook]) -> set[RegionLook]:
    """Every look that these figures show."""
    return {look for figure in figures for look in looks_on(figure, classes).values()}


def _regions(canvas: Canvas, looks: Mapping[str, RegionLook], dashed: Collection[str]) -> str:
    shapes = "".join(
        canvas.region(
            region,
            fill(look.cls, canvas.prefix, open=look.open),
            f"{name(region)}: {_said(look)}{', affected' if region in dashed else ''}",
        )
        for region, look in looks.items()
    )
    held = [part for part in touching(canvas.figure, looks) if looks[part[0]].open]
    return shapes + "".join(
        canvas.dashed(part, number, canvas.paint(f"{looks[part[0]].cls}-open-ink")) for number, part in enumerate(held)
    )


def _patterns(canvas: Canvas, looks: Mapping[str, RegionLook]) -> str:
    used = sorted({look for look in looks.values() if look.cls != "none"}, key=lambda one: (one.cls, one.open))
    mirrored = canvas.shown.mirrored
    return "".join(pattern(one.cls, canvas.prefix, canvas.unit, open=one.open, mirrored=mirrored) for one in used)


def _zones(canvas: Canvas, marks: Iterable[Mark]) -> str:
    """A heavy line round each zone, over the outline of the figure; dashes are for limits."""
    across = f"-{canvas.unit:.5g} {canvas.unit:.5g}" if canvas.shown.mirrored else f"{canvas.unit:.5g}"
    lines = "".join(
        f'<path d="{canvas.shown.border(mark.zone)}" stroke="{canvas.paint(token)}" stroke-width="{canvas.px(wide)}"/>'
        for mark in marks
        if mark.zone
        for token, wide in (("halo", 7.5), ("text", 4))
    )
    where = f'transform="translate({canvas.left:.2f} {canvas.top:.2f}) scale({across})"'
    return f'<g {where} fill="none" stroke-linejoin="round" pointer-events="none">{lines}</g>' if lines else ""


def _wishes(canvas: Canvas, mark: Mark) -> list[Wish]:
    """A disc for each place, and one for each part of a zone that stands by itself, where that is broadest."""
    exact = [Wish(mark.number, (canvas.at(place),)) for place in mark.at]
    return exact + [
        Wish(mark.number, tuple(canvas.at(place) for place in _broadest(canvas.figure, part)), exact=False)
        for part in touching(canvas.figure, {region: RegionLook("zone") for region in mark.zone})
    ]


def _broadest(figure: Figure, part: Iterable[str]) -> list[Grid]:
    shapes = sorted((figure.shapes[region] for region in part), key=lambda shape: -shape.radius)
    return [shape.anchor for shape in shapes]


def _discs(canvas: Canvas, discs: Sequence[Disc]) -> str:
    ink, halo = canvas.paint("text"), canvas.paint("halo")
    return (
        f'<g fill="{ink}" stroke="{halo}" stroke-width="2.5">{"".join(map(_leader, discs))}'
        + "".join(f'<circle cx="{one.x:.1f}" cy="{one.y:.1f}" r="{RADIUS}"/>' for one in discs)
        + f'</g><g fill="{halo}" text-anchor="middle" font-weight="700">'
        + "".join(f'<text x="{one.x:.1f}" y="{one.y + TYPE * 0.36:.1f}">{one.number}</text>' for one in discs)
        + "</g>"
    )


def _leader(disc: Disc) -> str:
    """A line to the place, and a dot on it."""
    if disc.to is None:
        return ""
    x, y = disc.to
    line = f'd="M{disc.x:.1f} {disc.y:.1f}L{x:.1f} {y:.1f}"'
    ink = paint("text")
    return (
        f'<path {line} stroke-width="5"/><path {line} stroke="{ink}" stroke-width="1.6"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.8" stroke-width="1.2"/>'
    )


def _title(figure_id: str) -> str:
    what, _ = heading(figure_id, "client")
    if figure_id.startswith("body."):
        return f"Points: {what.lower()} of the body"
    return f"Points: {what.lower()}, {side_label(figure_id.split('.')[1], 'client').lower()}"


def _described(marks: Iterable[Mark], looks: Mapping[str, RegionLook], dashed: Collection[str]) -> str:
    """The figure in sentences, for whoever hears it."""
    said = [f"{mark.number}: {mark.words}." for mark in marks]
    for cls in _ORDER[:-1]:
        held = [region for region, look in looks.items() if look.cls == cls]
        said += [f"{LIMIT[cls].label}: {_listed(held)}."] if held else []
    said += [f"Affected: {_listed(dashed)}."] if dashed else []
    return " ".join(one[:1].upper() + one[1:] for one in said)


def _listed(regions: Iterable[str]) -> str:
    return "; ".join(one.full for one in names_of(area(regions)))


def _said(look: RegionLook) -> str:
    return LIMIT[look.cls].label + (f", {UNTIL_ANSWERED}" if look.open and look.cls != "none" else "")


def key_html(looks: set[RegionLook], prefix: str, *, affected: bool, zones: bool) -> str:
    """What the patterns and lines of these figures mean: a list of what is there and nothing else."""
    seen = sorted(looks | {NO_LIMIT}, key=lambda one: (_ORDER.index(one.cls), one.open))
    items = [(_swatch(one, f"{prefix}-key{n}"), _said(one)) for n, one in enumerate(seen)]
    if affected:
        items.append((_stroke("numb-line", 2.4, ' stroke-dasharray="6 4"'), AFFECTED))
    if zones:
        items.append((_stroke("text", 4, ""), ZONE))
    return '<ul class="figure-legend">' + "".join(
        f'<li><svg aria-hidden="true" viewBox="0 0 {_WIDE} {_HIGH}" width="{_WIDE}" height="{_HIGH}">{drawn}</svg>'
        f"<span>{escape(words)}</span></li>"
        for drawn, words in items
    ) + "</ul>"  # fmt: skip


def _swatch(look: RegionLook, prefix: str) -> str:
    made = pattern(look.cls, prefix, 1, open=look.open) if look.cls != "none" else ""
    edge = f'stroke="{paint(f"{look.cls}-open-ink")}" stroke-width="2.2" stroke-dasharray="6 4"'
    whole = f'stroke="{paint("outline")}" stroke-width="1.5"'
    return (
        f'{made}<rect x="1" y="1" width="{_WIDE - 2}" height="{_HIGH - 2}" rx="6"'
        f' fill="{fill(look.cls, prefix, open=look.open)}" {edge if look.open else whole}/>'
    )


def _stroke(token: str, wide: float, dash: str) -> str:
    return f'<path d="M1 {_HIGH / 2:g}h{_WIDE - 2}" stroke="{paint(token)}" stroke-width="{wide:g}"{dash}/>'
