"""The first start: one address, once, makes the clinic and its owner."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from afferent.web.accounts.models import User
from afferent.web.audit.chain import note
from afferent.web.clinics.access import everybody
from afferent.web.clinics.entering import enter, guarded
from afferent.web.clinics.forms import First
from afferent.web.clinics.links import Shut, claim, opened
from afferent.web.clinics.meanings import MODE_MEANINGS
from afferent.web.clinics.models import Clinic, Invitation, Membership
from afferent.web.scope import inside

THERE_IS_ONE = "This server has its clinic already. Sign in, or ask its owner for an invitation"


@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
@everybody
@guarded
def first(request: HttpRequest, code: str) -> HttpResponse:
    """Asks what the clinic is called and whose it is."""
    invitation = opened(code, "first")
    if Clinic.objects.exists():
        raise Shut(THERE_IS_ONE)
    form = First(request.POST or None, initial={"languages": ["en"]})
    if request.method != "POST" or not form.is_valid():
        shown = {"form": form, "modes": MODE_MEANINGS}
        return render(request, "clinics/first.html", shown, status=400 if form.is_bound else 200)
    return enter(request, _made(invitation, form.cleaned_data).user)


@transaction.atomic
def _made(invitation: Invitation, given: dict[str, Any]) -> Membership:
    """The clinic and its owner, both or neither."""
    claim(invitation)
    if Clinic.objects.exists():
        raise Shut(THERE_IS_ONE)
    own = {key: given[key] for key in ("time_zone", "languages", "mode")}
    clinic = Clinic.objects.create(name=given["clinic"], **own)
    user = User.objects.create_user(given["email"], given["password"], name=given["name"])
    alone = given["treats"]
    member = Membership.objects.create(clinic=clinic, user=user, owner=True, desk=alone, therapist=alone)
    with inside(clinic.id):
        note(f"user:{user.pk}", "clinic.made", f"clinic:{clinic.id}", {"name": clinic.name, **own})
        note(f"user:{user.pk}", "staff.joined", f"user:{user.pk}", member.role_names)
    return member
