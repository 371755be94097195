"""What the trials say, as one self-contained page: the plain answer first, then for and against, then how certain.

Ask here: `page`, the whole document, and `content`, its sections for whoever frames them otherwise.
"""

from __future__ import annotations

from afferent.outcomes.evidence import Evidence, Seen
from afferent.page.document import document
from afferent.page.evidence_plots import effects_plot, group_plots
from afferent.page.evidence_tally import tally, way
from afferent.page.evidence_trust import trust
from afferent.page.icons import mark
from afferent.page.markup import Child, Html, el, join, quiet
from afferent.page.section import section
from afferent.page.styles import Theme
from afferent.words.pooled import group_lines, group_title, mix_line, mixed_line
from afferent.words.trial_terms import CONDITION
from afferent.words.trials import (
    against_lines,
    by_arms,
    effect_words,
    in_short,
    meaning,
    measured,
    seen_line,
    what_against,
)
from afferent.words.vocabulary import capital, counted


def page(found: Evidence, *, theme: Theme = "auto") -> str:
    """The whole document."""
    title = f"{found.about.title}: what the trials say"
    body = join(
        el("a", "To the answer", href="#answer", class_="skip"),
        el("header", el("div", mark()), class_="top"),
        el(
            "main",
            el("header", el("div", el("h1", title), el("p", _asked(found))), class_="who"),
            content(found),
            class_="page",
        ),
        el("div", _closing(), class_="page"),
    )
    return document(title, body, theme=theme)


def content(found: Evidence) -> Html:
    """Every section, in the order of the page."""
    return join(_answer(found), tally(found), _against(found), _effects(found), _together(found), trust(found))


def _asked(found: Evidence) -> str:
    own = f" {capital(counted(found.own, 'row'))} of somebody’s own among them." if found.own and found.found else ""
    return f"{seen_line(found)}.{own}"


def _answer(found: Evidence) -> Html:
    sure = f"How certain: {in_short(found)} (our reading)." if found.certainty else None
    return el(
        "section", el("p", found.about.answer), el("p", sure) if sure else None, class_="answer-banner", id="answer"
    )


def _against(found: Evidence) -> Html:
    here = [_against_line(seen, line) for seen, line in against_lines(found.against)]
    there = [
        _against_line(seen, f"{capital(CONDITION[seen.condition])} – {line}")
        for seen, line in against_lines(found.elsewhere)
    ]
    return section(
        "What speaks against",
        "No difference, or worse. Never left out, whatever was asked",
        el("ul", here, class_="counted-out")
        if here
        else el("p", "None in the table for this condition.", class_="aside"),
        el("h3", "And elsewhere") if there else None,
        el("ul", there, class_="counted-out") if there else None,
        class_="against",
    )


def _against_line(seen: Seen, line: str) -> Html:
    said = "Worse: " if seen.direction == "worse" else "No difference: "
    return el("li", way(seen.direction), el("span", quiet(said), line))


def _effects(found: Evidence) -> Html | None:
    if not found.effects:
        none = "None was seen: not in the abstracts that were read."
        return section("Effects with figures", "", el("p", none, class_="aside")) if found.found else None
    items = []
    for same in by_arms(found.effects):
        notes = dict.fromkeys(note for seen in same for note in (seen.derived, seen.notes) if note)
        items.append(
            el(
                "li",
                el("strong", f"{same[0].name}: {what_against(same[0])}"),
                [el("span", f"{measured(seen)}: {effect_words(seen)} – {meaning(seen)}") for seen in same],
                [el("span", f"{capital(note)}.", class_="because") for note in notes],
            )
        )
    return section(
        "Effects with figures",
        "As printed, or worked out where it says so",
        el("ul", items, class_="effects"),
        effects_plot(found),
    )


def _together(found: Evidence) -> Html | None:
    if not found.found:
        return None
    said: list[Child] = [
        el("li", el("strong", group_title(group)), [el("span", line) for line in group_lines(group, found)])
        for group in found.groups
    ]
    nothing = "Not pooled: no trial compares with another by figures that were seen."
    return section(
        "Put together",
        mixed_line(found) or "Three comparable trials or more; else nothing is pooled",
        el("ul", said, class_="effects") if said else el("p", nothing, class_="aside"),
        el("p", mix_line(found), class_="aside") if found.could_mix else None,
        group_plots(found),
    )


def _closing() -> Html:
    return el(
        "footer",
        el("p", "Read mostly as abstracts, by one reader; no formal rating of bias. Nothing here is medical advice."),
        el("p", "Afferent. No clinician has reviewed this page yet."),
        class_="closing",
    )
