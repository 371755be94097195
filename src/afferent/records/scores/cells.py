"""What one cell says: a number, yes or no, a pressure level, a word. Raises ValueError with what is wrong and the mend.

Ask here: `number`, `yes_no`, `visited`, `level`, `whole`, `word`; `Cells`, any of them with what it said before kept,
for a table has few different cells. A formula, a number with a word behind it, and a number that may be two are no
numbers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final, Generic, TypeVar

from afferent.knowledge.library import LEVEL_NAMES

LONGEST: Final = 1_000
_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,9}(?:[.,][0-9]{1,340})?")
_GROUPED: Final = re.compile(r"[+-]?[0-9]{1,3}[.,][0-9]{3}")
_COUNTED: Final = re.compile(r"0{0,3}[1-9][0-9]{0,3}")
_YES: Final = frozenset({"yes", "y", "true", "1", "x"})
_NO: Final = frozenset({"no", "n", "false", "0"})
# A spreadsheet takes a cell that begins so for a formula; one mark before it says that it is words.
_FORMULA: Final = re.compile(r"'*[=+\-@]")
T = TypeVar("T")


class Unread(str):
    """Why a cell could not be read."""

    __slots__ = ()


class Cells(Generic[T]):
    """Cells of one column, each different one read once; an empty one is None."""

    def __init__(self, read: Callable[[str], T]) -> None:
        self._read = read
        self._known: dict[str, T | Unread | None] = {"": None}

    def __call__(self, text: str) -> T | Unread | None:
        if text not in self._known:
            self._known[text] = self._fresh(text)
        return self._known[text]

    def _fresh(self, text: str) -> T | Unread:
        if len(text) > LONGEST:
            return Unread(f"a cell of more than {LONGEST:,} characters")
        try:
            return self._read(text)
        except ValueError as error:
            return Unread(error)


def number(text: str, most: float, *, whole: bool = False) -> float:
    """With a point or a comma before the fraction. most, whole: what is possible here, which may settle "4,210"."""
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"{text[:40]!r} is no number; write it plainly, such as 6")
    value = float(text.replace(",", "."))
    if not _GROUPED.fullmatch(text):
        return value
    grouped = float(re.sub("[.,]", "", text))
    possible = [one for one in dict.fromkeys((value, grouped)) if abs(one) <= most and not (whole and one % 1)]
    if len(possible) == 2:
        raise ValueError(f"{text!r} may be {value:g} or {grouped:.0f}; write it without a mark, or with another digit")
    return possible[0] if possible else value


def whole(text: str) -> int:
    """A number of a block."""
    if not re.fullmatch(r"[0-9]{1,6}", text):
        raise ValueError(f"{text[:40]!r} is no whole number")
    return int(text)


def yes_no(text: str) -> bool:
    """ "yes", "no", 1, 0, x; an empty cell is neither."""
    said = text.lower()
    if said not in _YES and said not in _NO:
        raise ValueError(f"{text[:40]!r} is neither yes nor no; write yes, no, or leave it empty")
    return said in _YES


def visited(text: str) -> bool:
    """Yes or no; or which visit it was, counted from 1: then there was one."""
    return True if _COUNTED.fullmatch(text) else yes_no(text)


def level(text: str) -> float:
    """A Walton level, by number or name."""
    said = " ".join(text.lower().split())
    return float(LEVEL_NAMES.index(said)) if said in LEVEL_NAMES else number(text, 5)


def word(text: str) -> str:
    """Words, without the mark that kept a spreadsheet from calculating them."""
    text = unicodedata.normalize("NFC", text)
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def guarded(text: str) -> str:
    """Words for a cell, so that no spreadsheet calculates them; `word` takes the mark away again."""
    return f"'{text}" if _FORMULA.match(text) else text
