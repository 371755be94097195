"""What whoever claimed a profile says of themselves. What was checked is shown and cannot be changed here."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from afferent.directory.change import Change
from afferent.directory.model import Therapist
from afferent.directory.store import Directory
from afferent.errors import InputError
from afferent.web.clinics.access import everybody
from afferent.web.directory import proof
from afferent.web.directory.entries import keep
from afferent.web.directory.holding import closed, opened_for
from afferent.web.directory.opened import with_directory
from afferent.web.directory.saying import Saying
from afferent.web.directory.views.profile import found
from afferent.web.post.senders import sender


def by_its_holder(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only in the browser in which control was proven, within the hour; otherwise to the page that proves it."""

    @wraps(view)
    def inner(request: HttpRequest, directory: Directory, who: str, **kwargs: Any) -> HttpResponse:
        one = found(directory, who)
        if not opened_for(request, one.id):
            return redirect("claim", who=who)
        return view(request, directory, one, who, **kwargs)

    return everybody(with_directory(inner))


@require_http_methods(["GET", "HEAD", "POST"])
@by_its_holder
def own(request: HttpRequest, directory: Directory, one: Therapist, who: str) -> HttpResponse:
    """The form of everything that may be said."""
    form = Saying(one, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if (change := form.change()) != Change():
            keep(directory, one.id, "said", change)
        return redirect("own_profile", who=who)
    return _page(request, one, who, form)


@require_POST
@by_its_holder
def email(request: HttpRequest, directory: Directory, one: Therapist, who: str) -> HttpResponse:
    """Another address for later codes: it is used once the code that goes there has come back."""
    form = Saying(one)
    try:
        made = proof.make(directory, one, "email", request.get_host(), email=form.email(request.POST.get("email", "")))
    except InputError as why:
        return _page(request, one, who, form, email_fault=f"{why}.")
    return redirect("claim_code", who=who, claim=made.pk)


@require_POST
@by_its_holder
def close(request: HttpRequest, directory: Directory, one: Therapist, who: str) -> HttpResponse:
    """Done with it in this browser."""
    response = redirect("find_profile", who=who)
    closed(response)
    return response


def _page(request: HttpRequest, one: Therapist, who: str, form: Saying, email_fault: str = "") -> HttpResponse:
    held = proof.holder(one.id)
    told = {
        "one": one, "who": who, "form": form, "email_fault": email_fault, "held": held,
        "mail": sender("email") is not None,
    }  # fmt: skip
    return render(request, "directory/own.html", told, status=400 if form.errors or email_fault else 200)
