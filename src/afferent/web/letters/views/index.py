"""All letters of a client, how their requests stand; and finding a request by what is printed on it."""

from __future__ import annotations

import re
import uuid
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from afferent.web.actor import note
from afferent.web.clients.current import look
from afferent.web.clinics.access import allowed
from afferent.web.clinics.clock import today_here
from afferent.web.clinics.knowledge import in_force
from afferent.web.letters import doors
from afferent.web.letters.due import stands
from afferent.web.letters.models import Letter, Sending
from afferent.web.letters.views.of_client import context_of, person_of

_MOST: Final = 100
_NUMBER: Final = re.compile(r"[0-9a-f]{12}")


@require_safe
@allowed("therapist")
def letters(request: HttpRequest, client: uuid.UUID) -> HttpResponse:
    """Every letter of every kind, the latest first, each with how it went out."""
    person = person_of(request, client)
    rows = list(
        Letter.objects.filter(client=person).defer("body").select_related("made_by").order_by("-made_at")[:_MOST]
    )
    note(request, "letters.listed", person, [str(one.pk) for one in rows])
    context = context_of(request, person) | {"letters": rows, "sendings": _sendings(rows)}
    if request.membership.advised:
        knowledge, today = in_force(request.membership.clinic), today_here(request)
        context["stands"] = stands(person, look(person, knowledge, today)[0], knowledge, today)
        context["due"] = {one.letter.pk: one for one in context["stands"].asked}
    return render(request, "letters/letters.html", context)


def _sendings(rows: list[Letter]) -> dict[uuid.UUID, list[Sending]]:
    found: dict[uuid.UUID, list[Sending]] = {}
    for one in Sending.objects.filter(letter__in=rows).select_related("by").order_by("at"):
        found.setdefault(one.letter_id, []).append(one)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("therapist")
def find(request: HttpRequest) -> HttpResponse:
    """A paper came back: which request is it? By the number at its foot, or by its address."""
    if request.method != "POST":
        return render(request, "letters/find.html", {"fault": "", "number": ""})
    number = request.POST.get("number", "")[:400]
    row = _found(number)
    if row is None:
        fault = "No request of this clinic has this number. It stands at the foot of the page, after “Record”."
        return render(request, "letters/find.html", {"fault": fault, "number": number}, status=404)
    return redirect("answer_typed", client=row.client_id, letter=row.pk)


def _found(number: str) -> Letter | None:
    mine = Letter.objects.filter(kind="request").defer("body").order_by("-made_at")
    plain = re.sub(r"[\s.]", "", number.lower())
    if _NUMBER.fullmatch(plain):
        return mine.filter(digest__startswith=plain).first()
    link = doors.find(number).link if doors.is_ours(number) else None
    return mine.filter(pk=link.letter_id).first() if link else None
