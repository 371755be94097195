"""How this clinic sends messages: the owner's page."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from afferent.web.actor import note
from afferent.web.clinics.access import allowed
from afferent.web.clinics.models import Clinic
from afferent.web.post.address import address
from afferent.web.post.doors import has_texts_in, make, withdraw
from afferent.web.post.forms import MannerForm
from afferent.web.post.manners import manner
from afferent.web.post.models import CHANNELS
from afferent.web.post.planning import all_again
from afferent.web.post.samples import samples
from afferent.web.post.senders import offered


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("owner")
def manners(request: HttpRequest) -> HttpResponse:
    """Each setting with what it means; what the messages then say; and the address for texts that come back."""
    do = request.POST.get("do", "") if request.method == "POST" else ""
    if do in ("texts", "no_texts"):
        return _texts(request, do)
    if not do:
        return _page(request, MannerForm(instance=manner()))
    with transaction.atomic():
        list(Clinic.objects.select_for_update().filter(pk=request.membership.clinic_id))  # one after the other
        form = MannerForm(request.POST, instance=manner())
        if not form.is_valid():
            return _page(request, form)
        form.save()
        note(request, "messages.set", "", form.cleaned_data)
        all_again(now=timezone.now())
    return redirect(reverse("manners") + "?saved")


def _texts(request: HttpRequest, do: str) -> HttpResponse:
    if do == "no_texts":
        withdraw("texts", by=request.user, now=timezone.now())
        return redirect("manners")
    _, secret = make("texts", by=request.user, now=timezone.now())
    where = request.build_absolute_uri(reverse("texts_in", args=[secret]))
    return _page(request, MannerForm(instance=manner()), where)


def _page(request: HttpRequest, form: MannerForm, made: str = "") -> HttpResponse:
    ways = offered()
    context = {
        "form": form,
        "saved": "saved" in request.GET and not form.is_bound,
        "ways": [(words, channel in ways) for channel, words in CHANNELS.items()],
        "address": address(),
        "samples": samples(manner(), request.membership.clinic, timezone.now()),
        "made": made,
        "texts_in": has_texts_in(),
    }
    response = render(request, "post/manners.html", context, status=400 if form.errors else 200)
    response["Referrer-Policy"] = "same-origin"
    return response
