"""What is given instead of a number that would mean nothing."""

from __future__ import annotations

from msgspec import Struct


class Refused(Struct, frozen=True):
    """No number, and one sentence why."""

    why: str
