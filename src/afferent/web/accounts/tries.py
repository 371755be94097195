"""Counting tries in the memory of this process: two at the same moment are two."""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from typing import Final

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

MOST_GUESSES: Final = 20
_WITHIN: Final = 600  # seconds
_IPV4: Final = 4
_HOUSE: Final = 64  # bits of an IPv6 address that name a network


def address(request: HttpRequest) -> str:
    """Where a request comes from, for counting. Of IPv6 the network, for one house has endless addresses."""
    text = get_adapter().get_client_ip(request)
    one = ip_address(text)
    if one.version == _IPV4:
        return str(one)
    return str(one.ipv4_mapped or ip_network((one, _HOUSE), strict=False))


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


def may_guess(request: HttpRequest, at: str = "") -> bool:
    """May this address try one more link? It may not after twenty wrong ones in ten minutes. `at`: a door that counts
    by itself, so that wrong tries elsewhere do not shut it.
    """
    return cache.get(_guesses(request, at), 0) < MOST_GUESSES


def guessed_wrong(request: HttpRequest, at: str = "") -> None:
    """A link that nobody made was tried from this address."""
    count(_guesses(request, at), _WITHIN)


def _guesses(request: HttpRequest, at: str) -> str:
    return f"guesses{at}:{address(request)}"
