"""Pictures of a client: kept once, found again. Without HTTP.

Ask here: `keep` (a picture made anew; the same one twice is kept once), `pictures` (a page of a client's, without their
bytes), `found` (one of them, or 404), `may_add` (is there a yes to photos today?).
"""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import Http404

from afferent.web.accounts.models import User
from afferent.web.audit.chain import digest, note
from afferent.web.clients.models import Client
from afferent.web.consents.asking import agreed
from afferent.web.documents.models import Document
from afferent.web.documents.pictures import Picture, preview


def may_add(client: Client, today: dt.date) -> bool:
    """Photos are taken while the client's yes to them holds. What is kept stays: it is part of the record."""
    return agreed(client, "photos", today)


def keep(client: Client, title: str, picture: Picture, *, by: User, actor: str) -> tuple[Document, bool]:
    """The picture as it is kept, and whether it is new."""
    known = digest(picture.bytes)
    before = pictures(client).filter(digest=known).first()
    if before is not None:
        return before, False
    made = Document(
        client=client, title=title, media_type=picture.media_type, digest=known, size=len(picture.bytes), by=by,
        body=picture.bytes, preview=preview(picture), width=picture.width, height=picture.height,
    )  # fmt: skip
    try:
        with transaction.atomic():
            made.save()
            note(actor, "document.added", f"document:{made.pk}", {"picture": known, "title": title})
    except IntegrityError:  # sent twice at the same moment
        return pictures(client).get(digest=known), False
    return made, True


def pictures(client: Client) -> QuerySet[Document]:
    """The latest first, without their bytes. Letters are documents too, and have a page of their own."""
    mine = Document.objects.filter(client=client, media_type__startswith="image/")
    return mine.defer("body", "preview").select_related("by").order_by("-at", "-id")


def found(client: Client, pk: uuid.UUID) -> Document:
    """One picture of this client, without its bytes until they are asked for. Raises Http404."""
    one = pictures(client).filter(pk=pk).first()
    if one is None:
        raise Http404
    return one
