"""The recorded visit in examples/visits replays to the note that was read by eye.

To make the notes anew after a change of words: `python -m tests.unit.visit.test_recorded_visit`, then read them.
"""

from __future__ import annotations

import random
from pathlib import Path

import msgspec
import pytest

from afferent.knowledge import load
from afferent.outline import faults
from afferent.outline.crossings import ceilings
from afferent.outline.model import Wish
from afferent.records.read import read
from afferent.safety import Screening, resolve, screen
from afferent.visit.events import Crossed, Kept, Opened, SkinChecked, decode, decode_stream, encode
from afferent.visit.fold import course
from afferent.visit.ledger import ledger
from afferent.visit.note import Names, note
from afferent.visit.skin import facts, rescreening
from afferent.words.headline import headline
from afferent.words.note import View, plain

FOLDER = Path(__file__).resolve().parents[3] / "examples" / "visits"
KNOWLEDGE = load()
NAMES = Names(
    client="Mr Osei",
    therapist="Mae",
    works={"effleurage": "slow effleurage", "petrissage": "gentle petrissage", "holding": "still holding"},
    rules={name: rule.title for name, rule in KNOWLEDGE.rules.items()},
    positions={"on_the_back": "lying on the back, heels floated", "face_down": "lying face down"},
    reasons={"time_needed": "The place needed a little longer."},
)
VIEWS: tuple[View, ...] = ("soap", "care")


def recorded() -> list[Kept]:
    return decode_stream((FOLDER / "osei.json").read_bytes())


def screening(looks: int | None = None) -> Screening:
    """The client of that day, with what was found on the skin in the first looks; None: in all of them."""
    intake = read(FOLDER / "osei.yaml", as_of=None, knowledge=KNOWLEDGE)
    told = tuple(intake.statements)
    checks = [one.event for one in recorded() if isinstance(one.event, SkinChecked)]
    for check in checks[:looks]:
        told = rescreening(told, facts(check.looks, check.at, told))
    return screen(resolve(told, KNOWLEDGE, intake.as_of), KNOWLEDGE)


def text(events: list[Kept], view: View) -> str:
    return plain(note(events, screening(), NAMES), view)


@pytest.mark.parametrize("view", VIEWS)
def test_it_replays_to_the_note_that_was_read(view: View) -> None:
    assert text(recorded(), view) == (FOLDER / f"osei.{view}.txt").read_text("utf-8")


@pytest.mark.parametrize("view", VIEWS)
def test_sent_again_and_mixed_up_it_is_the_same_note(view: View) -> None:
    events = [*recorded(), *recorded()]
    random.Random(11).shuffle(events)
    assert text(events, view) == text(recorded(), view)


def test_event_by_event_over_the_wire_it_is_the_same_note() -> None:
    again = [Kept(one.seq, one.received, decode(encode(one.event))) for one in recorded()]
    assert text(again, "soap") == text(recorded(), "soap")
    assert decode_stream(msgspec.json.encode(recorded())) == recorded()


def test_the_finding_told_in_the_visit_is_what_the_rules_say() -> None:
    told = [one.event.headline for one in recorded() if hasattr(one.event, "headline")]
    assert told == [headline(screening(1)), headline(screening())]


def test_each_ceiling_that_was_opened_is_what_the_rules_said_then() -> None:
    opened = [one.event for one in recorded() if isinstance(one.event, Opened)]
    assert [one.ceilings for one in opened] == [
        ceilings(one.outline, screening(looks)) for looks, one in enumerate(opened)
    ]
    fired = {one.id for one in screening(1).rules if one.state == "fired"}
    assert set(opened[1].rules) <= fired


def test_the_limit_gone_beyond_is_one_that_takes_a_reason() -> None:
    (crossing,) = [one.event.crossing for one in recorded() if isinstance(one.event, Crossed)]
    found = faults(course(recorded()).opened.outline, screening(1), KNOWLEDGE, Wish(minutes=60, first=False))
    assert [(one.crosses, one.says, one.rules, one.never) for one in found] == [
        (crossing.crosses, crossing.says, crossing.rules, False)
    ]
    assert crossing.reason in KNOWLEDGE.reasons


def test_no_level_was_beyond_its_ceiling() -> None:
    assert ledger(course(recorded())).beyond == ()


def test_its_time_adds_up() -> None:
    visit = course(recorded())
    assert visit.seconds == ledger(visit).seconds == 35 * 60 + 28
    assert not visit.open_end
    assert visit.stray == visit.adrift == ()


if __name__ == "__main__":
    for one in VIEWS:
        (FOLDER / f"osei.{one}.txt").write_text(text(recorded(), one), "utf-8")
