"""From a code to what it means for us: a code (or a medicine's name) shows a *concept*, a concept tells *facts*.

Ask here: what a code of any code system means (`Matcher.code`), what a medicine's words hold (`Matcher.drug`), what a
condition's words hint at (`Matcher.words`), where a body site lies (`Matcher.place`, `Matcher.place_of_words`), and
whether a code that means nothing to us lies in a block that matters (`Matcher.watched`).
It never looks at status, dates or values of an entry; whoever reads the record does, by the concept's kind.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final, Literal, NamedTuple

from msgspec import Struct

FOLDER: Final = Path(__file__).parent / "codes"

ConceptKind = Literal[
    "lasting", "episode", "history", "asks", "drug", "lab", "vital", "procedure", "device", "context"
]  # fmt: skip


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


class Hit(NamedTuple):
    """One concept that a code or a text shows.

    `side` left, right, both or ""; `place` a place without side ("foot"), or ""; `note` one of NOTES; `sure` False:
    may only raise the question, never decide alone; `name` the ingredient or word found, else the code.
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
    raise NotImplementedError


@cache
def matcher(folder: Path = FOLDER) -> Matcher:
    """The matcher over all codes of the folder, made once per process. Raises KnowledgeError naming file and key."""
    raise NotImplementedError


class Matcher:
    """Looks codes and words up. Made by `matcher()`."""

    def code(self, system: str, code: str) -> tuple[Hit, ...]:
        """What a code means; () when it is mapped to nothing. `system`: an address, an OID, or a bare name."""
        raise NotImplementedError

    def drug(self, text: str) -> tuple[Hit, ...]:
        """What a medicine's words hold: generic names, salts, brands; combination products give several hits."""
        raise NotImplementedError

    def words(self, text: str) -> tuple[Hit, ...]:
        """What the words of a condition, device or procedure without a code hint at. Never sure."""
        raise NotImplementedError

    def place(self, system: str, code: str) -> tuple[str, ...]:
        """The places (ids of `body.areas.PLACES`) of a body-site code; () when it is not one we know."""
        raise NotImplementedError

    def place_of_words(self, text: str) -> tuple[str, ...]:
        """The places that words name, with their side: "left great toe" -> ("foot.left.sole.toe1", ...)."""
        raise NotImplementedError

    def watched(self, system: str, code: str) -> str:
        """A short phrase for "not understood" when the code lies in a block that matters, else ""."""
        raise NotImplementedError
