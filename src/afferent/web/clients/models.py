"""A client and everything known about them. Nothing clinical is ever overwritten: a correction is a new entry.

Client      who: name, birth date, how to reach them; and where their latest screening stands
NameWord    the words of the name, to be searched
Record      one act of writing: answers, an intake, an import, a foot check, a map, a correction; whole, as it came
Statement   one statement about one fact out of a record: value, date, origin. `replaces` an earlier one
Screened    one screening, whole, with the version of its knowledge
SetAside    a limit of a rule that a therapist set aside for a day, and why
"""

from __future__ import annotations

import uuid
from typing import Any, Final

from django.conf import settings
from django.db import models
from django.utils import timezone

from afferent.web.keys import KeyField, folded
from afferent.web.scope import AppendOnly, Scoped

RECORDS: Final = {
    "answers": "Answers",
    "intake": "Intake",
    "import": "Imported record",
    "foot_check": "Foot check",
    "map": "Map",
    "correction": "Correction",
    "clearance": "Clinician's answer",
    "skin_check": "Look at the skin",
    "next_day": "The day after a visit",
}
STATEMENTS: Final = {
    "evidence": "about a fact",
    "antiplatelet": "an antiplatelet taken now",
    "clearance": "a clinician's answer",
    "not_understood": "could not be read",
    "note": "for the reader",
    "withdrawn": "taken back",
}
# How a client stands on the day of the screening, the first that holds.
STATES: Final = {
    "closed": "Not today",
    "ask": "Questions open",
    "clearance": "Clearance due",
    "skin": "Skin check due",
    "again": "Ask again today",
    "ready": "Ready",
}


class Client(Scoped):
    """One person receiving massage. `screened` is the latest screening; `stale`: something was said since."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    given = models.CharField(max_length=80)
    family = models.CharField(max_length=80, blank=True)
    called = models.CharField(max_length=80, blank=True)
    born = models.DateField(null=True, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=8, default="en")
    invented = models.BooleanField(default=False)
    sort_key: Any = KeyField(max_length=220, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)
    screened = models.ForeignKey("Screened", on_delete=models.SET_NULL, null=True, related_name="+", editable=False)
    screened_on = models.DateField(null=True, editable=False)
    stale = models.BooleanField(default=True, editable=False)

    class Meta(Scoped.Meta):
        constraints = [models.UniqueConstraint(fields=["clinic", "sort_key"], name="clients_in_order")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}".strip()

    def save(self, *args: object, **kwargs: object) -> None:
        self.sort_key = f"{folded(f'{self.family} {self.given}')[:180]} {self.id.hex}"
        super().save(*args, **kwargs)


class NameWord(Scoped):
    """One word of a client's name."""

    id = models.BigAutoField(primary_key=True)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="words")
    word = KeyField(max_length=80)
    sort_key = KeyField(max_length=220)

    class Meta(Scoped.Meta):
        indexes = [models.Index(fields=["clinic", "word", "sort_key"], name="names_by_word")]


class Record(AppendOnly):
    """One act of writing. `body` is what came, as it came; `by` who wrote, or nobody of the staff: the client."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="records")
    kind = models.CharField(max_length=12, choices=list(RECORDS.items()))
    on = models.DateField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    helper = models.CharField(max_length=80, blank=True)  # who answered for the client
    source = models.CharField(max_length=120, blank=True)  # "Patient/12", "the short intake"
    digest = models.CharField(max_length=64, blank=True)
    body = models.JSONField(default=dict)

    class Meta(AppendOnly.Meta):
        indexes = [models.Index(fields=["clinic", "client", "kind", "-at"], name="records_of_client")]


class Statement(AppendOnly):
    """One statement. `body` is the whole `Evidence`, clearance or sentence; the columns beside it serve lists."""

    id = models.BigAutoField(primary_key=True)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="statements")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="statements")
    kind = models.CharField(max_length=14, choices=list(STATEMENTS.items()), default="evidence")
    fact = models.CharField(max_length=60, blank=True)
    origin = models.CharField(max_length=200, blank=True)
    body = models.JSONField()
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")

    class Meta(AppendOnly.Meta):
        indexes = [models.Index(fields=["clinic", "client", "id"], name="statements_of_client")]


class Screened(AppendOnly):
    """One screening as it was: the whole contract, compressed. Stored when it says something new."""

    id = models.BigAutoField(primary_key=True)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="screenings")
    as_of = models.DateField()
    at = models.DateTimeField(default=timezone.now)
    knowledge = models.CharField(max_length=40)
    decision = models.CharField(max_length=24)
    urgency = models.CharField(max_length=12)
    to_ask = models.PositiveSmallIntegerField(default=0)  # critical questions open
    state = models.CharField(max_length=10, choices=list(STATES.items()))
    headline = models.CharField(max_length=300)
    line = models.CharField(max_length=200, blank=True)  # what a list says beside the name
    digest = models.CharField(max_length=64)
    upto = models.PositiveBigIntegerField(default=0)  # the last statement it knew of
    body = models.BinaryField()

    class Meta(AppendOnly.Meta):
        indexes = [models.Index(fields=["clinic", "client", "-id"], name="screenings_of_client")]


class SetAside(AppendOnly):
    """A therapist went beyond a rule, for one day and with a reason. The rule's limit stays on the map."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="set_aside")
    rule = models.CharField(max_length=60)
    on = models.DateField()
    reason = models.CharField(max_length=40)
    words = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    screened = models.ForeignKey(Screened, on_delete=models.PROTECT, related_name="+")

    class Meta(AppendOnly.Meta):
        indexes = [models.Index(fields=["clinic", "client", "-at"], name="set_aside_of_client")]
