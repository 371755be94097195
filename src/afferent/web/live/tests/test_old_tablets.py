"""The scripts of the two faces ask nothing that a tablet of 2020, or a browser without HTTPS, does not have."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

STATIC = files("afferent.web.live").joinpath("static", "live")
SCRIPTS = sorted(one.name for one in STATIC.iterdir() if one.name.endswith(".js"))
# Younger than Safari 13.1 and Chrome 80, or there over HTTPS only.
YOUNG = (
    r"AbortSignal\.(timeout|any)", r"\.at\(", r"\.replaceAll\(", r"\.replaceChildren\(", r"\.findLast", r"\.toSorted\(",
    r"structuredClone\(", r"randomUUID\(", r"crypto\.subtle", r"Object\.hasOwn\(", r"Object\.groupBy\(", r"\?\?=",
    r"\|\|=", r"&&=", r"Promise\.any\(", r"\bstatic \{", r"^\s*#\w+", r"\bnew AudioContext\(", r"showModal\(",
    r"\.checkVisibility\(",
)  # fmt: skip


@pytest.mark.parametrize("name", SCRIPTS)
def test_nothing_younger_than_2020(name) -> None:
    text = re.sub(r"//.*", "", STATIC.joinpath(name).read_text("utf-8"))
    assert [found for one in YOUNG for found in re.findall(f"({one})", text, re.MULTILINE)] == []
