"""Whole words in a text: finds the longest phrases of a table, wherever they stand. Knows nothing of what they mean."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final, Generic, NamedTuple, TypeVar

T = TypeVar("T")

_WORD: Final = re.compile(r"[a-z0-9]+")
_DROPPED: Final = dict.fromkeys(map(ord, "'’ʼ´`\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_LONGEST_TEXT: Final = 4000
_MOST_WORDS: Final = 400


def words_of(text: str) -> list[str]:
    """The words of a text, small letters, without accents, apostrophes and invisible characters."""
    text = text[:_LONGEST_TEXT].translate(_DROPPED)
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return _WORD.findall(text.casefold())[:_MOST_WORDS]


def plain(text: str) -> str:
    """A phrase as it is compared: its words, one space between them."""
    return " ".join(words_of(text))


class Found(NamedTuple, Generic[T]):
    """A phrase in a text: what stands for it in the table, and the words it covers."""

    value: T
    start: int
    end: int


class Phrases(Generic[T]):
    """A table of plain phrases. `find` takes the longest that begins at each word, from left to right."""

    def __init__(self, table: Iterable[tuple[str, T]]) -> None:
        self._table: dict[str, T] = dict(table)
        self._longest: dict[str, int] = {}
        for phrase in self._table:
            words = phrase.split()
            self._longest[words[0]] = max(len(words), self._longest.get(words[0], 0))

    def find(self, words: list[str]) -> Iterator[Found[T]]:
        """Every phrase in these words; none overlaps another."""
        at = 0
        while at < len(words):
            for length in range(self._longest.get(words[at], 0), 0, -1):
                value = self._table.get(" ".join(words[at : at + length]))
                if value is not None and at + length <= len(words):
                    yield Found(value, at, at + length)
                    at += length - 1
                    break
            at += 1

    @property
    def phrases(self) -> list[str]:
        """Every phrase of the table."""
        return list(self._table)

    def any_in(self, words: list[str]) -> bool:
        """Does at least one phrase stand in these words?"""
        return next(self.find(words), None) is not None
