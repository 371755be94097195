"""The register into a directory: by name, in any version, whatever is broken in it, and again with the same result."""

from __future__ import annotations

import csv
import io
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from afferent.directory import made
from afferent.directory.find import find
from afferent.directory.load import load
from afferent.directory.store import Directory
from afferent.directory.zips import places
from afferent.errors import InputError
from afferent.records.nppes.layout import MASSAGE_THERAPIST, names
from afferent.records.nppes.number import sound, with_check
from tests.unit.directory.people import needs

SMALL = 60_000  # bytes of a piece: about fifty rows
SEVERAL = list(places().values())[::400]
HEAD = names()


def row(number: str, slot: int = 1, **cells: str) -> dict[str, str]:
    """One massage therapist, as the register writes one; cells by a short name."""
    said = {
        "NPI": number, "Entity Type Code": "1",
        "Provider Last Name (Legal Name)": "FINCH", "Provider First Name": "ANN",
        "Provider Business Practice Location Address City Name": "MINNEAPOLIS",
        "Provider First Line Business Practice Location Address": "1 HOME ST",
        "Provider Business Practice Location Address State Name": "MN",
        "Provider Business Practice Location Address Postal Code": "554011234",
        "Provider Business Practice Location Address Country Code (If outside U.S.)": "US",
        "Provider Business Practice Location Address Telephone Number": "6125550100",
        "Last Update Date": "01/02/2024", "Provider Sex Code": "F",
        f"Healthcare Provider Taxonomy Code_{slot}": MASSAGE_THERAPIST,
    }  # fmt: skip
    return {**said, **cells}


def text(rows: list[dict[str, str]], head: list[str] = HEAD) -> str:
    out = io.StringIO()
    table = csv.DictWriter(out, head, quoting=csv.QUOTE_ALL, lineterminator="\n", restval="", extrasaction="ignore")
    table.writeheader()
    table.writerows(rows)
    return out.getvalue()


def put(path: Path, written: str | bytes) -> Path:
    path.write_bytes(written if isinstance(written, bytes) else written.encode())
    return path


def taken(path: Path, *files: str | bytes) -> tuple[Directory, list]:
    directory = Directory.open(path / "d.sqlite3", make=True)
    found = [load(put(path / f"{n}.csv", one), directory, size=SMALL)[0] for n, one in enumerate(files)]
    return directory, found


def whole(directory: Directory) -> list:
    """Everything that a directory holds, but for the order it came in."""
    tables = {
        "therapist": "id, shelf, body, gone", "address": "*", "chunk": "*", "broken": "*",
        "spot": "shelf, cell, k, lat, lon, (SELECT id FROM therapist t WHERE t.n = spot.n)",
    }  # fmt: skip
    return [sorted(directory.db.rows(f"SELECT {of} FROM {name}")) for name, of in tables.items()]


ONE, TWO = with_check("100000001"), with_check("100000002")


@pytest.mark.parametrize("slot", [1, 7, 15])
def test_the_code_in_any_of_fifteen_slots(tmp_path, slot) -> None:
    directory, [found] = taken(
        tmp_path, text([row(ONE, slot), {**row(TWO), "Healthcare Provider Taxonomy Code_1": "x"}])
    )
    assert (found.rows, found.kept, directory.count()) == (2, 1, 1)
    therapist, gone = directory.get(f"npi:{ONE}")
    assert gone is None
    assert therapist.name == "Ann Finch"
    assert therapist.spots[0].zip == "55401"
    assert therapist.fact("gender").value == "female"
    assert therapist.fact("gender").standing == "declared"


def test_a_licence_number_is_a_number_and_a_code_is_a_label(tmp_path) -> None:
    cells = {"Provider License Number_1": "MT1", "Provider License Number State Code_1": "MO"}
    directory, _ = taken(tmp_path, text([row(ONE, **cells)]))
    therapist = directory.get(f"npi:{ONE}")[0]
    assert [(one.jurisdiction, one.number, one.status, one.standing) for one in therapist.licences] == [
        ("MO", "MT1", "not known", "declared")
    ]
    assert set(therapist.facts) == {"gender"}


def test_no_street_is_shown_or_searched(tmp_path) -> None:
    directory, _ = taken(tmp_path, text([row(ONE)]))
    assert b"HOME ST" not in directory.db.rows("SELECT body FROM therapist")[0][0]
    assert directory.db.rows("SELECT street FROM address")[0][0] == "1 HOME ST"
    assert "HOME" not in repr(find(directory, needs()))


@pytest.mark.parametrize("version", ["V1", "V2"])
def test_both_versions_by_the_names_of_their_columns(tmp_path, version) -> None:
    written = made.write(tmp_path / "n.csv", 300, SEVERAL, version=version, share=0.3)
    directory = Directory.open(tmp_path / "d", make=True)
    [found] = load(tmp_path / "n.csv", directory)
    assert found.kept == written.therapists == directory.count()
    assert not found.broken
    genders = {directory.body(n).fact("gender").value for (n,) in directory.db.rows("SELECT n FROM therapist")}
    assert genders == {"female", "male", None}


def test_columns_in_another_order_and_another_spelling(tmp_path) -> None:
    head = [name.upper().replace(" - ", "-") for name in reversed(HEAD)]
    there = {name.upper(): value for name, value in row(ONE).items()}
    _, [found] = taken(tmp_path, text([there], head))
    assert found.kept == 1


@pytest.mark.parametrize(
    ("gone", "back", "kept"), [("06/30/2024", "", 0), ("06/30/2024", "02/01/2025", 1), ("06/30/2024", "01/01/2020", 0)]
)
def test_deactivated_out_and_reactivated_in(tmp_path, gone, back, kept) -> None:
    cells = {"NPI Deactivation Date": gone, "NPI Reactivation Date": back}
    _, [found] = taken(tmp_path, text([row(ONE, **cells)]))
    assert found.kept == kept


def test_weekly_files_update_in_place(tmp_path) -> None:
    """The register empties the row of a number that goes out of use."""
    month = text([row(ONE), row(TWO)])
    week = text([
        row(ONE, **{"Last Update Date": "02/02/2025", "Provider Last Name (Legal Name)": "DOVE"}),
        {"NPI": TWO, "NPI Deactivation Date": "02/03/2025"},
    ])  # fmt: skip
    directory, found = taken(tmp_path, month, week)
    assert (found[1].kept, found[1].out, directory.count()) == (1, 1, 1)
    assert directory.get(f"npi:{ONE}")[0].name == "Ann Dove"
    late = load(put(tmp_path / "late.csv", text([row(ONE), row(TWO), row(with_check("100000003"))])), directory)[0]
    assert (late.kept, directory.count()) == (1, 2)
    assert directory.get(f"npi:{ONE}")[0].name == "Ann Dove"


def test_who_is_a_massage_therapist_no_more_goes_and_who_is_again_comes_back(tmp_path) -> None:
    other = {"Healthcare Provider Taxonomy Code_1": "207Q00000X", "Last Update Date": "02/02/2025"}
    directory, found = taken(tmp_path, text([row(ONE)]), text([row(ONE, **other)]))
    assert (found[1].out, directory.count()) == (1, 0)
    load(put(tmp_path / "back.csv", text([row(ONE, **{"Last Update Date": "03/03/2025"})])), directory)
    assert directory.count() == 1


def test_the_same_file_twice_under_another_name_changes_nothing(tmp_path) -> None:
    made.write(tmp_path / "n.csv", 400, SEVERAL, share=0.2, broken=8)
    directory = Directory.open(tmp_path / "d", make=True)
    first = load(tmp_path / "n.csv", directory, size=SMALL)[0]
    before = whole(directory)
    (tmp_path / "n.csv").rename(tmp_path / "m.csv")
    second = load(tmp_path / "m.csv", directory, size=SMALL)[0]
    assert whole(directory) == before
    assert (second.rows, second.kept, second.broken) == (first.rows, first.kept, first.broken)
    assert second.known_before == second.pieces > 3


def test_broken_rows_are_named_by_line_and_column_counted_and_the_rest_kept(tmp_path) -> None:
    written = made.write(tmp_path / "n.csv", 600, SEVERAL, share=0.2, broken=16)
    directory = Directory.open(tmp_path / "d", make=True)
    found = load(tmp_path / "n.csv", directory, size=SMALL)[0]
    assert found.kept == written.therapists
    assert found.broken == 14  # two of the sixteen only break a line inside a cell, which is no fault
    said = "\n".join(found.named)
    for part in ("329 cells", "331 cells", "is not UTF-8", "is no day", "its check fails", "never closed"):
        assert part in said
    assert "column Last Update Date" in said
    lines = (tmp_path / "n.csv").read_bytes().split(b"\n")
    for says in found.named:
        number = int(says.split("line ")[1].split(":")[0].split(",")[0])
        line = lines[number - 1]
        if "cells" in says:
            assert line.count(b'","') != len(HEAD) - 1
        if "UTF-8" in says:
            assert b"\xe9" in line


def test_a_download_that_was_cut_short(tmp_path) -> None:
    written = text([row(with_check(f"1000000{n:02d}")) for n in range(10)]).encode()
    directory, [found] = taken(tmp_path, written[:-400])
    assert (found.kept, found.broken) == (9, 1)
    assert found.named == (
        "0.csv, line 11: the file ends in the middle of this row; the download was cut short, fetch it again",
    )
    load(put(tmp_path / "again.csv", written), directory)
    assert directory.count() == 10


@pytest.mark.parametrize(
    ("written", "says"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04....", "is packed"),
        ("NPI,x\n".encode("utf-16"), "UTF-16"),
        (b"NPI,b\n1,2\n", "there is no column 'Entity Type Code'"),
        (text([], [one for one in HEAD if one != "Last Update Date"]), "there is no column 'Last Update Date'"),
        (text([], [one for one in HEAD if "Taxonomy Code" not in one]), "Healthcare Provider Taxonomy Code_1"),
        (b'"NPI\xff"\n', "is not UTF-8"),
    ],
)
def test_a_file_that_is_something_else_is_refused_in_one_sentence(tmp_path, written, says) -> None:
    with pytest.raises(InputError, match=says) as error:
        taken(tmp_path, written)
    assert "\n" not in str(error.value)
    assert "0.csv" in str(error.value)


def test_line_ends_of_another_system_and_cells_without_quotation_marks(tmp_path) -> None:
    rows = [row(ONE), row(TWO)]
    _, found = taken(tmp_path, text(rows).replace("\n", "\r\n"), text(rows).replace('"', ""))
    assert [one.kept for one in found] == [2, 2]
    assert [one.broken for one in found] == [0, 0]


def test_further_practice_locations(tmp_path) -> None:
    made.write(tmp_path / "n.csv", 400, SEVERAL, share=0.5, locations=tmp_path / "pl.csv")
    directory = Directory.open(tmp_path / "d", make=True)
    _, second = load(tmp_path / "n.csv", directory, further=tmp_path / "pl.csv", size=SMALL)
    assert second.kept == second.rows > 5
    many = [directory.body(n) for (n,) in directory.db.rows("SELECT n FROM spot WHERE k = 1")]
    assert len(many) >= second.kept - 1  # one may lie in the same ZIP code
    before = whole(directory)
    load(tmp_path / "n.csv", directory, further=tmp_path / "pl.csv", size=SMALL)
    assert whole(directory) == before


def test_a_zip_code_that_the_table_does_not_know_stands_for_those_that_begin_alike(tmp_path) -> None:
    zip = "Provider Business Practice Location Address Postal Code"
    directory, [found] = taken(tmp_path, text([row(ONE, **{zip: "55499"}), row(TWO, **{zip: "00000"})]))
    assert (found.kept, found.unplaced) == (2, 1)
    assert abs(directory.get(f"npi:{ONE}")[0].spots[0].lat - 44.97) < 0.2
    assert directory.get(f"npi:{TWO}")[0].spots == ()


_RUN = """
import sys
from pathlib import Path
from afferent.directory.load import load
from afferent.directory.store import Directory
load(Path(sys.argv[1]), Directory.open(Path(sys.argv[2]), make=True), further=Path(sys.argv[3]), size=20_000,
     watch=lambda end: print(end, flush=True))
"""


def test_killed_at_any_moment_and_run_again_it_is_as_if_nothing_had_happened(tmp_path) -> None:
    file, further = tmp_path / "n.csv", tmp_path / "pl.csv"
    made.write(file, 1500, SEVERAL, share=0.4, broken=9, locations=further)
    whole_run = Directory.open(tmp_path / "whole", make=True)
    load(file, whole_run, further=further, size=20_000)
    chance, killed = random.Random(5), 0
    for _ in range(12):
        child = subprocess.Popen([sys.executable, "-c", _RUN, file, tmp_path / "d", further], stdout=subprocess.PIPE)
        for _ in range(chance.randrange(1, 12)):
            child.stdout.readline()
        time.sleep(chance.random() * 0.02)
        os.kill(child.pid, signal.SIGKILL)
        killed += child.wait() == -signal.SIGKILL
        child.stdout.close()
    assert killed >= 6
    again = Directory.open(tmp_path / "d", make=True)
    load(file, again, further=further, size=20_000)
    assert whole(again) == whole(whole_run)


@pytest.mark.parametrize("number", ["1234567893", "1285882290"])
def test_the_check_of_a_number(number) -> None:
    assert sound(number)
    assert not sound(number[:9] + str((int(number[9]) + 1) % 10))
    assert not sound(number[:9])


def test_the_made_up_register_is_the_same_for_the_same_seed(tmp_path) -> None:
    for name in ("a", "b"):
        made.write(tmp_path / name, 200, SEVERAL, seed=3, broken=5)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    rows = list(csv.reader(io.StringIO((tmp_path / "a").read_bytes().decode("utf-8", "replace"))))
    assert len(rows[0]) == 330


def test_a_second_process_reads_what_one_would(tmp_path, monkeypatch) -> None:
    from afferent.directory import reading

    made.write(tmp_path / "n.csv", 800, SEVERAL, share=0.3, broken=8)
    alone = Directory.open(tmp_path / "alone", make=True)
    first = load(tmp_path / "n.csv", alone, size=SMALL)
    monkeypatch.setattr(reading, "LARGE", 0)
    beside = Directory.open(tmp_path / "beside", make=True)
    assert load(tmp_path / "n.csv", beside, size=SMALL) == first
    assert whole(beside) == whole(alone)


def test_a_second_process_that_dies_is_said_and_the_next_run_goes_on(tmp_path, monkeypatch) -> None:
    from afferent.directory import reading

    made.write(tmp_path / "n.csv", 800, SEVERAL, share=0.3)
    alone = Directory.open(tmp_path / "alone", make=True)
    load(tmp_path / "n.csv", alone, size=SMALL)
    monkeypatch.setattr(reading, "LARGE", 0)
    beside = Directory.open(tmp_path / "beside", make=True)
    ask = reading.Beside.ask

    def dying(self, chunk):
        if chunk.line > 400:
            self.child.kill()
            self.child.wait()
        ask(self, chunk)

    monkeypatch.setattr(reading.Beside, "ask", dying)
    with pytest.raises(InputError, match="run the same command again"):
        load(tmp_path / "n.csv", beside, size=SMALL)
    monkeypatch.setattr(reading.Beside, "ask", ask)
    load(tmp_path / "n.csv", beside, size=SMALL)
    assert whole(beside) == whole(alone)


def test_whatever_stands_in_the_file_it_is_read_or_refused_in_a_sentence(tmp_path) -> None:
    made.write(tmp_path / "n.csv", 60, SEVERAL, share=0.5, broken=8)
    sound_bytes, chance, refused = (tmp_path / "n.csv").read_bytes(), random.Random(6), list[str]()
    hostile = (b'"', b",", b"\n", b"\r", b"\0", b"\xff", b"\x1b[2J", b'","', b'""', "\u202e".encode(), b"225700000X")
    directory = Directory.open(tmp_path / "d", make=True)
    for _ in range(120):
        data = bytearray(sound_bytes)
        for _ in range(chance.randrange(1, 12)):
            at = chance.randrange(len(data)) if chance.random() < 0.9 else chance.randrange(400)
            data[at : at + chance.randrange(0, 40)] = chance.choice(hostile)
        try:
            found = load(put(tmp_path / "x.csv", bytes(data)), directory, size=SMALL)[0]
        except InputError as error:
            refused.append(str(error))
            continue
        assert all("x.csv, line " in says and says.isprintable() for says in found.named)
    assert len(refused) < 60
    assert all("\n" not in says for says in refused)
    for (body,) in directory.db.rows("SELECT body FROM therapist"):
        assert body.decode().isprintable()
