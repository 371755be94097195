"""What addresses the network interfaces of this machine have, asked of the system alone: no packet leaves.

Ask here: `interfaces`, and `way_out`, the address from which this machine would speak with the rest of the network.
Which of them may be served is decided in `addresses`.
"""

from __future__ import annotations

import ctypes
import socket
import sys
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Final

from msgspec import Struct

IP = IPv4Address | IPv6Address

_UP: Final = 0x1
_POINT_TO_POINT: Final = 0x10
_LEN_BEFORE_FAMILY: Final = sys.platform.startswith(("darwin", "freebsd", "openbsd", "netbsd", "dragonfly"))
_FAR: Final = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))  # in documentation only: nobody's


class Interface(Struct, frozen=True):
    """One address of one interface. `index` tells link-local IPv6 addresses apart; `tunnel`: it has one far end."""

    name: str
    ip: IP
    index: int = 0
    up: bool = True
    tunnel: bool = False


class _Entry(ctypes.Structure):
    """`struct ifaddrs` of the C library, as far as it is read."""


_Entry._fields_ = [
    ("next", ctypes.POINTER(_Entry)),
    ("name", ctypes.c_char_p),
    ("flags", ctypes.c_uint),
    ("address", ctypes.c_void_p),
]


def interfaces() -> tuple[Interface, ...]:
    """All of them, up or not. Where the system cannot be asked, those that it would speak from."""
    try:
        return tuple(_of_the_host_name() if sys.platform == "win32" else _of_the_c_library())
    except (OSError, AttributeError):
        return tuple(Interface("", ip) for family, _ in _FAR if (ip := way_out(family)) is not None)


def way_out(family: int = socket.AF_INET) -> IP | None:
    """The address that faces the rest of the network. A UDP socket that connects picks a route, and sends nothing."""
    far = dict(_FAR)[socket.AddressFamily(family)]
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as one:
            one.connect((far, 9))
            return ip_address(one.getsockname()[0].partition("%")[0])
    except OSError:
        return None


def _of_the_c_library() -> Iterator[Interface]:
    library = ctypes.CDLL(None, use_errno=True)
    first = ctypes.POINTER(_Entry)()
    if library.getifaddrs(ctypes.byref(first)) != 0:
        raise OSError(ctypes.get_errno(), "getifaddrs")
    try:
        at = first
        while at:
            entry = at.contents
            if entry.address and (found := _read(entry.address)):
                ip, index = found
                flags = entry.flags
                yield Interface(entry.name.decode(errors="replace"), ip, index, bool(flags & _UP),
                                bool(flags & _POINT_TO_POINT))  # fmt: skip
            at = entry.next
    finally:
        library.freeifaddrs(first)


def _read(address: int) -> tuple[IP, int] | None:
    """A socket address in memory: the IP address and, for IPv6, its scope. None where it is of another family."""
    head = ctypes.string_at(address, 2)
    family = head[1] if _LEN_BEFORE_FAMILY else int.from_bytes(head, sys.byteorder)
    if family == socket.AF_INET:
        return IPv4Address(ctypes.string_at(address + 4, 4)), 0
    if family == socket.AF_INET6:
        scope = int.from_bytes(ctypes.string_at(address + 24, 4), sys.byteorder)
        return _without_scope(ctypes.string_at(address + 8, 16)), scope
    return None


def _without_scope(raw: bytes) -> IPv6Address:
    """Some systems write the scope of a link-local address into its second group; it is no part of it."""
    if raw[:2] == b"\xfe\x80":
        raw = raw[:2] + bytes(6) + raw[8:]
    return IPv6Address(raw)


def _of_the_host_name() -> Iterator[Interface]:
    """Windows answers with its own addresses when it is asked for its own name."""
    for family, _, _, _, where in socket.getaddrinfo(socket.gethostname(), None, type=socket.SOCK_STREAM):
        if family in (socket.AF_INET, socket.AF_INET6):
            index = int(where[3]) if len(where) == 4 else 0
            yield Interface("", ip_address(str(where[0]).partition("%")[0]), index)
