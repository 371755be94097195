"""One letter: its two PDFs, how it went out, and, of a request, its link and its answers. Nothing of it is changed."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from afferent.page.qr import qr
from afferent.records.letters.request import Request
from afferent.web.actor import actor, note
from afferent.web.clients.models import Client
from afferent.web.clinics.access import allowed
from afferent.web.clinics.clock import today_here
from afferent.web.clinics.knowledge import in_force
from afferent.web.documents.models import Document
from afferent.web.documents.served import served
from afferent.web.letters import doors
from afferent.web.letters.fields import sheet
from afferent.web.letters.forms import SentForm
from afferent.web.letters.keeping import found, value
from afferent.web.letters.keeping import sent as write_sent
from afferent.web.letters.mailing import mail, may
from afferent.web.letters.models import HOW, Letter, Sending
from afferent.web.letters.sharing import consent_to_share
from afferent.web.letters.unverified import standing
from afferent.web.letters.views.of_client import context_of, here_only, person_of
from afferent.web.letters.words import lines_of
from afferent.web.post.address import address
from afferent.web.refusals import refusal


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("therapist")
def letter(request: HttpRequest, client: uuid.UUID, letter: uuid.UUID) -> HttpResponse:
    """The letter. POST takes its link back, or e-mails it."""
    person = person_of(request, client)
    row = found(person, letter)
    if request.method == "POST":
        match request.POST.get("do"):
            case "withdraw":
                doors.withdraw(person.pk, row, actor(request))
            case "email":
                if why := _no_mail(request, person, row):
                    return _page(request, person, row, fault=why, status=409)
                mail(row, request.user)
            case _:
                return refusal(request, "That button is not known here. Load the page again", 400)
        return redirect("letter", client=person.pk, letter=row.pk)
    note(request, "letter.opened", row)
    return _page(request, person, row)


@require_POST
@allowed("therapist")
def sent(request: HttpRequest, client: uuid.UUID, letter: uuid.UUID) -> HttpResponse:
    """How it went out: one more entry. The consent is looked at again, for anything that leaves for the care team."""
    person = person_of(request, client)
    row = found(person, letter)
    form = SentForm(request.POST)
    if not form.is_valid():
        return _page(request, person, row, sending=form, status=400)
    if row.consent_id and consent_to_share(person, today_here(request)) is None:
        return _page(request, person, row, sending=form, fault=_NOT_AGREED, status=409)
    write_sent(row, form.cleaned_data["how"], form.cleaned_data["to"], request.user)
    return redirect("letter", client=person.pk, letter=row.pk)


_NOT_AGREED = "The consent to share does not stand any more. Do not send it; ask first."


@require_safe
@allowed("therapist")
def pdf(request: HttpRequest, client: uuid.UUID, letter: uuid.UUID, paper: str) -> HttpResponse:
    """The page as it was made, A4 or US Letter."""
    row = found(person_of(request, client), letter)
    document = _document(row, paper)
    note(request, "document.opened", document, {"letter": row.digest})
    return served(bytes(document.body), document.media_type, f"{row.kind}-{row.on}-{paper}")


def _document(row: Letter, paper: str) -> Document:
    names = {"a4": row.a4_id, "letter": row.us_letter_id}
    if paper not in names:
        raise Http404
    return Document.objects.get(pk=names[paper])


def _no_mail(request: HttpRequest, person: Client, row: Letter) -> str:
    if consent_to_share(person, today_here(request)) is None:
        return _NOT_AGREED
    return may(row, doors.of_letter(row))


def _page(
    request: HttpRequest, person: Client, row: Letter, *, sending: SentForm | None = None, fault: str = "",
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    context = context_of(request, person) | {
        "letter": row,
        "sendings": list(Sending.objects.filter(letter=row).select_related("by", "message").order_by("at")),
        "form": sending or SentForm(initial={"to": row.to_whom}),
        "ways": [(name, words) for name, words in HOW.items() if name != "emailed"],
        "fault": fault,
        "consent_stands": consent_to_share(person, today_here(request)) is not None,
    }
    if row.kind == "request":
        context |= _of_request(request, person, row)
    response = render(request, "letters/letter.html", context, status=status)
    response["Referrer-Policy"] = "same-origin"
    return response


def _of_request(request: HttpRequest, person: Client, row: Letter) -> dict[str, Any]:
    one: Request = value(row)
    link = doors.of_letter(row)
    told: dict[str, Any] = {
        "lines": lines_of(one),
        "sheet": sheet(one, in_force(person.clinic)),
        "link": link,
        "link_stands": doors.standing(link) if link else "unknown",
        "answers": list(standing().filter(letter=row).select_related("by").order_by("-at")),
        "no_mail": may(row, link),
        "here_only": not address() and here_only(request),
    }
    if link and told["link_stands"] == "good":
        path = reverse("answer_request", args=[doors.secret(link.name)])
        where = f"{address()}{path}" if address() else request.build_absolute_uri(path)
        told |= {"address": where, "qr": qr(where, "The link as a code for a phone")}
    return told
