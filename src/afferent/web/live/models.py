"""A visit as it happens.

Session     one visit that was opened: with whom, by whom, under which screening; how many events it has
Happening   one event of it, appended once, with its place in the stream
Pairing     the way in for the client's device: a door, looked up before the clinic is known, so it is not `Scoped` and
            says nothing about anybody. Only digests of its secrets are kept.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from afferent.web.scope import AppendOnly, Scoped


class Session(Scoped):
    """One visit that was opened. `called`: what the client is called on the faces. `last`: its latest event. `face`:
    of the therapist's windows the one that leads (see `faces`).

    `plan` is what the faces show step by step (`visit.plan.LivePlan`), worked out once when it was opened, so that the
    limits under a hand never change unseen: a finding that changes them ends the steps and is said.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visit = models.OneToOneField("book.Visit", on_delete=models.PROTECT, related_name="session")
    client = models.ForeignKey("clients.Client", on_delete=models.PROTECT, related_name="sessions")
    therapist = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    screened = models.ForeignKey("clients.Screened", on_delete=models.PROTECT, related_name="+")
    called = models.CharField(max_length=80)
    plan = models.JSONField()
    opened_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    last = models.PositiveIntegerField(default=0)
    face = models.CharField(max_length=40, blank=True, default="")

    class Meta(Scoped.Meta):
        indexes = [models.Index(fields=["clinic", "client", "-opened_at"], name="sessions_of_client")]


class Happening(AppendOnly):
    """One event. `event` is what the device called it: the same event sent again is the same row. `by`: whoever of the
    staff was signed in where it was sent; nobody for what the client's device says and the program writes.
    """

    id = models.BigAutoField(primary_key=True)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="happenings")
    client = models.ForeignKey("clients.Client", on_delete=models.PROTECT, related_name="+")
    seq = models.PositiveIntegerField()
    event = models.CharField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    received = models.DateTimeField()
    body = models.JSONField()

    class Meta(AppendOnly.Meta):
        constraints = [
            models.UniqueConstraint(fields=["session", "seq"], name="happenings_in_order"),
            models.UniqueConstraint(fields=["session", "event"], name="happenings_once"),
        ]


class Pairing(models.Model):
    """One way in for one device. `code`: four digits, for two minutes and five tries in all. `sign`: what both faces
    show while the therapist confirms. Withdrawn when another one is made, or the visit ends.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey("clinics.Clinic", on_delete=models.CASCADE, related_name="+")
    session_id = models.UUIDField()
    client_id = models.UUIDField()
    secret = models.CharField(max_length=64, unique=True)
    code = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    device = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    sign = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["clinic", "session_id"], name="pairings_of_session"),
            models.Index(fields=["device"], name="pairings_of_device"),
            models.Index(fields=["ends_at"], name="pairings_still_open"),
        ]
