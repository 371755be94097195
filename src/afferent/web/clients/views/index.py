"""The list of clients, search, a new one, and a changed name."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from afferent.page.icons import icon
from afferent.web.actor import note
from afferent.web.book.standing import ahead
from afferent.web.clients.about import about
from afferent.web.clients.current import last
from afferent.web.clients.find import found
from afferent.web.clients.forms import ClientForm
from afferent.web.clients.people import add, change, page, same
from afferent.web.clinics.access import allowed
from afferent.web.clinics.clock import today_here
from afferent.web.clinics.knowledge import in_force


@require_safe
@allowed("desk", "therapist", "owner")
def clients(request: HttpRequest) -> HttpResponse:
    """One page of clients, searched by the beginnings of names. Whoever was looked at today shows how they stand."""
    words, after = request.GET.get("find", "")[:80], request.GET.get("after", "")[:300]
    people, then = page(words, after=after)
    note(request, "clients.listed", "", {"find": words, "shown": [str(one.pk) for one in people]})
    mine, today = request.membership, today_here(request)
    knowledge = in_force(mine.clinic)
    stand = {one.pk: at for one in people if (at := last(one, knowledge, today))} if mine.advised else {}
    first = ahead(stand, people, mine.clinic, today) if mine.advised else {}
    context = {
        "people": [(one, about(one, today), stand.get(one.pk), first.get(one.pk, "")) for one in people],
        "find": words,
        "arrow": icon("open"),
        "after": after,
        "then": then,
    }
    return render(request, "clients/clients.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("desk", "therapist")
def new(request: HttpRequest) -> HttpResponse:
    """A new client. Somebody of the same name, unless born on another day, is named first: not written twice."""
    form = ClientForm(request.POST or None, today=today_here(request))
    known = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        known = same(f"{data['given']} {data['family']}", data["born"])
        if known is None or request.POST.get("another") == "yes":
            with transaction.atomic():
                person = add(**data)
                note(request, "client.made", person, {"name": person.name, "born": str(person.born)})
            return redirect("client", client=person.pk)
        note(request, "clients.listed", "", [str(known.pk)])
    context = {"form": form, "same": known}
    return render(request, "clients/new.html", context, status=400 if form.errors else 409 if known else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("desk", "therapist")
def details(request: HttpRequest, client: uuid.UUID) -> HttpResponse:
    """Name, birth date and contact of a client."""
    person, today = found(client), today_here(request)
    if request.method != "POST":
        note(request, "client.opened", person)
    form = ClientForm(request.POST or None, instance=person, today=today)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            change(person, **form.cleaned_data, stale=True)
            note(request, "client.changed", person, {name: str(value) for name, value in form.cleaned_data.items()})
        return redirect("client", client=person.pk)
    context = {"client": person, "about": about(found(client), today), "tab": "details", "form": form}
    return render(request, "clients/details.html", context, status=400 if form.errors else 200)
