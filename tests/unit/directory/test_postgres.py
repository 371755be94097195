"""The same directory on both databases: every answer is the same, to the last bit of a distance."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path

import pytest

from afferent.directory.find import find
from afferent.directory.store import Directory, where
from afferent.directory.zips import Place
from afferent.errors import InputError
from tests.unit.directory.people import MINNEAPOLIS, needs, therapist
from tests.unit.directory.test_find import people

PLACES = [
    Place("55401", "Minneapolis", "MN", 44.9, -93.2), Place("55402", "Minneapolis", "MN", 45.1, -93.4),
    Place("62701", "Springfield", "IL", 39.8, -89.65), Place("65801", "springfield", "MO", 37.2, -93.3),
]  # fmt: skip


@pytest.fixture(scope="module")
def url():
    pytest.importorskip("pgserver")
    from afferent.web.testing import postgres

    with tempfile.TemporaryDirectory(prefix="afferent-pg-") as folder:
        yield postgres.started(Path(folder) / "data", "directory")


@pytest.fixture
def both(tmp_path, url):
    made = [Directory.open(tmp_path / "d", make=True), Directory.open(url, make=True, schema=f"s{id(tmp_path)}")]
    for directory in made:
        with directory:
            directory.know(PLACES)
            for one in people(300):
                directory.put(one)
    yield made
    for directory in made:
        directory.close()


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"travel_km": 3},
        {"travel_km": 200},
        {"training": ("oncology",)},
        {"must": ("step_free",)},
        {"at_home": True},
    ],
)
def test_the_same_answer(both, fields) -> None:
    wanted = needs(**fields)
    lite, postgres = (find(directory, wanted, shown=25) for directory in both)
    assert lite.suitable
    assert lite == postgres


def test_the_same_places_marks_and_people(both) -> None:
    for ask in (
        lambda d: sorted(d.places(), key=lambda one: one.zip), lambda d: d.city("minneapolis", "mn"),
        lambda d: d.cities("SPRINGFIELD"), lambda d: d.around(38, 46, -94, -88), lambda d: d.place("55402"),
        lambda d: d.count(), lambda d: d.numbers(), lambda d: d.mark("x"), lambda d: d.get("own:007"),
        lambda d: d.street("own:007"), lambda d: [one for shelf in range(4) for one in d.nearest(45, -93.2, 60, shelf)],
    ):  # fmt: skip
        assert ask(both[0]) == ask(both[1])


def test_writing_breaking_off_and_settling(both) -> None:
    for directory in both:
        with directory:
            directory.put(therapist("npi:1234567893"), street="1 Home Street")
            directory.reached_by("npi:1234567893", "ann@example.org")
            directory.set_mark("entries", 7)
        with suppress(RuntimeError), directory:
            directory.put(therapist("own:new"))
            raise RuntimeError
        directory.settle()
        assert directory.numbers() == {b"1234567893"}
        assert (directory.street("npi:1234567893"), directory.email("npi:1234567893")) == (
            "1 Home Street",
            "ann@example.org",
        )
        assert (directory.mark("entries"), directory.get("own:new"), directory.count()) == (7, None, 301)
    assert find(both[0], needs(), shown=9) == find(both[1], needs(), shown=9)


def test_the_register_loads_alike(tmp_path, url) -> None:
    from afferent.directory import made
    from afferent.directory.load import load
    from afferent.directory.zips import places

    near = [one for one in places().values() if one.state == "MN"]
    made.write(tmp_path / "n.csv", 400, near, share=0.5, broken=8, locations=tmp_path / "p.csv")
    kept = []
    for at in (tmp_path / "d", url):
        directory = Directory.open(at, make=True, schema="loaded")
        for _ in range(2):
            told = load(tmp_path / "n.csv", directory, further=tmp_path / "p.csv", size=100_000)
        rows = [directory.get(id) for (id,) in directory.db.rows("SELECT id FROM therapist ORDER BY id")]
        kept.append((told, rows, find(directory, needs(MINNEAPOLIS), shown=25)))
        directory.close()
    assert kept[0] == kept[1]


def test_a_database_without_a_directory_or_with_another_is_refused(url) -> None:
    with pytest.raises(InputError, match="there is no directory in this database"):
        Directory.open(url, schema="nothing_here")
    with pytest.raises(InputError, match="cannot be opened"):
        Directory.open("postgres://nobody@127.0.0.1:1/none")
    import psycopg

    with psycopg.connect(url, autocommit=True) as db:
        db.execute("CREATE SCHEMA other")
    with pytest.raises(InputError, match="of another program"):
        Directory.open(url, make=True, schema="other")
    assert where("postgresql://x/y") == "postgresql://x/y"
    assert where("d.sqlite3") == Path("d.sqlite3")


def test_a_file_of_the_first_format_is_led_on(tmp_path) -> None:
    import sqlite3

    path = tmp_path / "d"
    with Directory.open(path, make=True) as directory:
        directory.know(PLACES)
    directory.close()
    db = sqlite3.connect(path)
    db.executescript(
        "DROP TABLE mark; DROP TABLE contact; DROP INDEX place_by_latitude; DROP INDEX place_by_city; "
        "CREATE INDEX place_by_city ON place (city COLLATE NOCASE, state); PRAGMA user_version = 1;"
    )
    db.close()
    directory = Directory.open(path)
    assert directory.mark("entries") == 0
    assert directory.city("Minneapolis", "MN") is not None
