"""Messages that go out, how each client wants them, and the doors that need no account.

Manner      how this clinic sends: what it is called in messages, when, and when not
Preference  how a client wants messages, one entry each time they say so; the last one holds
Message     the outbox: one message by one channel, written with what causes it. No text and no link is kept: both are
            made when it is sent. Nothing clinical stands in it.
Door        the way in for a calendar, or for texts that come back: looked up before the clinic is known, so it is not
            `Scoped` and says nothing about anybody. Only the digest of its secret is kept.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Final

from django.conf import settings
from django.db import models
from django.utils import timezone

from afferent.web.scope import AppendOnly, Scoped

CHANNELS: Final = {"email": "E-mail", "text": "Text message"}
KINDS: Final = {
    "visit": "Reminder of a visit",
    "day_after": "Questions the day after",
    "scores": "Questions between visits",
}
TO_OTHERS: Final = {"request": "Request to a clinician"}  # not to the client, who chooses nothing about it here
STATES: Final = {
    "waiting": "Waiting",
    "sending": "Being sent",
    "sent": "Sent",
    "in_doubt": "In doubt",
    "failed": "Not sent",
    "withdrawn": "Withdrawn",
}
HOW: Final = {"staff": "told to the staff", "stop_word": "answered with a stop word", "stop_link": "by the link"}
NAMES: Final = {"initials": "Initials", "names": "Whole names", "none": "No names"}
DOORS: Final = {"therapist": "calendar of a therapist", "client": "calendar of a client", "texts": "texts that come in"}


class Manner(Scoped):
    """What the owner has set. A clinic without a row has these defaults, all of them ours (N)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    signs_as = models.CharField(max_length=40, blank=True)  # empty: "You have an appointment …", from nobody named
    phone = models.CharField(max_length=30, blank=True)
    country = models.CharField(max_length=5, blank=True)  # "+49", before numbers written without it
    remind = models.BooleanField(default=True)
    days_before = models.PositiveSmallIntegerField(default=1)
    at = models.TimeField(default=dt.time(10))  # of reminders and questions, on the client's own clock
    quiet_from = models.TimeField(default=dt.time(21))
    quiet_until = models.TimeField(default=dt.time(8))
    names = models.CharField(max_length=8, choices=list(NAMES.items()), default="initials")  # in calendars

    class Meta(Scoped.Meta):
        constraints = [models.UniqueConstraint(fields=["clinic"], name="one_manner_each")]


class Preference(AppendOnly):
    """`channels` and `kinds`: what is wanted; none: nothing is sent. `zone`: the client's own; empty: the clinic's."""

    id = models.BigAutoField(primary_key=True)  # the highest is the last that was said
    client = models.ForeignKey("clients.Client", on_delete=models.PROTECT, related_name="preferences")
    channels = models.JSONField(default=list)
    kinds = models.JSONField(default=list)
    zone = models.CharField(max_length=64, blank=True)
    how = models.CharField(max_length=9, choices=list(HOW.items()), default="staff")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(AppendOnly.Meta):
        indexes = [models.Index(fields=["clinic", "client", "-id"], name="preferences_of_client")]


class Message(Scoped):
    """`key`: what it is about, so that it is written once. `next_try`: not before; `not_after`: then it is too late.

    `claimed_by`, `claimed_at`: the sender that has it, and since when. `address`: where it went, once it is being sent.
    `settled_by`: who said what became of one in doubt.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey("clients.Client", on_delete=models.PROTECT, related_name="messages")
    visit = models.ForeignKey("book.Visit", on_delete=models.PROTECT, null=True, related_name="messages")
    kind = models.CharField(max_length=12, choices=[*KINDS.items(), *TO_OTHERS.items()])
    channel = models.CharField(max_length=8, choices=list(CHANNELS.items()))
    key = models.CharField(max_length=90)
    due_at = models.DateTimeField()
    not_after = models.DateTimeField()
    state = models.CharField(max_length=10, choices=list(STATES.items()), default="waiting")
    why = models.CharField(max_length=200, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField()
    claimed_by = models.CharField(max_length=60, blank=True)
    claimed_at = models.DateTimeField(null=True)
    address = models.CharField(max_length=254, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta(Scoped.Meta):
        constraints = [models.UniqueConstraint(fields=["clinic", "key"], name="messages_once")]
        indexes = [
            models.Index(fields=["clinic", "state", "next_try"], name="messages_due"),
            models.Index(fields=["clinic", "state", "-ended_at"], name="messages_ended"),
            models.Index(fields=["clinic", "client", "-due_at"], name="messages_of_client"),
        ]


class Door(models.Model):
    """One address that opens without an account, until it is taken back. `tag`, `changed_at`: what its calendar held
    when it was last read, and since when; `read_at`: when that was.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    clinic = models.ForeignKey("clinics.Clinic", on_delete=models.CASCADE, related_name="+")
    what = models.CharField(max_length=9, choices=list(DOORS.items()))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    client_id = models.UUIDField(null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    tag = models.CharField(max_length=64, blank=True)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["clinic", "client_id"], name="doors_of_client"),
            models.Index(fields=["clinic", "what", "user"], name="doors_of_clinic"),
        ]
