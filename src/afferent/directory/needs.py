"""What one person needs: where, how far, what must be, what is wished. From a screening, from five plain questions,
or both.

Ask here: `Needs`, `from_words(…)`, `from_screening(…)`. Nothing of a person's health stays in it but which training
is needed and why, in words.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from afferent.directory.published import Published, published
from afferent.errors import InputError
from afferent.safety.screening import Screening

TRAVEL_KM: Final = 40
VISITING_KM: Final = 40  # how far those who visit are looked for, at least
FURTHEST_KM: Final = 400


class Needs(Struct, frozen=True, forbid_unknown_fields=True):
    """Needs of one person on one day.

    `lat`, `lon`: degrees of where they start from; `place`: how that is called. `travel_km`: as the crow flies.
    `must`: facts of facts.toml that must be so (also "gender" and "languages", then as wished). `training`: keys of
    training.toml. `at_home`: somebody comes to them, so their own travel limit does not count. `price_limit`: dollars
    for 30 to 45 minutes.
    """

    lat: float
    lon: float
    as_of: dt.date
    place: str = ""
    travel_km: int = TRAVEL_KM
    at_home: bool = False
    must: tuple[str, ...] = ()
    training: tuple[str, ...] = ()
    licence_checked: bool = False
    training_checked: bool = False
    per_week: int = 1
    price_limit: int | None = None
    gender: str = ""
    language: str = ""
    receipts: bool = False
    sliding_scale: bool = False
    quiet_room: bool = False
    fragrance_free: bool = False

    @property
    def reach_km(self) -> int:
        """How far anybody is looked for at all."""
        return max(self.travel_km, VISITING_KM)

    def __post_init__(self) -> None:
        known = {*published().facts}
        for name in self.must:
            if name not in known:
                raise ValueError(f"must: there is no fact {name!r} of a therapist")
        for name in self.training:
            if name not in published().training:
                raise ValueError(f"training: there is no {name!r}")
        if not 0 < self.travel_km <= FURTHEST_KM:
            raise ValueError(f"travel_km: must be from 1 to {FURTHEST_KM}")
        if not (-90 <= self.lat <= 90 and -180 <= self.lon <= 180):
            raise ValueError("lat, lon: no such place on earth")
        if not 1 <= self.per_week <= 14:
            raise ValueError("per_week: must be from 1 to 14")


def words(tables: Published | None = None) -> dict[str, str]:
    """Every word of the five questions -> what it says."""
    tables = tables or published()
    return {word: choice.says for question in tables.questions.values() for word, choice in question.choices.items()}


def from_words(needs: Needs, chosen: Iterable[str], tables: Published | None = None) -> Needs:
    """The same needs with these answers of the five questions added. Raises InputError naming a word that is none."""
    tables = tables or published()
    choices = {word: choice for question in tables.questions.values() for word, choice in question.choices.items()}
    for word in chosen:
        if word not in choices:
            raise InputError(f"needs: there is no {word[:40]!r}; there are {', '.join(choices)}")
        needs = _added(needs, choices[word].sets)
    return needs


def from_screening(needs: Needs, screening: Screening, tables: Published | None = None) -> Needs:
    """The same needs with the training that the rules which fired ask for. What may still fire is asked first,
    elsewhere."""
    tables = tables or published()
    fired = {one.id: one for one in screening.rules if one.state == "fired"}
    asked = [
        training.id
        for training in tables.training.values()
        if any(rule in fired and _beside(training.facts, fired[rule].facts) for rule in training.rules)
    ]
    return _added(needs, {"training": asked})


def _beside(wanted: tuple[str, ...], met: Iterable[Any]) -> bool:
    return not wanted or any(one.fact in wanted for one in met)


def _added(needs: Needs, sets: dict[str, Any]) -> Needs:
    fields = {
        name: tuple(dict.fromkeys((*getattr(needs, name), *value))) if name in ("must", "training") else value
        for name, value in sets.items()
    }
    return replace(needs, **fields)
