"""One letter: chosen and added to, looked at as a page and as a PDF, kept. Without the client's yes there is no page.

What is kept is exactly what was read: where a visit or a score came meanwhile, or words were changed after the last
look, the page is shown once more.
"""

from __future__ import annotations

import uuid
from typing import Any, Final

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from afferent.errors import InputError
from afferent.records.letters.pdf import pdf
from afferent.web.actor import note
from afferent.web.book.models import Visit
from afferent.web.careteam.case import Case, case_of
from afferent.web.careteam.fields import Fields
from afferent.web.careteam.finding import of_visit
from afferent.web.careteam.kinds import KINDS, Kind, refused
from afferent.web.careteam.shown import sheets
from afferent.web.clients.about import about
from afferent.web.clients.models import Client
from afferent.web.clinics.access import allowed
from afferent.web.clinics.models import Clinic
from afferent.web.documents.served import served
from afferent.web.letters.keeping import keep
from afferent.web.letters.models import Letter
from afferent.web.letters.sharing import consent_to_share

_PAPERS: Final = ("a4", "letter")
_CHANGED: Final = "The page has changed since you read it: a word, a visit, a score. Read it once more, then keep it."


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("therapist")
def write(request: HttpRequest, client: uuid.UUID, kind: str) -> HttpResponse:
    """A letter of this kind about this client."""
    return _written(request, case_of(request, client), kind)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("therapist")
def finding(request: HttpRequest, visit: uuid.UUID) -> HttpResponse:
    """The urgent finding, from a look at the skin or an incident: what was seen in this visit is chosen already."""
    one = get_object_or_404(Visit, pk=visit)
    case = case_of(request, one.client_id)
    return _written(request, case, "urgent", of_visit(case, one.pk.hex))


def _written(request: HttpRequest, case: Case, name: str, start: dict[str, Any] | None = None) -> HttpResponse:
    kind = KINDS.get(name)
    if kind is None:
        raise Http404
    note(request, "client.opened", case.client)
    consent = consent_to_share(case.client, case.today) if kind.shared else None
    why = refused(name, case) if consent or not kind.shared else ""
    if (kind.shared and consent is None) or why:
        return _not_yet(request, case, name, kind, why)
    form = kind.fields(case, request.POST if request.method == "POST" else None, start)
    do = request.POST.get("do", "") if form.is_bound else ""
    if do in _PAPERS:
        return _as_pdf(case, name, kind, form, do)
    if do == "keep":
        return _kept(request, case, name, kind, form)
    return _page(request, case, name, kind, form, status=400 if form.errors else 200)


def _not_yet(request: HttpRequest, case: Case, name: str, kind: Kind, why: str = "") -> HttpResponse:
    """Nothing is composed. `why`: otherwise it is the client's yes that is missing."""
    shown = _shown(case, name, kind) | {"why": why}
    return render(request, "careteam/not_yet.html", shown, status=409 if request.method == "POST" else 200)


@transaction.atomic
def _kept(request: HttpRequest, case: Case, name: str, kind: Kind, form: Fields) -> HttpResponse:
    if not form.is_valid():
        return _page(request, case, name, kind, form, status=400)
    list(Clinic.objects.select_for_update(no_key=True).filter(pk=case.member.clinic_id))  # receipts are numbered
    Client.objects.select_for_update(no_key=True).get(pk=case.client.pk)
    key = _key(request, case)
    row = Letter.objects.filter(client=case.client, pk=key).first()
    if row is None:
        consent = consent_to_share(case.client, case.today) if kind.shared else None
        if kind.shared and consent is None:  # taken back while the page was open
            return _not_yet(request, case, name, kind)
        letter = kind.compose(case, form)
        if letter.made.digest != request.POST.get("seen", ""):
            return _page(request, case, name, kind, form, fault=_CHANGED, status=409)
        try:
            row = keep(letter, case.client, request.user, consent, email=form.said.get("to_email") or "", key=key)
        except InputError as why:
            return _page(
                request, case, name, kind, form, fault=f"{str(why).rstrip('.')}. Nothing was kept.", status=400
            )
    return redirect("letter", client=case.client.pk, letter=row.pk)


def _key(request: HttpRequest, case: Case) -> uuid.UUID:
    """Of the form: sent twice it is kept once."""
    try:
        return uuid.uuid5(case.client.pk, uuid.UUID(request.POST.get("key", "")).hex)
    except ValueError:
        return uuid.uuid4()


def _as_pdf(case: Case, name: str, kind: Kind, form: Fields, paper: Any) -> HttpResponse:
    """As it would be kept now; nothing is."""
    return served(pdf(kind.compose(case, form), paper), "application/pdf", f"draft-{name}-{case.today:%Y-%m-%d}")


def _page(
    request: HttpRequest, case: Case, name: str, kind: Kind, form: Fields, fault: str = "", status: int = 200
) -> HttpResponse:
    letter = kind.compose(case, form)
    shown = _shown(case, name, kind) | {
        "form": form,
        "first": [form[one] for one in getattr(form, "first", ())],
        "own": [form[one] for one in form.own],
        "to": [form[one] for one in form.TO] if kind.shared else [form["to_name"]],
        "rows": getattr(form, "rows", ()),
        "sheets": sheets(letter),
        "seen": letter.made.digest,
        "key": request.POST.get("key") or uuid.uuid4(),
        "fault": fault,
        "looked": form.is_bound,
    }
    return render(request, "careteam/write.html", shown, status=status)


def _shown(case: Case, name: str, kind: Kind) -> dict[str, Any]:
    return {
        "client": case.client, "about": about(case.client, case.today), "tab": "letters", "kind": kind, "name": name,
    }  # fmt: skip
