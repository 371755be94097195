"""What you could do: cards of equal weight. Nothing is chosen."""

from __future__ import annotations

from afferent.knowledge import Knowledge
from afferent.page.markup import Html, el
from afferent.page.section import section
from afferent.safety.screening import Screening
from afferent.words.options import options
from afferent.words.session import Visit
from afferent.words.standing import Standing


def what_you_could_do(standing: Standing, screening: Screening, knowledge: Knowledge, visit: Visit = "any") -> Html:
    """The section."""
    beside = "Nothing is chosen for you. You decide."
    if screening.ask_first and not standing.closed:
        beside = f"Once the questions are answered. {beside}"
    offered = options(standing, screening, knowledge, visit)
    cards = [el("li", el("h3", one.title), el("p", one.text)) for one in offered]
    return section("What you could do", beside, el("ul", cards, class_="options"))
