"""The tables of a directory, in words that SQLite and PostgreSQL both understand, and what an earlier format lacks.

Ask here: `made(words)`, the statements that make them; `UPGRADES`, from one format to the next. `words`: what each
database calls a kind of column. Streets and e-mail addresses stand in a table of their own that no search reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FORMAT: Final = 2

_CONTACT: Final = "CREATE TABLE contact (id {text} PRIMARY KEY, email {text}) {small}"
_MARK: Final = "CREATE TABLE mark (name {text} PRIMARY KEY, value BIGINT NOT NULL) {small}"
_BY_CITY: Final = "CREATE INDEX place_by_city ON place (lower(city), state)"
_BY_LATITUDE: Final = "CREATE INDEX place_by_latitude ON place (lat)"
_TABLES: Final = (
    "CREATE TABLE place (zip {text} PRIMARY KEY, city {text}, state {text}, lat {real}, lon {real}) {small}",
    _BY_CITY,
    _BY_LATITUDE,
    "CREATE TABLE therapist (n {number}, id {text} NOT NULL UNIQUE, shelf INTEGER NOT NULL, body {bytes} NOT NULL, "
    "gone {text}, places {text})",
    "CREATE TABLE spot (shelf INTEGER, cell INTEGER, n BIGINT, k INTEGER, lat {real}, lon {real}, "
    "PRIMARY KEY (shelf, cell, n, k) {beside}) {small}",
    "CREATE INDEX spot_of ON spot (n)",
    "CREATE TABLE address (id {text} PRIMARY KEY, street {text}) {small}",
    "CREATE TABLE chunk (digest {text} PRIMARY KEY, rows INTEGER, kept INTEGER, out INTEGER, unplaced INTEGER, "
    "broken INTEGER) {small}",
    "CREATE TABLE broken (digest {text}, line INTEGER, says {text}, PRIMARY KEY (digest, line, says)) {small}",
    _CONTACT,
    _MARK,
)
UPGRADES: Final[dict[int, tuple[str, ...]]] = {
    1: ("DROP INDEX place_by_city", _BY_CITY, _BY_LATITUDE, _CONTACT, _MARK),
}


def made(words: Mapping[str, str]) -> list[str]:
    """The statements that make all of it."""
    return [one.format_map(words) for one in _TABLES]


def upgraded(since: int, words: Mapping[str, str]) -> list[str]:
    """The statements that lead from an earlier format to this one."""
    return [one.format_map(words) for step in range(since, FORMAT) for one in UPGRADES[step]]
