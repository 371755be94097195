"""How one statement is kept in the database, and read again: the whole `Evidence`, with the kind of its value."""

from __future__ import annotations

import datetime as dt
from typing import Any

from afferent.safety.evidence import Evidence


def pack(one: Evidence) -> dict[str, Any]:
    """A statement as plain JSON. A date is `{"day": ...}`, so that it never turns into a word."""
    value: Any = one.value
    if isinstance(value, dt.date):
        value = {"day": value.isoformat()}
    elif isinstance(value, tuple):
        value = list(value)
    date = one.date.isoformat() if one.date else None
    return {"fact": one.fact, "value": value, "date": date, "origin": one.origin, "said": one.said, "kind": one.kind}


def unpack(body: dict[str, Any]) -> Evidence:
    """The statement as it was."""
    value = body["value"]
    if isinstance(value, dict):
        value = dt.date.fromisoformat(value["day"])
    elif isinstance(value, list):
        value = tuple(value)
    date = dt.date.fromisoformat(body["date"]) if body["date"] else None
    return Evidence(body["fact"], value, date, body["origin"], body["said"], body["kind"])
