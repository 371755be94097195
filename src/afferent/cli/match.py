"""`afferent match --zip 55401 [--needs at_home,cancer]`: three massage therapists, explained, from a directory file."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from afferent.errors import InputError

if TYPE_CHECKING:
    from afferent.directory.needs import Needs
    from afferent.directory.store import Directory
    from afferent.safety import Screening

MILE_KM = 1.609344


def run(words: Sequence[str]) -> int:
    """Find, explain, print. Raises InputError."""
    given = _parser().parse_args(words)
    if given.list_needs:
        return _list()
    from afferent.directory.find import find
    from afferent.directory.store import Directory

    directory = Directory.open(given.directory)
    found = find(directory, _needs(given, directory), shown=given.show)
    directory.close()
    if given.format == "json":
        import msgspec

        sys.stdout.write(msgspec.json.format(msgspec.json.encode(found), indent=2).decode() + "\n")
    else:
        from afferent.cli.match_sheet import sheet

        sys.stdout.write(sheet(found))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="afferent match", description=__doc__)
    parser.add_argument(
        "--directory", type=_directory, default=Path("directory.sqlite3"), metavar="FILE", help="or postgres://…"
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--zip", metavar="ZIP", help="five digits")
    where.add_argument("--city", metavar="CITY,ST", help="such as 'Saint Paul,MN'")
    where.add_argument("--at", metavar="LAT,LON", help="degrees, such as 44.98,-93.27")
    parser.add_argument("--needs", default="", metavar="WORD,…", help="answers of the five questions: --list-needs")
    parser.add_argument(
        "--record", metavar="RECORD", help="a case file or FHIR record: screened for the training needed"
    )
    parser.add_argument(
        "--within", type=_distance, metavar="KM", help="how far you can travel: 40, or 25mi (default: 40)"
    )
    parser.add_argument("--price", type=int, metavar="DOLLARS", help="at most, for 30 to 45 minutes")
    parser.add_argument("--show", type=int, choices=range(1, 26), default=3, metavar="N", help="how many (default: 3)")
    parser.add_argument("--as-of", type=_day, metavar="DATE", help="the day to match for (default: today)")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--list-needs", action="store_true", help="print the five questions with their words")
    return parser


def _directory(text: str) -> Path | str:
    from afferent.directory.store import where

    return where(text)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"write a date like 2026-11-22, not {text!r}") from None


def _distance(text: str) -> int:
    number, mile = text.removesuffix("mi").removesuffix("km"), text.endswith("mi")
    if not number.isdigit() or not 0 < int(number) <= 250:
        raise argparse.ArgumentTypeError("write kilometres such as 40, or miles such as 25mi, up to 250")
    return round(int(number) * MILE_KM) if mile else int(number)


def _list() -> int:
    from afferent.directory.published import published

    for question in published().questions.values():
        print(question.ask)
        for word, choice in question.choices.items():
            print(f"  {word:<16}{choice.says}")
    return 0


def _needs(given: argparse.Namespace, directory: Directory) -> Needs:
    from msgspec.structs import replace

    from afferent.directory.needs import Needs, from_screening, from_words

    lat, lon, place = _where(given, directory)
    try:
        needs = Needs(lat=lat, lon=lon, as_of=given.as_of or dt.date.today(), place=place)
        if given.within:
            needs = replace(needs, travel_km=given.within)
    except ValueError as error:
        raise InputError(str(error)) from None
    needs = replace(needs, price_limit=given.price)
    needs = from_words(needs, [one.strip() for one in given.needs.split(",") if one.strip()])
    if given.record:
        needs = from_screening(needs, _screened(given))
    return needs


def _screened(given: argparse.Namespace) -> Screening:
    from afferent.knowledge import load
    from afferent.records.read import read
    from afferent.records.screened import screening

    knowledge = load()
    return screening(read(given.record, as_of=given.as_of, knowledge=knowledge), knowledge)


def _where(given: argparse.Namespace, directory: Directory) -> tuple[float, float, str]:
    if given.at:
        try:
            lat, lon = (float(one) for one in given.at.split(","))
        except ValueError:
            raise InputError("--at: write two numbers such as 44.98,-93.27") from None
        return lat, lon, given.at
    if given.city:
        city, _, state = given.city.partition(",")
        found = directory.city(city.strip(), state.strip())
        if found is None:
            raise InputError(
                f"--city: {given.city[:60]!r} is not in the table; write it like 'Saint Paul,MN', or give a ZIP"
            )
        return found.lat, found.lon, f"{found.city}, {found.state}"
    if not given.zip:
        raise InputError("match: say where, by --zip, --city or --at")
    known = directory.place(given.zip.strip()[:5])
    if known is None:
        raise InputError(f"--zip: {given.zip[:20]!r} is not in the table of ZIP codes; try a neighbour, or --city")
    return known.lat, known.lon, f"{known.zip} {known.city}"
