"""What a client agreed to, and took back: one entry each time, never changed."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from afferent.web.scope import AppendOnly


class Consent(AppendOnly):
    """One answer to one purpose of `knowledge/consents.toml`, with the version of its wording."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey("clients.Client", on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=40)
    given = models.BooleanField()
    version = models.PositiveSmallIntegerField()
    on = models.DateField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    helper = models.CharField(max_length=80, blank=True)
    numb = models.JSONField(default=list)  # the numb places known when it was given

    class Meta(AppendOnly.Meta):
        indexes = [models.Index(fields=["clinic", "client", "purpose", "-at"], name="consents_of_client")]
