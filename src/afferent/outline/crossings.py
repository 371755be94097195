"""Where an outline crosses a limit: any outline, also one that came from outside.

Ask here: `faults(outline, screening, knowledge, wish)`: every crossing with the rules whose limit it is, in a sentence
for a therapist; none for an outline that keeps to everything. It changes nothing and opens nothing. A closed visit has
one fault, since nothing in it is open. `ceilings(outline, screening)`: the highest level of each place that it names.
"""

from __future__ import annotations

from collections.abc import Iterator

from afferent.body.regions import AREA
from afferent.knowledge import Knowledge
from afferent.knowledge.model import DECISION_RANK
from afferent.outline import says
from afferent.outline.ground import LIGHT, Ground
from afferent.outline.laid import Laid
from afferent.outline.model import Fault, Outline, Wish
from afferent.outline.pressing import pressing
from afferent.outline.spending import spending
from afferent.outline.touching import Seen, read, touching
from afferent.safety.screening import Screening


def faults(outline: Outline, screening: Screening, knowledge: Knowledge, wish: Wish) -> tuple[Fault, ...]:
    """Every way in which it crosses a limit, those that nothing opens first.

    Raises InputError for a place of the wish that does not exist.
    """
    ground = Ground(screening, knowledge, wish)
    found = tuple(_all(outline, ground))
    return tuple(sorted(found, key=lambda one: not one.never))


def _all(outline: Outline, ground: Ground) -> Iterator[Fault]:
    if outline.kind == "not_today":
        if outline.steps:
            yield Fault("unknown", None, "“Not today” has no steps.")
        return
    if not outline.steps:
        yield Fault("unknown", None, "This outline has no steps.")
        return
    if ground.closed:
        yield Fault("closed", None, *_closed(ground))
        return
    seen: list[Seen] = []
    for n, step in enumerate(outline.steps):
        made, wrong = read(n, step, ground)
        yield from wrong
        if made is not None:
            seen.append(made)
            yield from touching(made, ground)
            yield from pressing(made, ground)
    yield from _start(seen, ground)
    yield from spending(outline, seen, ground)


def _closed(ground: Ground) -> tuple[str, tuple[str, ...]]:
    rank = DECISION_RANK[ground.screening.decision]
    rules = tuple(
        one.id for one in ground.screening.rules if one.state == "fired" and DECISION_RANK[one.decision] >= rank
    )
    return f"There is no massage today{says.titles(rules, ground.knowledge)}.", rules


def _start(seen: list[Seen], ground: Ground) -> Iterator[Fault]:
    """It begins on intact skin, with something light."""
    if not seen or seen[0].number != 0:
        return
    first = seen[0]
    if first.area & ~ground.intact & ~ground.shut:
        where = says.place(first.area & ~ground.intact & ~ground.shut)
        yield Fault("start", 0, f"{where}: no intact skin to begin on. A visit opens on intact skin.")
    elif not first.work.opens or first.step.level > LIGHT:
        how = f"{first.work.title}, {says.level(first.step.level)}"
        yield Fault("start", 0, f"It begins with {how}. A visit opens with slow, light strokes or a still hand.")


def ceilings(outline: Outline, screening: Screening) -> dict[str, int]:
    """The highest Walton level that holds today in each region the outline names; 0 where nobody works."""
    laid = Laid(screening.effective, screening.excluded)
    return {region: laid.cap(AREA[region]) for step in outline.steps for region in step.regions if region in AREA}
