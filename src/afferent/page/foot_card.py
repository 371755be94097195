"""A recorded foot check: foot by foot what was found, what it was the time before, and how warm the feet are.

Ask here: `foot_check_card`. Word and shape carry a finding, never colour alone; what was felt gets no sign at all.
"""

from __future__ import annotations

from collections.abc import Mapping

from afferent.knowledge import Knowledge
from afferent.page.icons import icon
from afferent.page.markup import EMPTY, Html, el
from afferent.records.foot_check import FootCheck
from afferent.safety.foot_category import FootCategory
from afferent.words.dates import day
from afferent.words.foot_check import ACROSS, FOOT, NEVER_CLEARS, FoundLine, category_words, found, warmth
from afferent.words.vocabulary import capital


def foot_check_card(
    check: FootCheck, knowledge: Knowledge, before: FootCheck | None = None, category: FootCategory | None = None
) -> Html:
    """The check, with what the one `before` it found wherever that was something else."""
    earlier = {(one.side, one.title): one.text for one in found(before, knowledge)} if before else {}
    since = f"{day(before.date)}: " if before else ""
    lines = found(check, knowledge)
    return el(
        "article",
        el("h3", f"Feet looked at on {day(check.date)}"),
        el("p", f"By {check.looked_by}" + (f", helped by {check.helper}" if check.helper else ""), class_="aside"),
        _category(category),
        el("div", [_foot(side, lines, earlier, since) for side in ACROSS], class_="feet"),
        el("h4", "Skin temperature"),
        el("ul", [_warmth(one) for one in warmth(check, knowledge)], class_="plain"),
        _warmth_before(before, knowledge),
        el("p", NEVER_CLEARS, class_="aside"),
        class_="card foot-card",
    )


def _category(category: FootCategory | None) -> Html:
    if category is None:
        return EMPTY
    words = category_words(category)
    open_ = el("p", words.open, class_="why-open") if words.open else None
    return el("div", el("p", el("strong", words.sentence)), open_, class_="foot-category")


def _foot(side: str, lines: tuple[FoundLine, ...], earlier: Mapping[tuple[str, str], str], since: str) -> Html:
    rows = []
    for one in lines:
        if one.side == side:
            was = earlier.get((one.side, one.title), one.text)
            before = el("p", f"{since}{was}", class_="record") if was != one.text else None
            sign = icon("numb") if one.numb else None
            rows.append(
                el(
                    "div",
                    el("dt", one.title),
                    el("dd", sign, el("span", capital(one.text)), before),
                    class_=f"found-{one.state}",
                )
            )
    return el("section", el("h4", el("span", FOOT[side], class_="foot-side")), el("dl", rows), class_="foot")


def _warmth(one: FoundLine) -> Html:
    sign = icon("stop") if one.state == "lost" else None
    return el("li", sign, el("span", one.text), class_=f"found-{one.state}")


def _warmth_before(before: FootCheck | None, knowledge: Knowledge) -> Html:
    if before is None:
        return EMPTY
    told = " ".join(one.text for one in warmth(before, knowledge))
    return el("p", f"{day(before.date)}: {told}", class_="record")
