"""Why: each reason closed in one line, open as rule, what met it, where from, how strong, not known, what lifts it."""

from __future__ import annotations

from collections.abc import Iterable

from afferent.knowledge import Knowledge
from afferent.knowledge.model import Strength
from afferent.page.icons import icon
from afferent.page.markup import Child, Html, el, join
from afferent.page.section import section
from afferent.safety.screening import Cited, Screening
from afferent.words.evidence import FactLine
from afferent.words.reasons import Reason, fired, other_possible, waiting
from afferent.words.vocabulary import STRENGTH, counted, sentence


def why(screening: Screening, knowledge: Knowledge) -> Html:
    """The section: what is so, then what may be so, then the rest by name."""
    found = fired(screening, knowledge)
    content = reasons(found) if found else el("p", "No rule found anything so far.", class_="empty")
    return section(
        "Why",
        "Each reason opens to its rule, facts and source.",
        content,
        _waiting(screening, knowledge),
        _other(screening),
    )


def reasons(found: Iterable[Reason]) -> Html:
    """Reasons as a list of disclosures."""
    return el("div", [_reason(one) for one in found], class_="reasons")


def _reason(one: Reason) -> Html:
    hard = el("span", "hard stop", class_="tag tag-stop") if one.hard_stop else None
    cleared = el("span", "opened by a clinician", class_="tag") if one.cleared else None
    return el(
        "details",
        el(
            "summary",
            icon("open", "turn"),
            el("div", el("h3", one.title, hard, cleared), el("p", one.effect, class_="effect") if one.effect else None),
            strength(one.strength, one.strength_words),
        ),
        el(
            "dl",
            part("The rule", one.text, el("p", one.why, class_="because")),
            part("What met it", [_met(line) for line in one.met] or one.met_by),
            part("Where from", sources(one.sources)),
            part(
                "How strong",
                el("strong", one.strength),
                f" – {one.how_strong}",
                class_="n" if one.strength == "N" else "",
            ),
            part("Not known", one.not_known),
            part("What lifts it", one.lifts),
        ),
        class_=f"reason reason-{one.strength.lower()}",
        id=f"rule-{one.id}",
    )


def part(word: str, *content: Child, class_: str = "") -> Html:
    """One line of an open reason."""
    return el("div", el("dt", word), el("dd", content), class_=class_ or None)


def strength(letter: Strength, words: str = "") -> Html:
    """The letter in its box, dashed for N, with its words, or those given."""
    return el(
        "p",
        el("span", letter, class_="letter"),
        el("span", words or STRENGTH[letter]),
        class_=f"strength strength-{letter.lower()}",
    )


def _met(line: FactLine) -> Html:
    old = el("span", line.old, class_="old") if line.old else None
    said = el("span", line.said, class_="said") if line.said else None
    return el("p", el("span", line.what, class_="what"), said, el("span", line.where, class_="from"), old, class_="met")


def sources(cited: Iterable[Cited]) -> Html:
    """Titles, as links where there is an address."""
    return el("ul", [el("li", source(one)) for one in cited], class_="sources")


def source(one: Cited) -> Html:
    """One source: its title, its address, its key."""
    if not one.url.startswith(("https://", "http://")):
        return join(one.title, " ", el("small", one.id))
    host = one.url.split("/")[2].removeprefix("www.")
    return join(el("a", one.title, href=one.url, rel="noreferrer noopener"), " ", el("small", host))


def _waiting(screening: Screening, knowledge: Knowledge) -> Html | None:
    may_be = waiting(screening, knowledge)
    if not may_be:
        return None
    return el(
        "details",
        el("summary", icon("open", "turn"), el("span", f"Possible until answered: {counted(len(may_be), 'rule')}")),
        el("p", "Not known to be so. Each holds something back until its question is answered.", class_="aside"),
        el(
            "ul",
            [
                el("li", el("strong", one.title), el("span", one.effect), el("small", f"Not known: {one.not_known}"))
                for one in may_be
            ],
            class_="may-be",
        ),
        class_="more",
    )


def _other(screening: Screening) -> Html | None:
    rest = other_possible(screening)
    if not rest:
        return None
    return el(
        "details",
        el("summary", icon("open", "turn"), el("span", f"Not ruled out either: {counted(len(rest), 'rule')}")),
        el(
            "p",
            "Nothing points to them and nothing is held back for them. They are not the same as “no”.",
            class_="aside",
        ),
        el("p", sentence("; ".join(title for _, title in rest)), class_="names"),
        class_="more",
    )
