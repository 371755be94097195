"""`afferent evidence [--condition cipn] [--outcome pain]`: what the trials say, for and against, and what is open."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from afferent.errors import InputError
from afferent.knowledge.trials import Outcome
from afferent.knowledge.trials_reader import read_trials, trials
from afferent.outcomes.evidence import Asked, Evidence, about, evidence, merged
from afferent.outcomes.methods import METHODS
from afferent.outcomes.pooling import MIXES, Mix


def run(words: Sequence[str]) -> int:
    """Gather, pool what may be pooled, print. Raises InputError."""
    given = _parser().parse_args(words)
    rows = trials()
    own = read_trials(Path(given.trials)) if given.trials else ()
    asked = Asked(about(given.condition), given.outcome, _mix(given.mix), given.method)
    found = evidence(asked, merged(rows, own), own=len(own))
    sys.stdout.write(_formatted(found, given.format, plot=given.plot))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="afferent evidence", description=__doc__)
    parser.add_argument(
        "--condition",
        default="all",
        metavar="WHAT",
        help="diabetic, cipn, hiv, carpal_tunnel, shingles …; without it all",
    )
    parser.add_argument("--outcome", choices=get_args(Outcome), metavar="OUTCOME", help=", ".join(get_args(Outcome)))
    parser.add_argument(
        "--mix",
        default="",
        metavar="WHAT,…",
        help=f"pool what differs in {', '.join(MIXES)}; never fewer than three trials",
    )
    parser.add_argument(
        "--method",
        choices=tuple(METHODS),
        default="reml",
        help="how the variance between trials is estimated (default: reml)",
    )
    parser.add_argument("--trials", metavar="CSV", help="a table of your own, beside ours: columns in docs/evidence.md")
    parser.add_argument("--plot", action="store_true", help="draw effects and intervals as lines of text too")
    parser.add_argument("--format", choices=("text", "json", "html"), default="text")
    return parser


def _mix(text: str) -> tuple[Mix, ...]:
    wanted = [one.strip().lower() for one in text.split(",") if one.strip()]
    for one in wanted:
        if one not in MIXES:
            raise InputError(f"--mix: {one[:40]!r} cannot be mixed; there are {', '.join(MIXES)}")
    return tuple(one for one in MIXES if one in wanted)


def _formatted(found: Evidence, format: str, *, plot: bool) -> str:
    if format == "json":
        import msgspec

        return msgspec.json.format(msgspec.json.encode(found), indent=2).decode() + "\n"
    if format == "html":
        from afferent.page.evidence import page

        return page(found)
    from afferent.cli.evidence_sheet import sheet

    return sheet(found, plot=plot)
