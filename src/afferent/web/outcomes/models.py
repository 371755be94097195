"""What a client said of how they are, and what was agreed beforehand about judging it.

Score       the answers to one measure on one day; a correction is a further row that replaces an earlier one
Trial       what was agreed, by whom and when; never edited, a later one ends the former
Ending      a trial that was ended without another one
ScoreLink   the way in for the client's own answers: a door, looked up before the clinic is known, so it is not `Scoped`
            and says nothing about anybody. Only the digest of its secret is kept.
"""

from __future__ import annotations

import uuid
from typing import Final

from django.conf import settings
from django.db import models
from django.utils import timezone

from afferent.knowledge.measures import ASKED_WORDS
from afferent.web.scope import AppendOnly

TOLD: Final = {
    "link": "by link",
    "visit": "on the device in the visit",
    "person": "told in person",
    "paper": "on paper",
    "file": "out of a file",
}
WHY_ENDED: Final = {
    "stopped": "Stopped",
    "physician": "Paused, the physician is asked first",
    "pleasant": "Goes on because it is pleasant, without a trial",
}


class Score(AppendOnly):
    """`scale`: the name of the scale as it was asked. `value` None: answered in part, so there is no score; without any
    answer the row takes back the one it `replaces`. `event`: the id the device gave it: sent again it is the same row.
    `by` nobody: the client."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey("clients.Client", on_delete=models.PROTECT, related_name="scores")
    measure = models.CharField(max_length=60)
    scale = models.CharField(max_length=200)
    on = models.DateField()
    asked = models.CharField(max_length=12, choices=list(ASKED_WORDS.items()))
    value = models.FloatField(null=True)
    answers = models.JSONField(default=dict)
    visit = models.ForeignKey("book.Visit", on_delete=models.PROTECT, null=True, related_name="scores")
    told = models.CharField(max_length=6, choices=list(TOLD.items()))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    event = models.CharField(max_length=64)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="later")
    why = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta(AppendOnly.Meta):
        constraints = [models.UniqueConstraint(fields=["client", "event"], name="scores_once")]
        indexes = [models.Index(fields=["clinic", "client", "on"], name="scores_of_client")]

    @property
    def taken_back(self) -> bool:
        return self.value is None and not self.answers


class Trial(AppendOnly):
    """`agreement` is the whole `outcomes.person.trial.Agreement`; `also`: further measures that are asked. `begins`:
    the first day whose scores count. `pauses_on`: from then until the next visit the days are without massage.
    `after_visits`: how many visits with massage there were already. `said`: the client's own words.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey("clients.Client", on_delete=models.PROTECT, related_name="trials")
    agreement = models.JSONField()
    also = models.JSONField(default=list)
    begins = models.DateField()
    pauses_on = models.DateField(null=True)
    agreed_on = models.DateField()
    after_visits = models.PositiveSmallIntegerField(default=0)
    said = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(AppendOnly.Meta):
        indexes = [models.Index(fields=["clinic", "client", "at"], name="trials_of_client")]


class Ending(AppendOnly):
    """The end of a trial, in one of three words."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey("clients.Client", on_delete=models.PROTECT, related_name="+")
    trial = models.OneToOneField(Trial, on_delete=models.PROTECT, related_name="ending")
    why = models.CharField(max_length=10, choices=list(WHY_ENDED.items()))
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)


class ScoreLink(models.Model):
    """One way in, for one client, day after day until it ends. `used_at`: when it was last answered."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    clinic = models.ForeignKey("clinics.Clinic", on_delete=models.CASCADE, related_name="+")
    client_id = models.UUIDField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["clinic", "client_id"], name="score_links_of_client")]
