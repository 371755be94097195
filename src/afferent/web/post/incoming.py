"""Texts that come back: heard only for a stop word. Nothing else of them is read, kept or answered.

Ask here: `read(form, body)` (who wrote what, as carriers post it: a form or JSON), `is_stop(text)` and `stop_number`
(whoever has this number gets no more texts). It rather stops one too many: a number counts by its last digits, however
it was written down, and everybody who shares it is meant.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any, Final

import msgspec

from afferent.errors import InputError
from afferent.web.audit.chain import note
from afferent.web.clients.models import Client
from afferent.web.keys import folded
from afferent.web.post.choosing import stop

STOP_WORDS: Final = frozenset({"stop", "stopp", "stopall", "unsubscribe", "quit", "end", "optout"})
MOST: Final = 64 * 1024
_SAME: Final = 9  # digits at the end by which a number is known again
_FROM: Final = ("from", "msisdn", "sender", "originator", "phone")
_TEXT: Final = ("text", "body", "message", "content")


def read(form: Mapping[str, str], body: bytes) -> tuple[str, str]:
    """Number and text, out of a form, or of JSON where there is none. Raises InputError."""
    told = form or _json(body)
    fields = {str(name).casefold(): str(value) for name, value in told.items() if isinstance(value, str | int)}
    number = next((fields[name] for name in _FROM if fields.get(name)), "")
    if not number:
        raise InputError("There is no field `from` with a number in what was sent.")
    return number, next((fields[name] for name in _TEXT if name in fields), "")


def _json(body: bytes) -> Mapping[str, Any]:
    if len(body) > MOST:
        raise InputError("This is larger than any text message.")
    try:
        return msgspec.json.decode(body, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise InputError("This is neither a form nor a JSON object.") from None


def is_stop(text: str) -> bool:
    """A stop word alone, or among the first few words."""
    return any(word in STOP_WORDS for word in folded(text[:200]).split()[:5])


def stop_number(number: str, now: dt.datetime) -> int:
    """No more texts to whoever has it, from this moment on. How many people that is, in this clinic."""
    tail = _tail(number)
    rows = Client.objects.exclude(phone="").values_list("pk", "phone")
    found = [pk for pk, phone in rows.iterator(chunk_size=2000) if tail and _tail(phone) == tail]
    for client in Client.objects.filter(pk__in=found).order_by("pk"):
        stop(client, "text", how="stop_word", actor=f"client:{client.pk}", now=now)
    if not found:
        note("somebody", "messages.stop_unknown", what=[tail])
    return len(found)


def _tail(number: str) -> str:
    digits = re.sub(r"\D", "", number)
    return digits[-_SAME:] if len(digits) >= 6 else ""
