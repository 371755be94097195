"""From a code to what it means for us: a code (or a medicine's name) shows a *concept*, a concept tells *facts*.

Ask here: what a code of any code system means (`Matcher.code`), what a medicine's words hold (`Matcher.drug`), what a
condition's words hint at (`Matcher.words`), where a body site lies (`Matcher.place`, `Matcher.place_of_words`), and
whether a code that means nothing to us lies in a block that matters (`Matcher.watched`).
It never looks at status, dates or values of an entry; whoever reads the record does, by the concept's kind.
Data: codes/concepts/*.toml (meaning; ICD-10-CM prefixes of safety.md 1B) and codes/*.csv (all other systems).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, Literal, NamedTuple

import msgspec
from msgspec import Struct

from afferent.errors import KnowledgeError
from afferent.knowledge import concept_checks
from afferent.knowledge.body_words import BodyWords, check, sided
from afferent.knowledge.code_systems import ICD10, ICD10CM, NAMES, SYSTEMS, normal, system_of
from afferent.knowledge.codes_reader import UNSURE, Row, lines, rows
from afferent.knowledge.icd10_where import Icd10Where, is_late
from afferent.knowledge.loader import load, read_toml
from afferent.knowledge.medicine_words import MedicineWords
from afferent.knowledge.model import Fact
from afferent.knowledge.phrases import Phrases, plain, words_of

FOLDER: Final = Path(__file__).parent / "codes"

ConceptKind = Literal[
    "lasting", "episode", "history", "asks", "drug", "lab", "vital", "procedure", "device", "context"
]  # fmt: skip

_WELL_FORMED: Final = re.compile(r"\s*[0-9A-Za-z.-]{1,40}\s*")
_SITES: Final = ["system", "code", "side", "places", "note"]
_NOT_ABOUT_NOW: Final = Phrases(
    (phrase, True)
    for phrase in (
        "family history", "screening", "vaccine", "vaccination", "immunization", "immunisation", "education",
        "allergy", "test for",
    )
)  # fmt: skip


class Concept(Struct, frozen=True, forbid_unknown_fields=True):
    """A clinical idea behind codes, and the facts it tells.

    kind   lasting    true while the entry is active, however old it is (osteoporosis, a pacemaker's code)
           episode    tells only while active and dated within `window` days; active but older or undated: every told
                      fact is only asked, and `leaves` holds; no longer active: only `leaves` holds
           history    true whatever the entry's status (short of refuted or entered in error), with or without date
           asks       never tells; every fact in `tells` is only asked
           drug       true while the medicine is taken; no longer taken: `leaves`
           lab, vital a number (how = "value") with unit and date
           procedure  done on a date; as an episode after `window`
           device     in or on the body
           context    known, and tells nothing
    tells  fact -> how: "yes"; "no"; "place" (the entry's body site and side, else the code's, else yes); "date" (the
           entry's date; without one only asked); "value"; "=option" of a choice; "asks" (raises the question)
    leaves what remains true afterwards, in the same words
    place  the place the concept itself implies, without side ("foot")
    icd10  ICD-10-CM prefixes; one in `not_icd10` (a prefix, or a concept standing for all of its prefixes) beats them
    """

    title: str
    kind: ConceptKind
    id: str = ""
    icd10: tuple[str, ...] = ()
    not_icd10: tuple[str, ...] = ()
    tells: dict[str, str] = {}
    leaves: dict[str, str] = {}
    window: int = 90
    place: str = ""
    rules: tuple[str, ...] = ()

    def __hash__(self) -> int:
        return hash(self.id)


class Hit(NamedTuple):
    """One concept that a code or a text shows.

    `side` left, right, both or ""; `place` a part without side ("foot"), or ""; `note` one of codes_reader.NOTES;
    `sure` False: may only raise the question, never decide alone; `name` the ingredient or word found, else the code.
    A note "form" says that the form decides (a flush, a cream, a patch): where the order has words, they count and
    this hit does not.
    """

    concept: Concept
    side: str
    place: str
    note: str
    sure: bool
    name: str


@cache
def load_concepts(folder: Path = FOLDER) -> dict[str, Concept]:
    """Every concept by id. Raises KnowledgeError naming file and key."""
    found: dict[str, Concept] = {}
    files: dict[str, str] = {}
    for path in sorted((folder / "concepts").glob("*.toml")):
        for key, entry in read_toml(path).items():
            if key in found:
                raise KnowledgeError(f"{path.name}, {key}: stands in {files[key]} already")
            files[key] = path.name
            try:
                found[key] = msgspec.convert({**entry, "id": key}, Concept)
            except (msgspec.ValidationError, TypeError) as error:
                raise KnowledgeError(f"{path.name}, {key}: {error}") from None
    concept_checks.check(found, files, _facts_beside(folder))
    return found


def _facts_beside(folder: Path) -> dict[str, Fact]:
    """The facts of the same knowledge: an older one is checked against itself. Codes that stand alone: today's."""
    older = folder != FOLDER and (folder.parent / "facts").is_dir()
    return (load(folder.parent) if older else load()).facts


@cache
def matcher(folder: Path = FOLDER) -> Matcher:
    """The matcher over all codes of the folder, made once per process. Raises KnowledgeError naming file and key."""
    return Matcher(folder)


class Matcher:
    """Looks codes and words up. Made by `matcher()`; asking it never raises, whatever a record holds."""

    def __init__(self, folder: Path) -> None:
        self.concepts: Final = load_concepts(folder)
        self._table: Final[dict[tuple[str, str], list[Row]]] = {}
        self._excluded: Final[dict[tuple[str, str], set[str]]] = {}
        for row in (*_icd10_rows(self.concepts), *rows(folder, self.concepts)):
            if row.match == "not":
                self._excluded.setdefault((row.system, row.code), set()).add(row.concept)
            else:
                self._table.setdefault((row.system, row.code), []).append(row)
        concept_checks.check_table(self._table, self.concepts)
        self._where: Final = Icd10Where(folder)
        self._medicines: Final = MedicineWords(folder, self.concepts)
        self._words: Final = Phrases(_words(folder, self.concepts))
        self._body: Final = BodyWords(read_toml(folder / "body_words.toml"), "body_words.toml")
        self._sites: Final = _sites(folder)
        self._watched: Final = {(s, normal(p)): phrase for s, p, phrase in _watched(folder)}
        self._look_up: Final = lru_cache(maxsize=4096)(self._code)

    def code(self, system: str, code: str) -> tuple[Hit, ...]:
        """What a code means; () when it is mapped to nothing. `system`: an address, an OID, or a bare name."""
        known = system_of(system)
        if known == NAMES:
            return self.drug(code)
        return self._look_up(known, normal(code)) if known and _WELL_FORMED.fullmatch(code) else ()

    def _code(self, system: str, code: str) -> tuple[Hit, ...]:
        prefixes = [(system, code[:length]) for length in range(len(code), 0, -1)]
        never = {concept for key in prefixes for concept in self._excluded.get(key, ())}
        found: dict[str, Hit] = {}
        for key in prefixes:
            for row in self._table.get(key, ()):
                whole = row.match == "prefix" or key[1] == code
                if whole and row.concept not in never and row.concept not in found:
                    found[row.concept] = self._hit(row, code)
        return tuple(found.values())

    def _hit(self, row: Row, code: str) -> Hit:
        concept = self.concepts[row.concept]
        side, place, note = row.side, row.place or concept.place, row.note
        if row.system == ICD10CM:
            said = self._where.place(code)
            side, place = self._where.side(code), concept.place if said is None else said
            note = "late" if is_late(code) else note
        if "place" not in (*concept.tells.values(), *concept.leaves.values()):
            side = place = ""
        return Hit(concept, side, place, note, note not in UNSURE, row.name or code)

    def drug(self, text: str) -> tuple[Hit, ...]:
        """What a medicine's words hold: generic names, salts, brands; combination products give several hits."""
        return tuple(
            Hit(self.concepts[one.concept], "", "", one.note, one.note not in UNSURE, one.name)
            for one in self._medicines.find(text)
        )

    def misspelt(self, text: str) -> str:
        """The known medicine whose name a word of the text nearly is; "" when there is none."""
        return self._medicines.near(text)

    def words(self, text: str) -> tuple[Hit, ...]:
        """What the words of a condition, device or procedure without a code hint at. Never sure."""
        words = words_of(text)
        if _NOT_ABOUT_NOW.any_in(words):
            return ()
        found = {
            self.concepts[concept]: " ".join(words[one.start : one.end])
            for one in self._words.find(words)
            for concept in one.value
        }
        return tuple(Hit(concept, "", "", "words", False, name) for concept, name in found.items())

    def place(self, system: str, code: str) -> tuple[str, ...]:
        """The places (ids of `body.areas.PLACES`) of a body-site code; () when it is not one we know."""
        return self._sites.get((system_of(system), normal(code)), ())

    def place_of_words(self, text: str) -> tuple[str, ...]:
        """The places that words name, with their side: "left great toe" -> ("foot.left.sole.toe1", ...)."""
        return self._body.places(text)

    def watched(self, system: str, code: str) -> str:
        """A short phrase for "not understood" when the code lies in a block that matters, else ""."""
        known = system_of(system)
        if not known or not _WELL_FORMED.fullmatch(code) or self._look_up(known, normal(code)):
            return ""
        code = normal(code)
        block = ICD10CM if known == ICD10 else known
        keys = ((block, code[:length]) for length in range(len(code), 0, -1))
        return next((self._watched[key] for key in keys if key in self._watched), "")


def _icd10_rows(concepts: dict[str, Concept]) -> list[Row]:
    """The ICD-10-CM prefixes of the concepts themselves, as rows."""
    found = []
    for concept in concepts.values():
        found += [Row(concept.id, ICD10CM, normal(prefix), "prefix") for prefix in concept.icd10]
        for named in concept.not_icd10:
            for prefix in concepts[named].icd10 if named in concepts else (named,):
                found.append(Row(concept.id, ICD10CM, normal(prefix), "not"))
    return found


def _words(folder: Path, concepts: dict[str, Concept]) -> list[tuple[str, list[str]]]:
    found: dict[str, list[str]] = {}
    for number, (concept, word) in lines(folder / "words.csv", ["concept", "word"]):
        if concept not in concepts or not plain(word):
            raise KnowledgeError(f"words.csv, line {number}, {concept} {word}: there is no such concept or word")
        found.setdefault(plain(word), []).append(concept)
    return list(found.items())


def _sites(folder: Path) -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for number, (system, code, side, places, note) in lines(folder / "sites.csv", _SITES):
        where = f"sites.csv, line {number}, {code}"
        for place in places.split():
            check(place, where)
        if (system, code) in found:
            raise KnowledgeError(f"{where}: stands twice")
        sure = note not in UNSURE
        found[system, code] = tuple(one for place in places.split() for one in sided(place, side)) if sure else ()
    return found


def _watched(folder: Path) -> list[tuple[str, str, str]]:
    found = []
    for number, (system, prefix, phrase) in lines(folder / "watched.csv", ["system", "prefix", "phrase"]):
        if not phrase or not normal(prefix) or system not in SYSTEMS:
            raise KnowledgeError(f"watched.csv, line {number}, {prefix}: has no system, no prefix or no phrase")
        found.append((system, prefix, phrase))
    return found
