"""The address of a profile: `npi:1234567893` is `npi-1234567893`. Ask here: `address(id)`, `id_of(address)`."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Final

LONGEST: Final = 120  # of an id
_PLAIN: Final = re.compile(r"(npi|own):[A-Za-z0-9_]{1,100}")


def address(id: str) -> str:
    """What stands in the address of a profile: plain where the id is, letters of base 64 where it is not."""
    if _PLAIN.fullmatch(id):
        return id.replace(":", "-", 1)
    return "x-" + base64.urlsafe_b64encode(id.encode()).decode().rstrip("=")


def id_of(address: str) -> str:
    """The id that an address names; "" where it names none."""
    kind, _, rest = address.partition("-")
    if kind != "x":
        found = f"{kind}:{rest}"
        return found if _PLAIN.fullmatch(found) else ""
    try:
        id = base64.urlsafe_b64decode(rest[: 2 * LONGEST] + "=" * (-len(rest) % 4)).decode()
    except (binascii.Error, ValueError):
        return ""
    return id if len(id) <= LONGEST and "\0" not in id else ""
