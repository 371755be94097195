"""Screening from facts in memory: persons per second on one core, and the median of a single one."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Iterator

from afferent.knowledge import load
from afferent.safety import Person, screen
from bench.measure import Line
from tests.generative.people import numbers, person

PEOPLE = 2000


def lines() -> Iterator[Line]:
    """Random people, from nearly nothing known to nearly everything."""
    knowledge = load()
    near, rng = numbers(knowledge), random.Random(1)
    for name, known in (("half known", 0.5), ("nearly all known", 0.95), ("a bare record", 0.0)):
        people = [person(knowledge, rng, near, known=known) for _ in range(PEOPLE)]
        yield from _measure(name, people)


def _measure(name: str, people: list[Person]) -> Iterator[Line]:
    knowledge = load()
    for one in people[:50]:
        screen(one, knowledge)
    single = []
    start = time.perf_counter()
    for one in people:
        began = time.perf_counter()
        screen(one, knowledge)
        single.append(time.perf_counter() - began)
    rate = len(people) / (time.perf_counter() - start)
    median = statistics.median(single) * 1000
    yield Line(f"screening, {name}: persons per second, one core", f"{rate:,.0f}", ">= 2,000", rate >= 2000)
    yield Line(f"screening, {name}: median of one", f"{median:.2f} ms", "< 1 ms", median < 1)
