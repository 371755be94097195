"""What somebody asks for, read from a form and carried by the next one; kept nowhere.

Ask here: `Asked`, `read(sent)`, `needs(asked, start, today)`, `carried(asked)` (its fields, for forms that come after).
Raises InputError with one sentence.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.http import QueryDict
from msgspec import Struct
from msgspec.structs import replace

from afferent.directory.needs import Needs, from_words, words
from afferent.directory.published import Published, published
from afferent.directory.weighing import FACTORS, weighed
from afferent.errors import InputError
from afferent.web.directory.where import Start

MILES: Final = (10, 25, 50, 100)
MILE_KM: Final = 1.609344
SHOWN: Final = 3
LISTED: Final = 10
MORE: Final = 25
_LONGEST: Final = 80
_PRICE: Final = 1000
_DIGITS: Final = 5


class Asked(Struct, frozen=True):
    """One search. `training`: asked for by a screening. `points`: what a part counts, where not as published."""

    where: str = ""
    miles: int = 25
    words: tuple[str, ...] = ()
    training: tuple[str, ...] = ()
    price: int | None = None
    points: dict[str, int] = {}


def read(sent: QueryDict) -> Asked:
    """The search that a form carries."""
    known, tables = words(), published()
    chosen = tuple(dict.fromkeys(sent.getlist("need")))
    training = tuple(dict.fromkeys(sent.getlist("training")))
    for one in (*[n for n in chosen if n not in known], *[t for t in training if t not in tables.training]):
        raise InputError(f"There is no answer {one[:40]!r} to choose; open the page again")
    return Asked(
        where=plain(sent.get("where", "")), miles=_miles(sent.get("miles", "")), words=chosen, training=training,
        price=_price(sent.get("price", "")), points=_points(sent, tables),
    )  # fmt: skip


def plain(text: str) -> str:
    """Without letters that nobody sees: some of them no database takes, others turn a line around."""
    return "".join(" " if one.isspace() else one for one in text if one.isprintable() or one.isspace())[:_LONGEST]


def _miles(text: str) -> int:
    if not text:
        return Asked().miles
    if text not in map(str, MILES):
        raise InputError("Choose from the list how far you can travel")
    return int(text)


def _price(text: str) -> int | None:
    text = text.strip().removeprefix("$").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < _DIGITS and 0 < int(text) <= _PRICE):
        raise InputError(f"Write the most you can pay in whole dollars, from 1 to {_PRICE}, or leave it empty")
    return int(text)


def _points(sent: QueryDict, tables: Published) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in tables.parts:
        text = sent.get(f"points_{part}", "1")
        if text not in map(str, FACTORS):
            raise InputError("Choose for each part of the score whether it counts")
        if text != "1":
            found[part] = int(text)
    weighed(tables, found)
    return found


def needs(asked: Asked, start: Start, today: dt.date) -> Needs:
    """The same as the matcher takes it."""
    plain = Needs(
        lat=start.lat, lon=start.lon, as_of=today, place=start.name, travel_km=round(asked.miles * MILE_KM),
        training=asked.training, price_limit=asked.price,
    )  # fmt: skip
    return from_words(plain, asked.words)


def tables(asked: Asked) -> Published:
    """The tables by which it is scored."""
    return weighed(published(), asked.points) if asked.points else published()


def carried(asked: Asked) -> list[tuple[str, str]]:
    """Name and value of every field that makes the same search again."""
    found = [("where", asked.where), ("miles", str(asked.miles))]
    found += [("need", one) for one in asked.words] + [("training", one) for one in asked.training]
    found += [("price", str(asked.price))] if asked.price else []
    return found + [(f"points_{part}", str(factor)) for part, factor in asked.points.items()]


def at(asked: Asked, where: str) -> Asked:
    """The same search from a place as it was understood: a position stays no closer than it was rounded."""
    return replace(asked, where=where)
