"""JSON Schema of what goes in (the case file) and of what comes out (the screening), from the types themselves."""

from __future__ import annotations

from typing import Any

import msgspec

from afferent.errors import InputError
from afferent.knowledge import Knowledge
from afferent.knowledge.model import Fact
from afferent.records.case_form import Case
from afferent.safety.screening import Screening

_UNKNOWN = "unknown"
_YES_NO = {"enum": ["yes", "no", _UNKNOWN, True, False]}
_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schema(of: str, knowledge: Knowledge) -> dict[str, Any]:
    """The schema of "case" or "screening". Raises InputError for anything else."""
    if of == "screening":
        return _titled(msgspec.json.schema(Screening), "What Afferent says of one person on one day")
    if of != "case":
        raise InputError(f"there is no schema of {of!r}; there are case and screening")
    found = _titled(msgspec.json.schema(Case), "A case file: one client and what is known of them")
    facts = {fact.id: _fact(fact) for fact in knowledge.facts.values() if fact.kind != "derived"}
    for shape in found["$defs"].values():
        properties = shape.get("properties", {})
        if "facts" in properties:
            properties["facts"] = {"type": "object", "additionalProperties": False, "properties": facts}
        if "none_of" in properties:
            properties["none_of"] = {"type": "array", "items": {"enum": list(knowledge.groups)}, "default": []}
    return found


def _titled(found: dict[str, Any], title: str) -> dict[str, Any]:
    return {"$schema": _DRAFT, "title": title} | found


def _fact(fact: Fact) -> dict[str, Any]:
    """One fact: its question, and the forms in which it may be answered."""
    return {"description": fact.ask, "anyOf": [*_forms(fact), _dated(_forms(fact))]}


def _forms(fact: Fact) -> list[dict[str, Any]]:
    match fact.kind:
        case "yes_no":
            return [_YES_NO]
        case "finding":
            where = f"yes, no, unknown, a region such as foot.left.sole{', left, right, both' if fact.part else ''}"
            word = {"type": "string", "description": where}
            return [{"type": "boolean"}, word, {"type": "array", "items": word, "minItems": 1}]
        case "number":
            unit = f"in {fact.unit}" if fact.plain else f'with its unit, for example "42 {fact.unit}"'
            bare = [{"type": "number", "description": unit}] if fact.plain else []
            return [*bare, {"type": "string", "description": unit}]
        case "date":
            return [{"type": "string", "description": "2026-11-05, 2026-11 or 2026; no: never; or unknown"}]
        case _:
            return [{"enum": [*fact.options, *fact.options.values(), _UNKNOWN]}]


def _dated(forms: list[dict[str, Any]]) -> dict[str, Any]:
    """The same with a unit of its own, or of another day."""
    value = {"anyOf": [*forms, {"type": "number"}]}
    return {
        "type": "object",
        "properties": {"value": value, "unit": {"type": "string"}, "date": {"type": "string"}},
        "required": ["value"],
        "additionalProperties": False,
    }
