"""The staff: who works here, invitations, roles, licences, and links for a new password."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from afferent.page.qr import qr
from afferent.web.actor import note
from afferent.web.clinics import staff as staff_of
from afferent.web.clinics.access import allowed
from afferent.web.clinics.forms import Invite, Member
from afferent.web.clinics.links import make
from afferent.web.clinics.meanings import ROLE_MEANINGS
from afferent.web.clinics.models import ROLES, Clinic, Invitation, Membership


@require_safe
@allowed("owner")
def staff(request: HttpRequest) -> HttpResponse:
    """Everybody who works here, and links that are still open."""
    clinic = _clinic(request)
    people = list(clinic.staff.select_related("user").order_by("left_at", "user__name", "id"))
    factors = Authenticator.objects.filter(user__in=[one.user_id for one in people]).exclude(type="recovery_codes")
    shown = {
        "people": [one for one in people if one.left_at is None],
        "gone": [one for one in people if one.left_at],
        "safe": set(factors.values_list("user_id", flat=True)),
        "links": _open(clinic).select_related("user", "invited_by").order_by("-made_at"),
    }
    return render(request, "clinics/staff.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("owner")
def invite(request: HttpRequest) -> HttpResponse:
    """Somebody new: a link, shown once."""
    form = Invite(_clinic(request), request.POST or None)
    if request.method != "POST" or not form.is_valid():
        shown = {"form": form, "roles": ROLE_MEANINGS, "ticked": form["roles"].value() or []}
        return render(request, "clinics/invite.html", shown, status=400 if form.is_bound else 200)
    given = form.cleaned_data
    roles = {role: role in given["roles"] for role in ROLES}
    own = {key: given[key] for key in ("name", "email", "licence")}
    token = make("join", clinic=_clinic(request), invited_by=request.user, **own, **roles)
    note(request, "staff.invited", "", {**own, **roles})
    return _link(request, token, given["name"], "invitation")


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("owner")
def member(request: HttpRequest, member: int) -> HttpResponse:
    """What one person may do here."""
    one = _member(request, member)
    started = {"roles": [role for role in ROLES if one.has(role)], "licence": one.licence}
    form = Member(request.POST or None, initial={**started, "checked_on": one.licence_checked_on})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            staff_of.change(one, given["roles"], given["licence"], given["checked_on"])
        except staff_of.NotSo as why:
            form.add_error("roles", f"{why}.")
        else:
            note(request, "staff.changed", f"user:{one.user_id}", {**given, "checked_on": str(given["checked_on"])})
            return redirect("staff")
    return _page(request, one, form=form)


@require_POST
@allowed("owner")
def leave(request: HttpRequest, member: int) -> HttpResponse:
    """End a membership."""
    one = _member(request, member)
    try:
        staff_of.end(one)
    except staff_of.NotSo as why:
        return _page(request, one, fault=f"{why}.")
    note(request, "staff.left", f"user:{one.user_id}")
    return redirect("staff")


@require_POST
@allowed("owner")
def password(request: HttpRequest, member: int) -> HttpResponse:
    """A link with which somebody sets a new password."""
    one = _member(request, member)
    try:
        staff_of.may_reset(one, request.user)
    except staff_of.NotSo as why:
        return _page(request, one, fault=f"{why}.")
    off = "factors_off" in request.POST
    made = {"user": one.user, "name": one.user.name, "email": one.user.email, "factors_off": off}
    token = make("password", clinic=_clinic(request), invited_by=request.user, **made)
    note(request, "staff.password_link", f"user:{one.user_id}", {"factors_off": off})
    return _link(request, token, one.user.name, "link for a new password")


@require_POST
@allowed("owner")
def take_back(request: HttpRequest, digest: str) -> HttpResponse:
    """A link that is still open opens nothing any more."""
    if _open(_clinic(request)).filter(digest=digest).update(revoked_at=timezone.now()):
        note(request, "staff.link_withdrawn", f"link:{digest[:12]}")
    return redirect("staff")


def _clinic(request: HttpRequest) -> Clinic:
    return request.membership.clinic


def _member(request: HttpRequest, number: int) -> Membership:
    """Somebody of this clinic, and of no other."""
    here = Membership.objects.filter(clinic=_clinic(request), left_at=None).select_related("user")
    return get_object_or_404(here, pk=number)


def _open(clinic: Clinic) -> QuerySet[Invitation]:
    return Invitation.objects.filter(clinic=clinic, used_at=None, revoked_at=None, ends_at__gt=timezone.now())


def _page(request: HttpRequest, one: Membership, form: Member | None = None, fault: str = "") -> HttpResponse:
    if form is None:
        started = {"roles": [role for role in ROLES if one.has(role)], "licence": one.licence}
        form = Member(initial={**started, "checked_on": one.licence_checked_on})
    shown = {"one": one, "form": form, "fault": fault, "roles": ROLE_MEANINGS, "ticked": form["roles"].value() or []}
    return render(request, "clinics/member.html", shown, status=400 if fault or form.errors else 200)


def _link(request: HttpRequest, token: str, name: str, what: str) -> HttpResponse:
    """The link, this once: nobody can show it again."""
    address = request.build_absolute_uri(reverse("join", args=[token]))
    code = qr(address, f"The same link as a code, for {name}")
    shown = {"address": address, "name": name, "what": what, "code": code}
    return render(request, "clinics/link.html", shown)
