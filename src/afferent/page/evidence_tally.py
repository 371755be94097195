"""Outcomes counted one by one, against what: a mark for each, that differs by shape.

Ask here: `tally`, the section; `way`, the mark of one direction.
"""

from __future__ import annotations

from typing import Final

from afferent.knowledge.trials import Direction
from afferent.outcomes.evidence import Count, Evidence
from afferent.page.markup import Child, Html, el
from afferent.page.section import section
from afferent.words.trial_terms import TECHNIQUE, set_against
from afferent.words.trials import COUNT_NOTE, WAYS, direction_words, tried_line
from afferent.words.vocabulary import capital, counted, listed

_SHAPES: Final[dict[Direction, str]] = {
    "better": '<path d="M3 3h12v12H3z" fill="currentColor"/>',
    "no_difference": '<circle cx="9" cy="9" r="6.5" fill="none" stroke="currentColor" stroke-width="2"/>',
    "worse": '<path d="M1.5 3h15L9 16z" fill="currentColor"/>',
}
_DOT: Final = '<circle cx="9" cy="9" r="2.5" fill="currentColor"/>'


def way(direction: Direction) -> Html:
    return Html(f'<svg class="way" viewBox="0 0 18 18" aria-hidden="true">{_SHAPES.get(direction, _DOT)}</svg>')


def tally(found: Evidence) -> Html | None:
    if not found.counts:
        return section("What was found", "", el("p", _planned(found), class_="aside")) if found.planned else None
    key = [el("span", way(one), words) for one, _, words in WAYS[:3]] + [
        el("span", way("unclear"), "says nothing of it")
    ]
    parts: list[Child] = []
    for comparator in dict.fromkeys(count.comparator for count in found.counts):
        some = [count for count in found.counts if count.comparator == comparator]
        parts.append(el("h3", set_against(comparator)))
        parts.append(el("ul", [_count(count) for count in some]))
    return section(
        "What was found",
        "Outcomes by direction, against what",
        el("p", key, class_="tally-key"),
        el("div", parts, class_="tally"),
        el("p", COUNT_NOTE, " ", tried_line(found), " ", _planned(found), class_="aside"),
    )


def _count(count: Count) -> Html:
    people = f", {count.people} people" if count.people else ""
    marks = [way(one) for one, _, _ in WAYS for _ in range(getattr(count, one))]
    return el(
        "li",
        el(
            "div",
            el("strong", capital(TECHNIQUE[count.technique])),
            el("span", f"{counted(count.trials, 'trial')}{people}", class_="of"),
        ),
        el("div", marks, class_="ways"),
        el("span", direction_words(count), class_="said"),
    )


def _planned(found: Evidence) -> str:
    return f"No result seen yet: {listed(found.planned)}." if found.planned else ""
