"""What the staff of the directory does: prints letters with codes, and writes down what was checked, when and how.

Open to owners of a clinic on this server. Everybody who reads a profile sees whose clinic checked it.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from afferent.directory.change import Change
from afferent.directory.model import Known, Therapist
from afferent.directory.published import published
from afferent.directory.store import Directory
from afferent.errors import InputError
from afferent.records.nppes.number import sound
from afferent.web.actor import note
from afferent.web.clinics.access import allowed
from afferent.web.directory import proof, shown
from afferent.web.directory.checking import Checking
from afferent.web.directory.entries import keep
from afferent.web.directory.models import Claim, Entry, Holder
from afferent.web.directory.naming import address, id_of
from afferent.web.directory.opened import with_directory
from afferent.web.directory.views.profile import found

_LATELY = 30


@require_safe
@allowed("owner")
@with_directory
def directory_staff(request: HttpRequest, directory: Directory) -> HttpResponse:
    """Letters that wait, and profiles in which something was said lately."""
    letters = [
        (claim, known[0]) for claim in Claim.objects.filter(way="letter").order_by("made_at")
        if proof.stands(claim) and (known := directory.get(claim.therapist))
    ]  # fmt: skip
    said = Entry.objects.filter(kind="said").order_by("-pk").values_list("therapist", "at")[:200]
    lately: dict[str, Any] = {}
    for id, at in said:
        known = directory.get(id)
        if id not in lately and known is not None and len(lately) < _LATELY:
            lately[id] = {"one": known[0], "address": address(id), "at": at}
    told = {"letters": letters, "lately": lately.values(), "count": directory.count()}
    return render(request, "directory/staff.html", told)


@require_POST
@allowed("owner")
@with_directory
def open_profile(request: HttpRequest, directory: Directory) -> HttpResponse:
    """To the profile of a provider number, or of the address of its page."""
    text = request.POST.get("which", "").strip()[:300].rstrip("/").rpartition("/")[2]
    who = f"npi-{text}" if sound(text) else text
    if not id_of(who) or directory.get(id_of(who)) is None:
        told = {
            "fault": "Nobody is listed under this number or address. Look at it once more.",
            "count": directory.count(),
        }
        return render(request, "directory/staff.html", told, status=400)
    return redirect("directory_check", who=who)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("owner")
@with_directory
def check(request: HttpRequest, directory: Directory, who: str) -> HttpResponse:
    """What was said, to be marked as checked; and a licence as the board shows it."""
    one = found(directory, who, left_out=True)
    form = Checking(one, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        mine = request.membership
        change = form.change(mine.clinic.name)
        try:
            keep(directory, one.id, "checked", change, by=request.user, clinic=mine.clinic)
        except InputError as why:
            form.add_error(None, f"{why}.")
        else:
            note(
                request,
                "directory.checked",
                f"therapist:{one.id}",
                form.cleaned_data | {"on": str(form.cleaned_data["on"])},
            )
            return redirect("directory_check", who=who)
    told = {
        "one": one, "who": who, "form": form, "licences": shown.licences(one), "held": proof.holder(one.id),
        "seen": form.initial["seen"], "left_out": directory.is_left_out(one.id),
        "states": published().jurisdictions, "entries": Entry.objects.filter(therapist=one.id).order_by("-pk")[:20],
    }  # fmt: skip
    return render(request, "directory/check.html", told, status=400 if form.errors else 200)


@require_POST
@allowed("owner")
@with_directory
def end(request: HttpRequest, directory: Directory, who: str) -> HttpResponse:
    """The claim ends, and its badge: whoever held it changes nothing more. What was said stays, as self-declared, or is
    taken back where it was somebody else."""
    one = found(directory, who)
    now = timezone.now()
    if Holder.objects.filter(therapist=one.id, ended_at=None).update(ended_at=now, email=""):
        Claim.objects.filter(therapist=one.id, ended_at=None).update(ended_at=now)
        taken: dict[str, Known | None] = dict.fromkeys(_said(one)) if "take_back" in request.POST else {}
        ended = Change(said=taken, claimed=False, street="", badge=None)
        keep(directory, one.id, "ended", ended, by=request.user, clinic=request.membership.clinic)
        note(request, "directory.ended", f"therapist:{one.id}", {"taken_back": sorted(taken)})
    return redirect("directory_check", who=who)


@require_POST
@allowed("owner")
@with_directory
def leave_out(request: HttpRequest, directory: Directory, who: str) -> HttpResponse:
    """Somebody wishes not to be listed, or to be again. It outlasts a later load of the register."""
    one, out = found(directory, who, left_out=True), "back" not in request.POST
    if directory.is_left_out(one.id) != out:
        kind = "left_out" if out else "back"
        clinic = request.membership.clinic
        keep(directory, one.id, kind, Change(left_out=out), by=request.user, clinic=clinic)
        note(request, f"directory.{kind}", f"therapist:{one.id}")
    return redirect("directory_check", who=who)


def _said(one: Therapist) -> set[str]:
    """Facts that stand as whoever claimed the profile said them."""
    changes = Entry.objects.filter(therapist=one.id, kind="said").values_list("change", flat=True)
    names = {name for change in changes for name in change.get("said", ())}
    return {name for name in names if one.fact(name).standing == "declared"}


@require_POST
@allowed("owner")
@with_directory
def letter(request: HttpRequest, directory: Directory, claim: UUID) -> HttpResponse:
    """The sheet with the code, this once. Printing it again makes another code."""
    made = Claim.objects.filter(pk=claim, way="letter").first()
    known = directory.get(made.therapist) if made else None
    if made is None or known is None or not known[0].spots or not proof.stands(made):
        raise Http404
    code = proof.printed(made, request.user)
    note(request, "directory.letter", f"claim:{made.pk.hex[:12]}")
    made.refresh_from_db()
    one = known[0]
    told = {
        "one": one, "street": directory.street(one.id), "spot": one.spots[0], "code": code, "until": made.ends_at,
        "page": request.build_absolute_uri(reverse("claim_code", args=[address(one.id), made.pk])),
    }  # fmt: skip
    return render(request, "directory/letter.html", told)
