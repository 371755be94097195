"""Screening from facts in memory: persons per second on one core, and the median of a single one.

"Itself": decision, urgency, regions out of bounds, every limit known and held back. The report, with every reason and
question in words, is measured beside it.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Iterator

from afferent.knowledge import load
from afferent.safety import Person, screen
from afferent.safety.findings import excluded
from afferent.safety.screen import find
from bench.measure import Line
from tests.generative.people import numbers, person

PEOPLE = 2000


def lines() -> Iterator[Line]:
    """Random people, from nearly nothing known to nearly everything."""
    knowledge = load()
    near, rng = numbers(knowledge), random.Random(1)
    kinds = (("a client as they come", 0.95, 0.08), ("half known, 40 % hazards", 0.5, 0.4), ("a bare record", 0.0, 0.0))
    for name, known, hazard in kinds:
        people = [person(knowledge, rng, near, known=known, hazard=hazard) for _ in range(PEOPLE)]
        yield from _measure(name, people)


def _measure(name: str, people: list[Person]) -> Iterator[Line]:
    knowledge = load()
    itself = _times(lambda one: excluded(find(one, knowledge)), people)
    rate, median = len(people) / sum(itself), statistics.median(itself) * 1000
    yield Line(f"screening itself, {name}: persons per second, one core", f"{rate:,.0f}", ">= 2,000", rate >= 2000)
    yield Line(f"screening itself, {name}: median of one", f"{median:.2f} ms", "< 1 ms", median < 1)
    whole = statistics.median(_times(lambda one: screen(one, knowledge), people[:500])) * 1000
    yield Line(f"… with the whole report in words, {name}: median of one", f"{whole:.2f} ms", "–", True)


def _times(run: Callable[[Person], object], people: list[Person]) -> list[float]:
    """Seconds for each person, after a warm-up; the better of two rounds, since machines are shared."""
    for one in people[:50]:
        run(one)
    rounds = []
    for _ in range(2):
        times = []
        for one in people:
            began = time.perf_counter()
            run(one)
            times.append(time.perf_counter() - began)
        rounds.append(times)
    return min(rounds, key=sum)
