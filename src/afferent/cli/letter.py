"""`afferent letter request RECORD`: the one-page request to the physician, as PDF or as data."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct

from afferent.cli.screen import day
from afferent.errors import InputError
from afferent.knowledge import Knowledge, load
from afferent.outline.model import Outline, Wish
from afferent.outline.offer import outlines
from afferent.records import handwritten
from afferent.records.letters.paper import Client, Clinic, Recipient, Reply, Therapist
from afferent.records.letters.pdf import pdf
from afferent.records.letters.request import Request, request
from afferent.records.read import read
from afferent.records.screened import screening
from afferent.safety import Screening

_BLANK: Final = "____________________"


class Head(Struct, frozen=True, forbid_unknown_fields=True):
    """Who asks whom, on which paper: what a case file does not say. All of it may be left out."""

    clinic: dict[str, Any] = {}
    sender: dict[str, Any] = {}
    to: dict[str, Any] = {}
    client: dict[str, Any] = {}
    reply: dict[str, Any] = {}
    why: str = ""
    rhythm: str = ""
    consent: dt.date | None = None


def run(words: Sequence[str]) -> int:
    """Read, screen, ask, print. Raises InputError and Refusal."""
    given = _parser().parse_args(words)
    knowledge = load()
    intake = read(given.record, patient=given.patient, as_of=given.as_of, knowledge=knowledge)
    found = screening(intake, knowledge)
    asked = _request(found, _head(given.head), _plan(given.plan, found, knowledge), knowledge, given.head)
    if given.format == "json":
        _put(msgspec.json.format(msgspec.json.encode(asked), indent=2) + b"\n", given.out)
    elif given.out is None and sys.stdout.isatty():
        raise InputError("A PDF is no text for a terminal; name a file: --out request.pdf")
    else:
        _put(pdf(asked, given.paper), given.out)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="afferent letter", description=__doc__)
    parser.add_argument("letter", choices=("request",))
    parser.add_argument("record", help="a case file (YAML, JSON), a FHIR R4 bundle, resource or NDJSON; - for stdin")
    parser.add_argument(
        "--head", metavar="FILE", help="clinic, sender, to, client, why, reply, consent, as YAML or JSON"
    )
    parser.add_argument(
        "--plan", choices=("limits", "with_affected", "elsewhere", "still"), default="limits",
        help="the outline that is meant; otherwise the limits alone are said",
    )  # fmt: skip
    parser.add_argument(
        "--as-of", type=day, metavar="DATE", help="the day to screen for (default: the case's, or today)"
    )
    parser.add_argument("--patient", metavar="ID", help="which patient, where the record holds several")
    parser.add_argument("--paper", choices=("a4", "letter"), default="a4")
    parser.add_argument("--format", choices=("pdf", "json"), default="pdf")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write there instead of standard output")
    return parser


def _head(name: str | None) -> Head:
    if name is None:
        return Head()
    path = Path(name)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{name}: cannot be read ({error.strerror})") from None
    written = handwritten.read(path.name, data)
    try:
        return msgspec.convert(written.value, Head, strict=False)
    except msgspec.ValidationError as error:
        raise handwritten.explain(error, written) from None


def _plan(kind: str, found: Screening, knowledge: Knowledge) -> Outline | None:
    if kind == "limits":
        return None
    offered = {one.kind: one for one in outlines(found, knowledge, Wish()) if one.steps}
    if kind not in offered:
        there = ", ".join(["limits", *offered])
        raise InputError(f"--plan {kind}: no such outline is open for this person; there are {there}")
    return next(one for name, one in offered.items() if name == kind)


def _request(found: Screening, head: Head, plan: Outline | None, knowledge: Knowledge, name: str | None) -> Request:
    clinic = {**head.clinic, "logo": _logo(head.clinic.get("logo"), name)}
    return request(
        found,
        knowledge,
        plan,
        clinic=_made(clinic, Clinic, "clinic", name),
        sender=_made(head.sender, Therapist, "sender", name),
        to=_made(head.to, Recipient, "to", name),
        client=_made({"name": found.subject.id, **head.client}, Client, "client", name),
        reply=_made(head.reply, Reply, "reply", name),
        why=head.why,
        rhythm=head.rhythm,
        consent=head.consent,
    )


def _made(value: dict[str, Any], kind: type[Any], part: str, name: str | None) -> Any:
    """One part of the head; a name that nobody gave is a line to fill in."""
    named = {"name": _BLANK, **{key: inner for key, inner in value.items() if inner not in (None, "")}}
    unknown = sorted(set(value) - set(kind.__struct_fields__))
    if unknown:
        raise InputError(f"{name}: {part}: there is no field {unknown[0][:60]!r}; there are {_fields(kind)}")
    try:
        return msgspec.convert({k: v for k, v in named.items() if k in kind.__struct_fields__}, kind, strict=False)
    except msgspec.ValidationError as error:
        raise InputError(f"{name}: {part}: {str(error)[:1].lower()}{str(error)[1:]}") from None


def _fields(kind: type[Any]) -> str:
    return ", ".join(kind.__struct_fields__)


def _logo(value: Any, name: str | None) -> bytes:
    if not value or name is None:
        return b""
    path = Path(name).parent / str(value)
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{name}: clinic: logo: {path.name} cannot be read ({error.strerror})") from None


def _put(data: bytes, out: Path | None) -> None:
    """Print, or write the file whole or not at all."""
    if out is None:
        sys.stdout.buffer.write(data)
        return
    try:
        with tempfile.NamedTemporaryFile("wb", dir=out.parent, delete=False) as file:
            file.write(data)
        os.replace(file.name, out)
    except OSError as error:
        raise InputError(f"{out}: cannot be written ({error.strerror})") from None
