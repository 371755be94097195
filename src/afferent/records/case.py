"""The case file: one client, written by hand in two minutes, as YAML or JSON. And today's answers in the same form.

    client: {id: alice, age: 62}
    as_of: 2026-11-22
    medicines: [warfarin 5 mg, gabapentin]
    facts: {numb: [foot.left.sole, foot.right.sole], clot_ever: no}
    none_of: [today, limbs]
    labs: [{test: platelets, value: 210, unit: 10*3/uL, date: 2026-11-20}]

What is not written is unknown. A name that is not known is refused with its neighbours; a value without a unit too.
"""

from __future__ import annotations

import datetime as dt
import re
from difflib import get_close_matches
from typing import Any, Final, NoReturn

import msgspec
from msgspec import Struct

from afferent.body.areas import PLACES
from afferent.errors import InputError
from afferent.knowledge import Knowledge
from afferent.knowledge.concepts import Matcher
from afferent.records import answers, entered, foot_check, foot_statements
from afferent.records.answered import still_held
from afferent.records.case_form import Answers, Case, Client, Code, Lab
from afferent.records.dates import adult_age, born, span
from afferent.records.gathering import Gathering, clean, dated_by_the_client
from afferent.records.handwritten import Written, explain
from afferent.records.intake import Intake, adults_only
from afferent.safety.evidence import Clearance, Evidence

_YEARS: Final = (1900, 2200)
_SHAPES: Final[dict[str, type[Struct]]] = {
    "client": Client, "labs": Lab, "codes": Code, "clearances": Clearance,
}  # fmt: skip


def read(written: Written, *, as_of: dt.date | None, today: dt.date, knowledge: Knowledge, codes: Matcher) -> Intake:
    """A case file as an intake. Raises InputError or Refusal.

    The day to screen for is `as_of`, else the case's own, else today. What was only denied on an earlier day than the
    one to screen for is asked again.
    """
    case = _shaped(written, Case, knowledge)
    asked = _asked_on(written, case, as_of or today)
    gathering = Gathering(as_of or asked, knowledge, codes)
    _client(written, case.client, gathering, asked)
    return _intake(written, case, asked, gathering, clean(str(case.client.id)))


def read_answers(
    written: Written, *, as_of: dt.date | None, today: dt.date, knowledge: Knowledge, codes: Matcher
) -> Intake:
    """Today's answers: a bare mapping of facts, or a case without its client. Raises InputError or Refusal."""
    value = written.value
    if isinstance(value, dict) and not set(value) & set(Case.__struct_fields__):
        lines = {path.replace("$", "$.facts", 1): line for path, line in written.lines.items()}
        written = Written(written.name, {"facts": value}, lines)
    shaped = _shaped(written, Answers, knowledge)
    asked = _asked_on(written, shaped, as_of or today)
    return _intake(written, shaped, asked, Gathering(as_of or asked, knowledge, codes), "")


def _intake(written: Written, case: Answers, asked: dt.date, gathering: Gathering, subject: str) -> Intake:
    knowledge = gathering.knowledge
    _facts(written, case.facts, asked, gathering)
    for number, medicine in enumerate(case.medicines):
        entered.medicine(medicine, written.at(f"$.medicines[{number}]"), asked, gathering)
    for number, lab in enumerate(case.labs):
        entered.lab(lab, written.at(f"$.labs[{number}]"), gathering)
    for number, code in enumerate(case.codes):
        entered.code(code, written.at(f"$.codes[{number}]"), gathering)
    for number, check in enumerate(case.foot_checks):
        read_check = foot_check.read(check, written.at(f"$.foot_checks[{number}]"), knowledge)
        for statement in foot_statements.statements(read_check, knowledge, gathering.as_of):
            gathering.state(statement)
    said = set(case.facts) | {one.fact for one in gathering.statements}
    try:
        for statement in answers.none_of(case.none_of, knowledge, asked, said):
            gathering.state(statement)
    except InputError as error:
        raise InputError(f"{written.at('$.none_of')}: {error}") from None
    told = dated_by_the_client(gathering.statements)
    statements = still_held(told, knowledge, gathering.as_of)
    if len(statements) < len(told):
        gathering.note(f'what was answered "no" on {asked} is asked again: it is not an answer of {gathering.as_of}')
    return Intake(
        subject=subject,
        as_of=gathering.as_of,
        statements=statements,
        age=adults_only(statements, gathering.as_of),
        clearances=tuple(_clearance(written, n, one, knowledge) for n, one in enumerate(case.clearances)),
        not_understood=gathering.not_understood,
        notes=gathering.notes,
        antiplatelets=gathering.antiplatelets,
    )


def _facts(written: Written, facts: dict[str, Any], asked: dt.date, gathering: Gathering) -> None:
    for name, answer in facts.items():
        try:
            for statement in answers.statements({name: answer}, gathering.knowledge, asked):
                gathering.state(statement)
        except InputError as error:
            raise InputError(f"{written.at(f'$.facts.{name}')}: {error}") from None
        except (ValueError, TypeError, OverflowError, RecursionError):
            raise InputError(f"{written.at(f'$.facts.{name}')}: {clean(name)}: this answer cannot be read") from None


def _client(written: Written, client: Client, gathering: Gathering, asked: dt.date) -> None:
    if client.age is not None:
        if not 0 <= client.age <= 125:
            raise InputError(f"{written.at('$.client.age')}: the age {client.age:g} is not believable")
        gathering.state(Evidence("age_years", client.age, asked, "client", f"{client.age:g} years old", "answer"))
    if client.birth_date is not None:
        birth = born(str(client.birth_date), gathering.as_of)
        if birth is None:
            raise InputError(
                f"{written.at('$.client.birth_date')}: write the birth date like 1964-05-31 (or 1964-05, or 1964), "
                f"not {str(client.birth_date)[:40]!r}"
            )
        gathering.born = birth
        years = adult_age(birth, gathering.as_of)
        gathering.state(Evidence("age_years", years, asked, "client", f"born {client.birth_date}", "answer"))


def _asked_on(written: Written, case: Answers, as_of: dt.date) -> dt.date:
    """The day on which the answers were given; refused when it is still to come."""
    if case.as_of is None:
        return as_of
    found, where = span(str(case.as_of)), written.at("$.as_of")
    if found is None or found.first != found.last:
        raise InputError(f"{where}: as_of: write a whole date like 2026-11-22, not {str(case.as_of)[:40]!r}")
    if found.first > as_of:
        raise InputError(f"{where}: as_of: {found.first} is after the day of the screening ({as_of})")
    return found.first


def _clearance(written: Written, number: int, clearance: Clearance, knowledge: Knowledge) -> Clearance:
    """A clearance whose rules and regions exist."""
    at = written.at(f"$.clearances[{number}]")
    for rule in clearance.rules:
        if rule not in knowledge.rules:
            raise InputError(f"{at}: there is no rule {rule[:60]!r}{_near(rule, knowledge.rules)}")
    for region, level in clearance.pressure.items():
        if region not in PLACES:
            raise InputError(f"{at}: there is no region {region[:60]!r}{_near(region, PLACES)}")
        if not 0 <= level <= 5:
            raise InputError(f"{at}: {region}: a pressure level is 0 to 5, not {level}")
    if not _YEARS[0] <= clearance.date.year <= _YEARS[1]:
        raise InputError(f"{at}: the date {clearance.date} cannot be right")
    if not clearance.rules:
        raise InputError(f"{at}: rules: name the rules that the clinician answered")
    return clearance


def _shaped(written: Written, shape: type[Answers], knowledge: Knowledge) -> Any:
    if not isinstance(written.value, dict):
        raise InputError(f"{written.name}: a case begins with names such as client: and facts:")
    value = {key: inner for key, inner in written.value.items() if inner is not None}  # "medicines:" left empty
    try:
        return msgspec.convert(value, shape, strict=False)
    except msgspec.ValidationError as error:
        unknown = re.match(r"Object contains unknown field `(.*?)`(?: - at `(.*)`)?$", str(error), re.DOTALL)
        if unknown:
            _unknown(written, unknown[1], unknown[2] or "$", shape, knowledge)
        raise explain(error, written) from None


def _unknown(written: Written, field: str, path: str, shape: type[Answers], knowledge: Knowledge) -> NoReturn:
    """A name that has no place there: say what it may have been."""
    part = re.sub(r"\[.*", "", path.removeprefix("$").removeprefix("."))
    inside = _SHAPES.get(part, shape)
    hint = _near(field, inside.__struct_fields__)
    if inside is shape and field in knowledge.facts:
        hint = "; it is a fact: write it under facts:"
    known = "" if hint else f"; there are {', '.join(inside.__struct_fields__)}"
    where = f" in {part}" if part else ""
    raise InputError(f"{written.at(f'{path}.{field}')}: there is no field {field[:60]!r}{where}{hint}{known}")


def _near(word: str, words: Any) -> str:
    near = get_close_matches(word, list(words), 3)
    return f"; did you mean {' or '.join(near)}?" if near else ""
