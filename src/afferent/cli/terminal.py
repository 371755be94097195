"""A screening on a terminal: a page a therapist can act on. The sentence first, then where, what to ask, and why."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable
from typing import Final

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from afferent.knowledge import Knowledge
from afferent.safety import Screening
from afferent.safety.screening import RuleResult
from afferent.words.evidence import facts_line
from afferent.words.headline import banner
from afferent.words.places import regions_phrase
from afferent.words.plan import Row, plan
from afferent.words.questions import cards, further
from afferent.words.standing import standing
from afferent.words.vocabulary import STRENGTH, capital, counted, listed

_SHAPES: Final = {"ask": ("◆ ?", "yellow"), "stop": ("⬣ ×", "red"), "ready": ("● ✓", "cyan")}
_GENTLE: Final = 2  # Walton levels up to this one are "gentle only"
_ENGINE: Final = frozenset({"DATA-MISSING", "DATA-CONFLICT"})


def sheet(screening: Screening, knowledge: Knowledge, notes: Iterable[str] = (), width: int | None = None) -> str:
    """The whole page as text; coloured only where standard output is a terminal."""
    out = io.StringIO()
    console = Console(file=out, width=width or _width(), force_terminal=sys.stdout.isatty(), highlight=False)
    for part in _parts(screening, knowledge, notes):
        console.print(part)
    return out.getvalue()


def _width() -> int:
    return min(Console().width, 110)


def _parts(screening: Screening, knowledge: Knowledge, notes: Iterable[str]) -> Iterable[RenderableType]:
    yield _header(screening)
    yield _banner(screening, knowledge)
    yield from _ask(screening, knowledge)
    yield from _where(screening, knowledge)
    yield from _advice(screening, knowledge)
    yield from _why(screening, knowledge)
    yield from _rest(screening, knowledge, notes)


def _heading(words: str, beside: str = "") -> Text:
    return Text.assemble("\n", (words, "bold underline"), f"   {beside}" if beside else "")


def _header(screening: Screening) -> Text:
    subject = screening.subject
    age = f", {subject.age} years" if subject.age is not None else ", age not known"
    who = (subject.id or "One person") + age
    return Text.assemble((who, "bold"), f"   screened for {screening.as_of:%d %b %Y}, knowledge {screening.knowledge}")


def _banner(screening: Screening, knowledge: Knowledge) -> Panel:
    shown = banner(screening, knowledge)
    shape, colour = _SHAPES[shown.shape]
    lines = [Text.assemble((shape, f"bold {colour}"), "  ", (shown.sentence, "bold"))]
    if shown.second:
        lines.append(Text(shown.second))
    lines.append(Text("   ".join(f"{word}: {value}" for word, value in shown.notes)))
    return Panel(Group(*lines), border_style=colour)


def _ask(screening: Screening, knowledge: Knowledge) -> Iterable[RenderableType]:
    groups = cards(screening, knowledge)
    if not groups:
        return
    yield _heading("Ask first", "Until answered, the stricter answer holds.")
    for number, card in enumerate(groups, 1):
        yield Text.assemble(f"{number}. ", (card.ask, "bold"), "  (look)" if card.look else "")
        table = _table()
        for asked in card.questions:
            why = f" [{asked.why_open}]" if asked.why_open else ""
            then = f"{asked.when}: {asked.changes[0]}" if asked.changes else ""
            table.add_row("–", Text.assemble(asked.text, (why, "italic")), Text(then))
            for line in asked.record:
                table.add_row("", Text(f"record: {line}", style="italic"), "")
        yield Padding(table, (0, 0, 0, 3))


def _table() -> Table:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(ratio=3, overflow="fold")
    table.add_column(ratio=2, overflow="fold")
    return table


def _where(screening: Screening, knowledge: Knowledge) -> Iterable[RenderableType]:
    stands = standing(screening, knowledge)
    yield _heading("Where, and how hard", "Walton pressure levels, 0 holding to 5 deep.")
    if stands.gate:
        yield Text("Nothing yet: ask first. What follows holds once the questions above are answered with no.", "bold")
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    for ratio in (2, 3, 5):
        table.add_column(ratio=ratio, overflow="fold")
    for row in plan(stands, screening, knowledge):
        table.add_row(Text(_class(row), style="bold"), Text(capital(row.place)), Text(_limit(row)))
    yield table


def _class(row: Row) -> str:
    """The three words of the page, and "as usual" where nothing limits."""
    if row.until_answered:
        return "ask first"
    if row.level is None:
        return "do not touch"
    return "gentle only" if row.level <= _GENTLE else "as usual" if row.free else "limited"


def _limit(row: Row) -> str:
    told = [row.limit + (" until answered" if row.until_answered else "")]
    if row.minutes is not None:
        told.append(f"at most {row.minutes} minutes")
    if row.off:
        told.append(f"no {listed(row.off, 'or')}")
    because = f" – {listed(row.reasons)}" if row.reasons else ""
    return "; ".join(told) + because + (f" and {row.more_reasons} more" if row.more_reasons else "")


def _advice(screening: Screening, knowledge: Knowledge) -> Iterable[RenderableType]:
    lines = [f"{one.title}: {one.text}" for one in screening.advice]
    session = screening.session
    if session.positions_off:
        lines.append(f"Not in these positions: {listed(knowledge.positions[p].title for p in session.positions_off)}.")
    if screening.points_off:
        lines.append(
            f"Points left out: {'; '.join(f'{p.title} ({regions_phrase(p.where)})' for p in screening.points_off)}."
        )
    if lines:
        yield _heading("Also")
        yield from (Text(f"– {line}") for line in lines)


def _why(screening: Screening, knowledge: Knowledge) -> Iterable[RenderableType]:
    fired = [rule for rule in screening.rules if rule.state == "fired" and rule.id not in _ENGINE]
    if fired:
        yield _heading("Why")
    for rule in fired:
        yield _reason(rule, screening, knowledge)


def _reason(rule: RuleResult, screening: Screening, knowledge: Knowledge) -> RenderableType:
    stop = "  hard stop" if rule.hard_stop else ""
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row("The rule", Text(rule.text))
    table.add_row("Because", Text(rule.why))
    for n, met in enumerate(rule.facts):
        table.add_row("What met it" if n == 0 else "", Text(str(facts_line(met, knowledge, screening.as_of))))
    for n, source in enumerate(rule.sources):
        table.add_row("Where from" if n == 0 else "", Text(f"{source.title} [{source.id}] {source.url}".rstrip()))
    levels = f"; levels {rule.caps_strength} – {STRENGTH[rule.caps_strength]}" if rule.caps_strength else ""
    table.add_row("How strong", f"{rule.strength} – {STRENGTH[rule.strength]}{levels}")
    if rule.unknown:
        table.add_row("Not known", Text(listed(knowledge.facts[name].title for name in rule.unknown)))
    if rule.lifted_by:
        table.add_row("What lifts it", Text(rule.lifted_by))
    title = Text.assemble("\n", (rule.title, "bold"), f"  {rule.id}", (stop, "bold"))
    return Group(title, Padding(table, (0, 0, 0, 3)))


def _rest(screening: Screening, knowledge: Knowledge, notes: Iterable[str]) -> Iterable[RenderableType]:
    for one in screening.clearances:
        state = "counts" if one.counts else f"does not count: {one.fault}"
        yield Text(f"\nClearance for {one.rule} by {one.by or 'nobody'}, {one.date} to {one.until}: {state}.")
    if screening.not_understood:
        yield _heading("Not understood", "Entries of the record that may matter. Ask about them.")
        yield from (Text(f"– {line}") for line in screening.not_understood)
    if lines := list(notes):
        yield _heading("Read in the record")
        yield from (Text(f"– {line}") for line in lines)
    more = sum(len(card.questions) for card in further(screening, knowledge))
    possible = sum(rule.state == "possible" for rule in screening.rules)
    yield Text(
        f"\n{capital(counted(possible, 'rule'))} could still apply; {counted(more, 'further question')} would tell "
        "(--format json names them)." if possible else "", style="italic",
    )  # fmt: skip
    yield Text(
        "\nFor licensed or certified massage and health professionals adapting massage for adults with peripheral "
        "neuropathy. Not for emergencies. Not a diagnosis. You decide.",
        style="italic",
    )
