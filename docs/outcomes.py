"""docs/outcomes.md: what is asked, and how scores come in and go out, made of the measures and of the code that reads
them.

Ask here: `page`. The prose stands in docs/templates/measures.md; here are the tables. Written by `python -m
docs.build`; a test fails while it is not what this would write.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from afferent.errors import InputError
from afferent.knowledge import Knowledge
from afferent.knowledge.measures import ASKED_WORDS, Change, Item, Measure, MeasureExample
from afferent.outcomes.labels import WITH, WITHOUT
from afferent.records.scores import read_bytes
from afferent.records.scores.columns import ROLES

TEMPLATES = Path(__file__).parent / "templates"
TODAY = dt.date(2026, 11, 22)
BETTER = {"lower": "lower is better", "higher": "higher is better", "none": "judges nothing"}
SAYS = {
    "day": "the day, as a date (2026-10-14) or a number", "week": "its number, where no column is the day: week 1 is "
    "day 7, week 2 day 14, with one score each", "person": "whose row it is, where there are several people",
    "measure": "the measure of each row", "score": "the score, where a column `measure` or the caller says of what",
    "phase": "without massage or with it", "block": "the number of the block, where the order was drawn",
    "visit": "yes or no: was there one that day; or which visit it was, 1, 2, 3", "minutes": "minutes hands on",
    "pressure": "the firmest level, 0 to 5 or its name", "flare": "yes or no, in the row of the visit: worse for more "
    "than a day after it", "note": "words, kept as they are",
}  # fmt: skip
SAMPLE = "date,pain,phase,visit,minutes,pressure,sore,note\n2026-10-18,6,A,,,,,\n2026-10-19,6,B,yes,30,1,no,first visit"
FAULTS = (
    "date,pain\n2026-10-05,11",
    "date,pain\n2026-10-05,6.5",
    "date,pain\n2026-10-05,six",
    "date,pain\n2026-10-05,6\n2026-10-05,7",
    "date,pain\n2026-10-05,6\n2026-10-05,6",
    "date,pain\n2026-10-05,6\n2026-10-06,6\n2026-10-10,6",
    "date,pain\n2026-10-06,6\n2026-10-05,6",
    "date,pain\n2026-11-23,6",
    "date,pain\n03/04/2026,6",
    "date,pain\n46302,6",
    "date,steps\n2026-10-05,1.000",
    "date,pain,visit\n2026-10-05,6,5,yes",
    "date,pain,visit\n2026-10-05,6,perhaps",
    "day,pain,phase\n1,6,A\n2,6,A\n3,6,washout",
    "day,pain,phase,visit\n1,6,A,\n2,6,A,1\n3,6,B,2\n4,5,B,",
    "day,pain,phase\n1,5,B\n2,5,B\n3,6,A\n4,6,A",
    "date,pain,phse\n2026-10-05,6,A",
    "date,score\n2026-10-05,6",
    "pain\n6",
)


def page(knowledge: Knowledge) -> str:
    """The whole page."""
    title = "# Outcomes: what is asked, and how scores come in and go out\n\nMade by `make docs`.\n\n"
    return title + filled("measures", PARTS, knowledge)


def filled(template: str, parts: dict[str, Callable[[Knowledge], str]], knowledge: Knowledge) -> str:
    """A template with what its names stand for."""
    text = (TEMPLATES / f"{template}.md").read_text("utf-8")
    return re.sub(r"\{\{(\w+)\}\}", lambda found: parts[found[1]](knowledge), text)


def _measures(knowledge: Knowledge) -> str:
    rows = [
        (
            f"`{one.id}`", one.title, one.scale, ", ".join(ASKED_WORDS[when] for when in one.asked), BETTER[one.better],
            one.loinc,
        )
        for one in knowledge.measures.values()
    ]  # fmt: skip
    return _table(("measure", "", "scale", "asked", "", "LOINC"), rows)


def _changes(knowledge: Knowledge) -> str:
    rows = [
        (one.title, _thresholds(one.change), one.change.says + _use(one), _cited(one.change.sources, knowledge))
        for one in knowledge.measures.values()
    ]
    return _table(("measure", "thresholds", "what is known", "source"), rows)


def _use(one: Measure) -> str:
    return f" {one.use}" if one.use else ""


def _thresholds(change: Change) -> str:
    said = [f"{word} from {least:g} {'point' if least == 1 else 'points'}" for word, least in change.points.items()]
    said += [f"{word} from {least:g} %" for word, least in change.percent.items()]
    said += [f"important up to {change.reached:g}"] if change.reached is not None else []
    return ", ".join(said) or "none"


def _questions(knowledge: Knowledge) -> str:
    return "\n".join(line for one in knowledge.measures.values() for line in _asked(one, knowledge))


def _asked(one: Measure, knowledge: Knowledge) -> Iterator[str]:
    cited = _cited(one.sources, knowledge)
    yield f"- **{one.title}** (`{one.id}`){' – ' + cited if cited else ''}"
    if one.intro:
        yield f"  {one.intro}"
    for item in one.items:
        number = f"{item.id}. " if len(one.items) > 1 else ""
        hint = f" *{item.hint}*" if item.hint else ""
        yield f"  - {number}{item.ask} {_answers(item, one)}{hint}"


def _answers(item: Item, one: Measure) -> str:
    match item.kind:
        case "0-10":
            return f"(0 {item.lo} … 10 {item.hi})"
        case "yes_no":
            return f"(yes or no; {item.counts or 'neither'} counts)"
        case "levels":
            return "(" + ", ".join(f"{n} {words}" for n, words in enumerate(item.levels, item.first)) + ")"
        case _:
            return f"(0 to {one.range[1]:g})"


def _examples(knowledge: Knowledge) -> str:
    rows = [
        (f"`{one.id}`", example.say, _given(example), ", ".join(f"{k} {_then(v)}" for k, v in example.then.items()))
        for one in knowledge.measures.values()
        for example in one.examples
    ]
    return _table(("measure", "example", "answers", "gives"), rows)


def _given(example: MeasureExample) -> str:
    return ", ".join(f"{key}: {said}" for key, said in example.answers.items()) or "none"


def _then(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _licences(knowledge: Knowledge) -> str:
    rows = [
        (f"`{one.id}`", one.licence.embed, one.licence.says, _cited(one.licence.sources, knowledge))
        for one in knowledge.measures.values()
    ]
    return _table(("measure", "may stand here", "why", "source"), rows)


def _importable(knowledge: Knowledge) -> str:
    rows = [
        (f"`{one.id}`", one.title, one.says, one.licence.says, _cited(one.sources + one.licence.sources, knowledge))
        for one in knowledge.importable.values()
    ]
    return _table(("key", "", "how it is scored", "why its words are not here", "source"), rows)


def _left_out(knowledge: Knowledge) -> str:
    rows = [(one.title, one.why, _cited(one.sources, knowledge)) for one in knowledge.left_out.values()]
    return _table(("measure", "why", "source"), rows)


def _columns(knowledge: Knowledge) -> str:
    named = [f"| {role} | {', '.join(f'`{one}`' for one in names)} | {SAYS[role]} |" for role, names in ROLES.items()]
    some = ", ".join(f"`{name}`" for one in knowledge.measures.values() for name in one.columns)
    return "\n".join([*named, f"| a measure | its key, or {some} | its score; empty where nobody answered |"])


def _faults(knowledge: Knowledge) -> str:
    rows = [(_lines(text), "<br>".join(_said(text, knowledge))) for text in FAULTS]
    return _table(("written", "said"), rows)


def _lines(text: str) -> str:
    return "<br>".join(f"`{line}`" for line in text.splitlines())


def _said(text: str, knowledge: Knowledge) -> tuple[str, ...]:
    try:
        return read_bytes(text.encode(), name="scores.csv", today=TODAY, measures=knowledge.measures).faults
    except InputError as error:
        return (f"refused – {error}",)


def _cited(keys: Iterable[str], knowledge: Knowledge) -> str:
    return ", ".join(f"[{key}]({knowledge.sources[key].url})" for key in dict.fromkeys(keys))


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = list(head)
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines)


PARTS: dict[str, Callable[[Knowledge], str]] = {
    "count": lambda knowledge: str(len(knowledge.measures)),
    "measures": _measures,
    "changes": _changes,
    "questions": _questions,
    "examples": _examples,
    "licences": _licences,
    "importable": _importable,
    "left_out": _left_out,
    "sample": lambda _: SAMPLE,
    "columns": _columns,
    "without": lambda _: ", ".join(sorted(WITHOUT)),
    "with": lambda _: ", ".join(sorted(WITH)),
    "faults": _faults,
}
