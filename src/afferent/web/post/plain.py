"""What no message and no calendar may say: any word that tells why somebody comes.

Ask here: `telling(text)`, the words of it that would. The list is the knowledge itself: titles of facts, rules,
techniques and conditions, names of medicines, places of the body, words for diagnoses. `plain.toml` holds what is
ordinary all the same, and the beginnings of words that tell something in any form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, Final

import tomli

from afferent.body.names import name
from afferent.body.regions import REGIONS
from afferent.knowledge import load
from afferent.knowledge.codes_reader import lines
from afferent.knowledge.loader import FOLDER, read_toml
from afferent.web.keys import folded

_WORD: Final = re.compile(r"[a-z]{3,}")
_MEDICINES: Final = ["concept", "word", "name", "form", "note"]


def telling(text: str) -> list[str]:
    """Words of this text that tell something, in their order. Accents and capitals hide none."""
    ordinary, stems = frozenset(lists()["ordinary"]), tuple(lists()["stems"])
    return [
        word for word in _words(text)
        if word.startswith(stems) or (word in vocabulary() and word not in ordinary)
    ]  # fmt: skip


@cache
def vocabulary() -> frozenset[str]:
    """Every word that the knowledge names something by, the ordinary ones among them."""
    return frozenset(word for text in _texts() for word in _words(text))


@cache
def lists() -> dict[str, list[str]]:
    """`ordinary` and `stems`, as they stand in plain.toml."""
    found: dict[str, Any] = tomli.loads(files("afferent.web.post").joinpath("plain.toml").read_text("utf-8"))
    return found


def _words(text: str) -> list[str]:
    return _WORD.findall(folded(text))


def _texts() -> Iterator[str]:
    """All that the knowledge calls by a name."""
    knowledge = load()
    yield from (one.title for one in knowledge.facts.values())
    yield from (one.title for one in knowledge.rules.values())
    yield from (str(one) for one in knowledge.techniques.values())
    yield from (one["title"] for one in read_toml(FOLDER / "trial_conditions.toml").values())
    yield from (name(region) for region in REGIONS)
    codes = FOLDER / "codes"
    yield from read_toml(codes / "body_words.toml")
    for _, row in lines(codes / "names.csv", _MEDICINES):
        yield from row[1:3]
    for _, row in lines(codes / "words.csv", ["concept", "word"]):
        yield row[1]
