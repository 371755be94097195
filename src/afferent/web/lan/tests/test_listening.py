"""Ports: taken where they were asked for, nowhere else; one sentence where that cannot be."""

from __future__ import annotations

import asyncio
import socket
from ipaddress import ip_address

import pytest

from afferent.errors import InputError
from afferent.web.lan import listening
from afferent.web.lan.addresses import Address
from afferent.web.lan.listening import both, here, take

V4 = Address(ip_address("127.0.0.1"))
NOBODY = Address(ip_address("192.0.2.250"))  # documentation: no machine has it


def is_free(port: int) -> bool:
    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind(("127.0.0.1", port))
            one.listen()
        except OSError:
            return False
    return True


def test_it_is_bound_to_that_address_and_not_to_all(free_port) -> None:
    port = free_port()
    with take([V4], port)[V4] as one:
        assert one.getsockname() == ("127.0.0.1", port)


def test_nobody_is_answered_before_somebody_serves(free_port) -> None:
    port = free_port()
    with take([V4], port)[V4], pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=2)


def test_loopback_in_both_families_does_not_collide(free_port) -> None:
    opened = both(here(), free_port(), free_port())
    assert V4 in opened
    for ports in opened.values():
        ports.close()


def test_an_address_named_twice_is_taken_once(free_port) -> None:
    opened = take([V4, V4], free_port())
    assert list(opened) == [V4]
    opened[V4].close()


def test_an_address_that_has_gone_is_left_out(free_port) -> None:
    opened = both([NOBODY, V4], free_port(), free_port())
    assert list(opened) == [V4]
    opened[V4].close()


def test_where_every_address_has_gone_it_says_so(free_port) -> None:
    with pytest.raises(InputError, match="cannot be opened on any address"):
        take([NOBODY], free_port())


def test_a_port_that_is_taken_is_one_sentence_with_the_mend(taken_port) -> None:
    with pytest.raises(InputError, match=rf"^port {taken_port} is taken on 127\.0\.0\.1.*--port$"):
        take([V4], taken_port)


def test_when_the_second_port_is_taken_the_first_is_given_back(taken_port, free_port) -> None:
    port = free_port()
    with pytest.raises(InputError, match="--install-port"):
        both([V4], port, taken_port)
    assert is_free(port)


@pytest.mark.parametrize(
    ("number", "words"),
    [(13, "1024"), (1, "1024"), (105, "cannot be opened on 127.0.0.1")],
    ids=["EACCES", "EPERM", "ENOBUFS"],
)
def test_what_the_system_does_not_allow_is_one_sentence(monkeypatch, number: int, words: str) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr(listening.socket.socket, "bind", refuse)
    with pytest.raises(InputError, match=words):
        take([V4], 443)


def test_what_is_said_is_not_held_back_for_an_answer() -> None:
    """A page goes out in two pieces, a word of a visit in one: none waits 40 ms until the other end has confirmed the
    one before it.
    """
    [port] = take([V4], 0).values()
    at_once: list[int] = []

    class Served(asyncio.Protocol):
        def connection_made(self, transport) -> None:
            socket_of = transport.get_extra_info("socket")
            at_once.append(socket_of.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))

    async def run() -> None:
        server = await asyncio.get_running_loop().create_server(Served, sock=port)
        async with server:
            _, writer = await asyncio.open_connection(*port.getsockname()[:2])
            while not at_once:
                await asyncio.sleep(0.01)
            writer.close()

    asyncio.run(run())
    assert at_once == [1]
