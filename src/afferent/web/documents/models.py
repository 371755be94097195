"""A picture kept with a client: written once."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone

from afferent.web.scope import AppendOnly


class Document(AppendOnly):
    """A picture as it was made anew from what was sent, without anything that stood beside it in the file."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey("clients.Client", on_delete=models.PROTECT, related_name="documents")
    title = models.CharField(max_length=120)
    media_type = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    body = models.BinaryField()
    preview = models.BinaryField(null=True)  # a small JPEG of it, for lists
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)

    class Meta(AppendOnly.Meta):
        indexes = [models.Index(fields=["clinic", "client", "-at"], name="documents_of_client")]
        # By expressions: as plain fields SQLite would make the table anew, and lose the trigger that guards it.
        constraints = [models.UniqueConstraint(F("clinic"), F("client"), F("digest"), name="each_picture_once")]
