"""Where to press: the points and zones of an outline as numbers on the figures, and the list that says the same.

Ask here: `point_map` (figures and list), `point_figures` (which figures it draws) and `point_lines` (their lines, once
for a page). The figures show today's limits too, so that one sees what the points stay away from. It plans nothing:
what an outline names is drawn, wherever that is, and said to be held where it is not free today.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct, structs

from afferent.body.canvas import lines_svg
from afferent.body.figures import load_figures
from afferent.body.marked import Mark, key_html, looks_of, marked_svg
from afferent.body.regions import AREA, SIDES, WHOLE
from afferent.body.spots import spots
from afferent.knowledge import Knowledge
from afferent.knowledge.library import both_sides
from afferent.outline.ground import Ground
from afferent.outline.model import Outline, Step, Wish
from afferent.outline.touching import read
from afferent.page.figures import framed, looks
from afferent.page.markup import EMPTY, Html, el
from afferent.safety.screening import Screening
from afferent.words.outline import PointLine, points
from afferent.words.standing import standing

# As people look: soles and palms face you (right on the viewer's left), tops and backs as you see your own.
_CLOSE: Final = (
    "hand.left.back", "hand.right.back", "hand.right.palm", "hand.left.palm",
    "foot.left.top", "foot.right.top", "foot.right.sole", "foot.left.sole",
)  # fmt: skip
_HELD: Final = "affected or left alone today. Not pressed there."
_FIGURES: Final = ("body.front", "body.back", *_CLOSE)
_WIDTHS: Final = {"body": 246, "hand": 272, "foot": 220}  # px; the narrowest phone shows each at its full size


class _Named(Struct, frozen=True):
    """A point or zone of an outline, with its area on each side. `held`: the sides on which it is not free today."""

    number: int
    name: str
    line: PointLine
    areas: dict[str, int]
    held: tuple[str, ...]

    @property
    def side_words(self) -> str:
        """Whose sides, in words."""
        return f"Client’s {_both(self.areas)}{'' if len(self.areas) > 1 else ' only'}"


def point_map(
    steps: Outline | Iterable[Step], knowledge: Knowledge, screening: Screening, *,
    affected: tuple[str, ...] = (), prefix: str = "points", apart: bool = False, found: bool = False,
) -> Html:  # fmt: skip
    """The figures that are needed and the list; empty where nothing is pressed.

    `affected`: places that the client's map marks and no rule reads, as in `Wish`. `prefix` differs between the maps of
    one page. `apart`: the page holds `point_lines` itself, outside of whatever is folded away. `found`: with what
    studies say of each. Raises InputError for a place that does not exist.
    """
    ground = Ground(screening, knowledge, Wish(affected=affected))
    named = _named(steps, ground)
    if not named:
        return EMPTY
    marks = _marks(named, ground)
    figures = _drawn(marks, ground, prefix) if marks else None
    lines = None if apart else point_lines(marks)
    entries = el("ol", [_entry(one, found) for one in named], class_="point-list")
    return el("div", lines, figures, entries, class_="point-map")


def _drawn(marks: Mapping[str, Sequence[Mark]], ground: Ground, prefix: str) -> Html:
    """The figures with what their patterns mean; in a dashed frame while whole-body questions are open."""
    held = standing(ground.screening, ground.knowledge)
    shown = looks(held)
    pictures = [
        Html(marked_svg(figure, mine, shown, affected=ground.affected, width=_WIDTHS[figure.partition(".")[0]],
                        prefix=f"{prefix}-{figure.replace('.', '-')}"))
        for figure, mine in marks.items()
    ]  # fmt: skip
    affected = any(AREA[region] & ground.affected for figure in marks for region in load_figures()[figure].shapes)
    zones = any(mark.zone for mine in marks.values() for mark in mine)
    key = Html(key_html(looks_of(marks, shown), prefix, affected=affected, zones=zones))
    return framed(held, el("div", pictures, class_="figures"), key)


def point_figures(
    steps: Outline | Iterable[Step], knowledge: Knowledge, screening: Screening, *, affected: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """The figures that `point_map` draws."""
    ground = Ground(screening, knowledge, Wish(affected=affected))
    return tuple(_marks(_named(steps, ground), ground))


def point_lines(figures: Iterable[str]) -> Html:
    """The lines of these figures, once for a page whose maps are `apart`. It shows nothing by itself."""
    wanted = set(figures)
    return Html(lines_svg(tuple(one for one in _FIGURES if one in wanted))) if wanted else EMPTY


def _named(steps: Outline | Iterable[Step], ground: Ground) -> list[_Named]:
    """Every point and zone once, in the order of the steps, on the sides on which any step has it."""
    areas: dict[str, int] = {}
    lines: dict[str, PointLine] = {}
    for number, step in enumerate(steps.steps if isinstance(steps, Outline) else steps):
        seen, _ = read(number, step, ground) if step.points else (None, ())
        for name, here in seen.points.items() if seen else ():
            areas[name] = areas.get(name, 0) | here
            lines.setdefault(name, points(structs.replace(step, points=(name,)), ground.knowledge)[0])
    return [_one(n, name, lines[name], here, ground) for n, (name, here) in enumerate(areas.items(), start=1)]


def _one(number: int, name: str, line: PointLine, here: int, ground: Ground) -> _Named:
    sides = {side: here & half for side, half in zip(SIDES, ground.halves, strict=True) if here & half}
    off = ground.points_off.get(name, 0) | ~ground.intact
    if name in ground.knowledge.zones and not ground.rules.isdisjoint(ground.knowledge.zones[name].off_with):
        off = WHOLE
    return _Named(number, name, line, sides, tuple(side for side, area in sides.items() if area & off))


def _marks(named: Sequence[_Named], ground: Ground) -> dict[str, list[Mark]]:
    """Figure -> what is marked on it, in the order in which figures are laid out."""
    found: dict[str, list[Mark]] = {}
    for one in named:
        mine: dict[str, Mark] = {}
        for side, here in one.areas.items():
            for figure, mark in _on(one, side, here, ground.knowledge):
                before = mine.get(figure)
                mine[figure] = structs.replace(mark, at=before.at + mark.at) if before else mark
        for figure, mark in mine.items():
            found.setdefault(figure, []).append(mark)
    return {figure: found[figure] for figure in _FIGURES if figure in found}


def _on(one: _Named, side: str, here: int, knowledge: Knowledge) -> Iterable[tuple[str, Mark]]:
    """Where one is drawn on one side: single places, or the regions of a zone close up."""
    words = f"{one.line.title}, {one.side_words}"
    own = spots(one.name, side)
    if own is not None:
        yield own.figure, Mark(one.number, words, at=own.at)
    elif one.name in knowledge.zones:
        zone = both_sides(knowledge.zones[one.name].regions) & here
        for figure in _CLOSE:
            inside = tuple(region for region in load_figures()[figure].shapes if AREA[region] & ~zone == 0)
            if inside:
                yield figure, Mark(one.number, words, zone=inside)


def _both(sides: Iterable[str]) -> str:
    """ "LEFT and RIGHT"."""
    return " and ".join(side.upper() for side in sides)


def _entry(one: _Named, found: bool) -> Html:
    line = one.line
    told = " ".join(f"{part}." for part in (line.where, f"Hold {line.hold}" if line.hold else "", line.caution) if part)
    return el(
        "li", el("b", one.number, class_="point-number"),
        el("div", el("p", el("strong", line.title), " ", el("span", one.side_words, class_="point-side")),
           el("p", told) if told else None,
           el("p", f"Client’s {_both(one.held)}: {_HELD}", class_="point-held") if one.held else None,
           el("p", el("small", line.says)) if found else None),
    )  # fmt: skip
