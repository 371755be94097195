"""One entry of the audit: who did what to what, when; ids and digests only, chained.

Nothing in it names a client or says what was read, so that a client's data can be erased and the chain stays whole.
"""

from __future__ import annotations

from django.db import models

from afferent.web.scope import AppendOnly


class Entry(AppendOnly):
    """`hash` is over everything here and the hash before: a changed, lost or inserted entry breaks the chain."""

    id = models.BigAutoField(primary_key=True)
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)  # "user:12", "link:ab12…", "program"
    action = models.CharField(max_length=40)
    subject = models.CharField(max_length=60, blank=True)  # "client:<uuid>", "visit:<uuid>"
    digest = models.CharField(max_length=64, blank=True)  # of what was seen or written
    before = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta(AppendOnly.Meta):
        constraints = [models.UniqueConstraint(fields=["clinic", "seq"], name="audit_in_order")]
        indexes = [
            models.Index(fields=["clinic", "subject", "-seq"], name="audit_subject"),
            models.Index(fields=["clinic", "actor", "-seq"], name="audit_actor"),
            models.Index(fields=["clinic", "action", "-seq"], name="audit_action"),
            models.Index(fields=["clinic", "at"], name="audit_day"),
        ]
