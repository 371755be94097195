"""How a message leaves the house. A channel has one sender, named by the environment, or none: then it is not offered.

Ask here: `Letter` (what is handed over), `NotSent` and `Unknown` (what a sender raises), `Sender` (the shape of one),
`sender(channel)` and `offered()` (the channels that have one).

A sender of one's own is a class with one method, `send`, named in AFFERENT_SMS as `package.module:Class`; see
docs/clinic.md. It says `NotSent` only where it knows that nothing went out. Anything else that it raises counts as
`Unknown`: the message is in doubt, and a human is asked.
"""

from __future__ import annotations

import importlib
import os
from functools import cache
from typing import Final, Protocol

from msgspec import Struct

from afferent.errors import InputError
from afferent.web.post.address import address
from afferent.web.post.models import CHANNELS

OWN: Final = {"console": "afferent.web.post.senders.console:Console", "http": "afferent.web.post.senders.http:Http"}
_MAIL: Final = "afferent.web.post.senders.mail:Mail"


class Letter(Struct, frozen=True):
    """One message, ready to go. `id`: the same each time it is tried. `stop`: an address that ends these, or ""."""

    id: str
    to: str
    subject: str
    text: str
    sender: str = ""
    stop: str = ""


class NotSent(Exception):
    """It did not go out, for certain. `again`: another try may help. `str()` is one sentence without any name."""

    def __init__(self, why: str, *, again: bool) -> None:
        super().__init__(why)
        self.again = again


class Unknown(Exception):
    """It may have gone out. `str()` is one sentence without any name."""


class Sender(Protocol):
    """Hands one message over. Returns when it was taken; raises NotSent or Unknown."""

    def send(self, letter: Letter) -> None: ...


def sender(channel: str) -> Sender | None:
    """The sender of a channel; None where none is named. Raises InputError where the one named cannot be used."""
    if channel == "email":
        return _made(_MAIL) if os.environ.get("AFFERENT_MAIL") else None
    name = os.environ.get("AFFERENT_SMS", "")
    return _made(OWN.get(name, name)) if name else None


def offered() -> list[str]:
    """The channels that can be used here."""
    return [one for one in CHANNELS if sender(one) is not None]


def check() -> None:
    """Raises InputError where what was set for messages cannot be used: said when the server begins, not at night."""
    offered()
    address()


@cache
def _made(name: str) -> Sender:
    module, _, kind = name.partition(":")
    try:
        made: Sender = getattr(importlib.import_module(module), kind)()
    except (ImportError, AttributeError, ValueError) as error:
        raise InputError(
            f"AFFERENT_SMS names {name!r}, which cannot be used ({type(error).__name__}); write console, http, or "
            "package.module:Class"
        ) from None
    return made
