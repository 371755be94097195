"""A screening on a terminal: a page a therapist can act on. The sentence first, then what to ask, where, and why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from afferent.cli.paper import Paper, Style
from afferent.knowledge import Knowledge
from afferent.safety import Screening
from afferent.safety.screening import RuleResult
from afferent.words.evidence import facts_line
from afferent.words.headline import banner
from afferent.words.places import regions_phrase
from afferent.words.plan import Row, plan
from afferent.words.questions import cards
from afferent.words.standing import standing
from afferent.words.vocabulary import STRENGTH, capital, counted, listed

_SHAPES: Final[dict[str, tuple[str, Style]]] = {
    "ask": ("◆ ?", "yellow"),
    "stop": ("⬣ ×", "red"),
    "ready": ("● ✓", "cyan"),
}
_GENTLE: Final = 2  # Walton levels up to this one are "gentle only"
_ENGINE: Final = frozenset({"DATA-MISSING", "DATA-CONFLICT"})
_CLOSING: Final = (
    "For licensed or certified massage and health professionals adapting massage for adults with peripheral "
    "neuropathy. Not for emergencies. Not a diagnosis. You decide."
)


def sheet(
    screening: Screening,
    knowledge: Knowledge,
    notes: Iterable[str] = (),
    width: int | None = None,
    colour: bool | None = None,
) -> str:
    """The whole page as text; `width` and `colour` as the terminal has them, unless given."""
    paper = Paper(width, colour)
    _header(paper, screening, knowledge)
    _ask(paper, screening, knowledge)
    _where(paper, screening, knowledge)
    _also(paper, screening, knowledge)
    _why(paper, screening, knowledge)
    _rest(paper, screening, list(notes))
    return str(paper)


def _header(paper: Paper, screening: Screening, knowledge: Knowledge) -> None:
    subject, shown = screening.subject, banner(screening, knowledge)
    age = f"{subject.age} years" if subject.age is not None else "age not known"
    paper.say(f"{subject.id or 'One person'}, {age}", "bold")
    paper.say(f"Screened for {screening.as_of:%d %b %Y}, knowledge {screening.knowledge}")
    shape, style = _SHAPES[shown.shape]
    paper.rule(style)
    paper.say(shown.sentence, "bold", indent=5, first=shape)
    if shown.second:
        paper.say(shown.second, indent=5)
    paper.say("   ".join(f"{word}: {value}" for word, value in shown.notes), indent=5)
    paper.rule(style)


def _ask(paper: Paper, screening: Screening, knowledge: Knowledge) -> None:
    groups = cards(screening, knowledge)
    if groups:
        paper.heading("Ask first", "Until answered, the stricter answer holds.")
    for number, card in enumerate(groups, 1):
        paper.say(card.ask, "bold", indent=3, first=f"{number}.")
        for asked in card.questions:
            why = f" [{asked.why_open}]" if asked.why_open else ""
            then = f"{asked.when}: {asked.changes[0]}" if asked.changes else ""
            paper.row(("–", asked.text + why, then), (1, 0, 40), indent=3)
            for line in asked.record:
                paper.say(f"record: {line}", "italic", indent=8)


def _where(paper: Paper, screening: Screening, knowledge: Knowledge) -> None:
    stands = standing(screening, knowledge)
    paper.heading("Where, and how hard", "Walton pressure levels, 0 holding to 5 deep.")
    if stands.gate:
        paper.say("Nothing yet: ask first. What follows holds once the questions above are answered with no.", "bold")
    for row in plan(stands, screening, knowledge):
        paper.row((_class(row), capital(row.place), _limit(row)), (12, 28, 0), ("bold",))


def _class(row: Row) -> str:
    """The three words of the page, and "as usual" where nothing limits."""
    if row.until_answered:
        return "ask first"
    if row.level is None:
        return "do not touch"
    return "gentle only" if row.level <= _GENTLE else "as usual" if row.free else "limited"


def _limit(row: Row) -> str:
    told = [row.limit + (" until answered" if row.until_answered else "")]
    told += [row.afterwards] if row.afterwards else []
    if row.minutes is not None:
        told.append(f"at most {row.minutes} minutes")
    if row.off:
        told.append(f"no {listed(row.off, 'or')}")
    because = f" – {listed(row.reasons)}" if row.reasons else ""
    return "; ".join(told) + because + (f" and {row.more_reasons} more" if row.more_reasons else "")


def _also(paper: Paper, screening: Screening, knowledge: Knowledge) -> None:
    lines = [f"{one.title}: {one.text}" for one in screening.advice]
    positions = screening.session.positions_off
    if positions:
        lines.append(f"Not in these positions: {listed(knowledge.positions[p].title for p in positions)}.")
    if screening.points_off:
        points = "; ".join(f"{point.title} ({regions_phrase(point.where)})" for point in screening.points_off)
        lines.append(f"Points left out: {points}.")
    if lines:
        paper.heading("Also")
    for line in lines:
        paper.say(line, indent=2, first="–")


def _why(paper: Paper, screening: Screening, knowledge: Knowledge) -> None:
    fired = [rule for rule in screening.rules if rule.state == "fired" and rule.id not in _ENGINE]
    if fired:
        paper.heading("Why")
    for rule in fired:
        _reason(paper, rule, screening, knowledge)


def _reason(paper: Paper, rule: RuleResult, screening: Screening, knowledge: Knowledge) -> None:
    paper.blank()
    paper.say(f"{rule.title}  [{rule.id}]" + ("  hard stop" if rule.hard_stop else ""), "bold")
    levels = f"; levels {rule.caps_strength} – {STRENGTH[rule.caps_strength]}" if rule.caps_strength else ""
    rows = [("The rule", rule.text), ("Because", rule.why)]
    rows += [("What met it", str(facts_line(met, knowledge, screening.as_of))) for met in rule.facts]
    rows += [("Where from", f"{source.title} [{source.id}] {source.url}".rstrip()) for source in rule.sources]
    rows.append(("How strong", f"{rule.strength} – {STRENGTH[rule.strength]}{levels}"))
    rows += [("Not known", listed(knowledge.facts[name].title for name in rule.unknown))] if rule.unknown else []
    rows += [("What lifts it", rule.lifted_by)] if rule.lifted_by else []
    before = ""
    for name, text in rows:
        paper.say(text, indent=17, first="" if name == before else f"   {name}")
        before = name


def _rest(paper: Paper, screening: Screening, notes: list[str]) -> None:
    for one in screening.clearances:
        state = "counts" if one.counts else f"does not count: {one.fault}"
        paper.blank()
        paper.say(f"Clearance for {one.rule} by {one.by or 'nobody'}, {one.date} to {one.until}: {state}.")
    if screening.not_understood:
        paper.heading("Not understood", "Entries of the record that may matter. Ask about them.")
        for line in screening.not_understood:
            paper.say(line, indent=2, first="–")
    if notes:
        paper.heading("Read in the record")
        for line in notes:
            paper.say(line, indent=2, first="–")
    paper.blank()
    if possible := sum(rule.state == "possible" for rule in screening.rules):
        further = sum(not question.critical for question in screening.questions)
        paper.say(
            f"{capital(counted(possible, 'rule'))} could still apply; {counted(further, 'further question')} would "
            "tell (--format json names them).",
            "italic",
        )
    paper.say(_CLOSING, "italic")
