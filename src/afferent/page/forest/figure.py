"""A forest plot where it is read: title, sentence, the picture for broad and narrow places, the table folded away."""

from __future__ import annotations

from afferent.page.charts import NARROW, WIDE
from afferent.page.charts.figure import framed
from afferent.page.forest.drawing import drawn
from afferent.page.forest.model import Forest
from afferent.page.markup import Html, el


def figure(forest: Forest, id: str) -> Html:
    """The figure; `id` is its own on the page."""
    wide, narrow = (drawn(forest, f"{id}-{kind}", width) for kind, width in (("wide", WIDE), ("narrow", NARROW)))
    return framed(forest.title, forest.about, wide, narrow, table(forest), id)


def table(forest: Forest) -> Html:
    """Name and figures of every row, group by group."""
    return el(
        "table",
        el("caption", forest.title),
        el("thead", el("tr", el("th", "What", scope="col"), el("th", "Effect (95 % interval)", scope="col"))),
        [
            el(
                "tbody",
                el("tr", el("th", group.title, scope="rowgroup", colspan=2)) if group.title else None,
                [
                    el(
                        "tr",
                        el("th", row.name, el("small", row.beside) if row.beside else None, scope="row"),
                        el("td", row.figures),
                    )
                    for row in group.rows
                ],
            )
            for group in forest.groups
        ],
        class_="chart-table forest-table",
    )
