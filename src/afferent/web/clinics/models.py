"""A clinic, its staff, and the invitations that are still open.

These tables are the door: they are read before it is known which clinic somebody belongs to, so they are not `Scoped`.
Nothing about a client stands in them.
"""

from __future__ import annotations

import uuid
import zoneinfo
from typing import Final

from django.conf import settings
from django.db import models
from django.utils import timezone

ROLES: Final = {"owner": "Owner", "desk": "Front desk", "therapist": "Therapist"}
MODES: Final = {
    "cds": "Decision support: limits, reasons and questions for each client",
    "record": "Record only: forms, maps and the reference, nothing worked out for a client",
}
LANGUAGES: Final = {"en": "English"}


class Clinic(models.Model):
    """One clinic and what its owner has set."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    mode = models.CharField(max_length=6, choices=list(MODES.items()), default="cds")
    languages = models.JSONField(default=list)
    time_zone = models.CharField(max_length=64, default="UTC")
    retention_years = models.PositiveSmallIntegerField(default=10)
    lock_minutes = models.PositiveSmallIntegerField(default=15)
    second_factor = models.BooleanField(default=True)
    knowledge = models.CharField(max_length=40, blank=True)  # the version switched on; empty: the one installed
    invented = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name

    @property
    def decides(self) -> bool:
        """May anything be worked out for one client? The environment may only take it away."""
        return self.mode == "cds" and settings.MODE == "cds"

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)


class Membership(models.Model):
    """One person in one clinic, with one role or several. A therapist who works alone has all three."""

    id = models.BigAutoField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="staff")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    owner = models.BooleanField(default=False)
    desk = models.BooleanField(default=False)
    therapist = models.BooleanField(default=False)
    licence = models.CharField(max_length=120, blank=True)
    licence_checked_on = models.DateField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clinic", "user"], name="one_membership_each")]

    def __str__(self) -> str:
        return f"{self.user} ({', '.join(self.role_names)})"

    def has(self, role: str) -> bool:
        return role in ROLES and bool(getattr(self, role))

    @property
    def role_names(self) -> list[str]:
        return [words for role, words in ROLES.items() if self.has(role)]

    @property
    def advised(self) -> bool:
        """Is decision support shown to this person? Only to therapists, and only where the clinic decides."""
        return self.therapist and self.clinic.decides


KINDS: Final = {
    "join": "makes somebody a member",
    "password": "lets a member set a new password",
    "first": "makes the first clinic and its owner",
}


class Invitation(models.Model):
    """A link that lets somebody in, once. Only its digest is kept."""

    digest = models.CharField(primary_key=True, max_length=64)
    kind = models.CharField(max_length=8, choices=list(KINDS.items()), default="join")
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, null=True, related_name="invitations")
    name = models.CharField(max_length=120)
    email = models.EmailField()
    owner = models.BooleanField(default=False)
    desk = models.BooleanField(default=False)
    therapist = models.BooleanField(default=False)
    licence = models.CharField(max_length=120, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    factors_off = models.BooleanField(default=False)  # a lost phone: using the link takes the second factors off
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    @property
    def role_names(self) -> list[str]:
        return [words for role, words in ROLES.items() if getattr(self, role)]


class Snapshot(models.Model):
    """A version of the knowledge as it was, packed: so that a clinic can stay on it after the program is renewed."""

    version = models.CharField(primary_key=True, max_length=40)
    packed = models.BinaryField()
    kept_at = models.DateTimeField(default=timezone.now)
