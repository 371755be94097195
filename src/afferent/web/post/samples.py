"""What the messages of a clinic say, with a time and links that are made up: to be read before anything goes out.

Ask here: `samples(manner, clinic, now)`.
"""

from __future__ import annotations

import datetime as dt

from msgspec import Struct
from msgspec.structs import replace

from afferent.web.clinics.models import Clinic
from afferent.web.post.doors import has_texts_in
from afferent.web.post.models import CHANNELS, KINDS, Manner
from afferent.web.post.wording import Told, worded

_LINK = "https://…/abcd-efgh"


class Sample(Struct, frozen=True):
    """One message as it would go."""

    kind: str
    channel: str
    text: str


def samples(how: Manner, clinic: Clinic, now: dt.datetime) -> list[Sample]:
    """Every kind by every channel."""
    starts = (now + dt.timedelta(days=how.days_before)).astimezone(clinic.zone).replace(hour=14, minute=30)
    answers = has_texts_in()
    told = Told(
        there=clinic.zone, here=clinic.zone, now=now, starts_at=starts, link=_LINK, until=now + dt.timedelta(days=4),
        name=how.signs_as, phone=how.phone, answers=answers,
    )  # fmt: skip
    return [
        Sample(words, way, worded(kind, channel, replace(told, stop=_LINK if channel == "email" else "")).text)
        for kind, words in KINDS.items()
        for channel, way in CHANNELS.items()
    ]
