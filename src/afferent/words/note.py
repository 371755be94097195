"""The note of a visit in words that a careful therapist would sign.

Ask here: `sections` (a view as headings and lines) and `plain` (a view as one text). All of it is plain text: whoever
makes markup of it escapes it. What people wrote themselves is quoted, on one line, and cannot pass for a line of the
note.
"""

from __future__ import annotations

import textwrap
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from afferent.visit import note_lines
from afferent.visit.note import Names, Note
from afferent.words.consents import long_day
from afferent.words.note_lines import sentence_of
from afferent.words.visit import clean

View = Literal["soap", "care"]

_WIDTH: Final = 96
_TITLES: Final[dict[str, str]] = {
    "subjective": "S – What {client} said",
    "objective": "O – What was seen and done",
    "assessment": "A – How it was answered, and which limits held",
    "plan": "P – What comes next",
    "condition": "C – Condition: how it was at the start",
    "action": "A – Action: what was done",
    "response": "R – Response: how it was answered",
    "evaluation": "E – Evaluation: what it comes to, and what comes next",
}


class Said(Struct, frozen=True):
    """A sentence or two, and the events they rest on."""

    text: str
    ids: tuple[str, ...]


class Section(Struct, frozen=True):
    """A heading and its lines. `name`: subjective, action and so on."""

    name: str
    title: str
    lines: tuple[Said, ...]


def sections(note: Note, view: View = "soap") -> tuple[Section, ...]:
    """One view of the note."""
    names = replace(note.names, client=clean(note.names.client), therapist=clean(note.names.therapist))
    parts = note.soap if view == "soap" else note.care
    return tuple(
        Section(name, _TITLES[name].format(client=names.client), tuple(_said(one, names) for one in lines))
        for name, lines in parts.items()
    )


def _said(line: note_lines.Line, names: Names) -> Said:
    return Said(sentence_of(line, names), line.ids)


def plain(note: Note, view: View = "soap") -> str:
    """One view as text: a heading, then its lines, each with a dash."""
    blocks = ["\n".join(_head(note))]
    for section in sections(note, view):
        lines = [
            textwrap.fill(one.text, _WIDTH, initial_indent="- ", subsequent_indent="  ", break_on_hyphens=False)
            for one in section.lines
        ]
        blocks.append("\n".join([section.title, *(lines or ["- Nothing."])]))
    return "\n\n".join(blocks) + "\n"


def _head(note: Note) -> list[str]:
    day = f", {long_day(note.on)}" if note.on else ""
    head = [f"Visit of {clean(note.names.client)}{day}", f"Therapist: {clean(note.names.therapist)}"]
    return [*head, f"Screened with knowledge {clean(note.knowledge)}"] if note.knowledge else head
