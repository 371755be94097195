"""CodeableConcepts: what their codes mean, what their words say, and where their body sites lie.

Several codings are one idea in several code systems: what any of them shows counts. Where no code means anything to us,
the words may still raise a question; and a code that lies in a block that matters is never dropped without a word.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from afferent.knowledge.code_systems import system_of
from afferent.knowledge.concepts import Hit
from afferent.records.fhir.resources import CodeableConcept, Coding, Site, Sites, Words
from afferent.records.gathering import Gathering, clean
from afferent.records.laterality import SIDE_CODES, side_of_words
from afferent.records.meaning import unique

NOTHING: Final = CodeableConcept()


def codings(concept: CodeableConcept | Site | None) -> list[Coding]:
    """The codings, as a list."""
    if concept is None or concept.coding is None:
        return []
    return concept.coding if isinstance(concept.coding, list) else [concept.coding]


def listed(concepts: Sites) -> list[CodeableConcept]:
    """One or several, as a list."""
    if concepts is None:
        return []
    return concepts if isinstance(concepts, list) else [concepts]


def words(concept: CodeableConcept | None) -> tuple[str, ...]:
    """Everything the concept says in words: its text, then the displays."""
    if concept is None:
        return ()
    found = [concept.text, *(coding.display for coding in codings(concept))]
    return tuple(dict.fromkeys(clean(text) for text in found if text and text.strip()))


def said(concept: CodeableConcept | None) -> str:
    """How the record puts it, so that a reader can find it there; the bare code where there are no words."""
    found = words(concept)
    return found[0] if found else ", ".join(clean(str(coding.code)) for coding in codings(concept) if coding.code)


def states(status: Words) -> frozenset[str]:
    """The codes of a status, lower case: `{"active"}`. A bare text counts as a code."""
    if status is None:
        return frozenset()
    if isinstance(status, str):
        return frozenset({status.strip().lower()})
    found = [str(coding.code).strip().lower() for coding in codings(status) if coding.code]
    return frozenset(found or [text.lower() for text in words(status)])


def hits(concept: CodeableConcept | None, origin: str, gathering: Gathering) -> tuple[Hit, ...]:
    """What the codes show; of a concept without a code that is ours, what its words hint at."""
    found = [hit for coding in codings(concept) for hit in by_code(coding, gathering)]
    if not found:
        _watch(concept, origin, gathering)
        found = [hit for text in words(concept) for hit in gathering.codes.words(text)]
    return unique(found)


def by_code(coding: Coding, gathering: Gathering) -> tuple[Hit, ...]:
    """What one coding shows."""
    return gathering.codes.code(coding.system, str(coding.code)) if coding.system and coding.code else ()


def _watch(concept: CodeableConcept | None, origin: str, gathering: Gathering) -> None:
    """Name every code that is not understood and may matter."""
    for coding in codings(concept):
        if coding.code is None:
            continue
        phrase = gathering.codes.watched(coding.system, str(coding.code)) if coding.system else ""
        if phrase:
            gathering.fault(origin, f"{coding.code} ({phrase}) is not understood")
        elif not words(concept) and not system_of(coding.system or ""):
            named = f"of the code system {coding.system}" if coding.system else "without a code system"
            gathering.fault(origin, f"{coding.code}, {named} and without words, is not understood")


def places(concepts: Sites, origin: str, gathering: Gathering) -> tuple[tuple[str, ...], str]:
    """The places of body sites, and the side they name."""
    found: dict[str, None] = {}
    sides: set[str] = set()
    for concept in listed(concepts):
        own = dict.fromkeys(_places(concept, gathering))
        sides |= set(_sides(concept))
        if not own and not set(_sides(concept)):
            gathering.note(f"{origin}: the body site {said(concept)!r} is not one that is known here")
        found |= own
    return tuple(found), sides.pop() if len(sides) == 1 else "both" if sides else ""


def _places(concept: CodeableConcept, gathering: Gathering) -> Iterator[str]:
    found = [
        place
        for coding in codings(concept)
        if coding.system and coding.code
        for place in gathering.codes.place(coding.system, str(coding.code))
    ]
    yield from found
    if not found:
        for text in words(concept):
            yield from gathering.codes.place_of_words(text)


def _sides(concept: CodeableConcept) -> Iterator[str]:
    for coding in codings(concept):
        if str(coding.code) in SIDE_CODES:
            yield SIDE_CODES[str(coding.code)]
    yield from (side for side in (side_of_words(text) for text in words(concept)) if side)


def as_sites(site: Site | None) -> Sites:
    """A body site of R4 or R5."""
    return None if site is None else site.concept or CodeableConcept(coding=site.coding, text=site.text)
