"""What the record left open: entries nobody could read, and the answers of clinicians on file."""

from __future__ import annotations

from afferent.knowledge import Knowledge
from afferent.page.markup import Html, el
from afferent.page.section import section
from afferent.safety.screening import Screening
from afferent.words.dates import day


def not_understood(screening: Screening) -> Html:
    """Entries of the record that may matter and were not understood. Listed, never dropped."""
    if not screening.not_understood:
        return Html("")
    return section(
        "Not understood",
        "Seen in the record, in a place that matters. Read them yourself.",
        el("ul", [el("li", one) for one in screening.not_understood], class_="plain"),
    )


def clearances(screening: Screening, knowledge: Knowledge) -> Html:
    """Clinicians' answers: whom, when, until when, and why one does not count."""
    if not screening.clearances:
        return Html("")
    lines = []
    for one in screening.clearances:
        rule = knowledge.rules.get(one.rule)
        state = f"Counts until {day(one.until)}." if one.counts else f"Does not count: {one.fault}."
        lines.append(
            el(
                "li",
                el("strong", rule.title if rule else one.rule),
                f" – {one.by}, {day(one.date)}. ",
                el("span", state),
            )
        )
    return section(
        "Clinicians’ answers", "Information, not permission. They open what they name.", el("ul", lines, class_="plain")
    )
