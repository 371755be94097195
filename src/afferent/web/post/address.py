"""The address under which clients reach this server, for links in messages: AFFERENT_ADDRESS, such as
https://clinic.example.org. Nobody is asking when a message is sent, so it cannot be read off a request.

Ask here: `address()`, without a slash at its end; "" where none is set: then nothing that needs a link is sent.
"""

from __future__ import annotations

import os
from typing import Final
from urllib.parse import urlsplit

from afferent.errors import InputError

_HERE: Final = ("localhost", "127.0.0.1", "::1")


def address() -> str:
    """Raises InputError for an address that a client's link must not have."""
    text = os.environ.get("AFFERENT_ADDRESS", "").strip().rstrip("/")
    if not text:
        return ""
    try:
        given = urlsplit(text)
        sound = bool(given.hostname) and given.port != 0 and not (given.query or given.fragment or given.username)
    except ValueError:
        sound = False
    if not sound or given.scheme not in ("http", "https") or not text.isascii():
        raise InputError("AFFERENT_ADDRESS cannot be used; write https:// and the name that clients reach this under")
    if given.scheme == "http" and given.hostname not in _HERE:
        raise InputError("AFFERENT_ADDRESS begins with http; a client's link needs https")
    return text
