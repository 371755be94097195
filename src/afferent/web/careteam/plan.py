"""Thanks for a referral: when we met, what is planned within which limits, when we write again. From stored rows.

Ask here: `ThanksFields`, `thanks`, `met`. The limits are those that hold today, so it is not written where nothing may
be worked out for one client.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
from django import forms

from afferent.outline.model import Outline
from afferent.records.letters.planned import closed, hard, plan_of
from afferent.records.letters.thanks import Thanks
from afferent.records.letters.titles import fact_ids
from afferent.web.book.models import Visit
from afferent.web.careteam.case import Case, sealed
from afferent.web.careteam.fields import Fields, words
from afferent.web.outlines.models import Chosen

MOST = 50  # visits


class ThanksFields(Fields):
    """How often, and when we write again."""

    rhythm = words("How often", 120, hint="Empty: as the outline has it.")
    report_after = forms.IntegerField(
        label="Visits until you write again", min_value=1, max_value=MOST,
        error_messages={"required": "Say after how many visits.", "invalid": f"Write a number from 1 to {MOST}."},
    )  # fmt: skip
    own = ("rhythm", "report_after")

    def begins(self, case: Case) -> dict[str, Any]:
        return {"report_after": case.planned or 6}


def met(case: Case) -> dt.date | None:
    """The day of the first visit that took place; None: there was none."""
    rows = Visit.objects.filter(client=case.client).exclude(state__in=("moved", "cancelled", "missed"))
    began = rows.filter(state="done") | rows.filter(session__isnull=False)
    first = began.order_by("starts_at").first()
    return first.starts_at.astimezone(case.client.clinic.zone).date() if first else None


def outline(case: Case) -> Outline | None:
    """The outline chosen last; of the last visit where that one was opened; None without either."""
    row = Chosen.objects.filter(client=case.client).order_by("-changed_at").first()
    if row is not None:
        return msgspec.convert(row.outline, Outline)
    opened = [visit.opened for _, visit in case.series.lived if visit.opened is not None]
    return opened[-1].outline if opened else None


def thanks(case: Case, form: Fields) -> Thanks:
    """The letter as it would be kept now. Only where `met` and a screening are there."""
    given, screening, first = form.said, case.screening, met(case)
    assert screening is not None and first is not None
    chosen, fired = outline(case), [one for one in screening.rules if one.state == "fired"]
    return sealed(
        case, Thanks, form.to, fact_ids(fired), met=first,
        plan=plan_of(chosen, screening, case.knowledge, given.get("rhythm") or ""),
        hard=hard(chosen, screening, case.knowledge), shut=closed(screening, case.knowledge),
        report_after=given.get("report_after") or case.planned or 6,
    )  # fmt: skip
