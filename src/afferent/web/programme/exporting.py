"""One export: whom it takes, what is left out, and the file.

Ask here: `export`. It refuses fewer than five people; and rare combinations, where that was chosen. Nothing is written
into the file that says when it was made, for whom, or by whom: that stands in the audit.
"""

from __future__ import annotations

import tempfile
import uuid
from typing import IO, Any, Final

from msgspec import Struct

from afferent.errors import InputError
from afferent.knowledge import Knowledge
from afferent.web.clinics.models import Clinic
from afferent.web.outcomes.models import Score
from afferent.web.programme.columns import Dates
from afferent.web.programme.counts import Span
from afferent.web.programme.files import make
from afferent.web.programme.holds import holding
from afferent.web.programme.models import Study
from afferent.web.programme.people import enrolled, grouped, rare
from afferent.web.programme.reckoning import reckon
from afferent.web.programme.rows import histories
from afferent.web.programme.small import LEAST, few
from afferent.words.vocabulary import capital, counted

RARE: Final = {
    "blank": "Leave their age and condition out, so that every combination told is shared by five or more",
    "refuse": "Make no file while there is one",
}
DATES: Final[dict[str, str]] = {
    "numbers": "As numbers: days since the first visit",
    "shifted": "As dates, moved for each person by a secret number of days, up to 180 either way",
}


class Wanted(Struct, frozen=True):
    """`event`: of REDCap, empty for a classic project."""

    kind: str
    dates: Dates
    rare: str
    event: str = ""


class Made(Struct, frozen=True):
    """The file, from its beginning; what it holds and what was left out, for the audit."""

    file: IO[bytes]
    size: int
    told: dict[str, Any]


def export(study: Study, span: Span, wanted: Wanted, clinic: Clinic, knowledge: Knowledge) -> Made:
    """Raises InputError. Nothing is kept of the file here."""
    reckon(span.sessions)
    found = enrolled(study, _clients(span), clinic, knowledge, span.period.last)
    if len(found.people) < LEAST:
        raise InputError(
            f"{capital(few(len(found.people)))} people would be in it: whoever knows one of them would find them. "
            "Choose a longer time"
        )
    alone = rare(found.people)
    if alone and wanted.rare == "refuse":
        raise InputError(
            f"{counted(alone, 'person') if alone == 1 else f'{alone} people'} would stand in a combination of age and "
            "condition that fewer than five share, so no file was made"
        )
    people = grouped(found.people)
    left = {"no_consent": found.no_consent, "not_adults": found.not_adults, "rare": alone}
    file = tempfile.TemporaryFile()  # noqa: SIM115 – it lives as long as the answer, which closes it
    try:
        about = _about(len(people), left, wanted)
        rows = make(file, wanted.kind, histories(span, people, wanted.dates), wanted.dates, about, event=wanted.event)
    except BaseException:
        file.close()
        raise
    size = file.tell()
    file.seek(0)
    return Made(file, size, {"format": wanted.kind, "dates": wanted.dates, "rows": rows, "left_out": left})


def _clients(span: Span) -> list[uuid.UUID]:
    """Whoever had a visit or a score in the period."""
    period = span.period
    came = span.visits.filter(state="done").order_by().values_list("client_id", flat=True).distinct()
    scored = holding(Score.objects.filter(on__gte=period.first, on__lte=period.last, value__isnull=False))
    return sorted({*came, *scored.order_by().values_list("client_id", flat=True).distinct()})


def _about(people: int, left: dict[str, int | None], wanted: Wanted) -> str:
    consent = left["no_consent"]
    said = [
        "Visits and scores without names",
        "",
        f"{people} people. What each column means stands in the data dictionary.",
        "Nothing here was compared with anything: it does not show what massage did.",
        "Scores of two scales are never compared; the name of the scale stands beside each.",
        "An empty cell is not nought: nobody noted it.",
        "",
        "Taken out: names, addresses, birth dates, anything written freely, who treated. Age is told in bands.",
        f"Days are told {DATES[wanted.dates].replace('As', 'as', 1)}.",
        f"Age and condition are not shown for {few(left['rare'] or 0)} people whose combination fewer than five share.",
        "Sex is not kept by this program, so it is in no combination.",
        "Consent to research is not asked by this program: who made the file has another basis for it."
        if consent is None
        else f"Left out because they did not agree to research: {few(consent)}.",
        f"Left out because they are no adults: {few(left['not_adults'] or 0)}.",
        "",
        "This is de-identified, not anonymous: whoever knows on which days somebody came may find them. Give it to",
        "nobody who has not promised not to try.",
        "",
    ]
    if wanted.kind == "redcap":
        said += [
            "REDCap: upload redcap_dictionary.csv as data dictionary, switch on repeating instruments for visit and",
            "score, then import redcap_data.csv (dates Y-M-D).",
            "",
        ]
    return "\n".join(said)
