"""Any text, made fit for a printed page: what cannot be printed is shown as such, and nothing runs off the page.

Ask here: `printable` (one line of text), `lines` (several), `shortened`, `sentence` and `without_marks`. The embedded
typeface has Latin, Greek, Cyrillic and Hebrew letters (`glyphs.txt`); any other sign becomes MISSING, never silently
nothing, because a name that has lost a letter is another name. Signs that turn or hide text are dropped. Long words may
break anywhere.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Final

MISSING: Final = "\ufffd"
BREAK: Final = "\u200b"  # a place where a word may break; it shows nothing
_WORD: Final = 26  # letters after which a word without a break gets places to break
_STEP: Final = 10
_FIELD: Final = 100  # letters: a name or a line of an address is cut with three dots, and no count
_MARKS: Final = 3  # accents on one letter; more would be a picture made of accents
_HIDDEN: Final = frozenset({"Cc", "Cf", "Zl", "Zp"})
_FEW: Final = 5  # of MISSING in a row; more say no more
_MANY: Final = re.compile(rf"(?:{MISSING}\s*){{{_FEW + 1},}}")
_ENDS: Final = ".!?…"
_AFTER: Final = "\"'’”»)]" + BREAK  # what may stand behind the end
_RUN: Final = re.compile(rf"[^\s\-–/{BREAK}]{{{_WORD + 1},}}")


@cache
def glyphs() -> frozenset[str]:
    """Every sign that the embedded typeface has."""
    found: set[str] = set()
    for span in files("afferent.records.letters").joinpath("glyphs.txt").read_text("ascii").split():
        first, _, last = span.partition("-")
        found.update(map(chr, range(int(first, 16), int(last or first, 16) + 1)))
    return frozenset(found)


def printable(text: str, most: int = 0) -> str:
    """One line: spaces for line breaks, MISSING for what the typeface lacks; at most `most` letters where given."""
    plain = " ".join(_signs(text).split())
    return _breaking(shortened(plain, most) if most else plain)


def lines(text: str, most: int) -> tuple[str, ...]:
    """The lines that somebody wrote, empty ones left out; at most `most` letters in all."""
    kept = [" ".join(_signs(line).split()) for line in re.split(r"\r\n|[\n\r\v\f\x85\u2028\u2029]", text)]
    whole = shortened("\n".join(line for line in kept if line), most)
    return tuple(_breaking(line) for line in whole.split("\n") if line)


def shortened(text: str, most: int) -> str:
    """The text, or its beginning and how much more there is."""
    if len(text) <= most:
        return text
    head = text[:most].rsplit(" ", 1)[0] if " " in text[:most] else text[:most]
    if most <= _FIELD:
        return f"{head}…"
    return f"{head} … (and {len(text) - len(head):,} more letters, on request)"


def sentence(text: str) -> str:
    """With a full stop at its end, for another sentence follows; one that ends in some way already stays as it is."""
    plain = text.rstrip()
    bare = plain.rstrip(_AFTER)
    return plain if not bare or bare[-1] in _ENDS else f"{plain}."


def without_marks(text: str) -> str:
    """Every accent that stands by itself as MISSING."""
    return "".join(MISSING if unicodedata.category(sign).startswith("M") else sign for sign in text)


def _signs(text: str) -> str:
    have, found, marks = glyphs(), [], 0
    for sign in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(sign)
        if kind in _HIDDEN:
            found.append(" " if sign in "\t\n\r\v\f\x85\u2028\u2029" else "")
            continue
        marks = marks + 1 if kind.startswith("M") else 0
        if marks <= _MARKS:
            found.append(sign if sign in have else " " if kind == "Zs" else MISSING)
    return _MANY.sub(MISSING * _FEW + " ", "".join(found))


def _breaking(text: str) -> str:
    def broken(run: re.Match[str]) -> str:
        word = run[0]
        return BREAK.join(word[n : n + _STEP] for n in range(0, len(word), _STEP))

    return _RUN.sub(broken, text)
