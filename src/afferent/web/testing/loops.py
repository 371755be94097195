"""A loop of its own for a test: the thread of the tests may have one already, which Playwright keeps running."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def alone(work: Coroutine[Any, Any, T]) -> T:
    """Run it to its end in another thread."""
    with ThreadPoolExecutor(1) as one:
        return one.submit(asyncio.run, work).result()
