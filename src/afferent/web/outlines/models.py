"""The outline that was chosen for a visit, while it is being changed. Once it is opened, its first event holds it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from afferent.web.scope import Scoped


class Chosen(Scoped):
    """One per visit. `wish`, `outline`, `crossings`: as `outline.model` has them. Beside the wish stands the link by
    which the client reads the plan (see `sharing`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visit = models.OneToOneField("book.Visit", on_delete=models.CASCADE, related_name="chosen")
    client = models.ForeignKey("clients.Client", on_delete=models.PROTECT, related_name="+")
    wish = models.JSONField()
    outline = models.JSONField()
    crossings = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta(Scoped.Meta):
        indexes = [models.Index(fields=["clinic", "client"], name="chosen_of_client")]
