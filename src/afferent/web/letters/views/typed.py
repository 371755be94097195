"""An answer that came on paper or by telephone, typed in by a therapist, with a picture of the paper."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from afferent.errors import InputError
from afferent.web.actor import actor, note
from afferent.web.book.booking import NotBooked
from afferent.web.book.read import a_key
from afferent.web.clients.models import Client
from afferent.web.clinics.access import allowed
from afferent.web.clinics.clock import today_here
from afferent.web.clinics.knowledge import in_force
from afferent.web.documents.keeping import keep as keep_picture
from afferent.web.documents.models import Document
from afferent.web.documents.pictures import clean_picture
from afferent.web.letters.answer_form import read
from afferent.web.letters.arriving import arrive
from afferent.web.letters.fields import sheet
from afferent.web.letters.keeping import found, value
from afferent.web.letters.models import Letter
from afferent.web.letters.views.of_client import context_of, person_of
from afferent.words.consents import long_day


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("therapist")
def typed(request: HttpRequest, client: uuid.UUID, letter: uuid.UUID) -> HttpResponse:
    """The boxes as they stand on the paper. It is as unverified as any other until somebody has called."""
    person = person_of(request, client)
    row = found(person, letter, "request")
    if request.method != "POST":
        note(request, "letter.opened", row)
        return _page(request, person, row)
    given = {name: tuple(texts) for name, texts in request.POST.lists()}
    route = "phone" if request.POST.get("route") == "phone" else "paper"
    sent = read(given, value(row), today_here(request), route)  # type: ignore[arg-type]
    faults = dict(sent.faults)
    try:
        with transaction.atomic():
            scan = _scan(request, person, row)
            if sent.answer is not None:
                made = arrive(
                    row, sent.answer, actor=actor(request), by=request.user, scan=scan, key=a_key(request.POST)
                )
                return redirect("answer", client=person.pk, answer=made.pk)
            transaction.set_rollback(True)
    except (InputError, NotBooked) as why:
        faults["scan"] = f"{str(why).rstrip('.')}."
    return _page(request, person, row, given, faults, 400)


def _scan(request: HttpRequest, person: Client, row: Letter) -> Document | None:
    """The picture of the paper. It is a letter, not a photo of somebody: the yes to photos is not asked for."""
    sent = request.FILES.get("scan")
    if sent is None:
        return None
    title = f"Answer on paper to the request of {long_day(row.on)}"
    kept, _ = keep_picture(person, title, clean_picture(sent.read()), by=request.user, actor=actor(request))
    return kept


def _page(
    request: HttpRequest, person: Client, row: Letter, given: dict[str, tuple[str, ...]] | None = None,
    faults: dict[str, str] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    one, sent = value(row), dict(given or {})
    sent.setdefault("name", (one.to.name,))
    sent.setdefault("role", (one.to.role,))
    context = context_of(request, person) | {
        "letter": row,
        "asked": one,
        "sheet": sheet(one, in_force(person.clinic), sent, faults),
        "today": today_here(request),
        "on_paper": True,
        "key": uuid.uuid4(),
    }
    return render(request, "letters/typed.html", context, status=status)
