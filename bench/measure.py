"""How we measure: repeat, take the median, say on what."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
SYNTHEA = ROOT.parent / "shared" / "data" / "synthea"
AFFERENT = [sys.executable, "-m", "afferent.cli"]


class Line(NamedTuple):
    """One row of the table: what, measured, wanted."""

    claim: str
    measured: str
    wanted: str
    holds: bool


def median_seconds(run: Callable[[], object], repeats: int) -> float:
    """The median duration of one call, in seconds."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def command(words: list[str], repeats: int = 9) -> float:
    """The median duration of a whole command, interpreter start included, in seconds."""
    return median_seconds(lambda: subprocess.run(words, check=True, capture_output=True), repeats)
