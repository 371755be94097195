"""A running server: on loopback only, in a thread of this process, ended by the test."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import logging
import socket
import ssl
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from django.conf import settings

from afferent.errors import InputError
from afferent.web.lan import kept, serve
from afferent.web.lan.addresses import Address
from afferent.web.lan.authority import fingerprint
from afferent.web.lan.folder import write
from afferent.web.lan.install_page import FILE
from afferent.web.lan.serve import NO_NETWORK, Lan, Plan
from afferent.web.lan.tests.conftest import apart, device
from afferent.web.logs import NotTheEnd

HERE = Address(ip_address("127.0.0.1"))
SECOND = Address(ip_address("127.0.0.2"))
second = pytest.mark.skipif(sys.platform == "darwin", reason="this system has no second loopback address")


async def application(scope: dict, receive: Callable, send: Callable) -> None:
    """A clinic that says how it was reached; /stream goes on until whoever listens has gone."""
    assert scope["type"] == "http"
    words = f"{scope['scheme']} {scope['client'][0]}".encode()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
    while scope["path"] == "/stream":
        await send({"type": "http.response.body", "body": b"beat\n", "more_body": True})
        await asyncio.sleep(0.05)
    await send({"type": "http.response.body", "body": words})


class Clinic:
    """A server that runs, what it said, and ways to ask it."""

    def __init__(self, folder: Path, port: int, install_port: int, days: int = 0) -> None:
        self.addresses: tuple[Address, ...] = (HERE,)
        self.now = datetime.now(UTC) + timedelta(days=days)
        self.said: list[str] = []
        self.port, self.install_port, self.folder = port, install_port, folder
        plan = Plan(port, install_port, lambda: self.addresses, 0.05, lambda: self.now, self.said.append)
        self.lan = Lan(plan)
        self.told = self.lan.prepare(folder, picture=False)
        self.authority, _ = kept.authority(folder, "desk", None, self.now)
        self.thread = threading.Thread(
            target=self.lan.run, args=(application,), kwargs={"timeout_graceful_shutdown": 1}
        )
        self.thread.start()
        self.until(lambda: self.connect(HERE))

    def until(self, holds: Callable[[], object]) -> None:
        for _ in range(200):
            with contextlib.suppress(OSError):
                if holds():
                    return
            time.sleep(0.02)
        raise AssertionError(f"it does not come to that; said: {self.said}")

    def connect(self, address: Address) -> bool:
        socket.create_connection((str(address.ip), self.port), timeout=1).close()
        return True

    @contextlib.contextmanager
    def line(self, host: str = "127.0.0.1", to: Address = HERE) -> Iterator[ssl.SSLSocket]:
        """A connection as a device has it that trusts the authority."""
        context = device(self.authority.file())
        with (
            socket.create_connection((str(to.ip), self.port), timeout=5) as raw,
            context.wrap_socket(raw, server_hostname=host) as line,
        ):
            yield line

    def served(self, to: Address = HERE) -> bytes:
        with self.line(str(to.ip), to) as line:
            return line.getpeercert(binary_form=True)

    def ask(self, path: str = "/", **headers: str) -> str:
        found = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=5, context=device(self.authority.file()))
        found.request("GET", path, headers=headers)
        try:
            return found.getresponse().read().decode()
        finally:
            found.close()

    def install(self, path: str, to: Address = HERE) -> tuple[int, bytes]:
        found = http.client.HTTPConnection(str(to.ip), self.install_port, timeout=5)
        found.request("GET", path)
        answer = found.getresponse()
        try:
            return answer.status, answer.read()
        finally:
            found.close()

    def end(self) -> None:
        if self.thread.is_alive():
            self.lan.stop()
        self.thread.join(10)
        assert not self.thread.is_alive()


@pytest.fixture
def clinic(tmp_path: Path, free_port, monkeypatch) -> Iterator[Clinic]:
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["testserver"])
    monkeypatch.setattr(serve, "local_name", lambda: "desk.local")
    one = Clinic(tmp_path / "lan", free_port(), free_port())
    try:
        yield one
    finally:
        one.end()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "desk.local", "::1"])
def test_a_device_that_trusts_the_authority_is_served_over_tls(clinic: Clinic, host: str) -> None:
    with clinic.line(host) as line:
        assert line.version() in ("TLSv1.2", "TLSv1.3")
    assert clinic.ask() == "https 127.0.0.1"


@pytest.mark.parametrize("host", ["192.168.1.20", "other.local", "bank.example"])
def test_under_any_other_name_it_is_refused(clinic: Clinic, host: str) -> None:
    with pytest.raises(ssl.SSLCertVerificationError), clinic.line(host):
        pass


def test_a_device_that_does_not_trust_it_refuses(clinic: Clinic) -> None:
    with (
        socket.create_connection(("127.0.0.1", clinic.port), timeout=5) as raw,
        pytest.raises(ssl.SSLCertVerificationError),
    ):
        ssl.create_default_context().wrap_socket(raw, server_hostname="127.0.0.1")


def test_old_tls_is_not_spoken(clinic: Clinic) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning):
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
    with socket.create_connection(("127.0.0.1", clinic.port), timeout=5) as raw, pytest.raises(ssl.SSLError):
        context.wrap_socket(raw)


def test_nobody_can_say_in_a_header_that_they_are_somebody_else(clinic: Clinic) -> None:
    assert clinic.ask(**{"X-Forwarded-For": "10.9.9.9", "X-Forwarded-Proto": "http"}) == "https 127.0.0.1"


def test_the_install_page_gives_the_certificate_that_the_server_is_trusted_by(clinic: Clinic) -> None:
    assert clinic.install(f"/{FILE}") == (200, clinic.authority.file())
    status, body = clinic.install("/")
    assert status == 200 and b"Let this device trust" in body
    assert clinic.install("/stream")[0] == 404


def test_the_terminal_says_addresses_and_the_fingerprint(clinic: Clinic) -> None:
    lines = [line.strip() for line in clinic.told.splitlines()]
    for address in (f"https://localhost:{clinic.port}/", f"https://127.0.0.1:{clinic.port}/",
                    f"https://desk.local:{clinic.port}/", f"http://127.0.0.1:{clinic.install_port}/"):  # fmt: skip
        assert address in lines
    groups = fingerprint(clinic.authority).split()
    assert [" ".join(groups[at : at + 4]) for at in (0, 4, 8, 12)] == [
        line for line in lines if line.count(" ") == 3 and line.replace(" ", "").isalnum() and line.isupper()
    ]
    assert f"kept in {clinic.folder}" in clinic.told


def test_django_answers_to_these_names_and_keeps_those_it_had(clinic: Clinic) -> None:
    assert {"testserver", "127.0.0.1", "[::1]", "localhost", "desk.local"} <= set(settings.ALLOWED_HOSTS)
    assert "*" not in settings.ALLOWED_HOSTS


@second
def test_an_address_that_comes_is_served_and_named_while_connections_go_on(clinic: Clinic) -> None:
    with clinic.line() as open_line:
        open_line.sendall(b"GET /stream HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        before = clinic.served()
        clinic.addresses = (HERE, SECOND)
        clinic.until(lambda: clinic.connect(SECOND))
        assert clinic.served(SECOND) == clinic.served() != before
        assert clinic.install("/", SECOND)[0] == 200
        assert "127.0.0.2" in settings.ALLOWED_HOSTS
        assert f"https://127.0.0.2:{clinic.port}/" in clinic.said[-1]
        told = [open_line.recv(4096) for _ in range(20)]
        assert b"beat" in told[-1]  # what was connected stays connected


@second
def test_an_address_that_stays_away_gives_its_ports_back_and_may_come_again(clinic: Clinic) -> None:
    clinic.addresses = (HERE, SECOND)
    clinic.until(lambda: clinic.connect(SECOND))
    clinic.addresses = (HERE,)
    clinic.until(lambda: not _answers(clinic, SECOND))
    clinic.addresses = (HERE, SECOND)
    clinic.until(lambda: clinic.served(SECOND))


@second
def test_an_address_that_is_away_for_a_moment_is_served_on(clinic: Clinic) -> None:
    clinic.addresses = (HERE, SECOND)
    clinic.until(lambda: clinic.connect(SECOND))
    for _ in range(4):
        for there in ((HERE,), (HERE, SECOND)):
            clinic.addresses = there
            time.sleep(0.06)
            assert clinic.connect(SECOND)


def _answers(clinic: Clinic, address: Address) -> bool:
    try:
        return clinic.connect(address)
    except ConnectionRefusedError:
        return False


def test_with_the_network_gone_this_computer_is_still_served(clinic: Clinic) -> None:
    before = clinic.served()
    clinic.addresses = ()
    time.sleep(0.4)
    assert clinic.ask() == "https 127.0.0.1"
    assert clinic.served() == before
    assert not clinic.said


def test_a_certificate_that_nears_its_end_is_renewed_while_it_runs(tmp_path, free_port, monkeypatch) -> None:
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", [])
    clinic = Clinic(tmp_path / "lan", free_port(), free_port(), days=-25)
    try:
        before = clinic.served()
        time.sleep(0.2)
        assert clinic.served() == before
        clinic.now += timedelta(days=25)
        clinic.until(lambda: clinic.served() != before)
        assert clinic.ask() == "https 127.0.0.1"
    finally:
        clinic.end()


def test_what_fails_while_it_runs_is_said_once_and_tried_again(clinic: Clinic) -> None:
    whole = clinic.folder / kept.SERVER
    clinic.folder.chmod(0o755)
    clinic.until(lambda: clinic.said)
    time.sleep(0.3)
    assert len(clinic.said) == 1 and "chmod 700" in clinic.said[0]
    assert clinic.ask() == "https 127.0.0.1"
    clinic.folder.chmod(0o700)
    whole.unlink()
    clinic.until(whole.exists)


def test_ended_it_gives_every_port_back_though_somebody_still_listens(clinic: Clinic) -> None:
    with clinic.line() as open_line:
        open_line.sendall(b"GET /stream HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert open_line.recv(64)
        clinic.end()
    for port in (clinic.port, clinic.install_port):
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port), timeout=2)


def test_a_stream_that_is_cut_off_at_the_end_is_no_fault_and_nothing_is_said(clinic: Clinic) -> None:
    told: list[logging.LogRecord] = []
    ear, only = logging.Handler(), NotTheEnd()
    ear.emit = told.append
    log = logging.getLogger("uvicorn.error")
    log.addHandler(ear)
    log.addFilter(only)
    try:
        with clinic.line() as open_line:
            open_line.sendall(b"GET /stream HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            assert open_line.recv(64)
            clinic.end()
        assert [record.getMessage() for record in told] == []
        log.error("A fault", exc_info=ValueError("real"))
        assert [record.getMessage() for record in told] == ["A fault"]
    finally:
        log.removeFilter(only)
        log.removeHandler(ear)


def test_started_again_it_is_the_same_to_every_device(clinic: Clinic) -> None:
    before = clinic.authority.file(), clinic.served()
    clinic.end()
    again = Clinic(clinic.folder, clinic.port, clinic.install_port)
    try:
        assert (again.authority.file(), again.served()) == before
        assert "is new" not in again.told
    finally:
        again.end()


def test_without_a_private_address_it_does_not_begin() -> None:
    with pytest.raises(InputError) as told:
        Lan(Plan(8443, 8080, look=lambda: ()))
    assert str(told.value) == NO_NETWORK


def test_two_servers_on_one_port_make_no_sense() -> None:
    with pytest.raises(InputError, match="must differ"):
        Lan(Plan(8443, 8443, look=lambda: (HERE,)))


@pytest.mark.parametrize("which", ["--port", "--install-port"])
def test_a_taken_port_is_one_sentence_and_leaves_the_other_free(taken_port, free_port, which: str) -> None:
    other = free_port()
    ports = (taken_port, other) if which == "--port" else (other, taken_port)
    with pytest.raises(InputError, match=f"{taken_port} is taken.*{which}$"):
        Lan(Plan(*ports, look=lambda: (HERE,)))
    with socket.socket() as one:
        one.bind(("127.0.0.1", other))


def test_somebody_who_begins_to_listen_in_between_is_one_sentence(tmp_path, free_port, monkeypatch) -> None:
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", [])
    lan = Lan(Plan(free_port(), free_port(), look=lambda: (HERE,)))
    lan.prepare(tmp_path / "lan", picture=False)
    quick = lan._ports[HERE].clinic.getsockname()
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            other.bind(quick)
        except OSError:
            pytest.skip("this system lets nobody in between")
        other.listen()
        with pytest.raises(InputError, match="cannot be listened on"):
            apart(lambda: lan.run(application))


@pytest.mark.parametrize(
    ("days", "name", "words"),
    [
        (0, "desk.local", None),
        (0, "attic.local", "attic.local is not covered; the addresses are"),
        (705, "desk.local", "It ends on"),
    ],
)
def test_what_one_should_know_of_the_authority_is_said(
    tmp_path, free_port, monkeypatch, now, days, name, words
) -> None:
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", [])
    kept.authority(tmp_path / "lan", "desk", "desk.local", now)
    monkeypatch.setattr(serve, "local_name", lambda: name)
    lan = Lan(Plan(free_port(), free_port(), look=lambda: (HERE,), clock=lambda: now + timedelta(days=days)))
    try:
        told = lan.prepare(tmp_path / "lan", picture=False, notes=("One thing more.",))
    finally:
        lan.close()
    last = told.rpartition("\n\n")[2].splitlines()
    assert last[-1] == "One thing more."
    assert len(last) == (1 if words is None else 2) and (words or "One thing") in told


def test_the_drawing_is_for_a_terminal_only(tmp_path, free_port, monkeypatch) -> None:
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", [])
    lan = Lan(Plan(free_port(), free_port(), look=lambda: (HERE,)))
    try:
        assert "█" not in lan.prepare(tmp_path / "lan", picture=False)
        drawn = [line for line in lan.prepare(tmp_path / "lan", picture=True).splitlines() if "█" in line]
    finally:
        lan.close()
    assert len(drawn) >= 14
    assert all(line.startswith("\x1b[97;40m") and line.endswith("\x1b[0m") for line in drawn)


def test_a_spoiled_authority_stops_it_before_anybody_is_served(tmp_path, free_port) -> None:
    (tmp_path / "lan").mkdir(0o700)
    write(tmp_path / "lan" / kept.AUTHORITY, b"spoiled")
    lan = Lan(Plan(free_port(), free_port(), look=lambda: (HERE,)))
    try:
        with pytest.raises(InputError, match="holds no authority"):
            lan.prepare(tmp_path / "lan", picture=False)
    finally:
        lan.close()
