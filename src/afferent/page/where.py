"""Where, and how hard: the map, the same as a list beside it, and what else holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from afferent.knowledge import Knowledge
from afferent.page.figures import body_figures, close_ups
from afferent.page.icons import icon, ladder
from afferent.page.markup import Html, el, join
from afferent.page.section import section
from afferent.safety.screening import Screening
from afferent.words.notes import Note, advice, notes
from afferent.words.plan import Row, common_off, plan
from afferent.words.standing import Standing
from afferent.words.vocabulary import LEVELS, capital, counted, listed, sentence

_GATE: Final = "Nothing yet: ask first. Once the answers allow it, this is what holds by all that is known so far."


def where_and_how_hard(standing: Standing, screening: Screening, knowledge: Knowledge) -> Html:
    """The section. A closed visit has one row and no close-ups."""
    planned = plan(standing, screening, knowledge)
    return section(
        "Where, and how hard",
        "Walton pressure levels, 0 holding to 5 deep",
        el(
            "div",
            body_figures(standing, screening.numb),
            el("div", rows(planned, standing), class_="plan"),
            el("div", beside(planned, standing, screening, knowledge), class_="besides"),
            class_="where-grid",
        ),
        None if standing.closed else close_ups(standing, screening.numb),
        class_="where-part",
    )


def rows(planned: Sequence[Row], standing: Standing) -> Html:
    """The list beside the map: it says everything the map says."""
    everywhere = common_off(planned)
    gate = el("p", icon("ask"), el("span", _GATE), class_="gate-note") if standing.gate else None
    return join(gate, el("ul", [_row(row, everywhere, so_far=bool(standing.gate)) for row in planned], class_="rows"))


def _row(row: Row, everywhere: tuple[str, ...], *, so_far: bool) -> Html:
    because = el("p", capital(_because(row)), class_="because") if row.reasons else None
    looks = ["row"]
    if row.level is None:
        looks.append("row-stop")
    if row.until_answered:
        looks.append("row-open")
    words = el("div", el("h3", row.place), because, _off(row, everywhere))
    return el("li", words, _limit(row, so_far), class_=" ".join(looks))


def _because(row: Row) -> str:
    more = f", and {counted(row.more_reasons, 'more reason')}" if row.more_reasons else ""
    return "; ".join(row.reasons) + more


def _off(row: Row, everywhere: tuple[str, ...]) -> Html | None:
    own = [technique for technique in row.off if technique not in everywhere]
    parts = [f"{row.minutes} minutes at most"] if row.minutes else []
    if own:
        parts.append(f"no {listed(own, 'or')}")
    return el("p", ". ".join(map(capital, parts)), ".", class_="off") if parts else None


def _limit(row: Row, so_far: bool) -> Html:
    """Octagon and "not today"; or ladder, number and name."""
    until = el("span", "until answered", class_="until") if row.until_answered else None
    if row.level is None:
        then = el("span", row.afterwards, class_="then") if row.afterwards else None
        return el(
            "div", icon("stop", "shape"), el("p", until, el("strong", "not today"), then), class_="limit limit-stop"
        )
    if row.free:
        return el(
            "div",
            ladder(row.level),
            el("p", el("strong", row.limit, " so far" if so_far else "")),
            class_="limit limit-free",
        )
    above = until or el("span", "only" if row.level == 0 else "at most", class_="most")
    most = el("span", "only" if row.level == 0 else "at most", class_="most") if until else None
    return el(
        "div",
        ladder(row.level),
        el("span", row.level, class_="number"),
        el("p", above, most, el("strong", LEVELS[row.level])),
        class_="limit",
    )


def beside(planned: Sequence[Row], standing: Standing, screening: Screening, knowledge: Knowledge) -> Html:
    """Heat and cold, skin, numb places, minutes, positions, points, techniques; then the advice, to open."""
    lines = list(notes(standing, screening, knowledge))
    everywhere = common_off(planned)
    if everywhere:
        lines.insert(0, Note("hand", f"Left out everywhere: {listed(everywhere)}"))
    box = el("ul", [_note(one) for one in lines], class_="side-notes") if lines else None
    return join(box, _advice(screening, standing.closed))


def _note(note: Note) -> Html:
    shown = "warm" if note.icon == "heat" and not note.strong else note.icon
    return el(
        "li",
        icon(shown),
        el(
            "p",
            el("strong", note.text) if note.strong else note.text,
            el("span", "until answered", class_="until") if note.until_answered else None,
            el("small", note.detail) if note.detail else None,
        ),
        class_="strong" if note.strong else None,
    )


def _advice(screening: Screening, closed: bool) -> Html | None:
    given = advice(screening, closed=closed)
    if not given:
        return None
    lines = [el("li", el("strong", sentence(title), " "), text) for title, text in given]
    summary = el("span", f"Besides: {counted(len(given), 'piece', 'pieces')} of advice")
    return el("details", el("summary", icon("open", "turn"), summary), el("ul", lines, class_="advice"), class_="more")
