"""Letters to the care team, how they went out, and what came back. All but the door is written once.

Head        what stands at the head of this clinic's letters; one for each clinic
Letter      one letter whole, as it was made: its value, its two PDFs, who made it from what, by whose consent
Sending     how, when and to whom it went, one entry each time
AnswerLink  the way in for the physician's answer: a door, looked up before the clinic is known, so it is not `Scoped`
            and says nothing about anybody. Its secret is worked out with the server's key, and not kept here.
Answer      what came back, whole, with what it comes to. It opens nothing.
Call        what came of calling a number from a listing of one's own: confirmed, or not. Only then does an answer open.
"""

from __future__ import annotations

import uuid
from typing import Final

from django.conf import settings
from django.db import models
from django.utils import timezone

from afferent.web.scope import AppendOnly, Scoped

KINDS: Final = {
    "request": "Request for information",
    "progress": "Progress letter",
    "urgent": "Urgent finding",
    "thanks": "Thanks for a referral",
    "discharge": "Discharge",
    "necessity": "Medical necessity",
    "receipt": "Receipt",
}
HOW: Final = {
    "handed": "printed and handed over",
    "posted": "sent by post",
    "faxed": "faxed",
    "emailed": "e-mailed by us",
}
OUTCOMES: Final = {
    "confirmed": "called, and they confirmed it",
    "not_confirmed": "called, and they did not confirm it",
    "taken_back": "taken back",
}
ROUTES: Final = {"link": "by the link", "paper": "on paper", "phone": "by telephone"}


class Head(Scoped):
    """The clinic's own paper, as its owner set it. Letters that are made keep what stood here then."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    address = models.TextField(max_length=300, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    fax = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    licences = models.CharField(max_length=200, blank=True)
    jurisdiction = models.CharField(max_length=80, blank=True)
    logo = models.BinaryField(default=bytes)

    class Meta(Scoped.Meta):
        constraints = [models.UniqueConstraint(fields=["clinic"], name="one_head_each")]


class Letter(AppendOnly):
    """`body`: the whole value (`records.letters`), by its tag. `digest`: of all that it says; its first twelve letters
    stand at the foot of the page. `consent`: the client's yes that it rests on; none where it goes to the client."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey("clients.Client", on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=10, choices=list(KINDS.items()))
    to_whom = models.CharField(max_length=200, blank=True)
    to_email = models.EmailField(blank=True)
    on = models.DateField()
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    knowledge = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    body = models.JSONField()
    consent = models.ForeignKey("consents.Consent", on_delete=models.PROTECT, null=True, related_name="+")
    a4 = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="+")
    us_letter = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="+")

    class Meta(AppendOnly.Meta):
        indexes = [
            models.Index(fields=["clinic", "client", "-made_at"], name="letters_of_client"),
            models.Index(fields=["clinic", "kind", "-made_at"], name="letters_by_kind"),
        ]


class Sending(AppendOnly):
    """`message`: the one in the outbox, where we e-mailed it."""

    id = models.BigAutoField(primary_key=True)
    client = models.ForeignKey("clients.Client", on_delete=models.PROTECT, related_name="+")
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="sendings")
    how = models.CharField(max_length=8, choices=list(HOW.items()))
    to_whom = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    message = models.ForeignKey("post.Message", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta(AppendOnly.Meta):
        indexes = [models.Index(fields=["clinic", "client", "at"], name="sendings_of_client")]


class AnswerLink(models.Model):
    """`name`: the open part of its address. Looking at it spends nothing; sending an answer does (`used_at`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=8, unique=True)
    clinic = models.ForeignKey("clinics.Clinic", on_delete=models.CASCADE, related_name="+")
    client_id = models.UUIDField()
    letter_id = models.UUIDField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["clinic", "client_id"], name="answer_links_of_client"),
            models.Index(fields=["letter_id"], name="answer_links_of_letter"),
        ]


class Answer(AppendOnly):
    """`body`: as it came (`records.letters.answer_form.Answer`). `reading`: what it comes to, as it was read then.
    `by`: who typed it in; nobody: it came by the link. `scan`: the picture of the paper."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey("clients.Client", on_delete=models.PROTECT, related_name="+")
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="answers")
    route = models.CharField(max_length=5, choices=list(ROUTES.items()))
    on = models.DateField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    scan = models.ForeignKey("documents.Document", on_delete=models.PROTECT, null=True, related_name="+")
    until = models.DateField(null=True)  # the last day that any of it counts; none where it opens nothing
    body = models.JSONField()
    reading = models.JSONField()

    class Meta(AppendOnly.Meta):
        indexes = [models.Index(fields=["clinic", "client", "-at"], name="answers_of_client")]


class Call(AppendOnly):
    """The last one counts: a call may be made again, and a yes written down by mistake is followed by another entry.

    `number`, `listed`: what was called, and where that number is listed. `record`: what the answer was written into the
    client's record as, once it was confirmed; `before`, `after`: the screenings around that.
    """

    id = models.BigAutoField(primary_key=True)
    client = models.ForeignKey("clients.Client", on_delete=models.PROTECT, related_name="+")
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="calls")
    outcome = models.CharField(max_length=13, choices=list(OUTCOMES.items()))
    number = models.CharField(max_length=40, blank=True)
    listed = models.CharField(max_length=120, blank=True)
    why = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    record = models.OneToOneField("clients.Record", on_delete=models.PROTECT, null=True, related_name="+")
    before = models.ForeignKey("clients.Screened", on_delete=models.PROTECT, null=True, related_name="+")
    after = models.ForeignKey("clients.Screened", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta(AppendOnly.Meta):
        indexes = [models.Index(fields=["clinic", "client", "at"], name="calls_of_client")]
