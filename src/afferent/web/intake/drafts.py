"""The open draft of a client: every confirmed answer is in it at once, whatever then happens to the phone.

Ask here: `so_far` (what it says; `read_in` without a link) and `save` (one answer, with whatever it makes void, and
whether help is needed now). One open draft per client: a new link goes on where the old one ended.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from afferent.errors import InputError
from afferent.knowledge import load
from afferent.knowledge.model import Consent
from afferent.web.audit.chain import note
from afferent.web.clinics.knowledge import in_force
from afferent.web.clinics.models import Clinic
from afferent.web.consents.about import own_words
from afferent.web.intake.links import name
from afferent.web.intake.marked import LIMB_STEPS, NUMB
from afferent.web.intake.models import Draft, Link
from afferent.web.intake.path import path
from afferent.web.intake.so_far import Saved, SoFar, read, written
from afferent.web.intake.urgent import urgent

# What is asked again when an answer changes: the map of numb places begins from the pictures.
_VOIDS: Final = dict.fromkeys(LIMB_STEPS, (f"layer-{NUMB}", f"map-{NUMB}"))


def so_far(link: Link, draft: Draft | None = None, now: dt.datetime | None = None) -> SoFar:
    """What was answered so far by the client of this link."""
    draft = draft or Draft.objects.filter(client_id=link.client_id, finished_at=None).first()
    return read_in(link.clinic, draft, now or timezone.now())


def read_in(clinic: Clinic, draft: Draft | None, now: dt.datetime) -> SoFar:
    """What a draft says in this clinic."""
    kept, helper = (draft.answers, draft.helper) if draft else ({}, "")
    consents = in_force(clinic).consents
    kept = {step: one for step, one in kept.items() if not _renewed(step, one["given"], consents)}
    return read(
        kept, helper, load(), now, clinic.zone,
        decides=clinic.decides, consents=consents, clinic_words=own_words(clinic),
    )  # fmt: skip


def _renewed(step: str, given: Any, consents: Mapping[str, Consent]) -> bool:
    """Was this agreed to in words that are no longer in force? Then it is asked again."""
    purpose = step.removeprefix("agree-")
    return purpose != step and (purpose not in consents or given["version"] != consents[purpose].version)


class Over(InputError):
    """The link ended between the look at it and the writing."""


@transaction.atomic
def save(link: Link, step: str, given: Any, *, helper: bool) -> SoFar:
    """Keep one confirmed answer, and say what there is now."""
    draft = held(link)
    before = so_far(link, draft)
    answers = dict(before.answers)
    if step in answers and answers[step].given != given:
        for void in _VOIDS.get(step, ()):
            answers.pop(void, None)
    answers[step] = Saved(given, helper, timezone.now())
    draft.answers = written(answers)
    if step == "helper":
        draft.helper = given["lines"][0][:80]
    now = so_far(link, draft)
    draft.alarm = bool(urgent(now, path(now)))
    draft.save()
    note(name(link), "intake.saved", f"draft:{draft.pk}", [step, given, helper])
    return now


def held(link: Link) -> Draft:
    """The open draft, made if there is none, and held until the transaction ends. Raises Over for a link that was used
    or taken back a moment ago: what it still brings would lie about in a draft of nobody."""
    now = Link.objects.select_for_update().get(pk=link.pk)
    if now.used_at is not None or now.withdrawn_at is not None:
        raise Over("These questions were sent, or the link was taken back, a moment ago; nothing more was kept")
    found = Draft.objects.select_for_update().filter(client_id=link.client_id, finished_at=None).first()
    if found is None:
        found = Draft.objects.create(client_id=link.client_id)
        note(name(link), "intake.began", f"draft:{found.pk}")
    return found
