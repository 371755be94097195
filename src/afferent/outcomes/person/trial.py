"""What is agreed before a trial begins: which score, what would matter, how long, and when to stop.

Ask here: `Agreement` and `schedule` (the order of randomised blocks, from a seed). An agreement is made before the
first visit and not changed afterwards; a new one is a new trial. After CENT 2015 (sources.toml: CENT).
"""

from __future__ import annotations

import random
from typing import Final

from msgspec import Struct

from afferent.errors import InputError

LEAST_BASELINE: Final = 5
ADVISED_BASELINE: Final = (7, 14)


class Blocks(Struct, frozen=True, forbid_unknown_fields=True):
    """Pairs of blocks, each pair with and without massage in an order that was drawn.

    days: how long one block is; pairs: how many pairs; washout: days at the start of a block that are not counted, as
    what went before may still be felt; seed: what the order was drawn from, so that anybody can draw it again.
    """

    pairs: int
    days: int
    seed: int
    washout: int = 0

    def __post_init__(self) -> None:
        if not 2 <= self.pairs <= 10:
            raise InputError("blocks.pairs must be between 2 and 10: one pair alone shows nothing twice")
        if not 5 <= self.days <= 60:
            raise InputError("blocks.days must be between 5 and 60 days")
        if not 0 <= self.washout <= self.days - 3:
            raise InputError(f"blocks.washout must leave three days of {self.days} that count")


class Stop(Struct, frozen=True, forbid_unknown_fields=True):
    """When to stop before the end, agreed beforehand. `flares`: this many next-day flares; `worse`: this many points
    above the level before, as far as can be told; None where nothing was agreed about it."""

    flares: int | None = 3
    worse: float | None = 2.0

    def __post_init__(self) -> None:
        if self.flares is not None and self.flares < 1:
            raise InputError("stop.flares must be 1 or more; leave it out where nothing was agreed about them")
        if self.worse is not None and self.worse <= 0:
            raise InputError("stop.worse must be more than 0")


class Agreement(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was agreed. points: the change that would matter, in points of the scale, said by the person; percent: the
    same as a share of the level before (30 is IMMPACT's "moderate"); visits: after how many it is judged.
    """

    measure: str = "nrs_pain"
    points: float = 1.0
    percent: float = 30.0
    visits: int = 8
    baseline_days: int = 14
    blocks: Blocks | None = None
    stop: Stop = Stop()

    def __post_init__(self) -> None:
        if not 0 < self.points <= 100_000:  # steps a day are counted in thousands
            raise InputError("points must be more than 0")
        if not 0 < self.percent <= 100:
            raise InputError("percent must be more than 0 and at most 100")
        if not 1 <= self.visits <= 60:
            raise InputError("visits must be between 1 and 60")
        if not LEAST_BASELINE <= self.baseline_days <= 90:
            raise InputError(f"baseline_days must be between {LEAST_BASELINE} and 90; 7 to 14 are advised")

    @property
    def randomised(self) -> bool:
        return self.blocks is not None


def schedule(blocks: Blocks) -> tuple[bool, ...]:
    """With massage or without, block by block; each pair holds one of each, in an order drawn from the seed."""
    drawn = random.Random(blocks.seed)
    first = [drawn.random() < 0.5 for _ in range(blocks.pairs)]
    return tuple(on for with_first in first for on in ((True, False) if with_first else (False, True)))


def drawn_by(words: str, seed: int | None) -> Blocks:
    """Blocks as written on a command line: "3x7" is three pairs of blocks of seven days. Raises InputError."""
    pairs, _, days = words.partition("x")
    if not (pairs.isascii() and pairs.isdigit() and days.isascii() and days.isdigit()) or len(words) > 9:
        raise InputError(f"write pairs and days of blocks like 3x7, not {words[:20]!r}")
    if seed is None:
        raise InputError("an order is drawn from a seed that is kept; give one with --drawn, such as the date 20261005")
    return Blocks(pairs=int(pairs), days=int(days), seed=seed)
