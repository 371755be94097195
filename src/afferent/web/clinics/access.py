"""Who may open a page. Every page of a clinic says so with `allowed`, and a test finds those that say nothing.

Ask here: `allowed("therapist")`, `allowed("desk", "therapist")`, `everybody` (no sign-in needed, said on purpose) and
`one_record` (the screening of a record that is not kept).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

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
            return view(request, *args, **kwargs)

        inner.allowed = roles or tuple(ROLES)  # type: ignore[attr-defined]
        return inner  # type: ignore[return-value]

    return around


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
