"""Links for the staff: joining a clinic, and setting a new password."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from afferent.web.accounts.models import User
from afferent.web.accounts.signals import written
from afferent.web.audit.chain import note
from afferent.web.clinics import staff
from afferent.web.clinics.access import everybody
from afferent.web.clinics.entering import enter, guarded
from afferent.web.clinics.forms import Join, NewPassword
from afferent.web.clinics.links import claim, opened
from afferent.web.clinics.middleware import CHOSEN
from afferent.web.clinics.models import Invitation
from afferent.web.scope import inside


@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
@everybody
@guarded
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Which clinic, as what; then a name and a password. Whoever has an account signs in with it instead."""
    invitation = opened(token, "join", "password")
    if invitation.kind == "password":
        return _password(request, invitation)
    known = User.objects.filter(email__iexact=invitation.email).first()
    if request.user.is_authenticated and request.user != known:
        return _shown(request, invitation, other=True)
    if known is not None:
        return _known(request, invitation, known)
    form = Join(invitation.email, request.POST or None, initial={"name": invitation.name})
    if request.method != "POST" or not form.is_valid():
        return _shown(request, invitation, form=form)
    return enter(request, _new(invitation, form.cleaned_data))


def _known(request: HttpRequest, invitation: Invitation, user: User) -> HttpResponse:
    """The link alone never opens an account that exists: its owner signs in, then says yes."""
    if request.method != "POST" or request.user != user:
        return _shown(request, invitation, known=True)
    _join(invitation, user)
    request.session[CHOSEN] = str(invitation.clinic_id)
    return redirect("begin")


@transaction.atomic
def _new(invitation: Invitation, given: dict[str, Any]) -> User:
    user = User.objects.create_user(invitation.email, given["password"], name=given["name"])
    _join(invitation, user)
    return user


@transaction.atomic
def _join(invitation: Invitation, user: User) -> None:
    member = staff.join(invitation, user)
    with inside(member.clinic_id):
        note(f"user:{user.pk}", "staff.joined", f"user:{user.pk}", member.role_names)


def _password(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """A new password by an owner's link. All sessions of this person end; a second factor stays, unless said."""
    user = invitation.user
    form = NewPassword(user, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _shown(request, invitation, form=form)
    with transaction.atomic():
        claim(invitation)
        user.set_password(form.cleaned_data["password"])
        user.save(update_fields=["password"])
        if invitation.factors_off:
            Authenticator.objects.filter(user=user).delete()
        written(user, "session.password", {"factors_off": invitation.factors_off})
    return enter(request, user)


def _shown(request: HttpRequest, invitation: Invitation, **more: Any) -> HttpResponse:
    form = more.get("form")
    status = 400 if form is not None and form.is_bound else 200
    return render(request, "clinics/join.html", {"invitation": invitation, **more}, status=status)
