"""Who may open a page. Every page of a clinic says so with `allowed`, and a test finds those that say nothing.

A page about somebody that was shown without a word in the audit, such as a form sent back with its faults, is written
there at the end: no look at a client goes unwritten.

Ask here: `allowed("therapist")`, `allowed("desk", "therapist")`, `everybody` (no sign-in needed, said on purpose) and
`one_record` (the screening of a record that is not kept).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, TypeVar

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from afferent.web.actor import note
from afferent.web.audit.chain import noted
from afferent.web.clinics.models import ROLES
from afferent.web.refusals import refusal

View = TypeVar("View", bound=Callable[..., HttpResponse])


def allowed(*roles: str, advised: bool = False) -> Callable[[View], View]:
    """Only for signed-in members with one of these roles (none named: any). `advised`: only with decision support."""

    def around(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            mine = request.membership
            if mine is None:
                return redirect("nowhere")
            if roles and not any(mine.has(role) for role in roles):
                who = " or ".join(ROLES[role].lower() for role in roles)
                return refusal(
                    request, f"This page is for the {who} of the clinic. Ask the owner to change your role", 403
                )
            if advised and not mine.advised:
                return refusal(request, _NOT_ADVISED, 403)
            before = noted()
            response = view(request, *args, **kwargs)
            if noted() == before and response.status_code not in _SHOWS_NOBODY:
                _looked(request, kwargs)
            return response

        inner.allowed = roles or tuple(ROLES)  # type: ignore[attr-defined]
        return inner  # type: ignore[return-value]

    return around


_SHOWS_NOBODY: Final = (302, 404)
_FORMS_OF_THE_BOOK: Final = ("new_visit", "new_series")  # whoever books a visit has not read what the client told


def _looked(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    """Whom the address names was looked at."""
    for kind in ("client", "visit", "series"):
        if kind in kwargs:
            booking = request.resolver_match.url_name in _FORMS_OF_THE_BOOK
            note(request, "book.listed" if booking else f"{kind}.opened", f"{kind}:{kwargs[kind]}")


def everybody(view: View) -> View:
    """A page that needs no sign-in, on purpose."""
    view.allowed = ("everybody",)  # type: ignore[attr-defined]
    return view


def one_record(view: View) -> View:
    """Screening of a record that is not kept: open to all where the server says so, otherwise to advised therapists."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        guarded = view if settings.OPEN else allowed("therapist", advised=True)(view)
        return guarded(request, *args, **kwargs)

    inner.allowed = ("everybody",)  # type: ignore[attr-defined]
    return inner  # type: ignore[return-value]


_NOT_ADVISED = (
    "This clinic keeps records only: nothing is worked out for one client here. The owner can change the mode where "
    "the law allows it"
)
