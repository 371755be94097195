"""The clinic's own page: what the owner sets, and which clinic somebody looks at who works in several."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_http_methods

from afferent.web.actor import note
from afferent.web.clinics.access import allowed
from afferent.web.clinics.forms import Settings
from afferent.web.clinics.meanings import MEANINGS, MODE_MEANINGS
from afferent.web.clinics.middleware import CHOSEN
from afferent.web.clinics.models import LANGUAGES, Clinic, Membership


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("owner")
def clinic(request: HttpRequest) -> HttpResponse:
    """What holds in this clinic, each setting with what it means."""
    mine = Clinic.objects.get(pk=request.membership.clinic_id)
    form = Settings(request.POST or None, instance=mine)
    if request.method == "POST" and form.is_valid():
        if form.has_changed():
            form.save()
            note(request, "clinic.changed", f"clinic:{mine.id}", form.cleaned_data)
        return redirect(reverse("clinic") + "?saved")
    shown = {
        "form": form,
        "meanings": MEANINGS,
        "modes": MODE_MEANINGS,
        "languages": LANGUAGES.items(),
        "upgrade": _address("upgrade"),
        "saved": "saved" in request.GET and not form.is_bound,
    }
    return render(request, "clinics/clinic.html", shown, status=400 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """For who works in several clinics: one at a time."""
    mine = Membership.objects.filter(user=request.user, left_at=None).select_related("clinic").order_by("id")
    if request.method == "POST":
        chosen = next((one for one in mine if str(one.clinic_id) == request.POST.get("clinic")), None)
        if chosen is None:
            raise Http404
        request.session[CHOSEN] = str(chosen.clinic_id)
        request.session.pop("factor", None)
        return redirect("begin")
    return render(request, "clinics/choose.html", {"memberships": mine})


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
