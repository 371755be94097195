"""Medicines by their names: generic names, salts, brands; several in a combination product.

The words beside a name decide its form: a heparin flush treats nobody, a steroid cream is no steroid tablet, and any
patch is a patch. What makes a medicine count may stand anywhere in the text; what takes it away ("flush", "cream") must
stand in the same piece of it, between commas or semicolons. Tables: names.csv and forms.toml.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Final, NamedTuple

from afferent.errors import KnowledgeError
from afferent.knowledge.codes_reader import NOTES, lines
from afferent.knowledge.loader import read_toml
from afferent.knowledge.phrases import Found, Phrases, plain, words_of

_NAMES: Final = "names.csv"
_FORMS: Final = "forms.toml"
_ORAL: Final = "oral"
_BETWEEN: Final = re.compile(r"[;,\n]")
_LONG_ENOUGH: Final = 6  # letters; shorter words are like too many others
_ALIKE: Final = 0.84


class Named(NamedTuple):
    """A concept that a name shows, the ingredient it stands for, and the forms it needs (+) or must not have (-)."""

    concept: str
    name: str
    forms: tuple[str, ...]
    note: str


class MedicineWords:
    """The table of names, made ready."""

    def __init__(self, folder: Path, concepts: Collection[str]) -> None:
        self._forms = {
            form: Phrases((plain(word), True) for word in entry["words"])
            for form, entry in read_toml(folder / _FORMS).items()
        }
        table: dict[str, list[Named]] = {}
        for number, (concept, word, name, form, note) in lines(
            folder / _NAMES, ["concept", "word", "name", "form", "note"]
        ):
            named = Named(concept, name, tuple(form.split()), note)
            if fault := self._fault(named, word, concepts):
                raise KnowledgeError(f"{_NAMES}, line {number}, {concept} {word}: {fault}")
            table.setdefault(plain(word), []).append(named)
        self._phrases = Phrases(table.items())

    def _fault(self, named: Named, word: str, concepts: Collection[str]) -> str:
        if named.concept not in concepts:
            return "there is no such concept"
        if not plain(word) or not named.name:
            return "has no word or no ingredient"
        unknown = [form for form in named.forms if form[:1] not in "+-" or form[1:] not in self._forms]
        if unknown:
            return f"there is no form {unknown[0]!r}"
        return "" if named.note in NOTES else f"there is no note {named.note!r}"

    def find(self, text: str) -> Iterator[Named]:
        """Every concept that names in a text show, each ingredient once. `note` is "oral" where words say so."""
        words = words_of(text)
        found = [one for one in self._phrases.find(words) if not _free_of(one, words, text)]
        if not found:
            return
        anywhere = self._forms_in(words)
        pieces = list(_pieces(text))
        seen: set[tuple[str, str]] = set()
        for one in found:
            beside = anywhere if len(pieces) < 2 else self._forms_in(_piece_of(one, pieces))
            for named in one.value:
                key = (named.concept, named.name)
                if key not in seen and all(_fits(form, anywhere, beside) for form in named.forms):
                    seen.add(key)
                    yield named if named.note or _ORAL not in beside else named._replace(note=_ORAL)

    def _forms_in(self, words: list[str]) -> set[str]:
        return {form for form, phrases in self._forms.items() if phrases.any_in(words)}

    def near(self, text: str) -> str:
        """A name that a word of the text may be a misspelling of; "" when there is none, or a name is in it."""
        if next(self.find(text), None) is not None:
            return ""
        for word in words_of(text):
            if len(word) >= _LONG_ENOUGH and (near := get_close_matches(word, self._phrases.phrases, 1, _ALIKE)):
                return near[0]
        return ""


def _fits(form: str, anywhere: set[str], beside: set[str]) -> bool:
    return form[1:] in anywhere if form[0] == "+" else form[1:] not in beside


def _pieces(text: str) -> Iterator[list[str]]:
    """The words of each piece of a text between commas, semicolons and line ends."""
    for piece in _BETWEEN.split(text):
        if words := words_of(piece):
            yield words


def _piece_of(one: Found[list[Named]], pieces: list[list[str]]) -> list[str]:
    """The piece in which a name begins."""
    before = 0
    for piece in pieces:
        before += len(piece)
        if one.start < before:
            return piece
    return pieces[-1]


def _free_of(one: Found[list[Named]], words: list[str], text: str) -> bool:
    """ "Aspirin-free" holds no aspirin; "warfarin (free sample)" does."""
    said = rf"{re.escape(words[one.end - 1])}[ -]free\b(?! (?:sample|trial|of charge))"
    return re.search(said, text.lower()) is not None
