"""Counting tries in the memory of this process: two at the same moment are two."""

from __future__ import annotations

from typing import Final

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

MOST_GUESSES: Final = 20
_WITHIN: Final = 600  # seconds


def count(name: str, seconds: int) -> int:
    """How many there are with this one."""
    cache.add(name, 0, seconds)
    try:
        return cache.incr(name)
    except ValueError:  # it ran out in between
        cache.set(name, 1, seconds)
        return 1


def forget(name: str) -> None:
    cache.delete(name)


def may_guess(request: HttpRequest) -> bool:
    """May this address try one more link? It may not after twenty wrong ones in ten minutes."""
    return cache.get(_guesses(request), 0) < MOST_GUESSES


def guessed_wrong(request: HttpRequest) -> None:
    """A link that nobody made was tried from this address."""
    count(_guesses(request), _WITHIN)


def _guesses(request: HttpRequest) -> str:
    return f"guesses:{get_adapter().get_client_ip(request)}"
