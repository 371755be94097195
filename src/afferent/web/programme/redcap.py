"""The same rows as REDCap imports them: one file, one record for each person, visits and scores as repeating
instruments; and the data dictionary that makes the project.

Ask here: `redcap_header`, `redcap_rows`, `redcap_dictionary`. Names of variables and forms are lower case, at most 26
letters, figures and underscores; days are Y-M-D. Without an event the project is a classic one; with one, longitudinal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from afferent.errors import InputError
from afferent.web.programme.columns import Column, Dates, codes, columns
from afferent.web.programme.rows import History

HEADER: Final = (
    "Variable / Field Name", "Form Name", "Section Header", "Field Type", "Field Label",
    "Choices, Calculations, OR Slider Labels", "Field Note", "Text Validation Type OR Show Slider Number",
    "Text Validation Min", "Text Validation Max", "Identifier?", "Branching Logic (Show field only if...)",
    "Required Field?", "Custom Alignment", "Question Number (surveys only)", "Matrix Group Name", "Matrix Ranking?",
    "Field Annotation",
)  # fmt: skip
FORMS: Final = {"people": "person", "visits": "visit", "scores": "score"}
RECORD: Final = "record_id"
_COMPLETE: Final = "2"
_EVENT: Final = re.compile(r"[a-z0-9_]+_arm_[0-9]+")
_CHECKS: Final = {"integer": "integer", "number": "number", "date": "date_ymd"}


def event_of(text: str) -> str:
    """The unique name of an event, such as baseline_arm_1; empty for a classic project. Raises InputError."""
    event = text.strip()
    if event and (len(event) > 60 or not _EVENT.fullmatch(event)):
        raise InputError("An event is named in REDCap like baseline_arm_1. Leave it empty for a project without events")
    return event


def redcap_header(dates: Dates, event: str = "") -> list[str]:
    """The identifiers first, then every variable, form by form, each form with its state."""
    names = [RECORD, *(["redcap_event_name"] if event else []), "redcap_repeat_instrument", "redcap_repeat_instance"]
    for table, form in FORMS.items():
        names += [variable(name) for name in columns(table, dates)] + [f"{form}_complete"]
    return names


def variable(name: str) -> str:
    """`visits` is the name of nothing else, but says little among all variables of a project."""
    return "person_visits" if name == "visits" else name


def redcap_rows(one: History, dates: Dates, event: str = "") -> Iterator[tuple[str, list[Any]]]:
    """The table it came from, and the line: the person's own first, then each visit and each score as an instance."""
    begin = [one.person.code, *([event] if event else [])]
    yield "people", [*begin, "", "", *_filled("people", one.own, dates)]
    for table, rows in (("visits", one.visits), ("scores", one.scores)):
        for n, row in enumerate(rows, 1):
            yield table, [*begin, FORMS[table], n, *_filled(table, row, dates)]


def _filled(table: str, row: dict[str, Any], dates: Dates) -> Iterator[Any]:
    """Every variable of the project, those of other forms empty."""
    for other in FORMS:
        for name in columns(other, dates):
            yield row.get(name) if other == table else None
        yield _COMPLETE if other == table else None


def redcap_dictionary(dates: Dates) -> tuple[tuple[str, ...], Iterator[tuple[str, ...]]]:
    """Its header, and a line for each variable."""
    return HEADER, _variables(dates)


def _variables(dates: Dates) -> Iterator[tuple[str, ...]]:
    yield _line(RECORD, "person", "text", "Study id", note="Drawn once, kept in the clinic")
    for table, form in FORMS.items():
        for name, one in columns(table, dates).items():
            chosen = " | ".join(f"{code}, {words.replace('|', '/')}" for code, words in codes(one).items())
            kind = "dropdown" if one.kind == "code" else "text"
            yield _line(
                variable(name), form, kind, one.label, chosen, _note(one), _CHECKS.get(one.kind, "")
            )  # fmt: skip


def _note(one: Column) -> str:
    return f"{one.meaning} ({one.unit})" if one.unit else one.meaning


def _line(
    name: str, form: str, kind: str, label: str, chosen: str = "", note: str = "", check: str = ""
) -> tuple[str, ...]:
    told = {
        HEADER[0]: name, HEADER[1]: form, HEADER[3]: kind, HEADER[4]: label, HEADER[5]: chosen, HEADER[6]: note,
        HEADER[7]: check,
    }  # fmt: skip
    return tuple(told.get(one, "") for one in HEADER)
