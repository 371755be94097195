"""What a programme of massage is counted by, and the keys of what leaves the clinic without names.

Offer        massage was offered to a client on a day: accepted, or declined and why; another one of the same day
             replaces it, and both stay legible
Reckoned     the totals of one visit's own events, worked out once: never a source, made again when an event arrives
Judged       the verdict of one trial, worked out once: made again when anything of it is new
Study        a purpose for which numbers leave the clinic
Participant  what one client is called in one study, and by how many days their dates are moved: drawn, not derived
"""

from __future__ import annotations

import uuid
from typing import Final

from django.conf import settings
from django.db import models
from django.utils import timezone

from afferent.web.scope import AppendOnly, Scoped

ANSWERS: Final = {"accepted": "Accepted", "declined": "Declined", "taken_back": "Taken back"}


class Offer(AppendOnly):
    """`reason`: why it was declined, a word of `declined.toml`; `words`: what the client said, in few words."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey("clients.Client", on_delete=models.PROTECT, related_name="offers")
    on = models.DateField()
    answer = models.CharField(max_length=10, choices=list(ANSWERS.items()))
    reason = models.CharField(max_length=20, blank=True)
    words = models.CharField(max_length=160, blank=True)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="later")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(AppendOnly.Meta):
        indexes = [
            models.Index(fields=["clinic", "on"], name="offers_by_day"),
            models.Index(fields=["clinic", "client", "on"], name="offers_of_client"),
        ]


class Reckoned(Scoped):
    """`upto`: the last event it knows of. Seconds with hands on, in all and where feeling is no guide; `level`: the
    firmest, None where no hand was on; `open_end`: nobody noted the end. `found`: what was seen on the skin and had not
    been felt."""

    session = models.OneToOneField("live.Session", primary_key=True, on_delete=models.CASCADE, related_name="reckoned")
    client = models.ForeignKey("clients.Client", on_delete=models.CASCADE, related_name="+")
    upto = models.PositiveIntegerField()
    seconds = models.FloatField()
    near = models.FloatField()
    level = models.PositiveSmallIntegerField(null=True)
    stops = models.PositiveSmallIntegerField()
    found = models.PositiveSmallIntegerField()
    open_end = models.BooleanField()


class Judged(Scoped):
    """`basis`: what there was when it was judged. `verdict` empty: nothing to judge by. `points`, `sd`: the change and
    how far it may be off, None where there are too few days."""

    trial = models.OneToOneField("outcomes.Trial", primary_key=True, on_delete=models.CASCADE, related_name="judged")
    client = models.ForeignKey("clients.Client", on_delete=models.CASCADE, related_name="+")
    basis = models.CharField(max_length=80)
    measure = models.CharField(max_length=60)
    scale = models.CharField(max_length=200)
    drawn = models.BooleanField()
    verdict = models.CharField(max_length=14, blank=True)
    points = models.FloatField(null=True)
    sd = models.FloatField(null=True)


class Study(Scoped):
    """What it is for, in the clinic's words."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=80)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta(Scoped.Meta):
        constraints = [models.UniqueConstraint(fields=["clinic", "name"], name="studies_by_name")]


class Participant(Scoped):
    """`shift`: days, the same in every study, so that no average of several files leads back."""

    id = models.BigAutoField(primary_key=True)
    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="participants")
    client = models.ForeignKey("clients.Client", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12)
    shift = models.SmallIntegerField()

    class Meta(Scoped.Meta):
        constraints = [
            models.UniqueConstraint(fields=["study", "client"], name="participants_once"),
            models.UniqueConstraint(fields=["study", "code"], name="participants_apart"),
        ]
