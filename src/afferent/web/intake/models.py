"""Links for clients, and what they have answered so far.

A link is a door: it is looked up before the clinic is known, by its digest alone, so it is not `Scoped` and says
nothing about anybody. What is answered is.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from afferent.web.scope import Scoped


class Link(models.Model):
    """One way in for one client, for a while, on one device. Only the digest of its secret is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    clinic = models.ForeignKey("clinics.Clinic", on_delete=models.CASCADE, related_name="+")
    client_id = models.UUIDField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    device = models.CharField(max_length=64, blank=True)  # digest of the key of the browser that began
    began_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["clinic", "client_id"], name="links_of_client"),
            models.Index(fields=["clinic", "ends_at"], name="links_still_open"),
        ]


class Draft(Scoped):
    """Answers confirmed step by step, until the client has read them back. One open draft per client.

    `alarm`: do they mean "get help now"? None: nobody has worked it out yet.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey("clients.Client", on_delete=models.PROTECT, related_name="drafts")
    answers = models.JSONField(default=dict)
    alarm = models.BooleanField(null=True, default=None)
    helper = models.CharField(max_length=80, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(auto_now=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta(Scoped.Meta):
        indexes = [
            models.Index(fields=["clinic", "client"], name="drafts_of_client"),
            models.Index(fields=["clinic", "finished_at"], name="drafts_finished"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["client"], condition=models.Q(finished_at=None), name="one_open_draft_of_client"
            )
        ]
