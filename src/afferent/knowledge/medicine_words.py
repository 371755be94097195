"""Medicines by their names: generic names, salts, brands; several in a combination product.

The words beside a name decide its form: a heparin flush treats nobody, a steroid cream is no steroid tablet, and any
patch is a patch. Tables: names.csv and forms.toml.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from afferent.errors import KnowledgeError
from afferent.knowledge.codes_reader import NOTES, lines
from afferent.knowledge.loader import read_toml
from afferent.knowledge.phrases import Found, Phrases, plain, words_of

_NAMES: Final = "names.csv"
_FORMS: Final = "forms.toml"
_ORAL: Final = "oral"


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
        found = [one for one in self._phrases.find(words) if not _free_of(one, words)]
        if not found:
            return
        forms = {form for form, phrases in self._forms.items() if phrases.any_in(words)}
        seen: set[tuple[str, str]] = set()
        for one in found:
            for named in one.value:
                key = (named.concept, named.name)
                if key not in seen and all((form[1:] in forms) is (form[0] == "+") for form in named.forms):
                    seen.add(key)
                    yield named if named.note or _ORAL not in forms else named._replace(note=_ORAL)


def _free_of(one: Found[list[Named]], words: list[str]) -> bool:
    """ "Aspirin free" holds no aspirin."""
    return words[one.end : one.end + 1] == ["free"]
