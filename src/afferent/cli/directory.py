"""`afferent directory load | template | demo | quiz`: a directory of massage therapists in one file."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from afferent.directory.store import where
from afferent.errors import InputError

_DEFAULT = Path("directory.sqlite3")


def run(words: Sequence[str]) -> int:
    """Do one of the four. Raises InputError."""
    given = _parser().parse_args(words)
    code: int = given.do(given)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="afferent directory", description=__doc__)
    verbs = parser.add_subparsers(required=True, metavar="load | template | demo | quiz")
    load = verbs.add_parser("load", help="the national register (npidata…csv), or a table of your own")
    load.add_argument(
        "file", type=Path, help="npidata_pfile_….csv, monthly or weekly; or a table as `template` prints it"
    )
    load.add_argument("--practice-locations", type=Path, metavar="CSV", help="pl_pfile_….csv of the same month")
    load.add_argument(
        "--into", type=where, default=_DEFAULT, metavar="FILE", help=f"or postgres://… (default: {_DEFAULT})"
    )
    load.set_defaults(do=_load)
    template = verbs.add_parser("template", help="print an empty table for therapists of your own")
    template.set_defaults(do=_template)
    demo = verbs.add_parser("demo", help="write a made-up register in the true layout")
    demo.add_argument("rows", type=_rows, metavar="N", help="rows in all; one of fifty is a massage therapist")
    demo.add_argument("--out", type=Path, required=True, metavar="CSV")
    demo.add_argument("--practice-locations", type=Path, metavar="CSV", help="write further practice locations too")
    demo.add_argument("--v1", action="store_true", help="the older layout: short names, gender instead of sex")
    demo.add_argument("--broken", type=int, default=0, metavar="N", help="so many rows are broken on purpose")
    demo.add_argument("--share", type=float, metavar="0-1", help="of the rows are massage therapists")
    demo.add_argument("--seed", type=int, default=1)
    demo.set_defaults(do=_demo)
    quiz = verbs.add_parser("quiz", help="the ten-minute quiz on neuropathy, asked here")
    quiz.add_argument("--seed", type=int, default=1, help="another seed, other questions")
    quiz.add_argument(
        "--print", action="store_true", dest="printed", help="print it with its answers instead of asking"
    )
    quiz.set_defaults(do=_quiz)
    return parser


def _rows(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) <= 10_000_000:
        raise argparse.ArgumentTypeError("write a number of rows from 1 to 10000000")
    return int(text)


def _load(given: argparse.Namespace) -> int:
    from afferent.directory.load import check, load, with_places
    from afferent.directory.store import Directory
    from afferent.directory.table import is_table, read
    from afferent.records.source import fetch

    if is_table(_head(given.file)):
        name, data = fetch(given.file)
        directory = Directory.open(given.into, make=True)
        with_places(directory)
        added = read(data, name, directory)
        print(f"{added.name}: {added.rows} rows, {added.kept} kept.")
        _tell(added.unplaced, added.broken, added.named)
    else:
        further, size = given.practice_locations, given.file.stat().st_size
        check(given.file)
        if further:
            check(further, further=True)
            size += further.stat().st_size
        directory = Directory.open(given.into, make=True)
        with _bar(size) as watch:
            found = load(given.file, directory, further=further, watch=watch)
        for one in found:
            before = ", taken in before" if one.known_before == one.pieces else ""
            print(f"{one.name}: {one.rows:,} rows, {one.kept:,} kept, {one.out:,} taken out{before}.")
            _tell(one.unplaced, one.broken, one.named)
    named = given.into if isinstance(given.into, Path) else "PostgreSQL"
    directory.settle()
    print(f"{named}: {directory.count():,} massage therapists. Listed is not licensed, nor trained.")
    directory.close()
    return 0


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.readline(2**20)
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from None


def _tell(unplaced: int, broken: int, named: Sequence[str]) -> None:
    if unplaced:
        print(f"  {unplaced:,} kept without a place: their ZIP code is not in the table, so no search finds them.")
    if broken:
        print(
            f"  {broken:,} rows could not be read and were left out" + (f"; the first {len(named)}:" if named else ".")
        )
    for says in named:
        print(f"    {says}")


@contextmanager
def _bar(total: int) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda end: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn, TransferSpeedColumn

    columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task, done = progress.add_task("", total=total), [0, 0]

        def watch(end: int) -> None:
            done[0], done[1] = (done[0] + done[1], end) if end < done[1] else (done[0], end)
            progress.update(task, completed=done[0] + done[1])

        yield watch


def _template(given: argparse.Namespace) -> int:
    from afferent.directory.table import template

    sys.stdout.write(template())
    return 0


def _demo(given: argparse.Namespace) -> int:
    from afferent.directory import made
    from afferent.directory.zips import places

    share = made.SHARE if given.share is None else given.share
    if not 0 <= share <= 1 or not 0 <= given.broken <= given.rows:
        raise InputError("demo: --share must lie from 0 to 1, --broken from 0 to the number of rows")
    written = made.write(
        given.out, given.rows, list(places().values()), seed=given.seed, version="V1" if given.v1 else "V2",
        share=share, broken=given.broken, locations=given.practice_locations,
    )  # fmt: skip
    print(f"{given.out}: {written.rows:,} rows, {written.therapists:,} massage therapists, all made up.")
    return 0


def _quiz(given: argparse.Namespace) -> int:
    from afferent.cli.quiz import ask, printed

    return printed(given.seed) if given.printed else ask(given.seed)
