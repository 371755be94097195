"""Addresses of previews: each holds for an hour, for whoever was shown the list, and for nobody else.

Showing the list is written into the audit, with every picture on it. A preview is got by such a list alone, so it needs
no entry of its own: one entry for twenty pictures, and none unseen.
"""

from __future__ import annotations

from typing import Final

from django.core.signing import BadSignature, TimestampSigner

from afferent.web.documents.models import Document

_HOUR: Final = 60 * 60
_SIGNER: Final = "afferent.documents.preview"


def seal(one: Document, user: object) -> str:
    """The last part of the address."""
    return TimestampSigner(salt=_SIGNER, sep="~").sign_object([str(one.pk), str(user)], compress=False)


def is_sealed(one: Document, user: object, given: str) -> bool:
    """Was this address made for this picture and this person, within the hour?"""
    try:
        return bool(
            TimestampSigner(salt=_SIGNER, sep="~").unsign_object(given, max_age=_HOUR) == [str(one.pk), str(user)]
        )
    except (BadSignature, ValueError):
        return False
