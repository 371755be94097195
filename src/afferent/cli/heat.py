"""`afferent heat --source footbath --temp 38 --site foot.left.sole --client case.yaml`: how long, or why not."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Sequence

from afferent.cli.paper import Paper, Style
from afferent.cli.screen import day
from afferent.errors import InputError
from afferent.knowledge import Knowledge, load
from afferent.physiology.heat.limit import ThermalLimit, limit
from afferent.physiology.heat.reading import celsius
from afferent.physiology.heat.source import HEAT_SOURCES, heat_source
from afferent.records.read import read
from afferent.records.screened import screening
from afferent.safety import Screening
from afferent.words.vocabulary import STRENGTH, capital, listed
from afferent.words.warmth import CLOCKS, burn_series, clock, verdict

_STYLES: dict[str, Style] = {"ready": "cyan", "ask": "yellow", "stop": "red"}
_FACTS = 8


def run(words: Sequence[str]) -> int:
    """Screen the client, ask rules, caps and physics, print the strictest. Raises InputError and Refusal."""
    given = _parser().parse_args(words)
    knowledge = load()
    source = heat_source(given.source)
    reading = None if given.temp is None else celsius(given.temp)
    screening = _screening(given, knowledge)
    found = limit(source, given.site, screening, reading, knowledge=knowledge, perfusion=given.perfusion)
    sys.stdout.write(_json(found) if given.format == "json" else _text(found, screening, knowledge))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="afferent heat", description=__doc__)
    parser.add_argument("--source", required=True, metavar="WHAT", help=", ".join(HEAT_SOURCES))
    parser.add_argument("--temp", metavar="READING", help="what the thermometer says: 38, 38.5C or 101F")
    parser.add_argument("--site", required=True, metavar="REGION", help="where: foot.left.sole, hand.right.palm, back")
    parser.add_argument("--client", metavar="RECORD", help="a case file or FHIR record; without one nothing is open")
    parser.add_argument("--patient", metavar="ID", help="which patient, where the record holds several")
    parser.add_argument(
        "--as-of", type=day, metavar="DATE", help="the day to screen for (default: the case's, or today)"
    )
    parser.add_argument(
        "--perfusion",
        type=float,
        metavar="X",
        help="blood flow there, as a multiple of rest; it never lengthens",
    )
    parser.add_argument("--format", choices=("text", "json"), default="text")
    return parser


def _screening(given: argparse.Namespace, knowledge: Knowledge) -> Screening | None:
    if given.client is None:
        if given.patient or given.as_of:
            raise InputError("--patient and --as-of speak of a record; name it with --client")
        return None
    intake = read(given.client, patient=given.patient, as_of=given.as_of, knowledge=knowledge)
    return screening(intake, knowledge)


def _json(found: ThermalLimit) -> str:
    import msgspec

    return msgspec.json.format(msgspec.json.encode(found), indent=2).decode() + "\n"


def _text(found: ThermalLimit, screening: Screening | None, knowledge: Knowledge) -> str:
    paper, shown = Paper(), verdict(found)
    paper.say(shown.sentence, "bold")
    paper.say(shown.second)
    if screening is not None:
        _who(paper, screening)
    paper.rule(_STYLES[shown.shape])
    _why(paper, found, knowledge)
    if found.allowed:
        paper.heading("Do")
        for one in found.conditions:
            paper.say(one, indent=2, first="–")
        _clocks(paper, found, knowledge)
    if any(one.rule == "NUMB" for one in found.closed):
        _series(paper, knowledge)
    paper.blank()
    paper.say("Feeling is the alarm: stop at any word, any sign, any red or white skin. Not a diagnosis. You decide.")
    return str(paper)


def _who(paper: Paper, screening: Screening) -> None:
    """Whom, and for which day: the test of hot and cold counts for that day only."""
    paper.say(f"{screening.subject.id or 'One person'}, screened for {screening.as_of:%d %b %Y}.")
    if screening.as_of != dt.date.today():
        paper.say("That is not today. Test hot and cold again on the day.", "yellow")


def _why(paper: Paper, found: ThermalLimit, knowledge: Knowledge) -> None:
    if found.closed:
        paper.heading("Why")
    for one in found.closed:
        rule = knowledge.rules.get(one.rule)
        strength = f" ({rule.strength} – {STRENGTH[rule.strength]})" if rule else ""
        paper.say(f"{one.says}{strength}", indent=2, first="–")
    if found.ask:
        paper.heading("Ask")
        for fact in found.ask[:_FACTS]:
            paper.say(knowledge.facts[fact].ask, indent=2, first="?")
        if len(found.ask) > _FACTS:
            paper.say(f"and {len(found.ask) - _FACTS} more: `afferent screen` lists them.", indent=2)


def _clocks(paper: Paper, found: ThermalLimit, knowledge: Knowledge) -> None:
    paper.heading("The sums", "the shortest counts")
    for one in found.clocks:
        paper.row((capital(CLOCKS[one.kind]), clock(one.seconds)), (28, 0), indent=2)
        paper.say(f"{one.says} [{listed(knowledge.sources[key].title for key in one.sources)}]", indent=4)


def _series(paper: Paper, knowledge: Knowledge) -> None:
    paper.heading("Why a numb place gets none")
    for one in burn_series():
        paper.say(f"{one.says} [{knowledge.sources[one.source].title}]", indent=2, first="–")
