"""Reads the knowledge beside this module and refuses it unless every entry is sound.

Refused, naming file and key: a rule without source, strength or example; an unknown fact, region, technique,
position, advice, point or source; an expression that does not parse or is not monotone; a choice or unit that does
not exist; a claim left out without a reason; a purpose of consent that is missing; a layer of the map that states no
finding; work in the technique library that is not gentle; a measure whose words may not stand here, or whose key
cannot give its range; a rule that a clinician can open, and no question about it. What comes out is one frozen
`Knowledge`, read once per process.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec
import tomli
from msgspec import Struct

from afferent.errors import KnowledgeError
from afferent.knowledge import checks
from afferent.knowledge.expression import Node, facts_of, parse
from afferent.knowledge.foot_tests import FootTest
from afferent.knowledge.library import AimOf, Need, Practice, Station, Work, Zone
from afferent.knowledge.measures import Importable, LeftOut, Measure
from afferent.knowledge.model import (
    Ceiling,
    Claim,
    Consent,
    Effect,
    Example,
    Fact,
    Group,
    Layer,
    Named,
    Point,
    Rule,
    Source,
)
from afferent.knowledge.physician import Item

FOLDER: Final = Path(__file__).parent
_VERSION: Final = re.compile(r"20\d\d\.(0[1-9]|1[0-2])(\.\d{1,2})?")
_EFFECT_FIELDS: Final = frozenset(Effect.__struct_fields__) - {"when"}
# What hands do, and no limit: a piece that was packed before these files were there works with this program's own.
_CRAFT: Final = (
    "library.toml", "aims.toml", "stations.toml", "zones.toml", "needs.toml", "practice.toml", "crossing_reasons.toml",
)  # fmt: skip
_ASKED: Final = ("measures.toml", "importable.toml", "left_out.toml")  # what is asked sets no limit either
_PHYSICIAN: Final = "physician_questions.toml"  # a piece packed before it was there asks a physician nothing
_RULE_FIELDS: Final = frozenset(Rule.__struct_fields__) - {"id", "file", "effects", "examples"}

T = TypeVar("T")


class Knowledge(Struct, frozen=True, eq=False):
    """Everything Afferent knows, keyed by id; `meanings` are the parsed expressions by their text.

    One is like no other: it hashes by identity, so that what is made of it can be kept.
    """

    version: str
    groups: dict[str, Group]
    facts: dict[str, Fact]
    rules: dict[str, Rule]
    sources: dict[str, Source]
    techniques: dict[str, Named]
    positions: dict[str, Named]
    advice: dict[str, Named]
    points: dict[str, Point]
    ceilings: dict[str, Ceiling]
    claims: dict[str, Claim]
    consents: dict[str, Consent]
    foot_tests: dict[str, FootTest]
    layers: dict[str, Layer]
    library: dict[str, Work]
    aims: dict[str, AimOf]
    stations: dict[str, Station]
    zones: dict[str, Zone]
    needs: dict[str, Need]
    practice: dict[str, Practice]
    reasons: dict[str, Named]
    measures: dict[str, Measure]
    importable: dict[str, Importable]
    left_out: dict[str, LeftOut]
    physician: dict[str, Item]
    meanings: dict[str, Node]

    def meaning(self, text: str) -> Node:
        """The parsed form of an expression that stands somewhere in this knowledge."""
        return self.meanings[text]

    def inputs(self, text: str) -> tuple[str, ...]:
        """The facts an expression finally rests on, derived ones replaced by what they are made of."""
        found: dict[str, None] = {}
        for name in facts_of(self.meanings[text]):
            fact = self.facts[name]
            for inner in self.inputs(fact.definition) if fact.kind == "derived" else (name,):
                found[inner] = None
        return tuple(found)


@cache
def load(folder: Path = FOLDER) -> Knowledge:
    """Read and check all knowledge. Raises KnowledgeError naming file and key."""
    facts = dict(_facts(folder))
    facts["critical_open"] = _critical_open(facts)
    rules = dict(_rules(folder))
    craft, asked = _or_ours(folder, _CRAFT), _or_ours(folder, _ASKED)
    knowledge = Knowledge(
        version=_version(folder),
        groups=_listed(folder / "facts" / "groups.toml", Group),
        facts=facts,
        rules=rules,
        sources={
            **(_listed(FOLDER / "sources.toml", Source) if {craft, asked} != {folder} else {}),
            **_listed(folder / "sources.toml", Source),
        },
        techniques=_listed(folder / "techniques.toml", Named),
        positions=_listed(folder / "positions.toml", Named),
        advice=_listed(folder / "advice.toml", Named),
        points=_listed(folder / "points.toml", Point),
        ceilings=_listed(folder / "ceilings.toml", Ceiling),
        claims=_listed(folder / "claims.toml", Claim),
        consents=_listed(folder / "consents.toml", Consent),
        foot_tests=_listed(folder / "foot_tests.toml", FootTest),
        layers=_listed(folder / "layers.toml", Layer),
        library=_listed(craft / "library.toml", Work),
        aims=_listed(craft / "aims.toml", AimOf),
        stations=_listed(craft / "stations.toml", Station),
        zones=_listed(craft / "zones.toml", Zone),
        needs=_listed(craft / "needs.toml", Need),
        practice=_listed(craft / "practice.toml", Practice),
        reasons=_listed(craft / "crossing_reasons.toml", Named),
        measures=_listed(asked / "measures.toml", Measure),
        importable=_listed(asked / "importable.toml", Importable),
        left_out=_listed(asked / "left_out.toml", LeftOut),
        physician=_listed(folder / _PHYSICIAN, Item) if folder == FOLDER or (folder / _PHYSICIAN).exists() else {},
        meanings=_meanings(facts, rules),
    )
    checks.check(knowledge)
    return knowledge


def _or_ours(folder: Path, names: tuple[str, ...]) -> Path:
    return folder if all((folder / name).exists() for name in names) else FOLDER


def read_toml(path: Path) -> dict[str, Any]:
    """One TOML file. Raises KnowledgeError naming it."""
    try:
        return tomli.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomli.TOMLDecodeError) as error:
        raise KnowledgeError(f"{path.name}: {error}") from None


def _version(folder: Path) -> str:
    version = read_toml(folder / "version.toml").get("version")
    if not isinstance(version, str) or not _VERSION.fullmatch(version):
        raise KnowledgeError('version.toml, version: must be a year and a month, such as "2026.11"')
    return version


def _convert(value: Any, kind: type[T], place: str) -> T:
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        raise KnowledgeError(f"{place}: {error}") from None


def _listed(path: Path, kind: type[T]) -> dict[str, T]:
    return {key: _convert({**entry, "id": key}, kind, f"{path.name}, {key}") for key, entry in read_toml(path).items()}


def _facts(folder: Path) -> Iterator[tuple[str, Fact]]:
    for path in sorted((folder / "facts").glob("*.toml")):
        if path.name == "groups.toml":
            continue
        for key, entry in read_toml(path).items():
            if "is" in entry:
                entry["definition"] = entry.pop("is")
            if entry.get("kind") == "date":
                entry.setdefault("worse", "recent")
            yield key, _convert({**entry, "id": key}, Fact, f"{path.name}, {key}")


def _critical_open(facts: dict[str, Fact]) -> Fact:
    """ "A critical question is open", spelled out of the facts themselves, so that SQL can ask the same."""
    parts = ["unsettled"]
    for fact in facts.values():
        if fact.critical:
            missing = f"missing({fact.id})"
            parts.append(missing if fact.critical is True else f"({fact.critical}) and {missing}")
    return Fact(id="critical_open", title="A critical question is open", kind="derived", definition=" or ".join(parts))


def _rules(folder: Path) -> Iterator[tuple[str, Rule]]:
    for path in sorted((folder / "rules").glob("*.toml")):
        for key, entry in read_toml(path).items():
            yield key, _rule(key, entry, path.name)


def _rule(key: str, entry: dict[str, Any], file: str) -> Rule:
    """A rule's own table holds its main effect; `also` holds further ones."""
    place = f"{file}, {key}"
    further = entry.pop("also", [])
    examples = _convert(entry.pop("example", []), tuple[Example, ...], place)
    main = {name: entry.pop(name) for name in list(entry) if name in _EFFECT_FIELDS}
    unknown = sorted(set(entry) - _RULE_FIELDS)
    if unknown:
        raise KnowledgeError(f"{place}: {unknown[0]!r} is no field of a rule")
    effects = _convert([main, *further], tuple[Effect, ...], place)
    return _convert({**entry, "id": key, "file": file, "effects": effects, "examples": examples}, Rule, place)


def _meanings(facts: dict[str, Fact], rules: dict[str, Rule]) -> dict[str, Node]:
    texts: dict[str, str] = {}
    for fact in facts.values():
        for text in (fact.definition, fact.critical, fact.implied_by, *(age.when for age in fact.counts_for)):
            if isinstance(text, str) and text:
                texts[text] = fact.id
    for rule in rules.values():
        for text in (rule.when, rule.until, *(effect.when for effect in rule.effects)):
            if text:
                texts[text] = f"{rule.file}, {rule.id}"
    found = {}
    for text, place in texts.items():
        try:
            found[text] = parse(text)
        except KnowledgeError as error:
            raise KnowledgeError(f"{place}: {error}") from None
    return found
