"""Our intake as a FHIR R4 Questionnaire, made from the facts themselves, and reading what was answered to it.

`linkId` is the fact's id; `none_of.<group>` is "none of these"; `<fact>.never` stands beside a date. What is not
answered is unknown. A count is asked as a Quantity, so that its unit comes with it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from afferent.errors import InputError
from afferent.knowledge import Knowledge
from afferent.knowledge.concepts import Matcher
from afferent.knowledge.model import Fact
from afferent.records import answers
from afferent.records.answered import still_held
from afferent.records.dates import span
from afferent.records.fhir.references import address
from afferent.records.fhir.resources import Answer, Item, Reference, Response
from afferent.records.gathering import Gathering, clean
from afferent.records.intake import Intake, adults_only

URL: Final = "urn:afferent:questionnaire:intake"
_ENGINE: Final = frozenset({"answers_conflict", "unsettled"})  # set by the engine, never asked
_DEEPEST: Final = 8
_LONGEST: Final = 1_000


def questionnaire(knowledge: Knowledge) -> dict[str, Any]:
    """The Questionnaire resource, as JSON values: one group item per group of facts."""
    groups = []
    for group in knowledge.groups.values():
        facts = [fact for fact in knowledge.facts.values() if fact.group == group.id and _asked(fact)]
        items: list[dict[str, Any]] = [item for fact in facts for item in _items(fact)]
        if items:
            none = {"linkId": f"none_of.{group.id}", "text": "None of these", "type": "boolean"}
            groups.append({"linkId": f"group.{group.id}", "text": group.ask, "type": "group", "item": [*items, none]})
    return {
        "resourceType": "Questionnaire", "url": URL, "version": knowledge.version, "name": "AfferentIntake",
        "title": "Before a massage: what should we know?", "status": "active", "subjectType": ["Patient"],
        "item": groups,
    }  # fmt: skip


def _asked(fact: Fact) -> bool:
    return fact.kind != "derived" and fact.id not in _ENGINE


def _items(fact: Fact) -> Iterator[dict[str, Any]]:
    item: dict[str, Any] = {"linkId": fact.id, "text": fact.ask, "required": False}
    match fact.kind:
        case "yes_no":
            yield item | {"type": "boolean"}
        case "finding":
            words = ["no", "yes", *(["left", "right", "both"] if fact.part else [])]
            options = [{"valueCoding": {"code": word, "display": word}} for word in words]
            yield item | {"type": "open-choice", "repeats": True, "answerOption": options}
        case "number":
            yield item | {"type": "decimal" if fact.plain else "quantity"} | _unit(fact)
        case "date":
            yield item | {"type": "date"}
            yield {"linkId": f"{fact.id}.never", "text": f"{fact.title}: never", "type": "boolean"}
        case _:
            options = [{"valueCoding": {"code": code, "display": text}} for code, text in fact.options.items()]
            yield item | {"type": "choice", "answerOption": options}


def _unit(fact: Fact) -> dict[str, Any]:
    url = "http://hl7.org/fhir/StructureDefinition/questionnaire-unit"
    coding = {"system": "http://unitsofmeasure.org", "code": fact.unit, "display": fact.unit}
    return {"extension": [{"url": url, "valueCoding": coding}]} if fact.unit != "1" else {}


_DECODER: Final = msgspec.json.Decoder(Response)


def read(name: str, data: bytes | msgspec.Raw, *, as_of: dt.date, knowledge: Knowledge, codes: Matcher) -> Intake:
    """The answers of one QuestionnaireResponse to our intake. Raises InputError or Refusal."""
    try:
        response = _DECODER.decode(data)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise InputError(f"{name}: the QuestionnaireResponse cannot be read ({error})") from None
    if not ours(response):
        raise InputError(f"{name}: these are answers to another Questionnaire ({_canonical(response) or 'not named'})")
    if response.status == "entered-in-error":
        raise InputError(f"{name}: this QuestionnaireResponse was entered in error; use the right one")
    gathering = Gathering(as_of, knowledge, codes)
    tell(name, response, gathering)
    statements = still_held(gathering.statements, knowledge, as_of)
    subject = response.subject.reference if response.subject and response.subject.reference else ""
    return Intake(
        subject=clean(address(subject).removeprefix("Patient/").removeprefix("urn:uuid:")),
        as_of=as_of,
        statements=statements,
        age=adults_only(statements, as_of),
        not_understood=gathering.not_understood,
        notes=gathering.notes,
    )


def ours(response: Response) -> bool:
    """Are these answers to our intake Questionnaire, of whatever version?"""
    return _canonical(response).partition("|")[0] == URL


def _canonical(response: Response) -> str:
    named = response.questionnaire
    return clean((named.reference if isinstance(named, Reference) else named) or "")


def tell(name: str, response: Response, gathering: Gathering) -> None:
    """State what was answered. Raises InputError naming the question."""
    authored = span(response.authored)
    if authored is None:
        raise InputError(f"{name}: the QuestionnaireResponse does not say when it was answered (authored)")
    if authored.first > gathering.as_of:
        raise InputError(f"{name}: it was answered on {authored.first}, after the day of the screening")
    day, knowledge = authored.first, gathering.knowledge
    origin = f"QuestionnaireResponse/{clean(response.id)}" if response.id else "QuestionnaireResponse"
    said: set[str] = set()
    none: list[str] = []
    for item in _flat(name, response.item or [], 0):
        values = [_plain(answer) for answer in item.answer or []]
        values = [value for value in values if value is not None]
        if not values:
            continue
        fact, _, rest = item.link_id.partition(".")
        if fact == "none_of":
            none += [rest] if values == [True] else []
            continue
        if item.link_id.endswith(".never") and values != [True]:
            continue
        if fact not in knowledge.facts or not _asked(knowledge.facts[fact]) or rest not in ("", "never"):
            gathering.fault(origin, f"there is no question {item.link_id[:60]!r} in this version of the intake")
            continue
        said.add(fact)
        _one(name, knowledge.facts[fact], ["no"] if rest else values, day, origin, gathering)
    for statement in answers.none_of([group for group in none if group in knowledge.groups], knowledge, day, said):
        gathering.state(statement)


def _one(name: str, fact: Fact, values: list[Any], day: dt.date, origin: str, gathering: Gathering) -> None:
    answer: Any = values if len(values) > 1 else values[0]
    if any(len(value) > _LONGEST for value in values if isinstance(value, str)) or len(values) > _LONGEST:
        raise InputError(f"{name}: {fact.id}: the answer is longer than {_LONGEST} characters")
    if isinstance(answer, list) and fact.kind != "finding":
        raise InputError(f"{name}: {fact.id}: one answer is wanted, not {len(answer)}")
    try:
        for one in answers.statement(fact, answer, day, origin=origin):
            gathering.state(one)
    except InputError as error:
        raise InputError(f"{name}: {error}") from None
    except (ValueError, TypeError, OverflowError):
        raise InputError(f"{name}: {fact.id}: this answer cannot be read") from None


def _flat(name: str, items: list[Item], depth: int) -> Iterator[Item]:
    if depth > _DEEPEST:
        raise InputError(f"{name}: its questions are nested deeper than {_DEEPEST} levels")
    for item in items:
        yield item
        yield from _flat(name, item.item or [], depth + 1)
        for answer in item.answer or []:
            yield from _flat(name, answer.item or [], depth + 1)


def _plain(answer: Answer) -> Any:
    """An answer as a person would write it in a case file."""
    if answer.value_quantity is not None:
        quantity = answer.value_quantity
        return {"value": quantity.value, "unit": quantity.code or quantity.unit or ""}
    if answer.value_coding is not None:
        return answer.value_coding.code or answer.value_coding.display
    for value in (
        answer.value_boolean, answer.value_string, answer.value_decimal, answer.value_integer, answer.value_date,
        answer.value_date_time,
    ):  # fmt: skip
        if value is not None:
            return value
    return None
