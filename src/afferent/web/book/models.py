"""The appointment book."""

from __future__ import annotations

import uuid
from typing import Final

from django.conf import settings
from django.db import models
from django.utils import timezone

from afferent.web.scope import Scoped

STATES: Final = {
    "booked": "Booked",
    "done": "Took place",
    "missed": "Did not come",
    "moved": "Moved",
    "cancelled": "Cancelled",
}
HOLDS: Final = ("booked", "done")  # these take their time from therapist and client; the others leave it free


class Series(Scoped):
    """Visits that belong together: two or three a week for four to six weeks, and a review."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey("clients.Client", on_delete=models.PROTECT, related_name="series")
    planned = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField(default=timezone.now)


class Visit(Scoped):
    """One visit of one client with one therapist. Missed, cancelled or moved ones stay in the book, as they were.

    A visit that was moved keeps its old time; `became` is the visit that it became.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey("clients.Client", on_delete=models.PROTECT, related_name="visits")
    therapist = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="visits")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=list(STATES.items()), default="booked")
    why = models.CharField(max_length=200, blank=True)  # cancelled or moved because
    series = models.ForeignKey(Series, on_delete=models.PROTECT, null=True, related_name="visits")
    number = models.PositiveSmallIntegerField(default=0)  # of the series
    review = models.BooleanField(default=False)
    became = models.OneToOneField("self", on_delete=models.SET_NULL, null=True, related_name="was")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta(Scoped.Meta):
        indexes = [
            models.Index(fields=["clinic", "starts_at"], name="visits_by_day"),
            models.Index(fields=["clinic", "therapist", "starts_at"], name="visits_of_therapist"),
            models.Index(fields=["clinic", "client", "-starts_at"], name="visits_of_client"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="visits_end_after_start"
            ),
        ]

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)
