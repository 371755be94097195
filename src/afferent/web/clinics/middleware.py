"""Which clinic a request is about: found once, before any view, and held for the whole request."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from afferent.web.clinics.models import Membership
from afferent.web.scope import inside

CHOSEN = "clinic"  # in the session: the clinic chosen by somebody who works in several

Next = Callable[[HttpRequest], HttpResponse]


class InTheClinic:
    """Sets `request.membership` (None for whoever is not signed in, or belongs nowhere), the scope of queries, and the
    clock of the clinic.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.membership = membership(request)
        if request.membership is None:
            return self.get_response(request)
        clinic = request.membership.clinic
        with inside(clinic.id), timezone.override(clinic.zone):
            return self.get_response(request)


def membership(request: HttpRequest) -> Membership | None:
    """The membership that holds for this request: of the clinic chosen, else the first."""
    if not request.user.is_authenticated:
        return None
    mine = list(Membership.objects.filter(user=request.user, left_at=None).select_related("clinic").order_by("id")[:50])
    chosen = request.session.get(CHOSEN)
    found = next((one for one in mine if str(one.clinic_id) == chosen), mine[0] if mine else None)
    if found is not None:
        found.user = request.user
        found.others = len(mine) - 1
    return found
