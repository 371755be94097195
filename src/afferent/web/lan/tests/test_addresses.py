"""Which addresses may be served, and what a certificate has to cover."""

from __future__ import annotations

import ipaddress
import socket
from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afferent.web.lan import interfaces as asked
from afferent.web.lan.addresses import Address, Names, is_private, local_name, private_addresses
from afferent.web.lan.interfaces import Interface, interfaces, way_out

ANY = st.one_of(st.ip_addresses(), *(st.ip_addresses(network=str(net)) for net in (
    "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8", "100.64.0.0/10", "192.0.2.0/24",
)), *(st.ip_addresses(network=net) for net in ("fc00::/7", "fe80::/10", "2001:db8::/32", "2000::/3")))  # fmt: skip
FOUND = st.builds(Interface, st.just("en0"), ANY, st.integers(0, 9), st.booleans(), st.booleans())


@pytest.mark.parametrize(
    "private", ["10.0.0.1", "172.16.0.1", "172.31.255.254", "192.168.178.20", "169.254.7.7", "fd12::1", "fe80::1"]
)
def test_what_no_router_forwards_is_private(private: str) -> None:
    assert is_private(ip_address(private))


@pytest.mark.parametrize(
    ("public", "why"),
    [
        ("8.8.8.8", "of the internet"),
        ("172.32.0.1", "just beyond 172.16.0.0/12"),
        ("192.169.0.1", "just beyond 192.168.0.0/16"),
        ("100.64.0.1", "shared by a provider's customers"),
        ("192.0.2.2", "documentation: not ours to take, whatever Python calls it"),
        ("127.0.0.1", "loopback: nobody else gets there"),
        ("0.0.0.0", "means all of them"),
        ("::", "means all of them"),
        ("2001:db8::1", "documentation"),
        ("2a00:1450::1", "of the internet"),
        ("::ffff:192.168.1.1", "one family in the clothes of the other"),
    ],
)
def test_everything_else_is_not(public: str, why: str) -> None:
    assert not is_private(ip_address(public)), why


@given(found=st.lists(FOUND, max_size=8), first=st.none() | ANY)
def test_whatever_a_machine_has_only_private_addresses_that_are_up_and_no_tunnel_are_served(found, first) -> None:
    kept = private_addresses(found, first)
    assert all(is_private(one.ip) and not one.ip.is_global and not one.ip.is_unspecified for one in kept)
    assert {one.ip for one in kept} == {one.ip for one in found if one.up and not one.tunnel and is_private(one.ip)}
    assert len({one.ip for one in kept}) == len(kept)


def test_the_address_that_faces_the_network_comes_first_then_what_is_easy_to_type() -> None:
    found = [
        Interface("a", ip_address(ip), 3) for ip in ("fe80::1", "fd00::1", "10.0.0.5", "192.168.1.5", "172.16.0.5")
    ]
    shown = [str(one.ip) for one in private_addresses(found, ip_address("172.16.0.5"))]
    assert shown == ["172.16.0.5", "192.168.1.5", "10.0.0.5", "fd00::1", "fe80::1"]


def test_only_a_link_local_address_needs_its_interface() -> None:
    found = [Interface("a", ip_address("fe80::1"), 3), Interface("a", ip_address("fd00::1"), 3)]
    assert {str(one.ip): one.index for one in private_addresses(found)} == {"fe80::1": 3, "fd00::1": 0}


def test_names_always_cover_this_machine_itself() -> None:
    names = Names((Address(ip_address("192.168.1.5")),), "desk.local")
    assert names.hosts() == ("192.168.1.5", "desk.local", "localhost", "127.0.0.1", "[::1]")
    assert {str(ip) for ip in names.ips()} == {"192.168.1.5", "127.0.0.1", "::1"}


def test_a_person_is_told_only_what_a_browser_takes() -> None:
    names = Names((Address(ip_address("fd00::5")), Address(ip_address("fe80::5"), 2)), "desk.local")
    assert names.shown() == ("[fd00::5]", "desk.local")
    assert "[fe80::5]" in names.hosts()


@pytest.mark.parametrize(
    ("machine", "name"),
    [
        ("desk", "desk.local"),
        ("Ruths-MacBook.local", "ruths-macbook.local"),
        ("pc7.praxis.example.org", "pc7.local"),
        ("localhost", None),
        ("", None),
        ("-odd", None),
        ("büro", None),
        ("two words", None),
        ("x" * 64, None),
    ],
)
def test_the_name_on_the_local_network(machine: str, name: str | None) -> None:
    assert local_name(machine) == name


def test_this_machine_knows_its_own_loopback() -> None:
    assert any(one.ip == IPv4Address("127.0.0.1") and one.up for one in interfaces())


def test_what_the_system_says_is_what_it_lets_us_bind() -> None:
    for one in interfaces():
        six = one.ip.version == 6
        with socket.socket(socket.AF_INET6 if six else socket.AF_INET) as made:
            made.bind((str(one.ip), 0, 0, one.index) if six else (str(one.ip), 0))


def test_where_the_system_cannot_be_asked_the_way_out_is_still_known(monkeypatch) -> None:
    def cannot():
        raise AttributeError("getifaddrs")

    monkeypatch.setattr(asked, "_of_the_c_library", cannot)
    monkeypatch.setattr(asked, "way_out", {socket.AF_INET: IPv4Address("10.1.2.3")}.get)
    assert interfaces() == (Interface("", IPv4Address("10.1.2.3")),)


def test_without_a_route_there_is_no_way_out(monkeypatch) -> None:
    def unreachable(*_: object) -> None:
        raise OSError("no route")

    monkeypatch.setattr(asked.socket.socket, "connect", unreachable)
    assert way_out() is None


def test_a_scope_inside_a_link_local_address_is_taken_out() -> None:
    assert asked._without_scope(ipaddress.ip_address("fe80:4::1").packed) == IPv6Address("fe80::1")
    assert asked._without_scope(ipaddress.ip_address("fd00:4::1").packed) == IPv6Address("fd00:4::1")


def test_windows_answers_with_its_own_addresses_when_asked_for_its_own_name(monkeypatch) -> None:
    told = [
        (socket.AF_INET, 1, 6, "", ("192.168.1.20", 0)),
        (socket.AF_INET6, 1, 6, "", ("fe80::20%7", 0, 0, 7)),
        (99, 1, 6, "", ("another family",)),
    ]
    monkeypatch.setattr(asked.sys, "platform", "win32")
    monkeypatch.setattr(asked.socket, "getaddrinfo", lambda *_, **__: told)
    assert interfaces() == (Interface("", ip_address("192.168.1.20")), Interface("", ip_address("fe80::20"), 7))
