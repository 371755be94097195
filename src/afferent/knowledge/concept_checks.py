"""What every concept must satisfy before anybody may ask it. One sentence, with file and key, for the first fault."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from afferent.body.areas import PARTS
from afferent.errors import KnowledgeError
from afferent.knowledge.code_systems import normal
from afferent.knowledge.codes_reader import Row
from afferent.knowledge.model import Fact

if TYPE_CHECKING:
    from afferent.knowledge.concepts import Concept

_ICD10: Final = re.compile(r"[A-Z][0-9A-Z]{0,2}(\.[0-9A-Z]{1,4})?")
_FITTING: Final = {"place": ("finding",), "date": ("date",), "value": ("number",), "yes": ("yes_no", "finding")}
_LEAVING: Final = ("lasting", "episode", "drug", "procedure", "device")
_ONE_OF: Final = ({"episode", "history"}, {"history", "procedure"})  # never both of one code about one fact


def check(concepts: Mapping[str, Concept], files: Mapping[str, str], facts: Mapping[str, Fact]) -> None:
    """Raise KnowledgeError for the first concept that is not sound. `files`: where each one stands."""
    for concept in concepts.values():
        for fault in _faults(concept, concepts, facts):
            raise KnowledgeError(f"{files[concept.id]}, {concept.id}: {fault}")


def _faults(concept: Concept, concepts: Mapping[str, Concept], facts: Mapping[str, Fact]) -> Iterator[str]:
    if not concept.title.strip():
        yield "has no title"
    if concept.place and concept.place not in PARTS:
        yield f"there is no part {concept.place!r}"
    if concept.window < 1:
        yield "a window has at least one day"
    if concept.kind == "context" and (concept.tells or concept.leaves):
        yield "a context tells nothing"
    if concept.kind != "context" and not concept.tells:
        yield "tells nothing; call it a context"
    if concept.kind == "asks" and set(concept.tells.values()) != {"asks"}:
        yield "of this kind only asks"
    if concept.leaves and concept.kind not in _LEAVING:
        yield f"a {concept.kind} concept leaves nothing behind"
    for table in (concept.tells, concept.leaves):
        for name, how in table.items():
            yield from _how(name, how, facts)
    yield from _codes(concept, concepts)


def _how(name: str, how: str, facts: Mapping[str, Fact]) -> Iterator[str]:
    fact = facts.get(name)
    if fact is None or fact.kind == "derived":
        yield f"there is no fact {name!r}"
    elif how.startswith("="):
        if how[1:] not in fact.options:
            yield f"{name}: there is no option {how[1:]!r}"
    elif how == "no":
        if fact.kind not in ("yes_no", "finding"):
            yield f"{name}: {how!r} does not fit a {fact.kind}"
    elif how != "asks" and fact.kind not in _FITTING.get(how, ()):
        yield f"{name}: {how!r} does not fit a {fact.kind}"


def _codes(concept: Concept, concepts: Mapping[str, Concept]) -> Iterator[str]:
    included = [normal(code) for code in concept.icd10]
    for code in concept.icd10:
        if not _ICD10.fullmatch(code):
            yield f"{code!r} is no ICD-10-CM code"
        if included.count(normal(code)) > 1:
            yield f"{code} stands twice"
    for code in concept.not_icd10:
        if code not in concepts and not _ICD10.fullmatch(code):
            yield f"{code!r} is neither an ICD-10-CM code nor a concept"
        if normal(code) in included:
            yield f"{code} is both included and excluded"


def check_table(table: Mapping[tuple[str, str], list[Row]], concepts: Mapping[str, Concept]) -> None:
    """One code must not mean two things that cannot both be: a clot now and only a clot of the past."""
    for (system, code), rows in table.items():
        if len(rows) < 2:
            continue
        shown = [concepts[row.concept] for row in rows]
        if fact := _torn(shown):
            names = " and ".join(concept.id for concept in shown)
            raise KnowledgeError(f"{system} {code}: {names} contradict each other about {fact}")


def _torn(shown: list[Concept]) -> str:
    """The fact about which concepts of one code contradict each other, or ""."""
    for n, one in enumerate(shown):
        for other in shown[:n]:
            for fact, how in one.tells.items():
                against = other.tells.get(fact, "asks")
                if "asks" in (how, against):
                    continue
                if {one.kind, other.kind} in _ONE_OF or (how != against and "no" in (how, against)):
                    return fact
    return ""
