"""What comes in: a file, or answers to questions. Read strictly; each fault is one sentence beside its field.

The fields of a question are named in `afferent.page.controls`. How an answer is read stands in
`afferent.records.answers`, the same for every way in.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from msgspec import Struct

from afferent.errors import InputError
from afferent.knowledge import Knowledge
from afferent.knowledge.model import Fact
from afferent.records.answers import statement
from afferent.words.vocabulary import sentence

_DENIED = ("yes_no", "finding", "date")
_FIELDS = ("answer", "where", "unit", "on")
_SAID = {"no": "“No”", "unknown": "“Not sure”"}


class RecordForm(forms.Form):
    """A case file or a FHIR record, and which patient of several."""

    record = forms.FileField(
        error_messages={
            "required": "Choose a file: a case file (YAML or JSON) or a FHIR R4 record.",
            "empty": "This file is empty.",
            "invalid": "Choose a file: a case file (YAML or JSON) or a FHIR R4 record.",
        },
    )
    patient = forms.CharField(required=False, max_length=200)

    def clean_record(self) -> UploadedFile:
        record: UploadedFile = self.cleaned_data["record"]
        if record.size is not None and record.size > settings.LARGEST_RECORD:
            most = settings.LARGEST_RECORD >> 20
            raise forms.ValidationError(f"This file is larger than {most} MB. Export the record of one person only.")
        return record


class Answered(Struct, frozen=True):
    """Answers read from a form: what they say, what was chosen, what was wrong, and the groups of "none of these"."""

    answers: dict[str, Any] = {}
    given: dict[str, tuple[str, ...]] = {}
    faults: dict[str, str] = {}
    none_of: tuple[str, ...] = ()


def could_be_shown(sent: QueryDict, asked: list[str], knowledge: Knowledge) -> bool:
    """Is everything asked a question, and does every answer belong to something asked?"""
    named = {name.partition(".")[2] for name in sent if name.partition(".")[0] in _FIELDS}
    real = (name in knowledge.facts and knowledge.facts[name].kind != "derived" for name in asked)
    groups = {knowledge.facts[name].group for name in asked if name in knowledge.facts}
    return all(real) and named <= set(asked) and set(sent.getlist("none_of")) <= groups


def read_answers(sent: QueryDict, asked: list[str], knowledge: Knowledge, as_of: dt.date) -> Answered:
    """The answers to the questions asked. "None of these" says no to whatever of its group was not answered by name."""
    found = Answered({}, {}, {}, tuple(sent.getlist("none_of")))
    for name in asked:
        fact = knowledge.facts[name]
        denied = fact.group in found.none_of and fact.kind in _DENIED and fact.worse != "no"
        fault = _contradiction(fact, sent, denied=denied)
        if fault:
            found.faults[name] = fault
            found.given[name] = tuple(filter(None, (_answer(fact, sent), *_entered(fact, sent))))
            continue
        chosen = _chosen(fact, sent)
        if chosen is None and denied:
            chosen = "no", ("no",)
        if chosen is None:
            continue
        value, given = chosen
        try:
            list(statement(fact, value, as_of))
        except InputError as error:
            found.faults[name] = sentence(str(error).removeprefix(f"{name}: "))
        else:
            found.answers[name] = value
        found.given[name] = given
    return found


def _chosen(fact: Fact, sent: QueryDict) -> tuple[Any, tuple[str, ...]] | None:
    """What was chosen for one question, and how to show it again; None where it was left alone."""
    answer = _answer(fact, sent)
    match fact.kind:
        case "finding":
            places = _entered(fact, sent)
            if places:
                return places, ("yes", *places)
        case "number":
            return _number(fact, answer, sent) if answer else None
        case "date":
            when = _entered(fact, sent)
            if when:
                return when[0], (when[0],)
    return (answer, (answer,)) if answer else None


def _answer(fact: Fact, sent: QueryDict) -> str:
    return sent.get(f"answer.{fact.id}", "").strip()


def _entered(fact: Fact, sent: QueryDict) -> list[str]:
    """What by itself says yes: the places ticked, or the date given."""
    match fact.kind:
        case "finding":
            return sent.getlist(f"where.{fact.id}")
        case "date":
            return list(filter(None, [sent.get(f"on.{fact.id}", "").strip()]))
        case _:
            return []


def _contradiction(fact: Fact, sent: QueryDict, *, denied: bool) -> str:
    """One sentence where "no" or "none of these" stands beside a place or a date; otherwise empty. Never guessed."""
    answer = _answer(fact, sent)
    if not _entered(fact, sent) or answer == "yes" or (fact.kind == "date" and answer == "unknown"):
        return ""
    if answer:
        said = "“Never”" if fact.kind == "date" else _SAID.get(answer, "The answer")
    elif denied:
        said = "“None of these”"
    else:
        return ""
    entered = "a date is given" if fact.kind == "date" else "a place is ticked"
    no = "is chosen" if answer == "unknown" else "says no"
    return f"{said} {no}, and {entered}: which?"


def _number(fact: Fact, answer: str, sent: QueryDict) -> tuple[Any, tuple[str, ...]]:
    value: dict[str, Any] = {"value": answer}
    if sent.get(f"unit.{fact.id}"):
        value["unit"] = sent[f"unit.{fact.id}"]
    elif not fact.plain:
        value["unit"] = fact.unit
    if sent.get(f"on.{fact.id}"):
        value["date"] = sent[f"on.{fact.id}"]
    return value, (answer, value.get("unit", ""), value.get("date", ""))
