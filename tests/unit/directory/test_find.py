"""From a directory to the few that are looked at: the same answer as from everybody, while no bound is reached."""

from __future__ import annotations

import random
from contextlib import suppress

import pytest
from msgspec.structs import replace

from afferent.directory import match
from afferent.directory.find import find
from afferent.directory.grid import km
from afferent.directory.store import Directory, shelf_of
from afferent.directory.zips import Place
from afferent.errors import InputError
from tests.unit.directory.people import MINNEAPOLIS, known, needs, therapist


def people(count: int, seed: int = 2):
    chance = random.Random(seed)
    for n in range(count):
        spot = replace(MINNEAPOLIS, lat=45 + chance.gauss(0, 0.3), lon=-93.2 + chance.gauss(0, 0.3))
        facts = {}
        for name in ("oncology_training", "step_free", "writes_to_care_team", "gives_receipts"):
            if chance.random() < 0.3:
                facts[name] = known(chance.random() < 0.7, chance.choice(("verified", "declared")))
        if chance.random() < 0.5:
            facts["gender"] = known(chance.choice(("female", "male")), "declared")
        yield therapist(f"own:{n:03d}", spot, **facts)


@pytest.fixture
def town(tmp_path) -> tuple[Directory, list]:
    those = list(people(60))
    made = Directory.open(tmp_path / "d", make=True)
    with made:
        for one in those:
            made.put(one)
    return made, those


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"travel_km": 8},
        {"training": ("oncology",)},
        {"must": ("step_free",), "gender": "female"},
        {"at_home": True},
    ],
)
def test_the_same_as_from_everybody_within_reach(town, fields) -> None:
    directory, those = town
    wanted = needs(**fields)
    near = [one for one in those if km(wanted.lat, wanted.lon, one.spots[0].lat, one.spots[0].lon) <= wanted.reach_km]
    assert 3 < len(near) < len(those)
    assert find(directory, wanted, shown=5) == match(wanted, near, shown=5)


def test_where_nobody_passes_everybody_within_reach_is_looked_at(tmp_path) -> None:
    directory = Directory.open(tmp_path / "d", make=True)
    with directory:
        for n in range(700):
            directory.put(therapist(f"own:{n}", replace(MINNEAPOLIS, lat=44.976 + n / 10_000)))
    found = find(directory, needs(training=("oncology",)))
    assert found.looked_at == 700
    assert found.refused[0].count == 700


def test_nearest_first_and_nobody_twice_or_left_out(town) -> None:
    directory, those = town
    found = [pair for shelf in range(4) for pair in directory.nearest(45, -93.2, 50, shelf)]
    there = {one.id: km(45, -93.2, one.spots[0].lat, one.spots[0].lon) for one in those}
    assert sorted(found) == sorted(found, key=lambda pair: pair[0])
    assert {directory.body(n).id: distance for distance, n in found} == {
        id: distance for id, distance in there.items() if distance <= 50
    }
    for shelf in range(4):
        distances = [distance for distance, _ in directory.nearest(45, -93.2, 50, shelf)]
        assert distances == sorted(distances)


def test_the_four_shelves() -> None:
    shelves = [
        therapist("a", oncology_training=True),
        therapist("b", oncology_training=known(True, "declared")),
        therapist("c", step_free=True, oncology_training=False),
        therapist("d", gender="female"),
    ]
    assert [shelf_of(one) for one in shelves] == [0, 1, 2, 3]


def test_several_places_of_work_the_nearest_counts(tmp_path) -> None:
    directory = Directory.open(tmp_path / "d", make=True)
    far = replace(MINNEAPOLIS, city="Far", lat=MINNEAPOLIS.lat + 0.2)
    with directory:
        directory.put(replace(therapist("own:1"), spots=(far, MINNEAPOLIS)))
    found = find(directory, needs())
    assert (found.looked_at, found.matches[0].where) == (1, "Minneapolis, MN")


def test_a_change_that_is_broken_off_leaves_the_file_as_it_was(town) -> None:
    directory, those = town
    with suppress(RuntimeError), directory:
        directory.put(therapist("own:new"))
        raise RuntimeError
    assert directory.count() == len(those)
    assert directory.get("own:new") is None


def test_places_by_number_and_by_city(tmp_path) -> None:
    directory = Directory.open(tmp_path / "d", make=True)
    with directory:
        directory.know(
            [Place("55401", "Minneapolis", "MN", 44.9, -93.2), Place("55402", "Minneapolis", "MN", 45.1, -93.4)]
        )
    assert directory.place("55402").lat == 45.1
    assert directory.place("00000") is None
    middle = directory.city("MINNEAPOLIS", "mn")
    assert (round(middle.lat, 6), round(middle.lon, 6), middle.zip) == (45.0, -93.3, "55401")
    assert directory.city("Nowhere", "MN") is None


def test_a_file_of_another_kind_is_refused(tmp_path) -> None:
    import sqlite3

    other = sqlite3.connect(tmp_path / "other")
    other.execute("CREATE TABLE x (y)")
    other.close()
    with pytest.raises(InputError, match="is no directory of this program"):
        Directory.open(tmp_path / "other", make=True)
