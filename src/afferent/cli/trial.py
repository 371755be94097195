"""`afferent trial scores.csv`: did it help this person? The verdict, how sure it is, and what would change it."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from afferent.cli.screen import day
from afferent.errors import InputError
from afferent.knowledge import Knowledge, load
from afferent.knowledge.measures import Measure
from afferent.outcomes.person.outcome import Outcome, course_of, outcome
from afferent.outcomes.person.permuted import as_drawn
from afferent.outcomes.person.trial import Agreement, Blocks, Stop, drawn_by, schedule
from afferent.outcomes.person.unit import unit
from afferent.outcomes.series import Series
from afferent.records import scores
from afferent.records.own_measures import own_measures
from afferent.words.outcome import About, about, outcome_words

_MANY = 20  # people shown one by one before it is only counted


def run(words: Sequence[str]) -> int:
    """Read the scores, judge each person's trial, print it. Raises InputError."""
    given = _parser().parse_args(words)
    if given.template:
        sys.stdout.write(scores.template(given.as_of or dt.date.today()))
        return 0
    agreement = _agreement(given)
    if given.draw:
        sys.stdout.write(_order(agreement))
        return 0
    if given.file is None:
        raise InputError("name a file of scores; `afferent trial --template` writes one to start from")
    knowledge = load()
    if given.measures is not None:
        own = own_measures(Path(given.measures), knowledge)
        knowledge = msgspec.structs.replace(knowledge, measures={**knowledge.measures, **own})
    read = scores.read(
        given.file, today=given.as_of or dt.date.today(), measures=knowledge.measures, measure=given.measure
    )
    if read.unusable and _some_scored(read):
        raise InputError(f"{read.name}: {read.unusable}" if read.name not in read.unusable else read.unusable)
    found = {key: one for key, one in read.series.items() if _wanted(key, given, read)}
    if not found:
        raise InputError(f"{read.name}: {_nothing(given, read)}")
    sys.stdout.write(_shown(found, read, agreement, knowledge, given))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="afferent trial", description=__doc__)
    parser.add_argument("file", nargs="?", help="a CSV table, one row a day; - is standard input")
    parser.add_argument("--template", action="store_true", help="write a table to start from")
    parser.add_argument(
        "--measure", metavar="ID", help="which score to judge, where the table holds several: nrs_pain, peg …"
    )
    parser.add_argument("--measures", metavar="FILE", help="measures of your own: TOML entries, a file or a folder")
    parser.add_argument("--person", metavar="WHO", help="which person, where the table holds several")
    parser.add_argument("--points", type=float, metavar="N", help="the change that was agreed to matter (1)")
    parser.add_argument("--percent", type=float, metavar="N", help="a share of the level before, shown beside it (30)")
    parser.add_argument("--visits", type=int, metavar="N", help="after how many visits it was agreed to judge (8)")
    parser.add_argument("--stop-after-flares", type=int, metavar="N", help="stop after so many next-day flares (3)")
    parser.add_argument(
        "--drawn", type=int, metavar="SEED", help="the order of the blocks was drawn from this seed beforehand"
    )
    parser.add_argument("--agreed", metavar="FILE", help="the whole agreement as TOML, instead of these")
    parser.add_argument(
        "--draw", metavar="PAIRSxDAYS", help="draw the order of blocks for a new trial, such as 3x7; with --drawn"
    )
    parser.add_argument("--as-of", type=day, metavar="DATE", help="scores after this day cannot be (today)")
    parser.add_argument("--plot", action="store_true", help="draw the days on the terminal too")
    parser.add_argument("--format", choices=("text", "json", "html"), default="text")
    return parser


def _agreement(given: argparse.Namespace) -> Agreement:
    if given.agreed:
        return _from_file(Path(given.agreed))
    said = {"points": given.points, "percent": given.percent, "visits": given.visits, "measure": given.measure}
    agreed = {name: value for name, value in said.items() if value is not None}
    stop = Stop() if given.stop_after_flares is None else Stop(flares=given.stop_after_flares)
    return Agreement(**agreed, stop=stop, blocks=_blocks(given))


def _blocks(given: argparse.Namespace) -> Blocks | None:
    if given.draw:
        return drawn_by(given.draw, given.drawn)
    return None


def _from_file(path: Path) -> Agreement:
    import tomli

    try:
        return msgspec.convert(tomli.loads(path.read_text("utf-8")), Agreement)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from None
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: is not TOML ({error})") from None
    except msgspec.ValidationError as error:
        raise InputError(f"{path}: {error}; see `afferent trial --help`") from None


def _order(agreement: Agreement) -> str:
    assert agreement.blocks is not None
    blocks = agreement.blocks
    rows = [
        f"block {n:>2}, days {(n - 1) * blocks.days + 1:>3}–{n * blocks.days:<3}  {'with massage' if on else 'without'}"
        for n, on in enumerate(schedule(blocks), 1)
    ]
    return "\n".join([*rows, f"Drawn from seed {blocks.seed}; the same seed draws the same order.", ""])


def _wanted(key: tuple[str, str], given: argparse.Namespace, read: scores.Scores) -> bool:
    person, measure = key
    if given.person is not None and person != given.person:
        return False
    return measure == (given.measure or _first(read))


def _some_scored(read: scores.Scores) -> bool:
    """A diary that nobody has filled in yet is no fault."""
    aside = (one.reading for each in read.series.values() for one in each.set_aside)
    return not read.series or any(one is not None and one.value is not None for one in aside)


def _first(read: scores.Scores) -> str:
    """The measure judged where none is named: pain if it is there, else the first of the table."""
    measures = [measure for _, measure in read.series]
    return "nrs_pain" if "nrs_pain" in measures else measures[0] if measures else ""


def _nothing(given: argparse.Namespace, read: scores.Scores) -> str:
    people = sorted({person for person, _ in read.series if person})
    if given.person is not None and given.person not in people:
        return f"there is no person {given.person!r}; there are {', '.join(people[:8]) or 'none named'}"
    held = ", ".join(sorted({measure for _, measure in read.series})) or "none"
    return f"it holds no scores of {given.measure or 'anything'}; it holds {held}"


def _shown(
    found: dict[tuple[str, str], Series], read: scores.Scores, agreement: Agreement, knowledge: Knowledge,
    given: argparse.Namespace,
) -> str:  # fmt: skip
    measure = knowledge.measures[next(iter(found))[1]]
    agreement = msgspec.structs.replace(agreement, measure=measure.id)
    said = given.points is not None or given.agreed is not None
    if unit(measure, 0) == 0 and not said:
        raise InputError(f"{measure.title.lower()} has no usual change that matters; say with --points what would")
    judged = {person: _judged(one, agreement, measure, given.drawn) for (person, _), one in found.items()}
    if given.format == "json":
        return _json(judged, read, about(measure, said=said))
    if given.format == "html":
        return _html(judged, found, measure, said)
    from afferent.cli.trial_text import many, one

    if len(judged) == 1:
        ((person, result),) = judged.items()
        return one(person, result, measure, next(iter(found.values())), plot=given.plot, said=said)
    return many(judged, measure, read.faults, most=_MANY)


def _judged(found: Series, agreement: Agreement, measure: Measure, seed: int | None) -> Outcome:
    """With `seed`, the order of the blocks counts as drawn only if this is what the seed draws."""
    if seed is None or agreement.blocks is not None:
        return outcome(found, agreement, measure)
    blocks = as_drawn(course_of(found)[0], seed)
    if blocks is None:
        told = outcome(found, agreement, measure)
        why = f"seed {seed} draws another order than these blocks have, so they do not count as drawn by lot"
        return msgspec.structs.replace(told, faults=(*told.faults, why))
    return outcome(found, msgspec.structs.replace(agreement, blocks=blocks), measure)


def _json(judged: dict[str, Outcome], read: scores.Scores, named: About) -> str:
    people = [
        {
            "person": person,
            "outcome": msgspec.to_builtins(found),
            "words": msgspec.to_builtins(outcome_words(found, named)),
        }
        for person, found in judged.items()
    ]
    body = {"file": read.name, "faults": list(read.faults), "people": people}
    return msgspec.json.format(msgspec.json.encode(body), indent=2).decode() + "\n"


def _html(judged: dict[str, Outcome], found: dict[tuple[str, str], Series], measure: Measure, said: bool) -> str:
    from afferent.page.outcome import Shown, outcome_page

    if len(judged) > 1:
        raise InputError("a page is about one person; name one with --person")
    ((person, result),) = judged.items()
    first = next(iter(found.values())).used
    begins = first[0].day if first and isinstance(first[0].day, dt.date) else None
    return outcome_page(
        result, Shown(person or "One person’s trial", measure, about(measure, said=said), begins=begins)
    )
