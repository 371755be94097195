"""What people do to profiles. The profiles themselves are in the directory, which these are laid over.

Claim    one try at proving that a profile is one's own, by a code; only its hash is kept
Holder   who has proved it; where later codes are sent
Entry    one change of a profile, written once. All of them in order make a directory what it was
Paper    one quiz that was begun, and what became of it

None of them is of a clinic: a therapist who claims a profile belongs to none. Nothing of a client is in them.
"""

from __future__ import annotations

import uuid
from typing import Final

from django.conf import settings
from django.db import models
from django.utils import timezone

WAYS: Final = {"text": "Text message", "email": "E-mail", "letter": "Letter by post"}
KINDS: Final = {
    "claimed": "claimed by proof of control",
    "said": "said by whoever claimed it",
    "quiz": "passed the quiz",
    "checked": "checked by the staff",
    "ended": "claim ended by the staff",
    "left_out": "left out, as they wished",
    "back": "listed again",
}


class Claim(models.Model):
    """`code`: its hash; empty while a letter waits to be printed. `email`: only where later codes shall go there."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    therapist = models.CharField(max_length=120, db_index=True)
    way = models.CharField(max_length=8, choices=list(WAYS.items()))
    code = models.CharField(max_length=160, blank=True)
    email = models.EmailField(blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    printed_at = models.DateTimeField(null=True, blank=True)
    printed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    proven_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["way", "made_at"], name="letters_to_print")]


class Holder(models.Model):
    """Somebody who has shown that a profile is theirs. `ended_at`: the staff took it back."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    therapist = models.CharField(max_length=120, unique=True)
    email = models.EmailField(blank=True)
    since = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)


class Entry(models.Model):
    """`change`: an `afferent.directory.change.Change` as JSON. `clinic`, `by`: of whoever of the staff wrote it."""

    therapist = models.CharField(max_length=120, db_index=True)
    kind = models.CharField(max_length=8, choices=list(KINDS.items()))
    change = models.JSONField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    clinic = models.ForeignKey("clinics.Clinic", on_delete=models.PROTECT, null=True, related_name="+")


class Paper(models.Model):
    """The same seed and knowledge make the same questions. `right`: how many, once it was handed in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    therapist = models.CharField(max_length=120, db_index=True)
    seed = models.BigIntegerField()
    knowledge = models.CharField(max_length=20)
    began_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    right = models.PositiveSmallIntegerField(null=True, blank=True)
