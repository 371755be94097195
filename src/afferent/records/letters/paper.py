"""Who writes to whom about whom, on which paper: the head and foot of every letter, and what it was made from.

Frozen values. Ask here: `Clinic`, `Therapist`, `Recipient`, `Client`, `Made`, `made_of` and `again`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from typing import Any, Literal

import msgspec
from msgspec import Struct, structs


class Clinic(Struct, frozen=True):
    """The clinic's own paper. `licences` as they should stand there; `jurisdiction`: where they hold. `logo`: a PNG,
    JPEG or SVG, or none. Whatever is empty is left out."""

    name: str
    address: tuple[str, ...] = ()
    phone: str = ""
    fax: str = ""
    email: str = ""
    licences: tuple[str, ...] = ()
    jurisdiction: str = ""
    logo: bytes = b""


class Therapist(Struct, frozen=True):
    """Who signs. `role` as the licence calls it."""

    name: str
    role: str = "massage therapist"
    licence: str = ""
    phone: str = ""


class Recipient(Struct, frozen=True):
    """Who reads it."""

    name: str
    role: str = ""
    address: tuple[str, ...] = ()
    phone: str = ""
    fax: str = ""


class Client(Struct, frozen=True):
    """Whom it is about."""

    name: str
    born: dt.date | None = None


class Made(Struct, frozen=True):
    """Who made a letter, when, with which knowledge, from which facts: "clot_ever, answer, 2026-11-22" each. `digest`:
    of all that went in, so that a letter and its facts can be held against each other later; of a letter in the very
    words of an earlier one, of that and how many there were (`again`)."""

    by: str
    on: dt.date
    knowledge: str
    facts: tuple[str, ...] = ()
    digest: str = ""


class Reply(Struct, frozen=True):
    """How an answer can come back. `link`: an address, printed as a code for a phone and in letters."""

    link: str = ""
    fax: str = ""
    phone: str = ""
    address: tuple[str, ...] = ()


Paper = Literal["a4", "letter"]


def made_of(by: str, on: dt.date, knowledge: str, facts: Iterable[str], *content: Any) -> Made:
    """The record of making. `content`: everything else that the letter says, as values."""
    named = tuple(dict.fromkeys(facts))
    plain = msgspec.to_builtins([by, on, knowledge, named, content])  # as ASCII: half a character must not stop it
    whole = json.dumps(plain, sort_keys=True, ensure_ascii=True).encode("ascii")
    return Made(by, on, knowledge, named, hashlib.sha256(whole).hexdigest())


def again(made: Made, time: int) -> Made:
    """The same for the first time (0); for one more in the same words another number, worked out from the first."""
    if not time:
        return made
    return structs.replace(made, digest=hashlib.sha256(f"{made.digest} {time}".encode("ascii")).hexdigest())
