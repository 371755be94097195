"""The evidence on a terminal: the plain answer first, then what speaks for and against, then how far to trust it."""

from __future__ import annotations

from typing import Final

from afferent.cli.paper import Paper
from afferent.cli.text_forest import forest
from afferent.knowledge.reviews import Said
from afferent.knowledge.trials import Comparator
from afferent.outcomes.evidence import Count, Evidence, Seen
from afferent.words.pooled import group_lines, group_title, mix_line, mixed_line
from afferent.words.trial_terms import CONDITION, TECHNIQUE, set_against
from afferent.words.trials import (
    COUNT_NOTE,
    UPPER_BOUND,
    against_lines,
    by_arms,
    by_comparator,
    direction_marks,
    direction_words,
    effect_words,
    figures,
    in_short,
    judged_line,
    meaning,
    measured,
    pool_size,
    pool_words,
    seen_line,
    tried_line,
    what_against,
    yardstick_line,
)
from afferent.words.vocabulary import capital, counted, listed

_WORDS: Final = 22  # columns that words beside the marks need
_CLOSING: Final = (
    "Read mostly as abstracts, by one reader; no formal rating of bias. Every source with its address: --format html "
    "or json. Nothing here is medical advice."
)


def sheet(found: Evidence, *, plot: bool = False, width: int | None = None, colour: bool | None = None) -> str:
    """The whole page as text; `width` and `colour` as the terminal has them, unless given."""
    paper = Paper(width, colour)
    paper.say(f"{found.about.title}: what the trials say", "bold")
    paper.rule("cyan")
    paper.say(found.about.answer, "bold")
    if found.certainty:
        paper.say(f"How certain: {in_short(found)} (our reading).")
    paper.rule("cyan")
    _counts(paper, found)
    _against(paper, found)
    _effects(paper, found, plot=plot)
    _pools(paper, found, plot=plot)
    _yardsticks(paper, found)
    _trust(paper, found)
    paper.blank()
    paper.say(_CLOSING, "italic")
    return str(paper)


def _head(paper: Paper, title: str, beside: str) -> None:
    """A heading with a quiet word beside it, or below it where the terminal is narrow."""
    if len(title) + 2 + len(beside) <= paper.width:
        paper.heading(title, beside)
    else:
        paper.heading(title)
        paper.say(beside, indent=2)


def _counts(paper: Paper, found: Evidence) -> None:
    if not found.found:
        if found.trials:
            paper.heading("What was found", f"{seen_line(found)}.")
        return
    own = f" {counted(found.own, 'row')} of your own among them." if found.own else ""
    _head(paper, "What was found", f"{seen_line(found)}.{own}")
    if not found.counts:
        paper.say(f"No result seen yet: {listed(found.planned)}.", indent=2)
        return
    paper.say("■ better   ○ no difference   ▼ worse   · says nothing about it", indent=2)
    most = max(len(direction_marks(count)) for count in found.counts)
    before: Comparator | None = None
    for count in found.counts:
        if count.comparator != before:
            paper.say(set_against(count.comparator), "bold", indent=2)
        before = count.comparator
        _count(paper, count, most)
    paper.say(COUNT_NOTE, "italic", indent=2)
    if line := tried_line(found):
        paper.say(line, indent=2)
    if found.planned:
        paper.say(f"No result seen yet: {listed(found.planned)}.", indent=2)


def _count(paper: Paper, count: Count, most: int) -> None:
    """Name, size, marks and words beside each other; one below the other where the terminal is narrow."""
    name, trials = capital(TECHNIQUE[count.technique]), counted(count.trials, "trial")
    size = f"{trials}, {count.people} people" if count.people else trials
    if paper.width - 4 - 20 - 24 - most - 6 >= _WORDS:
        cells = (name, size, direction_marks(count), direction_words(count))
        paper.row(cells, (20, 24, most, 0), indent=4)
        return
    paper.say(f"{name}: {size}", indent=4)
    paper.say(direction_marks(count), indent=6)
    paper.say(direction_words(count), indent=6)


def _against(paper: Paper, found: Evidence) -> None:
    """Never left out, whatever was asked for."""
    if found.against:
        _head(paper, "What speaks against", "No difference, or worse.")
    for seen, line in against_lines(found.against):
        paper.say(line, indent=4, first="  ▼" if seen.direction == "worse" else "  ○")
    if found.elsewhere:
        _head(paper, "And elsewhere", "Shown on every page, whatever was asked.")
    for seen, line in against_lines(found.elsewhere):
        mark = "  ▼" if seen.direction == "worse" else "  ○"
        paper.say(f"{capital(CONDITION[seen.condition])} – {line}", indent=4, first=mark)


def _effects(paper: Paper, found: Evidence, *, plot: bool) -> None:
    if not found.effects:
        if found.found:
            _head(paper, "Effects with figures", "None was seen: not in the abstracts that were read.")
        return
    _head(paper, "Effects with figures", "As printed, or worked out where it says so.")
    for same in by_arms(found.effects):
        paper.say(f"{same[0].name}: {what_against(same[0])}", "bold", indent=4, first="  –")
        for seen in same:
            paper.say(f"{measured(seen)}: {effect_words(seen)} – {meaning(seen)}", indent=6)
        for note in dict.fromkeys(note for seen in same for note in (seen.derived, seen.notes) if note):
            paper.say(f"{capital(note)}.", "italic", indent=6)
    if plot:
        _plotted(
            paper,
            [(f"{seen.name}, {seen.measure}", _words(seen), seen.gain) for seen in found.effects if seen.kind == "g"],
        )
    _head(paper, "Put together", mixed_line(found))
    if not found.groups:
        paper.say("Not pooled: no trial compares with another by figures that were seen.", indent=2)
    for group in found.groups:
        paper.say(group_title(group), "bold", indent=4, first="  –")
        for line in group_lines(group, found):
            paper.say(line, indent=4)
    if line := mix_line(found):
        paper.say(line, indent=2)


def _words(seen: Seen) -> str:
    return effect_words(seen).partition(" ")[2]


def _pools(paper: Paper, found: Evidence, *, plot: bool) -> None:
    """By what they were set against, because that decides how large they can get."""
    for title, beside, pools in (
        ("What others pooled", "", found.published),
        ("Outside neuropathy", "Not this illness; here to be compared with.", found.outside),
    ):
        if pools:
            _head(paper, title, beside)
        for comparator, some in by_comparator(pools).items():
            paper.say(set_against(comparator, pool=True), "bold", indent=2)
            for pool in some:
                paper.say(f"{pool.title}: {pool_words(pool)}, {pool.better} is better", indent=4)
                paper.say(f"{pool_size(pool)}.{' ' + pool.says if pool.says else ''}", "italic", indent=6)
    if plot:
        rows = [
            (pool.title, pool_words(pool).partition(" ")[2], pool.gain()) for pool in (*found.published, *found.outside)
        ]
        drugs = [
            (one.title, figures(one.effect, one.low, one.high), (one.effect, one.low, one.high))
            for one in found.yardsticks
            if one.kind == "drug"
        ]
        _plotted(paper, [*rows, *drugs])


def _plotted(paper: Paper, rows: list[tuple[str, str, tuple[float, float | None, float | None] | None]]) -> None:
    drawn = [(name, words, gain) for name, words, gain in rows if gain is not None]
    if drawn:
        paper.blank()
        paper.lines.extend(forest(drawn, paper.width))


def _yardsticks(paper: Paper, found: Evidence) -> None:
    _head(paper, "What to measure it by", "Drugs that guidelines name, and placebo.")
    for one in found.yardsticks:
        paper.say(yardstick_line(one), indent=4, first="  –")
    paper.say(UPPER_BOUND, "bold", indent=2)


def _trust(paper: Paper, found: Evidence) -> None:
    if found.certainty:
        _head(paper, "How certain", "Our own reading.")
    for judged in found.certainty:
        paper.say(judged_line(judged), indent=4, first="  –")
    for title, said in (
        ("What reviews conclude", found.reviews),
        ("What guidelines say", found.guidelines),
        ("Harm", found.harms),
    ):
        _said(paper, title, said)
    for name, harms in found.told:
        paper.say(f"{name}: {harms}.", indent=4, first="  –")
    _said(paper, "Before anybody tries it", found.care)
    paper.heading("Not known")
    for line in found.unknowns:
        paper.say(line, indent=4, first="  –")


def _said(paper: Paper, title: str, said: tuple[Said, ...]) -> None:
    if said:
        paper.heading(title)
    for one in said:
        paper.say(one.says, indent=4, first="  –")
