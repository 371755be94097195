"""What a message says, made at the moment it is sent. Pure: what it needs is passed in.

Ask here: `Told` (what a text may name) and `worded` (subject and text for one channel). Only these few values go into
a text, so that nothing else can: no name of a client, no reason, no place of the body.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from importlib.resources import files
from typing import Any, Final
from zoneinfo import ZoneInfo

import tomli
from msgspec import Struct

from afferent.web.book.times import clock, long_day

LANGUAGE: Final = "en"
_TO_OTHERS: Final = ("request",)  # not to the client: there is nothing to stop


class Told(Struct, frozen=True):
    """`starts_at` of the visit, `there`: the clinic's zone, `here`: the client's. `name`, `phone`: of the clinic, for
    messages; may be empty. `stop`: an address that ends these. `answers`: does a text that comes back reach us?"""

    there: ZoneInfo
    here: ZoneInfo
    now: dt.datetime
    starts_at: dt.datetime | None = None
    link: str = ""
    until: dt.datetime | None = None
    name: str = ""
    phone: str = ""
    stop: str = ""
    answers: bool = False


class Worded(Struct, frozen=True):
    """Ready to go."""

    subject: str
    text: str


def worded(kind: str, channel: str, told: Told, language: str = LANGUAGE) -> Worded:
    """One message. A language that there is none of is English."""
    words = texts().get(language) or texts()[LANGUAGE]
    values = _values(told, words)
    says = [words[kind]["says"].format(**values)]
    if kind == "visit" and told.phone:
        says.append(words["call"].format(**values))
    if kind not in _TO_OTHERS:
        says.append(_stop(channel, told, words).format(**values))
    subject = words[kind]["subject"].format(**values)
    if channel == "email":
        return Worded(subject, "\n\n".join(filter(None, [*says, told.name])) + "\n")
    sign = words["sign_text"].format(**values) if told.name else ""
    return Worded(subject, sign + " ".join(says))


@cache
def texts() -> dict[str, Any]:
    """All templates, by language."""
    return tomli.loads(files("afferent.web.post").joinpath("texts.toml").read_text("utf-8"))


def _values(told: Told, words: dict[str, Any]) -> dict[str, str]:
    found = {"link": told.link, "name": told.name, "phone": told.phone, "stop": told.stop, "day": "", "time": ""}
    if told.starts_at is not None:
        at = told.starts_at.astimezone(told.there)
        found |= {"day": long_day(at.date(), told.now.astimezone(told.there).date()), "time": _time(told, at, words)}
    if told.until is not None:
        found["until"] = long_day(told.until.astimezone(told.here).date(), told.now.date())
    return found


def _time(told: Told, at: dt.datetime, words: dict[str, Any]) -> str:
    """The clock at the clinic, which is where the client will be; said so where the client's shows another time."""
    if at.utcoffset() == at.astimezone(told.here).utcoffset():
        return clock(at)
    place = told.there.key.rpartition("/")[2].replace("_", " ")
    return str(words["clock_there"].format(time=clock(at), place=place))


def _stop(channel: str, told: Told, words: dict[str, Any]) -> str:
    """How to end these, in the way that works here."""
    if channel == "text" and told.answers:
        return str(words["stop_text"])
    if told.stop:
        return str(words["stop_link"])
    return str(words["stop_call"] if told.phone else words["stop_tell"])
