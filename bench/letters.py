"""Letters: one in milliseconds; a thousand, each another person's, on two cores and in memory that does not grow."""

from __future__ import annotations

import multiprocessing
import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Line, median_seconds

ONE, MANY, EACH, GROWTH = 0.300, 1000, 10, 40
_FIRST = 100  # letters after which memory is looked at for the first time: by then everything is loaded
_PAGE = os.sysconf("SC_PAGE_SIZE") / 2**20


def lines() -> Iterator[Line]:
    """A request and a progress report alone; then a thousand of all kinds, two processes."""
    from afferent.records.letters.pdf import pdf

    kinds = (("a request to the physician", _request, 1), ("a progress report with two charts", _other, 6))
    for name, make, step in kinds:
        each = iter([make(6_000 + step * n) for n in range(16)])  # every one another person's: nothing is kept
        pdf(next(each))
        took = median_seconds(lambda one=each: pdf(next(one)), 15)
        yield Line(f"{name}, as PDF/UA", f"{1000 * took:.0f} ms", "< 300 ms", took < ONE)
    start = time.perf_counter()
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        grown = pool.map(_half, (0, 1), chunksize=1)
    rate = MANY / (time.perf_counter() - start)
    yield Line(f"{MANY:,} letters on two cores, composed and printed", f"{rate:.0f}/s", f">= {EACH}/s", rate >= EACH)
    most = max(grown)
    yield Line(
        f"… memory from the {_FIRST}th to the last of a process", f"{most:+.0f} MB", f"< {GROWTH} MB", most < GROWTH
    )


def _half(worker: int) -> float:
    """Half of them; how many megabytes the process grew after the first hundred."""
    from afferent.records.letters.pdf import pdf

    after_first = 0.0
    for number in range(MANY // 2):
        seed = 2 * number + worker
        pdf(_request(seed) if number % 2 else _other(seed), "a4" if number % 3 else "letter")
        if number == _FIRST:
            after_first = _resident()
    return _resident() - after_first


def _resident() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE


def _request(seed: int):
    """Somebody's request, made from the facts: an old clot, a blood thinner, and now and then more."""
    from afferent.knowledge import load
    from afferent.records.answers import statements
    from afferent.safety import resolve, screen
    from tests.unit.records.letters_made import AS_OF, request_of

    rng, knowledge = random.Random(seed), load()
    given = {"clot_ever": rng.choice(("left", "right")), "clot_date": f"{rng.randint(2005, 2020)}-05-01"}
    more = {"anticoagulant": "yes", "pad_diagnosed": "yes", "heart_failure": "yes", "neuropathy_examined": "no"}
    given |= dict(rng.sample(sorted(more.items()), rng.randint(0, 3))) | {"numb": ["foot.left", "foot.right"]}
    found = screen(resolve(statements(given, knowledge, AS_OF), knowledge, AS_OF), knowledge)
    return request_of(found, why=f"Burning feet, for {rng.randint(1, 30)} years; wishes relief and sleep.")


def _other(seed: int):
    from tests.unit.records.letters_made import TO, letters

    made = letters(to=type(TO)(f"Dr. Example {seed}", "internal medicine"))
    return made[seed % len(made)]
