"""Where a message goes: the address of a client on one channel, as a sender needs it.

Ask here: `reach(client, channel, country)` and `dialled(text, country)`, a telephone number written so that the whole
world can dial it. Raises nothing: "" where there is none, or where it cannot be read.
"""

from __future__ import annotations

import re
from typing import Final

from afferent.web.clients.models import Client

_SEPARATORS: Final = re.compile(r"[\s().\-/\u2010-\u2015]")
_WHOLE: Final = re.compile(r"\+[1-9][0-9]{6,14}")


def reach(client: Client, channel: str, country: str) -> str:
    """An e-mail address, or a number that begins with +."""
    return client.email if channel == "email" else dialled(client.phone, country)


def dialled(text: str, country: str = "") -> str:
    """ "(030) 123 45 67" in +49: "+49301234567". Without a country only numbers that name theirs."""
    number = _SEPARATORS.sub("", text.replace("(0)", ""))
    if number.startswith("00"):
        number = f"+{number[2:]}"
    if not number.startswith("+"):
        number = f"{country}{number.removeprefix('0')}" if country else ""
    return number if _WHOLE.fullmatch(number) else ""
