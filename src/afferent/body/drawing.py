"""The figures people see: limits and findings on bodies, hands and feet, each one accessible SVG.

Ask here: `limits_svg` and `findings_svg`. A limit is a word, a pattern and a colour; what is held back only until a
question is answered is paler and has a dashed edge; a finding never fills a limit, it has its own figure. Regions and
looks in, text out, and no rule: which limit holds where is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cache, lru_cache
from typing import Final

import msgspec

from afferent.body import regions as tree
from afferent.body.canvas import lines_svg
from afferent.body.captions import SideWords, Stretch, heading, side_label, stretches, touching
from afferent.body.colours import Theme
from afferent.body.figures import Figure, Grid, RegionShape, load_figures
from afferent.body.frame import stand
from afferent.body.leaders import Note, labelled
from afferent.body.legend import legend_html, legend_svg
from afferent.body.limit_classes import (
    FINDING,
    LIMIT,
    LIMIT_CLASSES,
    NO_LIMIT,
    UNTIL_ANSWERED,
    RegionLook,
    fill,
    pattern,
    strictest,
)
from afferent.body.names import name as region_name
from afferent.body.names import names_of

__all__ = [
    "LIMIT_CLASSES",
    "RegionLook",
    "findings_svg",
    "legend_html",
    "legend_svg",
    "limits_svg",
    "lines_svg",
    "load_figures",
    "looks_on",
    "region_name",
    "strictest",
]

SHADE: Final = 0.02  # opacity of each stroke of the soft edge; more would tint the patterns
STRICTEST_PART: Final = ", its strictest part"
NUMB_NOTE: Final = "Numb inside the outer dashes"
OPEN_NOTE: Final = f"Dashed edge: {UNTIL_ANSWERED}"


class _How(msgspec.Struct, frozen=True):
    """How a figure is drawn, whatever it shows."""

    side_words: SideWords
    labels: bool
    width: float | None
    prefix: str
    theme: Theme
    apart: bool


def limits_svg(
    figure_id: str,
    classes: Mapping[str, RegionLook],
    *,
    side_words: SideWords = "client",
    labels: bool = True,
    numb: Collection[str] = (),
    width: float | None = None,
    prefix: str = "",
    theme: Theme = "css",
    apart: bool = False,
) -> str:
    """One figure with its limits.

    `classes` may name any region: a parent stands for its children, and a region drawn as one shows its strictest
    part. `numb` regions get a dashed line round them and keep their limit. `width` is in pixels; type and patterns keep
    their size, so a phone gets a picture of its own width. `prefix` names this drawing's parts and must differ
    between figures of one page; it is derived from the figure if empty. `apart`: the lines of the figure stand once on
    the page, in `lines_svg`, and are only referred to.
    """
    looks = looks_on(figure_id, classes)
    wanted = set(numb)
    numbed = tuple(region for region in looks if wanted & _related(region))
    parted = frozenset(region for region in looks if _parts_differ(region, classes))
    how = _How(side_words, labels, width, prefix or _plain(f"limits.{figure_id}"), theme, apart)
    return _limits(figure_id, tuple(looks.values()), numbed, parted, how)


@lru_cache(maxsize=256)
def _limits(
    figure_id: str, held: tuple[RegionLook, ...], numbed: tuple[str, ...], parted: frozenset[str], how: _How
) -> str:
    """The drawing itself: of few hands and feet is there anything to say, and one person is looked at often."""
    figure = load_figures()[figure_id]
    looks = {shape.id: look for shape, look in zip(figure.regions, held, strict=True)}
    name, theme = how.prefix, how.theme
    said = stretches(figure, looks) if figure_id.startswith("body.") else _by_look(looks)
    notes = [NUMB_NOTE] if numbed else []
    notes += [OPEN_NOTE] if any(look.open and look.cls != "none" for look in looks.values()) else []
    canvas, around, free = stand(
        figure, name, how.width, how.side_words, theme, labels=how.labels, notes=notes, apart=how.apart
    )
    used = sorted({look for look in looks.values() if look.cls != "none"}, key=lambda look: (look.cls, look.open))
    patterns = "".join(
        pattern(look.cls, name, canvas.unit, open=look.open, theme=theme, mirrored=canvas.shown.mirrored)
        for look in used
    )
    inside = "".join(
        canvas.region(
            region,
            fill(look.cls, name, open=look.open, theme=theme),
            f"{region_name(region)}: {_words(look)}{STRICTEST_PART if region in parted else ''}",
        )
        for region, look in looks.items()
    )
    provisional = [part for part in touching(figure, looks) if looks[part[0]].open]
    inside += "".join(
        canvas.dashed(part, number, canvas.paint(f"{looks[part[0]].cls}-open-ink"))
        for number, part in enumerate(provisional)
    )
    drawn = canvas.definitions(patterns) + canvas.body(inside, shade=SHADE, numb=numbed)
    reach = 0.0
    if how.labels and figure_id.startswith("body."):
        beside = [_note(figure, stretch) for stretch in said] + _numb_notes(figure, numbed)
        words, reach = labelled(canvas, beside, free)
        drawn += words
    title, _ = heading(figure_id, how.side_words)
    return canvas.page(
        drawn + around,
        f"Limits: {_titled(figure_id, title, how.side_words)}",
        _described(said, numbed, parted),
        max(canvas.height, round(reach + 8)),
    )


def findings_svg(
    figure_id: str,
    layer: str,
    regions: Iterable[str],
    *,
    side_words: SideWords = "client",
    labels: bool = True,
    width: float | None = None,
    prefix: str = "",
    theme: Theme = "css",
) -> str:
    """One figure with one finding: any of `FINDINGS`, such as `numb` or `burning`.

    Regions may be any of the tree. A region left blank was not reported; the description says that this is not "fine".
    """
    figure = load_figures()[figure_id]
    finding = FINDING[layer]
    name = prefix or _plain(f"{layer}.{figure_id}")
    canvas, around, free = stand(figure, name, width, side_words, theme, labels=labels, layer=finding.word)
    wanted = set(regions)
    marked = [shape.id for shape in figure.regions if wanted & _related(shape.id)]
    inside = "".join(
        canvas.region(
            shape.id,
            fill(layer if shape.id in marked else "none", name, theme=theme),
            f"{region_name(shape.id)}: {finding.word if shape.id in marked else 'not marked'}",
        )
        for shape in figure.regions
    )
    patterns = pattern(layer, name, canvas.unit, theme=theme, mirrored=canvas.shown.mirrored) if marked else ""
    drawn = canvas.definitions(patterns) + canvas.body(inside, shade=SHADE)
    reach = 0.0
    if labels and figure_id.startswith("body."):
        words, reach = labelled(canvas, _marked_notes(figure, marked, layer), free)
        drawn += words
    title, _ = heading(figure_id, side_words)
    where = _listed(marked) or "nowhere marked"
    return canvas.page(
        drawn + around,
        f"{finding.word.capitalize()}: {_titled(figure_id, title, side_words)}",
        f"{finding.word.capitalize()}: {where}. A region left blank was not marked; that does not mean it is fine.",
        max(canvas.height, round(reach + 8)),
    )


def looks_on(figure_id: str, classes: Mapping[str, RegionLook]) -> dict[str, RegionLook]:
    """The look of every region of a figure, the strictest of all that is said of it, its parents and its parts."""
    found = {shape.id: NO_LIMIT for shape in load_figures()[figure_id].regions}
    for region in found:
        found[region] = strictest({classes[key] for key in _related(region) if key in classes})
    return found


def _parts_differ(region: str, classes: Mapping[str, RegionLook]) -> bool:
    """Is this one shape of a body view for parts whose limits are not all alike?"""
    if region not in tree.CHILDREN:
        return False
    parts = [part for part in _related(region) if part not in tree.CHILDREN]
    looks = {strictest(classes[key] for key in tree.ancestors(part) if key in classes) for part in parts}
    return len(looks) > 1


@cache
def _related(region: str) -> frozenset[str]:
    """The region, everything it is part of and everything that is part of it."""
    below, found = [region], set(tree.ancestors(region))
    while below:
        part = below.pop()
        found.add(part)
        below += tree.CHILDREN.get(part, ())
    return frozenset(found)


def _words(look: RegionLook) -> str:
    return LIMIT[look.cls].label + (f", {UNTIL_ANSWERED}" if look.open and look.cls != "none" else "")


def _by_look(looks: Mapping[str, RegionLook]) -> list[Stretch]:
    """For close-ups, where no label is printed: the regions of each look by name, strictest first."""
    order = [limit.key for limit in LIMIT_CLASSES if limit.key != "none"]
    kinds = sorted({look for look in looks.values() if look.cls in order}, key=lambda k: (order.index(k.cls), k.open))
    groups = [(kind, tuple(region for region, look in looks.items() if look == kind)) for kind in kinds]
    return [Stretch(_listed(held), held, kind) for kind, held in groups]


def _listed(regions: Iterable[str]) -> str:
    return "; ".join(named.full for named in names_of(tree.area(regions)))


def _note(figure: Figure, stretch: Stretch) -> Note:
    return Note(_capital(stretch.name), stretch.limit, _spots(figure, stretch.regions))


def _marked_notes(figure: Figure, marked: Collection[str], layer: str) -> list[Note]:
    # A finding is put into stretches as if it were a look; only limits have their words under the name.
    looks = {shape.id: RegionLook(layer) if shape.id in marked else NO_LIMIT for shape in figure.regions}
    return [Note(_capital(found.name), (), _spots(figure, found.regions)) for found in stretches(figure, looks)]


def _numb_notes(figure: Figure, numb: Collection[str]) -> list[Note]:
    """The word with a dashed leader to the dashed line itself, at its corner highest up and furthest out."""
    looks = {shape.id: RegionLook("numb") if shape.id in numb else NO_LIMIT for shape in figure.regions}
    notes: list[Note] = []
    for stretch in stretches(figure, looks):
        spots: dict[str, list[Grid]] = {}
        for side, way in (("left", 1), ("right", -1)):
            corners = [p for region in stretch.regions for p in figure.ring(region) if (p[0] < 0) == (side == "left")]
            if corners:
                spots[side] = [min(corners, key=lambda p: (2 * p[1] + way * p[0], p))]
        notes.append(Note("Numb", (stretch.name,), spots, dashed=True))
    return notes


def _spots(figure: Figure, regions: Iterable[str]) -> dict[str, list[Grid]]:
    """For the viewer's left and right, where a leader may go."""
    shapes = [figure.shapes[region] for region in regions]
    halves = {"left": [s for s in shapes if s.anchor[0] < 0], "right": [s for s in shapes if s.anchor[0] >= 0]}
    return {side: _by_fitness(half) for side, half in halves.items() if half}


def _by_fitness(shapes: Collection[RegionShape]) -> list[Grid]:
    """Anchors, first that of a broad region near the middle of them all."""
    middle = sum(shape.anchor[1] for shape in shapes) / len(shapes)
    ranked = sorted(shapes, key=lambda shape: (abs(shape.anchor[1] - middle) - 3 * shape.radius, shape.id))
    return [shape.anchor for shape in ranked]


def _plain(text: str) -> str:
    return text.replace(".", "-")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _titled(figure_id: str, title: str, side_words: SideWords) -> str:
    """`Front of the body`, `Sole of foot, client's left`."""
    if figure_id.startswith("body."):
        return f"{title.lower()} of the body"
    return f"{title.lower()}, {side_label(figure_id.split('.')[1], side_words).lower()}"


def _described(said: Iterable[Stretch], numb: Collection[str], parted: Collection[str]) -> str:
    """The figure in sentences, for whoever hears it."""
    parts = [f"{_capital(stretch.name)}: {', '.join(stretch.limit)}." for stretch in said] or ["No limit."]
    parts += [f"{_capital(region_name(region))} shows its strictest part." for region in sorted(parted)]
    if numb:
        parts.append(f"Numb: {_listed(numb)}.")
    return " ".join(parts)
