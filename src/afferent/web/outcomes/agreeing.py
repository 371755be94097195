"""A new agreement as a form: the questions with their big answers, and what was sent as a `Wanted`, or what is missing.

Ask here: `questions(...)` (what the page shows, nothing chosen unless it was before) and `read(...)`. No answer is
guessed: what nobody chose is asked again.
"""

from __future__ import annotations

import datetime as dt
import re
import secrets
from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct

from afferent.errors import InputError
from afferent.knowledge.measures import ASKED_WORDS, Measure
from afferent.outcomes.person.trial import ADVISED_BASELINE, LEAST_BASELINE, Agreement, Blocks, Stop
from afferent.web.outcomes.trials import Wanted, by_day
from afferent.words.vocabulary import counted

Sent = Mapping[str, list[str]]
_NUMBER: Final = re.compile(r"[0-9]{1,5}([.,][0-9]{1,2})?")
_BEST, _MOST = ADVISED_BASELINE


class Question(Struct, frozen=True):
    """One question. `options`: value and words; `range`: another number may be typed, from the least to the most;
    `many`: several may be chosen; `when`: only where blocks are drawn."""

    name: str
    ask: str
    options: tuple[tuple[str, str], ...]
    hint: str = ""
    range: tuple[float, float] | None = None
    many: bool = False
    when: str = ""
    given: tuple[str, ...] = ()
    typed: str = ""
    fault: str = ""


def _plain(*values: str, unit: str = "") -> tuple[tuple[str, str], ...]:
    return tuple((one, f"{one} {unit}".strip()) for one in values)


def questions(
    measures: Mapping[str, Measure], days: Mapping[dt.date, str], sent: Sent, faults: Mapping[str, str]
) -> list[Question]:
    """In the order of the page. `days`: from which day on scores may count, and the words for it."""
    judged = tuple((key, f"{one.title}: {one.recall}") for key, one in measures.items() if by_day(one))
    also = tuple(
        (key, f"{one.title}, {' and '.join(ASKED_WORDS[when] for when in one.asked)}")
        for key, one in measures.items()
        if not key.endswith("_now")
    )
    every = (
        Question("measure", "What is it judged by?", judged, "One thing, asked each day."),
        Question(
            "points", "What change would matter to you?", (("1", "1 point"), ("2", "2 points"), ("3", "3 points")),
            "Ask the client, before the first visit. In points of the scale; for minutes, steps or cramps in these.",
            (0.1, 100),
        ),
        Question(
            "visits", "After how many visits is it judged?", _plain("4", "6", "8", "12", unit="visits"), range=(1, 60)
        ),
        Question(
            "baseline", "How many days are scored before the first visit?", _plain("5", "7", "10", "14", unit="days"),
            f"{_BEST} to {_MOST} are advised, {LEAST_BASELINE} are the least.", (LEAST_BASELINE, 90),
        ),
        Question("begins", "From which day on do scores count?", tuple((str(key), one) for key, one in days.items())),
        Question(
            "design", "How is it compared?",
            (("plain", "Before and after"), ("blocks", "Blocks with and without, drawn by lot")),
            "Before and after is simple, and cannot tell massage from time. Blocks in an order drawn by lot, repeated, "
            "can say more; then visits fall into the blocks with massage only.",
        ),
        Question("pairs", "How many pairs of blocks?", _plain("2", "3", "4", unit="pairs"), when="blocks"),
        Question("block_days", "How long is one block?", _plain("7", "14", unit="days"), range=(5, 60), when="blocks"),
        Question(
            "washout", "How many days at the start of a block are not counted?",
            _plain("0", "1", "2", "3", unit="days"), "What went before may still be felt then.", when="blocks",
        ),
        Question(
            "flares", "After how many next-day flares does it stop?",
            (("2", "2 flares"), ("3", "3 flares"), ("none", "Not agreed")), "Worse for more than a day after a visit.",
        ),
        Question(
            "worse", "At which rise does it stop?",
            (("2", "2 points worse"), ("3", "3 points worse"), ("none", "Not agreed")),
            "Against the days before, as far as can be told.", (0.1, 100),
        ),
        Question("also", "What else is asked?", also, "By link or paper, and around visits. None is fine.", many=True),
    )  # fmt: skip
    return [_with(one, sent, faults) for one in every]


def _with(one: Question, sent: Sent, faults: Mapping[str, str]) -> Question:
    given, typed = tuple(sent.get(one.name, ())), "".join(sent.get(f"{one.name}_other", ())[:1])
    return Question(
        one.name, one.ask, one.options, one.hint, one.range, one.many, one.when, given, typed, faults.get(one.name, "")
    )


def read(
    sent: Sent, measures: Mapping[str, Measure], days: Mapping[dt.date, str]
) -> tuple[Wanted | None, dict[str, str]]:
    """What was agreed; or nothing, and a sentence beside each question that is open or cannot be so."""
    faults: dict[str, str] = {}
    asked = {one.name: one for one in questions(measures, days, sent, {})}
    blocks = sent.get("design", [""])[:1] == ["blocks"]
    said: dict[str, str] = {}
    for name, one in asked.items():
        if one.many or (one.when and not blocks):
            continue
        try:
            said[name] = _one(one)
        except InputError as fault:
            faults[name] = str(fault)
    if faults:
        return None, faults
    most = measures[said["measure"]].range[1] - measures[said["measure"]].range[0]
    if float(said["points"]) > most:
        return None, {"points": f"The scale has only {most:g} points. Choose a smaller change."}
    try:
        return _wanted(said, asked["also"].given, sent, measures), {}
    except InputError:  # of numbers that fit each for itself, only these two may not fit together
        return None, {
            "washout": "Three days of each block must be left that count. Choose fewer days, or longer blocks."
        }


def _one(one: Question) -> str:
    """The answer to one question. Raises InputError."""
    typed = one.typed.strip().replace(",", ".")
    if one.range and typed:
        least, most = one.range
        whole = least >= 1
        if not _NUMBER.fullmatch(typed) or (whole and "." in typed) or not least <= float(typed) <= most:
            raise InputError(f"Write a {'whole ' if whole else ''}number from {least:g} to {most:g}.")
        return typed
    if not one.given:
        raise InputError("Nothing is chosen here.")
    if one.given[0] not in dict(one.options):
        raise InputError("This cannot be chosen here. Choose one of these.")
    return one.given[0]


def _wanted(said: dict[str, str], also: tuple[str, ...], sent: Sent, measures: Mapping[str, Measure]) -> Wanted:
    blocks = None
    if said["design"] == "blocks":
        seed = secrets.randbelow(2**31)  # kept with the agreement, so that anybody can draw the order again
        blocks = Blocks(int(said["pairs"]), int(said["block_days"]), seed, int(said["washout"]))
    agreement = Agreement(
        measure=said["measure"], points=float(said["points"]), visits=int(said["visits"]),
        baseline_days=int(said["baseline"]), blocks=blocks,
        stop=Stop(
            None if said["flares"] == "none" else int(said["flares"]),
            None if said["worse"] == "none" else float(said["worse"]),
        ),
    )  # fmt: skip
    late = "".join(sent.get("late", ())[:1])
    return Wanted(
        agreement,
        tuple(one for one in also if one in measures and one != agreement.measure),
        dt.date.fromisoformat(said["begins"]),
        said="".join(sent.get("said", ())[:1]).strip(),
        late=int(late) if late.isdecimal() and len(late) < 4 else None,
    )


def given_of(agreement: Agreement, also: tuple[str, ...], begins: dt.date | None) -> dict[str, list[str]]:
    """An agreement as the form would have sent it: to be changed before it is agreed anew."""
    blocks, stop = agreement.blocks, agreement.stop
    said: dict[str, Any] = {
        "measure": agreement.measure, "points": f"{agreement.points:g}", "visits": agreement.visits,
        "baseline": agreement.baseline_days, "design": "blocks" if blocks else "plain",
        "flares": "none" if stop.flares is None else stop.flares,
        "worse": "none" if stop.worse is None else f"{stop.worse:g}",
    }  # fmt: skip
    if begins is not None:
        said["begins"] = begins
    if blocks is not None:
        said |= {"pairs": blocks.pairs, "block_days": blocks.days, "washout": blocks.washout}
    given = {name: [str(one)] for name, one in said.items()} | {"also": list(also)}
    offered = {one.name: dict(one.options) for one in questions({}, {}, {}, {})}
    for name, values in list(given.items()):  # what is no button stands in the box beside them
        if name not in ("measure", "begins", "also") and values[0] not in offered[name]:
            given[f"{name}_other"] = given.pop(name)
    return given


def late_words(after: int) -> str:
    """What must be said plainly where visits of it have been already."""
    return f"Agreed after {counted(after, 'visit')}: how these went is known"
