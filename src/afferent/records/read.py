"""One door for everything that can be read about a person: a case file, a FHIR record, a filled intake.

What it is is recognised by its content, never by its name. Raises InputError with one sentence (file, place, mend) or
Refusal (a child, somebody who has died); nothing else, and never half an intake.
"""

from __future__ import annotations

import datetime as dt
import os

from afferent.errors import InputError
from afferent.knowledge import Knowledge
from afferent.knowledge.concepts import Matcher, matcher
from afferent.records import source
from afferent.records.intake import Intake


def read(
    path: str | os.PathLike[str],
    *,
    as_of: dt.date | None,
    knowledge: Knowledge,
    patient: str | None = None,
    answers: bool = False,
    codes: Matcher | None = None,
) -> Intake:
    """Everything that a file says about one person; "-" is standard input.

    `as_of` the day to screen for (None: the day that a case names, or today); `patient` the id of the Patient, where a
    record holds several. `answers`: what was asked today, to be joined with `record.with_answers(answers)`.
    """
    name, data = source.fetch(path)
    return read_bytes(data, name=name, as_of=as_of, knowledge=knowledge, patient=patient, answers=answers, codes=codes)


def read_bytes(
    data: bytes,
    *,
    name: str,
    as_of: dt.date | None,
    knowledge: Knowledge,
    patient: str | None = None,
    answers: bool = False,
    codes: Matcher | None = None,
) -> Intake:
    """The same from bytes that were sent; `name` stands for the file in every message."""
    try:
        data = source.checked(name, data)
        return _read(data, name, as_of, dt.date.today(), knowledge, patient, answers, codes or matcher())
    except InputError as error:
        raise source.sentence(name, error) from None


def _read(
    data: bytes, name: str, as_of: dt.date | None, today: dt.date, knowledge: Knowledge, patient: str | None,
    answers: bool, codes: Matcher,
) -> Intake:  # fmt: skip
    kind = _kind(name, data)
    if kind == "QuestionnaireResponse":
        from afferent.records import questionnaire

        return questionnaire.read(name, data, as_of=as_of or today, knowledge=knowledge, codes=codes)
    if kind and answers:
        raise InputError(f"{name}: this is a FHIR {kind[:40]}; answers are a mapping of facts, or a filled intake")
    if kind:
        from afferent.records.fhir import record

        return record.read(name, data, patient=patient, as_of=as_of or today, knowledge=knowledge, codes=codes)
    from afferent.records import case, handwritten

    reader = case.read_answers if answers else case.read
    return reader(handwritten.read(name, data), as_of=as_of, today=today, knowledge=knowledge, codes=codes)


def _kind(name: str, data: bytes) -> str:
    """The FHIR resource type, or "" for what was written by hand. Raises InputError on broken JSON."""
    source.text_of(name, data)
    if data.startswith(b"["):
        raise InputError(f"{name}: this is a list; a FHIR record is a Bundle or one resource per line (NDJSON)")
    if not data.startswith(b"{"):
        return ""
    from afferent.records.fhir import bundle

    if bundle.lines(data):
        return "NDJSON"
    try:
        return bundle.probe(name, data)
    except InputError:
        if name.endswith((".yaml", ".yml")):
            return ""  # YAML in braces
        raise
