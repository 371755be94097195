"""How far the evidence can be trusted: what others pooled, what to measure it by, reviews, harm, what is not known,
and every row and source.

Ask here: `trust`, these sections in the order of the page.
"""

from __future__ import annotations

from collections.abc import Iterable

from afferent.knowledge.model import Source
from afferent.knowledge.reviews import Pool, Said
from afferent.outcomes.evidence import Evidence
from afferent.page.evidence_plots import pools_plot
from afferent.page.icons import icon
from afferent.page.markup import Html, el, join
from afferent.page.section import section
from afferent.page.why import source as source_link
from afferent.safety.screening import Cited
from afferent.words.trial_terms import set_against
from afferent.words.trials import (
    UPPER_BOUND,
    by_comparator,
    judged_line,
    measured,
    pool_size,
    pool_words,
    sham_line,
    what_against,
    yardsticks,
)


def trust(found: Evidence) -> Html:
    """Everything that stands below the trials themselves."""
    return join(
        _pools(found), _certainty(found), _reviews(found), _harm(found), _unknown(found), _rows(found),
        _sources(found.sources),
    )  # fmt: skip


def _pools(found: Evidence) -> Html:
    return section(
        "What others pooled, and what to measure it by",
        "By what it was set against",
        el("p", UPPER_BOUND, class_="lead"),
        el("ul", [el("li", line, " ", _cite(found, key)) for line, key in yardsticks(found)], class_="told"),
        el("p", sham_line(found), class_="aside") if sham_line(found) else None,
        pools_plot(found),
        _pool_list("Each pooling on neuropathy, and where it stands", found.published, found),
        _pool_list("Each pooling outside neuropathy", found.outside, found),
    )


def _pool_list(title: str, pools: tuple[Pool, ...], found: Evidence) -> Html | None:
    if not pools:
        return None
    groups = [
        join(el("h3", set_against(one, pool=True)), el("ul", [_pool(pool, found) for pool in some], class_="told"))
        for one, some in by_comparator(pools).items()
    ]
    return el(
        "details", el("summary", icon("open", "turn"), el("span", f"{title}: {len(pools)}")), groups, class_="more"
    )


def _pool(pool: Pool, found: Evidence) -> Html:
    said = f"{pool.title}: {pool_words(pool)}, {pool.better} is better. {pool_size(pool)}. {pool.says}".rstrip()
    return el("li", said, " ", _cite(found, pool.source))


def _certainty(found: Evidence) -> Html | None:
    if not found.certainty:
        return None
    return section(
        "How certain",
        "Our own reading",
        el("ul", [el("li", judged_line(one)) for one in found.certainty], class_="told"),
    )


def _reviews(found: Evidence) -> Html:
    return section(
        "What reviews and guidelines say",
        "",
        _said(found, found.reviews),
        el("h3", "Guidelines") if found.guidelines else None,
        _said(found, found.guidelines) if found.guidelines else None,
    )


def _harm(found: Evidence) -> Html:
    told = [Said(f"{name}: {harms}.") for name, harms in found.told]
    return section(
        "Harm", "", _said(found, (*found.harms, *told)), el("h3", "Before anybody tries it"), _said(found, found.care)
    )


def _unknown(found: Evidence) -> Html:
    return section("Not known", "", el("ul", [el("li", line) for line in found.unknowns], class_="told"))


def _said(found: Evidence, said: Iterable[Said]) -> Html:
    return el("ul", [el("li", one.says, " ", _cite(found, one.source)) for one in said], class_="told")


def _cite(found: Evidence, key: str) -> Html | None:
    """The source behind a sentence; a reference of somebody's own table as it stands there."""
    one = next((source for source in found.sources if source.id == key), None)
    if one is None:
        return el("small", f"[{key}]") if key else None
    return el("span", "[", _link(one), "]", class_="sources")


def _link(one: Source) -> Html:
    return source_link(Cited(one.id, one.title, one.url))


def _rows(found: Evidence) -> Html | None:
    if not found.trials:
        return None
    rows = [
        el(
            "tr",
            el("th", seen.name, scope="row"),
            el("td", what_against(seen)),
            el("td", measured(seen)),
            el("td", seen.found or "no result seen", f" (p {seen.p})" if seen.p else ""),
            el("td", _cite(found, seen.source)),
        )
        for seen in found.trials
    ]
    head = [el("th", name, scope="col") for name in ("Trial", "What against what", "Measured", "Found", "Read from")]
    return el(
        "details",
        el("summary", icon("open", "turn"), el("span", f"Every row of the table: {len(rows)}")),
        el("table", el("thead", el("tr", head)), el("tbody", rows), class_="rows-table"),
        class_="more",
        id="rows",
    )


def _sources(sources: tuple[Source, ...]) -> Html:
    items = [el("li", _link(one)) for one in sources]
    return el(
        "details",
        el("summary", icon("open", "turn"), el("span", f"Sources: {len(items)}")),
        el("ul", items, class_="sources"),
        class_="more",
        id="sources",
    )
