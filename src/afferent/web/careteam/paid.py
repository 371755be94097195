"""A receipt: the visits that took place, their minutes, and the codes and fees that the clinic enters. For the client.

Ask here: `PaidFields`, `receipt`. Codes carry no descriptions here, which belong to their owners. Minutes are those of
the visit's own events, whole ones; of a visit without any, those of the book. A visit stands on one receipt only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final

from django import forms
from msgspec import Struct

from afferent.records.letters.paper import Recipient
from afferent.records.letters.receipt import Payment, Receipt, Service
from afferent.web.careteam.case import Case, sealed
from afferent.web.careteam.course import Taken, series
from afferent.web.careteam.fields import Fields, words
from afferent.web.letters.models import Letter
from afferent.words.dates import day

DAYS: Final = 366  # back
MOST: Final = 30  # visits offered; more are for the receipt after
_CODE: Final = r"^[A-Za-z0-9.\-]{1,12}\Z"
_CURRENCY: Final = "Write three letters, such as USD or EUR."
_MONEY: Final = {"invalid": "Write an amount, such as 75.00.", "min_value": "An amount is not below nothing."}


class Visited(Struct, frozen=True):
    """One visit that may be on a receipt. `booked`: its minutes are those of the book."""

    key: str
    on: dt.date
    minutes: int
    booked: bool


def offered(case: Case) -> tuple[Visited, ...]:
    """The visits that took place and stand on no receipt yet, the latest first."""
    taken = series(case.client, case.today - dt.timedelta(DAYS), case.today).visits
    before = _on_receipts(case)
    found = [_visited(one) for one in taken if one.touched and one.visit.pk.hex not in before]
    return tuple(found[::-1][:MOST])


def _visited(one: Taken) -> Visited:
    seconds = one.course.seconds if one.course and not one.course.open_end else 0
    return Visited(one.visit.pk.hex, one.on, int(seconds // 60) or one.visit.minutes, not seconds)


def _on_receipts(case: Case) -> set[str]:
    bodies = Letter.objects.filter(client=case.client, kind="receipt").values_list("body", flat=True)
    return {fact.rpartition(", ")[2] for body in bodies for fact in body["made"]["facts"]}


def _last(case: Case) -> dict[str, Any]:
    """The numbers of the last receipt: of this client, else of anybody of the clinic."""
    rows = Letter.objects.filter(kind="receipt").order_by("-made_at")
    mine = rows.filter(client=case.client).first()
    row = mine or rows.first()
    if row is None:
        return {}
    body = row.body
    known = {key: body.get(key, "") for key in ("currency", "provider", "tax")}
    return known | {"code": body["services"][0]["code"]} | (_of_client(body) if mine else {})


def _of_client(body: dict[str, Any]) -> dict[str, Any]:
    return {"diagnosis": ", ".join(body.get("diagnosis", ())), "referrer": body.get("referrer", "")}


def _money(label: str) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=0, max_value=99_999, decimal_places=2, required=False, error_messages=_MONEY
    )


def _code(label: str) -> forms.RegexField:
    faults = {"invalid": "A code has up to 12 letters, digits, points or hyphens."}
    return forms.RegexField(_CODE, label=label, required=False, strip=True, error_messages=faults)


class PaidFields(Fields):
    """Which visits, which codes and fees, what was paid."""

    to_name = forms.CharField(label="For", max_length=80, error_messages={"required": "Say whom it is for."})
    code = _code("Code of each visit")
    fee = _money("Fee of each visit")
    timed = forms.BooleanField(label="Counted in units of 15 minutes", required=False)
    currency = forms.RegexField(
        "^[A-Za-z]{3}$", label="Currency", error_messages=dict.fromkeys(("required", "invalid"), _CURRENCY)
    )
    paid = _money("Paid")
    how = words("How it was paid", 40, hint="Such as “card”.")
    diagnosis = words(
        "Diagnosis codes, from the referrer", 80, hint="With commas between. Only as the referrer gave them."
    )
    referrer = words("Referred by", 80)
    provider = words("Provider number", 40)
    tax = words("Tax number", 40)
    first = ("code", "fee", "currency", "timed")
    own = ("paid", "how")
    folds = (("For an insurer: codes and numbers", ("diagnosis", "referrer", "provider", "tax")),)

    def __init__(self, case: Case, data: Any = None, start: dict[str, Any] | None = None) -> None:
        super().__init__(case, data, start)
        self.offered = offered(case)
        for one in self.offered:
            self.fields[f"tick.{one.key}"] = forms.BooleanField(required=False)
            self.fields[f"code.{one.key}"] = _code("")
            self.fields[f"fee.{one.key}"] = _money("")

    def begins(self, case: Case) -> dict[str, Any]:
        nobody = dict.fromkeys(Fields.TO, "")
        return nobody | {"to_name": case.client.name, "timed": True, "currency": "USD"} | _last(case)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """One for each visit, with its three fields."""
        parts = ("tick", "code", "fee")
        return [{"visit": one} | {part: self[f"{part}.{one.key}"] for part in parts} for one in self.offered]

    @property
    def apart(self) -> bool:
        """Whether a visit has a code or a fee of its own, or one that cannot be."""
        return any(one[part].errors or one[part].value() for one in self.rows for part in ("code", "fee"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        chosen = [one for one in self.offered if given.get(f"tick.{one.key}")]
        if not chosen:
            raise forms.ValidationError("Choose at least one visit.")
        for one in chosen:
            if not (given.get(f"code.{one.key}") or given.get("code")):
                self.add_error(f"code.{one.key}", f"Write a code for {day(one.on)}.")
            if given.get(f"fee.{one.key}") is None and given.get("fee") is None:
                self.add_error(f"fee.{one.key}", f"Write a fee for {day(one.on)}.")
        return given


def number(case: Case) -> str:
    """The next number of the clinic's receipts of this year."""
    made = Letter.objects.filter(kind="receipt", on__year=case.today.year).count()
    return f"{case.today.year}-{made + 1:04d}"


def receipt(case: Case, form: PaidFields) -> Receipt:
    """The receipt as it would be kept now."""
    given = form.said
    chosen = [one for one in form.offered[::-1] if given.get(f"tick.{one.key}")]
    paid = given.get("paid")
    return sealed(
        case, Receipt, Recipient(form.to.name), [f"visit, {one.on}, {one.key}" for one in chosen], number=number(case),
        services=tuple(_services(chosen, given)),
        payments=(Payment(case.today, _cents(paid), given.get("how") or ""),) if paid else (),
        currency=str(given.get("currency") or "").upper(),
        diagnosis=tuple(one.strip() for one in (given.get("diagnosis") or "").split(",") if one.strip()),
        referrer=given.get("referrer") or "", provider=given.get("provider") or "", tax=given.get("tax") or "",
    )  # fmt: skip


def _services(chosen: Iterable[Visited], given: dict[str, Any]) -> Iterable[Service]:
    for one in chosen:
        own = given.get(f"fee.{one.key}")
        fee = given.get("fee") if own is None else own
        code = given.get(f"code.{one.key}") or given.get("code") or ""
        yield Service(one.on, code, one.minutes, _cents(fee), timed=bool(given.get("timed")))


def _cents(amount: Any) -> int:
    return round((amount or 0) * 100)
