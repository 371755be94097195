"""What an answer comes to, as it is kept beside it, and read again: clearances, facts, and what cannot stand.

Ask here: `kept` and `read_again`. It is read once, when it comes, by the knowledge of that day: what it holds back must
not vanish because a later version words a box differently. What a later version knows nothing of is left out.
"""

from __future__ import annotations

from typing import Any

import msgspec

from afferent.knowledge import Knowledge
from afferent.records.letters.answer_form import Fault, Reading
from afferent.safety.evidence import Clearance
from afferent.web.clients.packed import pack, unpack


def kept(reading: Reading) -> dict[str, Any]:
    """As plain JSON."""
    return {
        "clearances": msgspec.to_builtins(reading.clearances),
        "facts": [pack(one) for one in reading.facts],
        "faults": msgspec.to_builtins(reading.faults),
    }


def read_again(body: dict[str, Any], knowledge: Knowledge) -> Reading:
    """As it was. Its clearances are unverified, whatever has become of it."""
    facts = (unpack(one) for one in body["facts"])
    return Reading(
        clearances=msgspec.convert(body["clearances"], tuple[Clearance, ...]),
        facts=tuple(one for one in facts if one.fact in knowledge.facts),
        faults=msgspec.convert(body["faults"], tuple[Fault, ...]),
    )
