"""The decision: a shape, one or two sentences, and the few words beside them."""

from __future__ import annotations

from typing import Final

from afferent.knowledge import Knowledge
from afferent.page.icons import icon
from afferent.page.markup import Html, el
from afferent.safety.screening import Screening
from afferent.words.headline import banner
from afferent.words.session import Visit

_SPOKEN: Final = {"ask": "Ask first.", "stop": "Stop.", "ready": "Ready."}


def decision_banner(screening: Screening, knowledge: Knowledge, visit: Visit = "any") -> Html:
    """The first thing on the page."""
    said = banner(screening, knowledge, visit)
    notes = [el("div", el("dt", f"{word}:"), " ", el("dd", value)) for word, value in said.notes]
    return el(
        "section",
        icon(said.shape, "shape"),
        el(
            "div",
            el("h2", el("span", _SPOKEN[said.shape], " ", class_="unseen"), said.sentence, id="decision"),
            el("p", said.second, class_="second") if said.second else None,
            el("dl", notes, class_="notes"),
        ),
        class_=f"banner banner-{said.shape}",
        aria_labelledby="decision",
    )
