"""STOP, hands off, ill, closed, going on: the server, the note and the face agree, sequence by sequence."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path

import pytest

from afferent.visit.events import Began, Drilled, Kept, Said, encode
from afferent.visit.fold import course
from afferent.visit.stopping import Stopping
from tests.unit.visit.made import Tape

AT = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)

# A letter is an event; then: how STOP stands, whether both may say that it goes on, and where the face stands.
LETTERS = {
    "b": ("Began", {}), "m": ("Moved", {"regions": "back", "work": "effleurage", "level": 1}),
    "S": ("Said", {"word": "stop", "by": "client"}), "A": ("Said", {"word": "stop", "aloud": True}),
    "g": ("Said", {"word": "good", "by": "client"}), "o": ("HandsOff", {}), "w": ("WentOn", {}),
    "i": ("StopBecause", {"detail": "ill", "by": "client"}), "p": ("StopBecause", {"detail": "pause"}),
    "c": ("Rescreened", {"screened": "x", "headline": "Not today.", "closed": True, "by": "program"}),
    "n": ("Rescreened", {"screened": "x", "headline": "Less today.", "closed": False, "by": "program"}),
}  # fmt: skip
TABLE = [
    ("", "", False, "setup"),
    ("S", "", False, "setup"),  # before the first touch it is practice
    ("So", "", False, "setup"),
    ("Sbm", "", False, "touch"),
    ("Sobm", "", False, "touch"),
    ("bm", "", False, "touch"),
    ("bmg", "", False, "touch"),
    ("bmS", "on", False, "stopped"),
    ("bmA", "on", False, "stopped"),
    ("bmSw", "on", False, "stopped"),  # not before hands are off
    ("bmSm", "on", False, "stopped"),
    ("bmSo", "off", True, "off"),
    ("bmSSo", "off", True, "off"),  # pressed twice is one
    ("bmSoo", "off", True, "off"),
    ("bmSow", "", False, "touch"),
    ("bmSoS", "on", False, "stopped"),  # pressed again while hands are off
    ("bmSoSw", "on", False, "stopped"),
    ("bmSoSo", "off", True, "off"),
    ("bmSoSow", "", False, "touch"),
    ("bmSowS", "on", False, "stopped"),
    ("bmo", "", False, "touch"),  # no STOP: nothing to go on from
    ("bmow", "", False, "touch"),
    ("bmSowo", "", False, "touch"),  # a second window says hands off late
    ("bmSpo", "off", True, "off"),
    ("bmSio", "off", False, "off"),  # ill: it does not go on
    ("bmSoi", "off", False, "off"),
    ("bmSoip", "off", False, "off"),  # ill stays ill
    ("bmSoipw", "off", False, "off"),
    ("bmSoiSo", "off", False, "off"),
    ("bmSowi", "on", False, "stopped"),  # said as the other one tapped "go on": hands come off again
    ("bmSowio", "off", False, "off"),
    ("bmi", "on", False, "stopped"),
    ("ibm", "", False, "touch"),
    ("ibmSo", "off", False, "off"),
    ("bmn", "", False, "touch"),
    ("bmSon", "off", True, "off"),
    ("cS", "", False, "closed"),
    ("bmc", "", False, "closed"),
    ("bmcS", "on", False, "stopped"),  # hands may still be on
    ("bmcSo", "off", False, "closed"),
    ("bmcSow", "off", False, "closed"),
    ("bmSc", "on", False, "stopped"),
    ("bmSoc", "off", False, "closed"),
]


def tape(letters: str) -> Tape:
    made = Tape()
    for second, letter in enumerate(letters):
        kind, fields = LETTERS[letter]
        made.put(second, kind, **fields)
    return made


def ids(rows: list[tuple]) -> list:
    return [pytest.param(*row, id=row[0] or "nothing") for row in rows]


@pytest.mark.parametrize(("letters", "stop", "may_go_on", "stage"), ids(TABLE))
def test_as_the_server_has_it(letters: str, stop: str, may_go_on: bool, stage: str) -> None:
    stands = Stopping()
    for one in tape(letters).kept:
        stands.learn(one.event)
    assert (stands.stop, stands.may_go_on) == (stop, may_go_on)


@pytest.mark.parametrize(("letters", "stop", "may_go_on", "stage"), ids(TABLE))
def test_as_the_note_has_it(letters: str, stop: str, may_go_on: bool, stage: str) -> None:
    """Hands are off while STOP is "off"; going on brings them back where it may, and only there."""
    made = tape(letters)
    before = course(made.kept)
    made.put(98, "WentOn")
    made.put(99, "Moved", regions="back", work="effleurage", level=1)
    after = course(made.kept)
    assert not (stop == "off" and before.hands_on)
    assert after.hands_on == (before.hands_on or not stop or may_go_on)
    assert (before.phase == "stopped") == (bool(stop) or stage == "closed")
    assert before.stops == () or before.stops[-1].went_on == (not stop and "b" in letters and "w" in letters)


def test_as_the_face_has_it() -> None:
    """All rows at once: a browser's own code, run by whatever node there is."""
    node = shutil.which("node") or _of_playwright()
    if node is None:
        pytest.skip("no node here to run the code of the face")
    rows = [[json.loads(encode(one.event)) for one in tape(letters).kept] for letters, *_ in TABLE]
    script = """
      const { apply, fresh } = await import(process.argv[1]);
      const rows = JSON.parse(process.argv[2]);
      const at = (events) => events.reduce((state, event, n) => apply(state, event, n), fresh());
      const then = (events) => apply(at(events), { kind: "went_on" }, 99).stage;
      console.log(JSON.stringify(rows.map((events) => [at(events).stage, then(events)])));
    """
    fold = Path(str(files("afferent.web.live"))) / "static" / "live" / "fold.js"
    words = [node, "--input-type=module", "-e", script, fold.as_uri(), json.dumps(rows)]
    out = subprocess.run(words, check=True, capture_output=True, text=True, timeout=60).stdout
    found = {row[0]: stages for row, stages in zip(TABLE, json.loads(out), strict=True)}
    wanted = {letters: [stage, "touch" if may_go_on else stage] for letters, _, may_go_on, stage in TABLE}
    assert found == wanted


def _of_playwright() -> str | None:
    try:
        import playwright
    except ImportError:
        return None
    found = Path(playwright.__file__).parent / "driver" / "node"
    return str(found) if found.exists() else None


def test_ill_stays_ill_in_the_note() -> None:
    (stop,) = course(tape("bmSoip").kept).stops
    assert stop.detail == "ill"


def test_pressed_again_while_hands_are_off_it_is_another_stop_with_nothing_to_take_off() -> None:
    first, second = course(tape("bmSoSow").kept).stops
    assert (first.place is not None, second.place) == (True, None)
    assert (first.seconds, second.seconds) == (1, 1)
    assert first.went_on
    assert second.went_on


def test_who_says_ill_while_hands_are_on_has_stopped_them() -> None:
    (stop,) = course(tape("bmi").kept).stops
    assert (stop.detail, stop.place is not None) == ("ill", True)


def test_a_stop_sent_as_practice_after_hands_on_is_a_stop_in_the_note_too() -> None:
    """And a word before it, from a stream that lost the STOP itself, breaks nothing."""
    began = Began(id="event-0001", at=AT, by="therapist")
    drilled = Drilled("stop", id="event-0002", at=AT, by="client")
    again = Said("stop", id="event-0003", at=AT, by="client")
    visit = course([Kept(n, AT, one) for n, one in enumerate((began, drilled, again), 1)])
    assert [one.id for one in visit.stops] == ["event-0002"]
    assert visit.stops[0].again == ("event-0003",)
