"""A letter as a PDF: PDF/UA-1, A4 or US Letter, the same bytes for the same letter.

Ask here: `pdf(letter, paper)`, `laid(letter)` for what stands on its pages, `LOGO` for how large a logo may be. One
compiler is kept for the life of the process. What a letter says reaches the template as data; the template is ours, and
reads no file but its own. No letter fails because of what somebody wrote: what cannot be printed is shown as such
(`text.printable`).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from afferent.errors import InputError
from afferent.records.letters.discharge import Discharge
from afferent.records.letters.necessity import Necessity
from afferent.records.letters.pages import letters as pages
from afferent.records.letters.pages.request import page
from afferent.records.letters.paper import Paper
from afferent.records.letters.progress import Progress
from afferent.records.letters.receipt import Receipt
from afferent.records.letters.request import Request
from afferent.records.letters.text import without_marks
from afferent.records.letters.thanks import Thanks
from afferent.records.letters.urgent import Urgent
from afferent.words.letters import say

Letter = Request | Progress | Urgent | Thanks | Discharge | Necessity | Receipt

_PAGES: Final[dict[type, Callable[[Any], dict[str, Any]]]] = {
    Progress: pages.progress, Urgent: pages.urgent, Thanks: pages.thanks, Discharge: pages.discharge,
    Necessity: pages.necessity,
}  # fmt: skip
_FOLDER: Final = Path(str(files("afferent.records.letters").joinpath("typst")))
_PAPERS: Final[dict[Paper, str]] = {"a4": "a4", "letter": "us-letter"}
LOGO: Final = 500_000  # bytes of a logo, at most
_KINDS: Final[dict[str, bytes | tuple[bytes, ...]]] = {
    "png": b"\x89PNG\r\n",
    "jpg": b"\xff\xd8\xff",
    "svg": (b"<svg", b"<?xml"),
}
_NO_PICTURE: Final = "this is no PNG, JPEG or SVG picture that can be printed; choose another file, or none"


def pdf(letter: Letter, paper: Paper = "a4") -> bytes:
    """The letter as one PDF. A request whose lines do not fit one page becomes several requests, a page
    each, and a receipt with many services several pages; every other letter is one.

    Raises InputError for a paper that does not exist, or a logo that is no picture.
    """
    if paper not in _PAPERS:
        raise InputError(f"paper: there is no {str(paper)[:20]!r}; choose a4 or letter")
    template, found = laid(letter)
    first = found[0]
    data = {
        "language": say("language"),
        "title": f"{first['title']}, {first['date']}",
        "author": first["head"]["clinic"],
        "sheets": found,
    }
    inputs = {"data": json.dumps(data, ensure_ascii=False), "paper": _PAPERS[paper]}
    if not letter.clinic.logo:
        return _compiled(template, inputs, letter.on)
    try:
        return _compiled(template, inputs | _logo(letter.clinic.logo), letter.on)
    except _typst().TypstError:
        _compiled(template, inputs, letter.on)  # not the logo's fault? then say what is
        raise InputError(f"logo: {_NO_PICTURE}") from None


def _logo(data: bytes) -> dict[str, str]:
    """The logo as the template takes it. Raises InputError for what is no picture, or too large."""
    kind = next((kind for kind, begins in _KINDS.items() if data.lstrip().startswith(begins)), "")
    if not kind:
        raise InputError(f"logo: {_NO_PICTURE}")
    if len(data) > LOGO:
        raise InputError(f"logo: {len(data):,} bytes; use a picture of at most {LOGO:,}")
    return {"logo": json.dumps(list(data)), "logo-kind": kind}


def laid(letter: Letter) -> tuple[str, list[dict[str, Any]]]:
    """The name of the template, and what stands on each page (see `pages`): the same for paper and screen."""
    if isinstance(letter, Request):
        return "request", [page(letter)]
    if isinstance(letter, Receipt):
        return "letter", pages.receipt(letter)
    return "letter", [_PAGES[type(letter)](letter)]


def _compiled(template: str, inputs: dict[str, str], on: dt.date) -> bytes:
    try:
        return _once(template, inputs, on)
    except _typst().TypstError as error:
        if "could not be displayed" not in str(error):
            raise
    # Signs that the typeface has one by one, and not in this order: only accents can do that. Show them as missing.
    return _once(template, inputs | {"data": without_marks(inputs["data"])}, on)


def _once(template: str, inputs: dict[str, str], on: dt.date) -> bytes:
    found: bytes = _compiler().compile(
        input=str(_FOLDER / f"{template}.typ"),
        format="pdf",
        sys_inputs=inputs,
        pdf_standards=["ua-1"],
        timestamp=int(dt.datetime(on.year, on.month, on.day, 12, tzinfo=dt.UTC).timestamp()),
    )
    return found


@cache
def _compiler() -> Any:
    """The one compiler of this process, with the typefaces that the package brings and no others."""
    return _typst().Compiler(root=str(_FOLDER), ignore_system_fonts=True)


def _typst() -> Any:
    """Imported here: only who prints a letter needs it (the extra `letters`)."""
    import typst

    return typst
