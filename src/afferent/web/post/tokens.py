"""Secrets that are worked out rather than kept, so that the same message tried twice carries the same link.

Ask here: `link_secret` (of a link that a message carries), `stop_token` and `stopped_by` (an address that ends the
messages of one channel, and whom it is for). All of them are made with the server's own key: whoever does not have it
cannot make one up, and a server with a new key makes others.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import uuid
from typing import Final

from django.utils.crypto import salted_hmac

from afferent.web.intake.links import secret_of
from afferent.web.post.models import CHANNELS

_LINK: Final = "afferent.post.link"
_STOP: Final = "afferent.post.stop"
_LONG: Final = 33  # bytes: clinic, client, channel
_SEAL: Final = 18


def link_secret(of: str) -> str:
    """As `intake.links.new_secret`, but the same each time for the same thing."""
    return secret_of(int.from_bytes(salted_hmac(_LINK, of, algorithm="sha256").digest(), "big"))


def stop_token(clinic: uuid.UUID, client: uuid.UUID, channel: str) -> str:
    """The last part of an address. It names nobody, and does not end: whoever wants no more may say so in a year."""
    body = clinic.bytes + client.bytes + bytes([list(CHANNELS).index(channel)])
    return base64.urlsafe_b64encode(body + _sealed(body)).decode()


def stopped_by(token: str) -> tuple[uuid.UUID, uuid.UUID, str] | None:
    """Clinic, client and channel; None for what this server did not make."""
    try:
        found = base64.urlsafe_b64decode(token[:100].encode("ascii"))
    except (UnicodeEncodeError, binascii.Error):
        return None
    body, seal = found[:_LONG], found[_LONG:]
    if len(body) != _LONG or body[-1] >= len(CHANNELS) or not hmac.compare_digest(seal, _sealed(body)):
        return None
    return uuid.UUID(bytes=body[:16]), uuid.UUID(bytes=body[16:32]), list(CHANNELS)[body[-1]]


def _sealed(body: bytes) -> bytes:
    return salted_hmac(_STOP, body.hex(), algorithm="sha256").digest()[:_SEAL]
