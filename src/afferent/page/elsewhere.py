"""Where to work beside and above a numb place, as rows: place, level with its name, what does not move there.

Ask here: `rows(found)` for the list, and `allowed(limit)` for one place: ladder, number and name, or "not today".
"""

from __future__ import annotations

from afferent.knowledge.model import DEFAULT_PRESSURE
from afferent.page.icons import icon, ladder
from afferent.page.markup import Html, el
from afferent.physiology.touch import Allowed, Elsewhere, Place
from afferent.words.stroke import RELATION, place
from afferent.words.vocabulary import LEVELS, capital

STILL = "A still hand only: no stroke moves here"


def rows(found: Elsewhere) -> Html:
    """The list, the nearest first."""
    return el("ul", [_row(one) for one in found.places], class_="rows")


def allowed(limit: Allowed) -> Html:
    """What the effective limits allow in one place."""
    if limit.pressure < 1:
        return el("div", icon("stop", "shape"), el("p", el("strong", "not today")), class_="limit limit-stop")
    if limit.pressure == DEFAULT_PRESSURE:
        return el("div", ladder(limit.pressure), el("p", el("strong", "no limit found")), class_="limit limit-free")
    return el(
        "div",
        ladder(limit.pressure),
        el("span", limit.pressure, class_="number"),
        el("p", el("span", "at most", class_="most"), el("strong", LEVELS[limit.pressure])),
        class_="limit",
    )


def _row(one: Place) -> Html:
    still = None if one.moving else el("p", STILL, class_="off")
    words = el("div", el("h3", place(one)), el("p", capital(RELATION[one.relation]), class_="because"), still)
    return el("li", words, allowed(Allowed(one.pressure, one.moving, one.minutes)), class_="row")
