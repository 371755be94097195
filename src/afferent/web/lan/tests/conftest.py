"""A clock, an authority, and a device that trusts it. Nothing here listens anywhere but on loopback."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from afferent.web.lan import authority as module
from afferent.web.lan.addresses import Address, Names
from afferent.web.lan.authority import Authority, make

NAME = "desk.local"


@pytest.fixture(scope="session")
def now() -> datetime:
    """The real one: TLS looks at the clock itself."""
    return datetime.now(UTC)


@pytest.fixture(scope="session")
def authority(now: datetime) -> Authority:
    return make("desk", NAME, now)


@pytest.fixture
def names() -> Names:
    return named("192.168.1.20", "fd00::20")


def named(*addresses: str, name: str | None = NAME) -> Names:
    return Names(tuple(Address(ip_address(one)) for one in addresses), name)


def stolen(authority: Authority, name: x509.GeneralName, now: datetime) -> bytes:
    """A certificate by somebody who has the folder and wants to be somebody else."""
    key = ec.generate_private_key(ec.SECP256R1())
    made = (
        module._builder("thief", authority.issuer, key, now, now + timedelta(days=5))
        .add_extension(x509.SubjectAlternativeName([name]), critical=False)
        .add_extension(module._for_servers(), critical=False)
        .add_extension(module._by(authority.key), critical=False)
        .sign(authority.key, hashes.SHA256())
    )
    pem = module.Encoding.PEM
    return module._pem(key) + made.public_bytes(pem) + authority.issuer.public_bytes(pem)


def device(trusted: bytes) -> ssl.SSLContext:
    """A browser's judgement, as strict as OpenSSL has it, of a server; it trusts this one authority."""
    context = ssl.create_default_context(cadata=trusted)
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    return context


@pytest.fixture
def visits(tmp_path: Path) -> Callable[[bytes, bytes, str], str]:
    """`visits(server, trusted, host)`: a TLS handshake in memory; what the device said, or "accepted"."""

    def visit(server: bytes, trusted: bytes, host: str) -> str:
        file = tmp_path / "server.pem"
        file.write_bytes(server)
        behind = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        behind.load_cert_chain(file)
        there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
        clinic = behind.wrap_bio(there, back, server_side=True)
        browser = device(trusted).wrap_bio(back, there, server_hostname=host)
        try:
            _until_done(browser, clinic)
        except ssl.SSLCertVerificationError as error:
            return error.verify_message
        return "accepted"

    return visit


def _until_done(*sides: ssl.SSLObject) -> None:
    for _ in range(10):
        waiting = 0
        for side in sides:
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                waiting += 1
        if not waiting:
            return
    raise AssertionError("the handshake does not end")


def apart(work: Callable[[], object]) -> object:
    """Done in a thread of its own, for a browser of other tests may keep a loop running in this one."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(work).result(20)


@pytest.fixture
def free_port() -> Callable[[], int]:
    """A port of this machine that nobody has just now."""

    def find() -> int:
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            return int(one.getsockname()[1])

    return find


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port of this machine on which somebody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        one.listen()
        yield int(one.getsockname()[1])
