"""A column of text that sorts the same way on every database: byte by byte, as its letters are numbered."""

from __future__ import annotations

import unicodedata
from typing import Any, Final

from django.db import models

_COLLATION: Final = {"postgresql": "C", "sqlite": "BINARY"}
LAST: Final = "\U0010ffff"  # sorts after every letter


class KeyField(models.CharField):
    """For prefix search and for turning pages by the last key seen: ranges of it can use an index."""

    def db_parameters(self, connection: Any) -> dict[str, Any]:
        found = super().db_parameters(connection)
        return found | {"collation": _COLLATION[connection.vendor]}


def folded(text: str) -> str:
    """A name as it is searched: no case, no accents, single spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(letter if letter.isalnum() else " " for letter in plain if not unicodedata.combining(letter))
    return " ".join(kept.split())
