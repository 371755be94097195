"""Ports taken on the addresses that are given, and on no other.

Ask here: `take`, `both`, and `Ports`, the two of one address. Never the address that means "all": a machine may have a
public one too. A port that is in use is one sentence, before anything else was begun. Whoever serves begins to listen:
until then a browser is refused at once, and tries again.
"""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from afferent.errors import InputError
from afferent.web.lan.addresses import HERE, Address

_GONE: Final = frozenset({errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT, errno.ENODEV, errno.EINVAL})
_NOT_ALLOWED: Final = frozenset({errno.EACCES, errno.EPERM})


class Ports(Struct, frozen=True):
    """What listens on one address: the clinic, and the page that says how to trust it."""

    clinic: socket.socket
    page: socket.socket

    def close(self) -> None:
        self.clinic.close()
        self.page.close()


def here() -> tuple[Address, ...]:
    """This machine only."""
    return tuple(Address(ip) for ip in HERE)


def both(addresses: Iterable[Address], port: int, install_port: int) -> dict[Address, Ports]:
    """The two ports of each address that is there. Raises InputError; then none is open."""
    clinic = take(addresses, port)
    try:
        page = take(clinic, install_port, "--install-port")
    except InputError:
        _close(clinic.values())
        raise
    _close(clinic[one] for one in clinic.keys() - page.keys())
    return {one: Ports(clinic[one], page[one]) for one in page}


def take(addresses: Iterable[Address], port: int, flag: str = "--port") -> dict[Address, socket.socket]:
    """One on each address that is there. `flag`: where another port is given. Raises InputError; then none is open."""
    opened: dict[Address, socket.socket] = {}
    for one in dict.fromkeys(addresses):
        try:
            opened[one] = _one(one, port)
        except OSError as error:
            if error.errno not in _GONE:  # an address may have gone since it was found; the others are still good
                _close(opened.values())
                raise InputError(_why(error, one, port, flag)) from None
    if not opened:
        raise InputError(f"port {port} cannot be opened on any address of this computer")
    return opened


def _close(sockets: Iterable[socket.socket]) -> None:
    for one in sockets:
        one.close()


def _one(address: Address, port: int) -> socket.socket:
    six = address.ip.version == 6
    # The protocol named: only then does asyncio send what is written at once, see TCP_NODELAY.
    made = socket.socket(socket.AF_INET6 if six else socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # elsewhere it would let two servers share the port
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if six:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.bind((str(address.ip), port, 0, address.index) if six else (str(address.ip), port))
        made.setblocking(False)
    except OSError:
        made.close()
        raise
    return made


def _why(error: OSError, address: Address, port: int, flag: str) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is taken on {address.ip}: end what listens there, or give another with {flag}"
    if error.errno in _NOT_ALLOWED:
        return f"port {port} may not be used by this user: give one from 1024 up with {flag}"
    return f"port {port} cannot be opened on {address.ip} ({error.strerror}); give another with {flag}"
