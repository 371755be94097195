"""Loading a register in its true width; a match among half a million on SQLite and on PostgreSQL, in one run, beside a
BallTree on the same points."""

from __future__ import annotations

import gc
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from afferent.directory import made
from afferent.directory.find import find
from afferent.directory.grid import EARTH_KM
from afferent.directory.needs import Needs
from afferent.directory.store import SHELVES, Directory
from afferent.directory.zips import places
from bench.directory_made import DAY, directory
from bench.measure import Line

ROWS, THERAPISTS, ASKED, TIMES, NEAREST = 1_000_000, 500_000, 500, 3, 50
FAST, SMALL, SOON, ALIKE_KM = 300_000, 1500, 0.010, 1e-6
# In a process of its own, so that the peak of its memory is its own.
_LOAD = """
import json, resource, sys, time
from pathlib import Path
from afferent.directory.load import load
from afferent.directory.store import Directory
start = time.perf_counter()
found = load(Path(sys.argv[1]), Directory.open(Path(sys.argv[2]), make=True))[0]
took = time.perf_counter() - start
peak = sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
print(json.dumps([found.rows, found.kept, found.broken, took, peak]))
"""


def lines() -> Iterator[Line]:
    """Loading, loading again, then matching."""
    try:
        places()
    except ImportError as missing:
        yield Line(f"a register loaded, a match: not installed ({missing.name})", "–", "–", False)
        return
    with tempfile.TemporaryDirectory() as folder:
        yield from _loading(Path(folder))
        yield from _matching(Path(folder))


def _loading(folder: Path) -> Iterator[Line]:
    path, into = folder / "npidata.csv", folder / "register.sqlite3"
    written = made.write(path, ROWS, list(places().values()))
    found = _load(path, into)
    whole = found["kept"] == written.therapists and not found["broken"]
    speed = found["rows"] / found["took"]
    claim = f"loading {ROWS:,} rows of 330 columns ({path.stat().st_size / 1e9:.1f} GB), {written.therapists:,} kept"
    yield Line(claim, f"{speed:,.0f} rows/s", f">= {FAST:,} rows/s", whole and speed >= FAST)
    yield Line("… peak memory, both processes", f"{found['peak']:.0f} MB", f"< {SMALL} MB", found["peak"] < SMALL)
    again = _load(path, into)
    yield Line("… the same file again, nothing changes", f"{again['rows'] / again['took']:,.0f} rows/s", "–", True)
    path.unlink()


def _load(path: Path, into: Path) -> dict:
    done = subprocess.run([sys.executable, "-c", _LOAD, path, into], check=True, capture_output=True, text=True)
    return dict(zip(("rows", "kept", "broken", "took", "peak"), json.loads(done.stdout), strict=True))


def _matching(folder: Path) -> Iterator[Line]:
    """The same people ask both databases in turn, so that what else the machine does slows both."""
    both = {"SQLite": directory(folder / "many.sqlite3", THERAPISTS)}
    try:
        from afferent.web.testing import postgres

        both["PostgreSQL"] = directory(postgres.started(folder / "pg", "bench"), THERAPISTS)
    except ImportError as missing:
        yield Line(f"a match on PostgreSQL: not installed ({missing.name})", "–", "–", False)
    asked = _asked()
    gc.collect()
    gc.freeze()  # the table of ZIP codes that the making left behind is no part of a match
    times: dict[str, list[list[float]]] = {name: [[] for _ in asked] for name in both}
    for one in asked[:20]:
        for those in both.values():
            find(those, one)
    differ = 0
    for _ in range(TIMES):
        for n, one in enumerate(asked):
            found = []
            for name, those in both.items():
                start = time.perf_counter()
                found.append(find(those, one))
                times[name][n].append(time.perf_counter() - start)
            differ += any(answer != found[0] for answer in found)
    for name, each in times.items():
        took = [statistics.median(runs) for runs in each]
        p50, p99 = statistics.median(took), _p99(took) / 1e3
        claim = (
            f"a match among {THERAPISTS:,} therapists on {name}, {ASKED} people, the middle of {TIMES} for each: p99 "
            f"(median {p50 * 1e3:.1f} ms)"
        )
        yield Line(claim, f"{p99 * 1e3:.1f} ms", "< 10 ms", p99 < SOON)
    if len(both) > 1:
        yield Line("… times that the two answered otherwise", f"{differ} of {ASKED * TIMES:,}", "0", differ == 0)
    yield from _peer(both, asked)


def _asked() -> list[Needs]:
    """People who live where therapists do, with needs of every kind."""
    rng = random.Random(9)
    homes = rng.choices(list(places().values()), k=ASKED)
    return [
        Needs(
            lat=home.lat, lon=home.lon, as_of=DAY, place=home.zip, travel_km=rng.choice((10, 25, 40, 80)),
            must=rng.choice(((), (), ("step_free",), ("visits_home",), ("writes_to_care_team", "electric_table"))),
            training=rng.choice(((), (), ("oncology",))), gender=rng.choice(("", "female")),
            per_week=rng.choice((1, 2)), at_home=rng.random() < 0.1,
        )
        for home in homes
    ]  # fmt: skip


def _peer(both: dict[str, Directory], asked: list[Needs]) -> Iterator[Line]:
    try:
        import numpy as np
        from sklearn.neighbors import BallTree
    except ImportError as missing:
        yield Line(f"… scikit-learn BallTree: not installed ({missing.name})", "–", "–", False)
        return
    points = np.radians(both["SQLite"].db.rows("SELECT lat, lon FROM spot"))
    tree = BallTree(points, metric="haversine")
    apart, theirs = 0.0, []
    ours: dict[str, list[float]] = {name: [] for name in both}
    for needs in asked:
        start = time.perf_counter()
        far, _ = tree.query(np.radians([[needs.lat, needs.lon]]), k=NEAREST)
        theirs.append(time.perf_counter() - start)
        for name, those in both.items():
            start = time.perf_counter()
            mine = _ring(those, needs)
            ours[name].append(time.perf_counter() - start)
            apart = max(apart, float(np.abs(far[0] * EARTH_KM - mine).max()))
    tree_99 = _p99(theirs)
    for name, took in ours.items():
        claim = f"… the nearest {NEAREST} alone on {name}: p99, beside a BallTree in memory ({tree_99:.1f} ms)"
        yield Line(claim, f"{_p99(took):.1f} ms", "–", True)
    yield Line("… largest difference of a distance", f"{apart * 1e6:.3f} mm", "< 1 mm", apart < ALIKE_KM)


def _p99(took: list[float]) -> float:
    return sorted(took)[int(len(took) * 0.99)] * 1e3


def _ring(those: Directory, needs: Needs) -> list[float]:
    """The distances of the nearest on all shelves, by the ring search that a match uses."""
    found: list[float] = []
    for shelf in range(len(SHELVES)):
        for (distance, _), _n in zip(those.nearest(needs.lat, needs.lon, 20_000, shelf), range(NEAREST), strict=False):
            found.append(distance)
    return sorted(found)[:NEAREST]
