"""Ask the physician: the client's yes first, then what the page would say, then whom it goes to."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from afferent.errors import AfferentError
from afferent.web.actor import note
from afferent.web.clients.models import Client
from afferent.web.clinics.access import allowed
from afferent.web.clinics.clock import today_here
from afferent.web.clinics.knowledge import in_force
from afferent.web.letters.doors import days
from afferent.web.letters.fields import sheet
from afferent.web.letters.forms import ToForm
from afferent.web.letters.making import NotMade, composed, last_to, make
from afferent.web.letters.sharing import consent_to_share
from afferent.web.letters.views.of_client import context_of, here_only, person_of
from afferent.web.letters.words import lines_of
from afferent.web.post.address import address


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("therapist", advised=True)
def ask(request: HttpRequest, client: uuid.UUID) -> HttpResponse:
    """The request as it would be made; POST makes it, once."""
    person = person_of(request, client)
    if request.method != "POST":
        note(request, "client.opened", person)
        return _page(request, person, None)
    form, key = ToForm(request.POST), _key(request)
    if not form.is_valid() or key is None:
        return _page(request, person, form, status=400)
    try:
        letter = make(person, request.membership, form.to, today_here(request), _address(request), key)
    except AfferentError as why:
        return _page(request, person, form, f"{str(why).rstrip('.')}.", status=409)
    return redirect("letter", client=person.pk, letter=letter.pk)


def _page(
    request: HttpRequest, person: Client, form: ToForm | None, fault: str = "", status: int = 200
) -> HttpResponse:
    today, last = today_here(request), last_to(person)
    context = context_of(request, person) | {"fault": fault, "days": days(), "key": uuid.uuid4()}
    context["consent"] = consent_to_share(person, today)
    try:
        value = composed(person, request.membership, last, today)
        context |= {"asked": value, "lines": lines_of(value), "sheet": sheet(value, in_force(person.clinic))}
    except NotMade as why:
        context["nothing"] = f"{why}."
    named = {name: getattr(last, name) for name in ToForm.base_fields}
    context |= {"form": form or ToForm(initial=named), "here_only": not address() and here_only(request)}
    return render(request, "letters/request.html", context, status=status)


def _address(request: HttpRequest) -> Callable[[str], str]:
    """The address of a secret: of this server as clients reach it, else as the therapist does."""

    def of(secret: str) -> str:
        path = reverse("answer_request", args=[secret])
        return f"{address()}{path}" if address() else request.build_absolute_uri(path)

    return of


def _key(request: HttpRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return None
