"""The pieces of which every letter but the request is laid out, each a small mapping that the template knows.

Ask here: `rows`, `text`, `listing`, `table`, `figures`, `notice` and `signing`, and `letter`, which puts head, pieces
and foot together. A listing may be shortened to "and N more, on request"; nothing else is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, Final, Protocol

from afferent.records.letters.pages.parts import LINE, LONG, NAME, day, head, made, missing, person, recipient, sender
from afferent.records.letters.paper import Client, Clinic, Made, Recipient, Therapist
from afferent.records.letters.text import lines, printable
from afferent.words.letters import say

# What gives way first: type in points, then how many entries a listing keeps, and the height of figures (a share).
FITS: Final = (
    (11, 99, 1.0), (10.5, 99, 1.0), (10, 99, 1.0), (9.5, 99, 0.9), (9, 99, 0.9), (9, 12, 0.8), (9, 8, 0.75),
    (9, 5, 0.7), (9, 3, 0.65), (9, 2, 0.6), (9, 1, 0.5),
)  # fmt: skip
_ENTRIES: Final = 60  # of one listing; nobody reads more

Block = dict[str, Any]


class Written(Protocol):
    """What every letter has."""

    @property
    def clinic(self) -> Clinic: ...
    @property
    def sender(self) -> Therapist: ...
    @property
    def to(self) -> Recipient: ...
    @property
    def client(self) -> Client: ...
    @property
    def on(self) -> dt.date: ...
    @property
    def made(self) -> Made: ...


def letter(
    one: Written, title: str, blocks: Iterable[Block | None], notes: Sequence[str] = (), page: tuple[int, int] = (1, 1)
) -> dict[str, Any]:
    """Everything the template needs. `notes`: what stands small above the line about how it was made; `page`: of how
    many."""
    laid: dict[str, Any] = {
        "title": say(title),
        "part": "",
        "head": head(one.clinic),
        "to": recipient(one.to),
        "from": sender(one.sender),
        "date": day(one.on),
        "about": {"label": say("about"), "name": person(one.client), "rest": ""},
        "blocks": [block for block in blocks if block is not None],
        "notes": [printable(note, LONG) for note in notes],
        "made": made(one.made),
        "page": say("page", page=page[0], pages=page[1]),
        "fits": FITS,
    }
    laid["missing"] = missing(laid)
    return laid


def rows(pairs: Iterable[tuple[str, str]], most: int = LONG) -> Block | None:
    """Labels with a text each; those without a text are left out."""
    kept = [{"label": label, "text": list(lines(text, most))} for label, text in pairs if text.strip()]
    return {"kind": "rows", "rows": kept} if kept else None


def text(words: str, *, strong: bool = False, heading: str = "") -> Block | None:
    """One paragraph."""
    return {"kind": "text", "text": printable(words, 2 * LONG), "strong": strong, "heading": heading} if words else None


def listing(heading: str, entries: Sequence[str], otherwise: str = "") -> Block | None:
    """Entries under a heading, shortened where the page is full; `otherwise` is said where there are none."""
    if not entries:
        return rows([(heading, otherwise)]) if otherwise else None
    kept = [printable(entry, LINE) for entry in entries[:_ENTRIES]]
    return {"kind": "list", "heading": heading, "entries": kept, "all": len(entries), "more": say("more", number="{}")}


def table(
    heading: str, columns: Sequence[str], cells: Sequence[Sequence[str]], right: Sequence[int] = ()
) -> Block | None:
    """A table with a head, never shortened; `right`: columns of numbers."""
    if not cells:
        return None
    return {
        "kind": "table",
        "heading": heading,
        "columns": list(columns),
        "cells": [[printable(cell, NAME) for cell in row] for row in cells],
        "right": list(right),
    }


def figures(heading: str, found: Sequence[dict[str, Any]]) -> Block | None:
    """Drawings beside each other: {svg, alt, caption, height in millimetres}; or with a word under each of its views
    too: {below, width of all of them in millimetres}."""
    return {"kind": "figures", "heading": heading, "figures": list(found)} if found else None


def notice(words: str) -> Block:
    """What must be seen first, in a frame."""
    return {"kind": "notice", "text": printable(words, LINE)}


def signing(*labels: str) -> Block:
    """Lines to sign on."""
    return {"kind": "sign", "labels": list(labels)}
