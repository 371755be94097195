"""What is written down around a visit.

NoteDraft     words that the therapist added so far, until the note is signed
Note          a signed note, as it was read: both views, the added words, and a digest over them and the events
Amendment     what was added to a signed note; the original stays as it was
NextDayLink   the way in for the answers of the day after: a door, looked up before the clinic is known, so it is not
              `Scoped` and says nothing about anybody. Only the digest of its secret is kept.
NextDay       the answers of the day after, by the client or read to somebody of the staff
Incident      an incident, a near miss or a wound that was found; what is learnt later is a new row
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from afferent.web.scope import AppendOnly, Scoped

KINDS = {"incident": "Incident", "near_miss": "Near miss", "found_wound": "Wound that was found"}


class NoteDraft(Scoped):
    """`words`: section of SOAP -> what the therapist adds. One per session; gone from use once the note is signed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey("clients.Client", on_delete=models.PROTECT, related_name="+")
    session = models.OneToOneField("live.Session", on_delete=models.PROTECT, related_name="draft")
    words = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)


class Note(AppendOnly):
    """`body` is the whole note as it was signed. `upto`: the last event it knows; `events`: the digest of those."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey("clients.Client", on_delete=models.PROTECT, related_name="notes")
    session = models.OneToOneField("live.Session", on_delete=models.PROTECT, related_name="note")
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(default=timezone.now)
    knowledge = models.CharField(max_length=40)
    upto = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    body = models.JSONField()

    class Meta(AppendOnly.Meta):
        indexes = [models.Index(fields=["clinic", "client", "-signed_at"], name="notes_of_client")]


class Amendment(AppendOnly):
    """Words added to a signed note, dated and signed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey("clients.Client", on_delete=models.PROTECT, related_name="+")
    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="amendments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    words = models.TextField(max_length=4000)

    class Meta(AppendOnly.Meta):
        indexes = [models.Index(fields=["clinic", "note", "at"], name="amendments_of_note")]


class NextDayLink(models.Model):
    """One way in, for the answers to one visit, once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    clinic = models.ForeignKey("clinics.Clinic", on_delete=models.CASCADE, related_name="+")
    client_id = models.UUIDField()
    session_id = models.UUIDField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["clinic", "session_id"], name="day_links_of_session")]


class NextDay(AppendOnly):
    """`answers` is the whole `visit.after.NextDay`. `by` nobody: the client, by link."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey("clients.Client", on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey("live.Session", on_delete=models.PROTECT, related_name="next_days")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    answers = models.JSONField()

    class Meta(AppendOnly.Meta):
        indexes = [models.Index(fields=["clinic", "client", "at"], name="next_days_of_client")]


class Incident(AppendOnly):
    """`body` is the whole `visit.incident.Incident`. `follows`: the first row, where this is what was learnt later."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey("clients.Client", on_delete=models.PROTECT, related_name="incidents")
    visit = models.ForeignKey("book.Visit", on_delete=models.PROTECT, related_name="incidents")
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="later")
    kind = models.CharField(max_length=12, choices=list(KINDS.items()))
    severity = models.CharField(max_length=12)
    happened_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    body = models.JSONField()

    class Meta(AppendOnly.Meta):
        indexes = [
            models.Index(fields=["clinic", "-happened_at"], name="incidents_by_day"),
            models.Index(fields=["clinic", "visit", "at"], name="incidents_of_visit"),
        ]
