"""The head of the clinic's letters: address, numbers, licences, logo. For the owner."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from afferent.web.actor import note
from afferent.web.clinics.access import allowed
from afferent.web.letters.forms import HeadForm
from afferent.web.letters.keeping import head as head_of
from afferent.web.letters.models import Head


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("owner")
def head(request: HttpRequest) -> HttpResponse:
    """What stands there, to be changed. Letters that are made keep what stood there then."""
    row = head_of()
    if request.method != "POST":
        named = [name for name in HeadForm.base_fields if "logo" not in name]
        return _page(request, row, HeadForm(initial={name: getattr(row, name) for name in named}))
    form = HeadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, row, form, 400)
    form.into(row)
    row.save()
    note(request, "letters.head", request.membership.clinic)
    return redirect("letter_head")


def _page(request: HttpRequest, row: Head, form: HeadForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "has_logo": bool(row.logo)}
    return render(request, "letters/head.html", context, status=status)
