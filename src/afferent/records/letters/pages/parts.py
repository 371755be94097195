"""What pages have in common: the clinic's head, who it goes to, and the line that says what a letter was made from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final

from afferent.records.letters.paper import Client, Clinic, Made, Recipient, Therapist
from afferent.records.letters.planned import HowHard, Shut
from afferent.records.letters.text import MISSING, printable
from afferent.words.consents import long_day
from afferent.words.letters import say
from afferent.words.vocabulary import LEVEL_MEANING, at_most

NAME: Final = 80  # letters of a name, a role, a line of an address
_ADDRESS: Final = 3  # lines of it
_HEAD: Final = 60  # letters of a line of the clinic's head
_REST: Final = 200
LINE: Final = 240
_PLACE: Final = 150  # letters of one place
LONG: Final = 700  # letters of what somebody wrote themselves


def head(clinic: Clinic) -> dict[str, Any]:
    """The clinic's own paper. The logo travels beside the data, not in it."""
    ways = _ways(clinic.phone, clinic.fax)
    licences = list(clinic.licences)
    if clinic.jurisdiction:
        licences.append(say("jurisdiction", place=clinic.jurisdiction))
    lines = [*clinic.address[:_ADDRESS], " · ".join(ways), clinic.email, " · ".join(licences)]
    return {
        "clinic": printable(clinic.name, NAME),
        "lines": [printable(one, _HEAD) for one in lines if one.strip()],
    }


def _ways(phone: str, fax: str) -> list[str]:
    return [say(key, number=number) for key, number in (("phone", phone), ("fax", fax)) if number]


def recipient(to: Recipient) -> dict[str, str]:
    """Name, and the rest on one line."""
    ways = _ways(to.phone, to.fax)
    rest = " · ".join(one for one in (to.role, ", ".join(to.address), *ways) if one)
    return {"label": say("to"), "name": printable(to.name, NAME), "rest": printable(rest, _REST)}


def sender(one: Therapist) -> dict[str, str]:
    """Name, role, licence, number."""
    licence = say("licence", number=one.licence) if one.licence else ""
    rest = " · ".join(part for part in (one.role, licence, one.phone) if part)
    return {"label": say("from"), "name": printable(one.name, NAME), "rest": printable(rest, _REST)}


def person(one: Client) -> str:
    """Name and date of birth."""
    name = printable(one.name, NAME)
    return f"{name}, {say('born', day=long_day(one.born))}" if one.born else name


def made(one: Made) -> str:
    """Who made it, when, with which knowledge; the first letters of the digest find its record."""
    return printable(
        say("made", by=one.by[:NAME], on=one.on, day=long_day(one.on), version=one.knowledge, digest=one.digest[:12]),
        LINE,
    )


def how_hard(lines: Iterable[HowHard], *, short: bool = False) -> str:
    """ "Both feet: at most 1 light lotioning (only enough to spread lotion)." Long places by their look on the map."""
    return printable(" ".join(_hard(one, short=short) for one in lines), 4 * LINE)


def _hard(one: HowHard, *, short: bool) -> str:
    place = one.place
    if one.look and (short or len(place) > _PLACE):
        place = say("see_map", look=say(f"look_{one.look}"))
    limit = (
        at_most(one.level) if short else say("level_line", level=at_most(one.level), meaning=LEVEL_MEANING[one.level])
    )
    return say("at_most_there", place=place, limit=limit)


def left_alone(lines: Iterable[Shut], *, short: bool = False) -> str:
    """ "The RIGHT leg: not until you answer." """
    said = []
    for one in lines:
        place = (
            say("see_map", look=say("look_off")) if len(one.place) > (_PLACE if not short else LINE // 3) else one.place
        )
        said.append(say("not_until" if one.waits else "left_alone", place=place))
    return printable(" ".join(said), 2 * LINE)


def day(date: dt.date) -> str:
    return long_day(date)


def missing(page: object) -> str:
    """A line about what could not be printed, where anything could not."""
    return say("missing") if MISSING in str(page) else ""
