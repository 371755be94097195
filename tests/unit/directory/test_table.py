"""A clinic's own therapists: a plain table, each cell self-declared unless it says that it was checked."""

from __future__ import annotations

import csv
import io

import pytest

from afferent.directory import match
from afferent.directory.find import find
from afferent.directory.load import load, with_places
from afferent.directory.store import Directory
from afferent.directory.table import columns, is_table, read, template
from afferent.errors import InputError
from afferent.records.nppes.number import with_check
from tests.unit.directory.people import DAY, needs
from tests.unit.directory.test_load import put, row, text, whole

NUMBER = with_check("100000001")


def table(*rows: dict[str, str]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns())
    writer.writeheader()
    writer.writerows({"id": str(n), "name": "Ann", "state": "MN", "zip": "55401", **one} for n, one in enumerate(rows))
    return out.getvalue().encode()


@pytest.fixture
def directory(tmp_path) -> Directory:
    made = Directory.open(tmp_path / "d", make=True)
    with_places(made)
    return made


def test_the_template_can_be_taken_in_as_it_is(directory) -> None:
    assert is_table(template().encode().split(b"\n")[0])
    added = read(template().encode(), "own.csv", directory)
    assert (added.kept, added.broken) == (1, 0)
    found = find(directory, needs()).matches[0]
    assert found.name == "Ann Example"
    assert [one.standing for one in found.reasons[:2]] == ["verified", "verified"]
    assert found.checked


def test_twice_is_once(directory) -> None:
    read(template().encode(), "own.csv", directory)
    before = whole(directory)
    read(template().encode(), "own.csv", directory)
    assert whole(directory) == before


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"step_free": "maybe"}, "line 2, column step_free: 'maybe'; write yes or no"),
        ({"price": "sixty"}, "line 2, column price: 'sixty' is no whole number"),
        ({"first_slot": "soon"}, "line 2, column first_slot: 'soon' is no day"),
        ({"npi": "1234567890"}, "line 2, column npi: '1234567890' is no provider number"),
        ({"state": "Minnesota"}, "line 2, column state"),
        ({"name": ""}, "line 2, column name"),
        ({"id": ""}, "line 2, column id"),
        ({"gender": "x"}, "line 2, column gender"),
        ({"checked": "step_free"}, "line 2, column checked: say when"),
        ({"checked": "magic"}, "line 2, column checked: there is no 'magic'"),
        ({"licence_status": "fine"}, "line 2, column licence_status"),
        ({"licence_status": "fine", "licence_state": "MN"}, "line 2, column licence_status"),
        ({"sanctioned": "?"}, "line 2, column sanctioned"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_and_the_others_kept(directory, cells, says) -> None:
    added = read(table(cells, {}), "own.csv", directory)
    if cells == {"licence_status": "fine"}:
        assert added.kept == 2  # without a state or a number there is no licence
        return
    assert (added.kept, added.broken) == (1, 1)
    assert says in added.named[0]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"name,state,zip,shoe\n", "'shoe' is no column"),
        (b"name,state\n", "there is no column 'zip'"),
        (b"name,state,zip\n\xff\n", "line 2: is not UTF-8"),
    ],
)
def test_a_table_that_is_none(directory, data, says) -> None:
    with pytest.raises(InputError, match=says):
        read(data, "own.csv", directory)


def test_what_somebody_said_stays_when_the_register_comes_again(directory, tmp_path) -> None:
    load(put(tmp_path / "a.csv", text([row(NUMBER)])), directory)
    told = {"npi": NUMBER, "name": "Ann F.", "step_free": "yes", "licence_state": "MN", "licence_number": "7",
            "licence_status": "active", "said_on": "2026-11-01"}  # fmt: skip
    assert read(table(told), "own.csv", directory).kept == 1
    assert directory.count() == 1
    load(put(tmp_path / "b.csv", text([row(NUMBER, **{"Last Update Date": "05/05/2026"})])), directory)
    therapist = directory.get(f"npi:{NUMBER}")[0]
    assert therapist.name == "Ann F."
    assert therapist.fact("step_free").value is True
    assert therapist.licences[0].status == "active"
    assert match(needs(), [therapist]).matches[0].licence == (
        "Minnesota: the state does not license massage therapists; licence number 7: active, self-declared, 01 Nov 2026"
    )
    assert DAY
