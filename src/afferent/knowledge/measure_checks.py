"""What every measure must satisfy: its words may stand here, its answers can give its range, and it can be looked up.

Ask here: `measure_faults` (of one measure, ours or a clinic's), `faults` (of all that is in the knowledge). Nothing
here reads a file or raises; `checks` and `records.own_measures` do that.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from afferent.knowledge.measures import COUNTED, Importable, Item, LeftOut, Measure

if TYPE_CHECKING:
    from afferent.knowledge.loader import Knowledge

_ID: Final = re.compile(r"[a-z][a-z0-9_]{1,39}")
_ITEM: Final = re.compile(r"[a-z0-9_]{1,40}")
_LOINC: Final = re.compile(r"\d{1,7}-\d")
_COLUMN: Final = re.compile(r"[a-z0-9]+( [a-z0-9]+)*")
_MOST_ITEMS: Final = 100
_READING: Final = "our"  # a licence without a source says that it is our reading, or our words
EMBEDDED: Final = ("yes", "likely")


def faults(knowledge: Knowledge) -> Iterator[str]:
    """One sentence for each fault, naming file and key."""
    columns: dict[str, str] = {}
    scales: dict[str, str] = {}
    for measure in knowledge.measures.values():
        place = f"measures.toml, {measure.id}"
        yield from (f"{place}: {fault}" for fault in (*measure_faults(measure), *_ours(measure, knowledge)))
        yield from (f"{place}: {fault}" for fault in names_taken(measure, columns, scales))
    for one in knowledge.importable.values():
        yield from (f"importable.toml, {one.id}: {fault}" for fault in _importable(one, knowledge))
    for absent in knowledge.left_out.values():
        yield from (f"left_out.toml, {absent.id}: {fault}" for fault in _left_out(absent, knowledge))


def measure_faults(measure: Measure) -> Iterator[str]:
    """One sentence for each fault of a measure by itself, ours or a clinic's."""
    if not _ID.fullmatch(measure.id):
        yield "its key must be lower-case letters, digits and _"
    for field in ("title", "scale", "recall"):
        if not getattr(measure, field).strip():
            yield f"has no `{field}`"
    if not measure.asked:
        yield "is never asked (`asked`)"
    if not measure.examples:
        yield "has no example"
    if measure.loinc and not _LOINC.fullmatch(measure.loinc):
        yield f"{measure.loinc!r} is no LOINC code"
    for name in measure.columns:
        if not _COLUMN.fullmatch(name):
            yield f"column {name!r}: lower-case words with one space between them"
    yield from _items(measure)
    yield from _range(measure)
    yield from _change(measure)
    if not measure.licence.says.strip():
        yield "licence: says nothing (`says`)"


def names_taken(measure: Measure, columns: dict[str, str], scales: dict[str, str]) -> Iterator[str]:
    """Two measures under one name would be mixed up. Adds the names of this one."""
    for name in (measure.id.replace("_", " "), *measure.columns):
        if columns.setdefault(name, measure.id) != measure.id:
            yield f"column {name!r} is {columns[name]}'s"
    if scales.setdefault(measure.scale, measure.id) != measure.id:
        yield f"has the scale of {scales[measure.scale]}; scores of two measures must be told apart"


def _items(measure: Measure) -> Iterator[str]:
    ids = [item.id for item in measure.items]
    if not 1 <= len(ids) <= _MOST_ITEMS:
        yield f"has {len(ids)} questions; 1 to {_MOST_ITEMS} are possible"
    if len(set(ids)) != len(ids):
        yield "has two questions of one id"
    for item in measure.items:
        yield from (f"question {item.id!r}: {fault}" for fault in _item(item))
    kinds = {item.kind for item in measure.items}
    if measure.scoring == "one" and len(ids) != 1:
        yield "scoring = 'one' is for one question"
    if measure.scoring in ("sum", "mean", "table") and not kinds <= {"0-10", "levels", "yes_no"}:
        yield f"scoring = {measure.scoring!r} is for ratings, levels, and yes or no"
    if measure.scoring == "key" and (kinds != {"yes_no"} or not any(item.counts for item in measure.items)):
        yield "scoring = 'key' is for yes or no, and some answer must count (`counts`)"
    if measure.scoring != "key" and any(item.counts for item in measure.items):
        yield "`counts` is for scoring = 'key'"
    if measure.times != 1 and measure.scoring not in ("sum", "mean"):
        yield "`times` is for scoring = 'sum' and 'mean'"
    if (measure.scoring == "table") != bool(measure.table):
        yield "`table` is for scoring = 'table', and needed there"


def _item(item: Item) -> Iterator[str]:
    if not _ITEM.fullmatch(item.id):
        yield "its id must be lower-case letters, digits and _"
    if not item.ask.strip():
        yield "has no words (`ask`)"
    if (item.kind == "0-10") != bool(item.lo.strip() and item.hi.strip()):
        yield "`lo` and `hi` are the words at both ends of 0-10, and needed there"
    if (item.kind == "levels") != bool(item.levels):
        yield "`levels` is for kind = 'levels', and needed there"
    if item.kind == "levels" and not 2 <= len({level.strip().lower() for level in item.levels} - {""}) == len(
        item.levels
    ):
        yield "`levels` must be two or more, and no two alike"


def _range(measure: Measure) -> Iterator[str]:
    """The range as said must be what the answers can give, or the key is not what it says it is."""
    low, high = measure.range
    if not low < high:
        yield f"range {low:g} to {high:g} cannot be right"
    elif any(item.kind in COUNTED for item in measure.items):
        if low != 0 or high % 1:
            yield "a count goes from 0 to a whole number"
    elif measure.table:
        yield from _table(measure)
    elif (low, high) != _possible(measure):
        least, most = _possible(measure)
        yield f"range is {low:g} to {high:g}, but its answers give {least:g} to {most:g}"


def _table(measure: Measure) -> Iterator[str]:
    least, most = _possible(measure)
    sums = {str(n) for n in range(round(least), round(most) + 1)}
    if set(measure.table) != sums:
        yield f"`table` must hold each sum from {least:g} to {most:g}, and nothing else"
    elif not all(measure.range[0] <= value <= measure.range[1] for value in measure.table.values()):
        yield "`table` holds a score outside `range`"


def _possible(measure: Measure) -> tuple[float, float]:
    ends = [bounds(item) for item in measure.items if measure.scored(item)]
    low, high = sum(least for least, _ in ends), sum(most for _, most in ends)
    share = measure.times / len(ends) if measure.scoring == "mean" and ends else measure.times
    return low * share, high * share


def bounds(item: Item) -> tuple[int, int]:
    """The least and the most that one question can add; a count has no most of its own."""
    match item.kind:
        case "0-10":
            return 0, 10
        case "yes_no":
            return 0, 1
        case _:
            return item.first, item.first + len(item.levels) - 1


def _change(measure: Measure) -> Iterator[str]:
    change = measure.change
    shown = bool(change.points or change.percent or change.reached is not None)
    if not change.says.strip():
        yield "change: says nothing"
    if change.validated and not (shown and change.sources):
        yield "change: what is validated has a threshold and a source"
    if not change.validated and (shown or "ot validated" not in change.says):
        yield 'change: without `validated` it has no threshold, and says "Not validated"'
    for field in (change.points, change.percent):
        if list(field.values()) != sorted(field.values()) or any(value <= 0 for value in field.values()):
            yield "change: thresholds rise, from more than 0"


def _ours(measure: Measure, knowledge: Knowledge) -> Iterator[str]:
    """What is shipped must be allowed to be, and its sources must stand in sources.toml."""
    licence = measure.licence
    if licence.embed not in EMBEDDED:
        yield f"its licence is {licence.embed!r}, so its words must not stand here"
    if not licence.sources and _READING not in licence.says:
        yield "licence: without a source it says that it is our reading"
    yield from _unknown((*measure.sources, *measure.change.sources, *licence.sources), knowledge.sources)


def _importable(one: Importable, knowledge: Knowledge) -> Iterator[str]:
    if one.licence.embed in EMBEDDED or not one.licence.says.strip():
        yield "licence: must say why its words are not here"
    if one.id in knowledge.measures:
        yield "is one of the measures already"
    if not one.title.strip() or not one.says.strip() or one.questions < 1 or not one.range[0] < one.range[1]:
        yield "is not described (`title`, `says`, `questions`, `range`)"
    if not one.sources:
        yield "has no source"
    yield from _unknown((*one.sources, *one.licence.sources), knowledge.sources)


def _left_out(one: LeftOut, knowledge: Knowledge) -> Iterator[str]:
    if not one.title.strip() or not one.why.strip():
        yield "says nothing (`title`, `why`)"
    if not one.sources:
        yield "has no source"
    yield from _unknown(one.sources, knowledge.sources)


def _unknown(names: tuple[str, ...], sources: Container[str]) -> Iterator[str]:
    yield from (f"source {name!r} does not exist" for name in names if name not in sources)


def as_published(measure: Measure, published: Mapping[str, Importable]) -> Iterator[str]:
    """How a clinic's file departs from the published scoring of the measure it names."""
    known = published.get(measure.id)
    if known is None:
        return
    told: dict[str, object] = {"questions": len(measure.items), "scoring": measure.scoring, "times": measure.times}
    told |= {} if known.scoring == "table" else {"range": list(measure.range)}
    asked = {"questions": known.questions, "scoring": known.scoring, "times": known.times, "range": list(known.range)}
    for field, value in told.items():
        if value != asked[field]:
            yield f"{field} is {value!r} here, but {asked[field]!r} in the published {known.title}"
