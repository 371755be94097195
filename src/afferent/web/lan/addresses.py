"""Which of this machine's addresses may be served on the local network, and under what names.

Ask here: `private_addresses`, `is_private`, `local_name`, and `Names`, all that a certificate has to cover. Private is
what no router of the internet forwards: RFC 1918, link-local, and unique local IPv6 (RFC 4193). The far end of a tunnel
is not this room, so tunnels are left out. It sends nothing and opens no port.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network
from typing import Final

from msgspec import Struct

from afferent.web.lan.interfaces import IP, Interface, interfaces, way_out

PRIVATE: Final[tuple[IPv4Network | IPv6Network, ...]] = tuple(
    ip_network(net)
    for net in ("192.168.0.0/16", "10.0.0.0/8", "172.16.0.0/12", "fc00::/7", "169.254.0.0/16", "fe80::/10")
)  # in the order in which a person would rather type them
LOOPBACK: Final[tuple[IPv4Network | IPv6Network, ...]] = (ip_network("127.0.0.0/8"), ip_network("::1/128"))
HERE: Final[tuple[IP, ...]] = (IPv4Address("127.0.0.1"), IPv6Address("::1"))
LOCALHOST: Final = "localhost"

_LABEL: Final = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
_LINK_LOCAL: Final = ip_network("fe80::/10")


class Address(Struct, frozen=True):
    """An address to listen on. `index`: the interface, which only a link-local IPv6 address needs."""

    ip: IP
    index: int = 0

    @property
    def host(self) -> str:
        """As it stands in an address line and in a Host header."""
        return f"[{self.ip}]" if self.ip.version == 6 else str(self.ip)

    @property
    def typed(self) -> bool:
        """Browsers take no link-local IPv6 address; a name may still lead to it."""
        return self.ip not in _LINK_LOCAL


class Names(Struct, frozen=True):
    """What a device may call this machine by, loopback and localhost always among them."""

    addresses: tuple[Address, ...]
    name: str | None = None

    def ips(self) -> tuple[IP, ...]:
        """For a certificate, each once."""
        return tuple(dict.fromkeys([*(one.ip for one in self.addresses), *HERE]))

    def hosts(self) -> tuple[str, ...]:
        """As a browser sends them, each once."""
        named = [self.name] if self.name else []
        local = [LOCALHOST, *(Address(ip).host for ip in HERE)]
        return tuple(dict.fromkeys([*(one.host for one in self.addresses), *named, *local]))

    def shown(self) -> tuple[str, ...]:
        """What somebody can type on another device, the likeliest first."""
        typed = [one.host for one in self.addresses if one.typed]
        return (*typed, self.name) if self.name else tuple(typed)


def is_private(ip: IP) -> bool:
    """No router of the internet forwards it. Loopback is not meant: nobody else gets there."""
    return any(ip in net for net in PRIVATE)


def private_addresses(found: Iterable[Interface] | None = None, first: IP | None = None) -> tuple[Address, ...]:
    """Those of this machine, unless others are given; `first` the one that faces the network, then by kind."""
    looked = interfaces() if found is None else found
    ahead = way_out() if found is None else first
    kept = {one.ip: one for one in looked if one.up and not one.tunnel and is_private(one.ip)}
    ranked = sorted(kept.values(), key=lambda one: (one.ip != ahead, _rank(one.ip), int(one.ip)))
    return tuple(Address(one.ip, one.index if one.ip in _LINK_LOCAL else 0) for one in ranked)


def local_name(machine: str | None = None) -> str | None:
    """The name under which multicast DNS shows this machine, such as `desk.local`; None where it has no usable one."""
    label = (socket.gethostname() if machine is None else machine).partition(".")[0].lower()
    return f"{label}.local" if _LABEL.fullmatch(label) and label != LOCALHOST else None


def _rank(ip: IP) -> int:
    return next(at for at, net in enumerate(PRIVATE) if ip in net)
