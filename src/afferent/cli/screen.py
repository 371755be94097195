"""`afferent screen RECORD`: one person's case file or FHIR record, screened."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from afferent.errors import InputError
from afferent.knowledge import Knowledge, load
from afferent.records.intake import Intake
from afferent.records.read import read
from afferent.records.screened import screening
from afferent.safety import Screening


def run(words: Sequence[str]) -> int:
    """Read, resolve, screen, print. Raises InputError and Refusal."""
    given = _parser().parse_args(words)
    knowledge = load()
    intake = read(given.record, patient=given.patient, as_of=given.as_of, knowledge=knowledge)
    if given.answers:
        answers = read(given.answers, as_of=intake.as_of, knowledge=knowledge, answers=True)
        intake = intake.with_answers(answers)
    if given.ask:
        from afferent.cli.ask import ask

        intake = ask(intake, lambda known: screening(known, knowledge), knowledge)
    _put(_shown(screening(intake, knowledge), intake, knowledge, given.format), given.out)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="afferent screen", description=__doc__)
    parser.add_argument("record", help="a case file (YAML, JSON), a FHIR R4 bundle, resource or NDJSON; - for stdin")
    parser.add_argument("--answers", metavar="FILE", help="what was asked today, as YAML or JSON")
    parser.add_argument("--ask", action="store_true", help="ask the open critical questions, then decide")
    parser.add_argument(
        "--as-of", type=day, metavar="DATE", help="the day to screen for (default: the case's, or today)"
    )
    parser.add_argument("--patient", metavar="ID", help="which patient, where the record holds several")
    parser.add_argument("--format", choices=("text", "json", "html"), default="text")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write there instead of standard output")
    return parser


def day(text: str) -> dt.date:
    """A date as a word of the command line."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"write a date like 2026-11-22, not {text!r}") from None


def _shown(result: Screening, intake: Intake, knowledge: Knowledge, form: str) -> str:
    if form == "json":
        import msgspec

        return msgspec.json.format(msgspec.json.encode(result), indent=2).decode() + "\n"
    if form == "html":
        from afferent.page import page

        return page(result, knowledge)
    from afferent.cli.terminal import sheet

    return sheet(result, knowledge, intake.notes)


def _put(text: str, out: Path | None) -> None:
    """Print, or write the file whole or not at all."""
    if out is None:
        sys.stdout.write(text)
        return
    try:
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=out.parent, delete=False) as file:
            file.write(text)
        os.replace(file.name, out)
    except OSError as error:
        raise InputError(f"{out}: cannot be written ({error.strerror})") from None
