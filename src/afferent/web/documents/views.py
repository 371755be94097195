"""The pictures of a client: a list, one more, one of them large, and its file. For therapists only."""

from __future__ import annotations

import uuid
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from afferent.web.actor import actor, note
from afferent.web.clients.about import about
from afferent.web.clients.find import found as client_found
from afferent.web.clients.models import Client
from afferent.web.clinics.access import allowed
from afferent.web.clinics.clock import today_here
from afferent.web.documents.forms import PictureForm
from afferent.web.documents.keeping import found, keep, may_add, pictures
from afferent.web.documents.sealing import is_sealed, seal
from afferent.web.documents.served import served

AT_ONCE: Final = 24
_NOT_AGREED: Final = "No picture can be added: photos are not agreed."


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("therapist")
def documents(request: HttpRequest, client: uuid.UUID) -> HttpResponse:
    """The pictures so far, and the form for one more while the client's yes to photos holds."""
    person = client_found(client)
    if request.method != "POST":
        return _page(request, person)
    if not may_add(person, today_here(request)):
        return _page(request, person, {"refused": f"{_NOT_AGREED} Nothing was kept."}, status=409)
    form = PictureForm(request.POST, request.FILES, length=request.META.get("CONTENT_LENGTH") or "")
    if not form.is_valid():
        return _page(request, person, {"form": form}, status=400)
    title, picture = form.cleaned_data["title"], form.cleaned_data["picture"]
    kept, new = keep(person, title, picture, by=request.user, actor=actor(request))
    return _page(request, person, {"kept": kept, "new": new})


def _page(request: HttpRequest, person: Client, more: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    today, sheets = today_here(request), Paginator(pictures(person), AT_ONCE)
    sheet = sheets.get_page(request.GET.get("sheet"))
    for one in sheet.object_list:
        one.seal = seal(one, request.user.pk) if one.width else ""
    note(request, "client.opened", person, [str(one.pk) for one in sheet.object_list])
    context = {
        "client": person,
        "about": about(person, today),
        "tab": "documents",
        "sheet": sheet,
        "may_add": may_add(person, today),
        "form": PictureForm(),
    }
    return render(request, "documents/documents.html", context | (more or {}), status=status)


@require_safe
@allowed("therapist")
def picture(request: HttpRequest, client: uuid.UUID, document: uuid.UUID) -> HttpResponse:
    """One picture, large, on a page. It is fetched from its own path, which writes it into the audit."""
    person = client_found(client)
    one = found(person, document)
    context = {"client": person, "about": about(person, today_here(request)), "tab": "documents", "one": one}
    return render(request, "documents/picture.html", context)


@require_safe
@allowed("therapist")
def document(request: HttpRequest, client: uuid.UUID, document: uuid.UUID) -> HttpResponse:
    """The file itself."""
    one = found(client_found(client), document)
    note(request, "document.opened", one, {"picture": one.digest})
    return served(bytes(one.body), one.media_type, f"picture-{one.at:%Y-%m-%d}")


@require_safe
@allowed("therapist")
def preview(request: HttpRequest, client: uuid.UUID, document: uuid.UUID, sealed: str) -> HttpResponse:
    """A small picture for the list, only by an address that a list gave to this person."""
    one = found(client_found(client), document)
    if one.preview is None or not is_sealed(one, request.user.pk, sealed):
        raise Http404
    return served(bytes(one.preview), "image/jpeg", "preview")
