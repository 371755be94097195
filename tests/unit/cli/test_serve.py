"""`afferent serve` as a person starts it: on this machine, on the local network, and where it cannot.

The local network of these tests is loopback: the program is told so before it looks.
"""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest

from afferent.cli import main
from afferent.web import __main__ as web

AT_HOME = """
import sys
from ipaddress import ip_address
from afferent.web.lan import addresses
addresses.private_addresses = lambda: (addresses.Address(ip_address("127.0.0.1")),)
from afferent.cli import main
sys.exit(main(sys.argv[1:]))
"""


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        one.listen()
        yield int(one.getsockname()[1])


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("AFFERENT_", "DATABASE_URL"))}
    return kept | {"AFFERENT_DATABASE": str(tmp_path / "clinic.sqlite3"), "PYTHONUNBUFFERED": "1"}


@dataclass
class Running:
    process: subprocess.Popen[str]
    port: int
    install_port: int
    out: Path

    @property
    def said(self) -> str:
        return self.out.read_text("utf-8")


@contextlib.contextmanager
def running(env: dict[str, str], folder: Path, *words: str) -> Iterator[Running]:
    """The program in a process of its own, ended however the test ends."""
    port, install_port = free_port(), free_port()
    out = folder / "said.txt"
    ports = ["--port", str(port), *(["--install-port", str(install_port)] if "--lan" in words else [])]
    with out.open("w") as told:
        process = subprocess.Popen(
            [sys.executable, "-c", AT_HOME, "serve", *words, *ports], env=env, cwd=folder, stdout=told,
            stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
    try:
        for _ in range(600):
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            assert process.poll() is None, out.read_text()
            time.sleep(0.1)
        yield Running(process, port, install_port, out)
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(10)


def install(one: Running, path: str) -> http.client.HTTPResponse:
    line = http.client.HTTPConnection("127.0.0.1", one.install_port, timeout=10)
    line.request("GET", path)
    return line.getresponse()


class Device:
    """A browser that trusts what the install page gave it, and keeps cookies as browsers do."""

    def __init__(self, one: Running) -> None:
        self.one = one
        self.file = install(one, "/afferent-ca.crt").read()
        self.context = ssl.create_default_context(cadata=self.file)
        self.cookies: dict[str, str] = {}
        self.set: list[str] = []

    def ask(self, path: str, sent: dict[str, str] | None = None, **headers: str) -> tuple[int, str, dict[str, str]]:
        line = http.client.HTTPSConnection("127.0.0.1", self.one.port, timeout=30, context=self.context)
        headers["Cookie"] = "; ".join(f"{key}={value}" for key, value in self.cookies.items())
        if sent is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        line.request(
            "POST" if sent is not None else "GET", path, urlencode(sent) if sent is not None else None, headers
        )
        got = line.getresponse()
        body = got.read().decode()
        for cookie in got.headers.get_all("Set-Cookie") or []:
            self.set.append(cookie)
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        line.close()
        return got.status, body, {key.lower(): value for key, value in got.headers.items()}


def test_on_the_local_network_a_clinic_is_made_from_a_device_and_strangers_get_nowhere(env, tmp_path: Path) -> None:
    with running(env, tmp_path, "--lan") as one:
        device = Device(one)
        origin = f"https://127.0.0.1:{one.port}"

        digest = hashlib.sha256(device.file).hexdigest().upper()
        assert " ".join(digest[at : at + 4] for at in range(0, 64, 4)) in " ".join(one.said.split())
        assert f"{origin}/" in one.said
        assert f"http://127.0.0.1:{one.install_port}/" in one.said

        code = re.search(r"/begin/\S+", one.said)[0]
        status, page, headers = device.ask(code)
        assert status == 200
        assert "strict-transport-security" not in headers
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
        sent = {"csrfmiddlewaretoken": token, "clinic": "Lindenhof", "time_zone": "Europe/Berlin", "languages": "en",
                "mode": "cds", "name": "Ada Okonkwo", "email": "ada@example.org", "treats": "on",
                "password": "five wet otters", "again": "five wet otters"}  # fmt: skip

        here = {"Origin": origin, "Referer": f"{origin}{code}"}
        assert device.ask(code, sent, Origin="https://bank.example")[0] == 403
        assert device.ask(code, sent, Origin=f"http://127.0.0.1:{one.install_port}")[0] == 403
        assert device.ask(code, sent)[0] == 403, "over HTTPS, who sends without saying whence is refused"
        assert device.ask(code, sent, **here)[0] == 302
        assert "afferent_session" in device.cookies
        assert device.set
        assert all("secure" in cookie.lower() for cookie in device.set)

        assert device.ask("/", Host="bank.example")[0] == 400
        assert device.ask("/", Host=f"localhost:{one.port}")[0] == 302
        for path in ("/", "/clients/", code):
            assert "csrf" not in install(one, path).read().decode().lower()

        one.process.send_signal(signal.SIGTERM)
        assert one.process.wait(15) == 0
        assert "Traceback" not in one.said
    kept = sorted(tmp_path.joinpath("afferent-lan").iterdir())
    assert [file.name for file in kept] == ["authority.pem", "server.pem"]
    if os.name == "posix":
        assert {file.stat().st_mode & 0o777 for file in kept} == {0o600}


def test_on_this_machine_only_it_speaks_plain_http_and_answers_to_nobody_else(env, tmp_path: Path) -> None:
    with running(env, tmp_path) as one:
        line = http.client.HTTPConnection("127.0.0.1", one.port, timeout=30)
        line.request("GET", "/")
        assert line.getresponse().status == 200
        assert f"http://localhost:{one.port} (this machine only" in one.said
        one.process.send_signal(signal.SIGINT)
        one.process.wait(15)
        assert "Traceback" not in one.said
        assert "nothing was kept" not in one.said
    assert not (tmp_path / "afferent-lan").exists()


@pytest.fixture
def alone(monkeypatch, tmp_path: Path) -> None:
    """What the program sets in the environment goes with the test; nothing may be begun in it."""
    for name in ("AFFERENT_LAN", "AFFERENT_EXAMPLES", "AFFERENT_DEMO", "AFFERENT_DEBUG", "DJANGO_SETTINGS_MODULE"):
        monkeypatch.setenv(name, os.environ.get(name, ""))
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "afferent.web.settings")
    monkeypatch.setattr(web, "_prepared", lambda _: pytest.fail("it began although it cannot go on"))


def refused(capsys, *words: str) -> str:
    assert main(["serve", *words]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("afferent: ")
    assert err.count("\n") == 1
    return err


@pytest.fixture
def at_home(alone, monkeypatch) -> None:
    from ipaddress import ip_address

    from afferent.web.lan import serve
    from afferent.web.lan.addresses import Address

    plan = serve.Plan
    look = lambda: (Address(ip_address("127.0.0.1")),)  # noqa: E731
    monkeypatch.setattr(serve, "Plan", lambda port, install_port: plan(port, install_port, look=look))


def test_a_taken_port_is_one_sentence_and_exit_2(capsys, alone, taken: int) -> None:
    assert f"port {taken} is taken on 127.0.0.1" in refused(capsys, "--port", str(taken))


@pytest.mark.parametrize("flag", ["--port", "--install-port"])
def test_with_lan_too_whichever_it_is(capsys, at_home, taken: int, flag: str) -> None:
    other = "--install-port" if flag == "--port" else "--port"
    said = refused(capsys, "--lan", flag, str(taken), other, str(free_port()))
    assert f"port {taken} is taken" in said
    assert said.rstrip().endswith(flag)


def test_without_a_local_network_it_is_one_sentence_and_exit_2(capsys, alone, monkeypatch) -> None:
    from afferent.web.lan import serve

    plan = serve.Plan
    monkeypatch.setattr(serve, "Plan", lambda port, install_port: plan(port, install_port, look=lambda: ()))
    assert "no private address" in refused(capsys, "--lan")


@pytest.mark.parametrize("name", ["AFFERENT_DEMO", "AFFERENT_DEBUG"])
def test_what_is_meant_for_this_machine_is_not_shown_to_a_network(capsys, at_home, monkeypatch, name: str) -> None:
    monkeypatch.setenv(name, "1")
    assert f"{name} is set" in refused(capsys, "--lan")


def test_the_demo_stays_on_this_machine(capsys, alone) -> None:
    assert web.main(["demo", "--lan"]) == 2
    assert "the demo stays on this machine" in capsys.readouterr().err


def test_a_second_port_without_a_second_page_is_refused(capsys, alone) -> None:
    assert "--install-port is for serve --lan" in refused(capsys, "--install-port", "8080")


@pytest.mark.parametrize("port", ["0", "65536", "-1", "many", "²", "8443.0", ""])
def test_what_is_no_port_is_said_to_be_none(capsys, port: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["serve", f"--port={port}"])
    assert ended.value.code == 2
    assert "a port is a number from 1 to 65535" in capsys.readouterr().err


def test_the_verb_and_the_module_are_the_same_command(monkeypatch) -> None:
    seen = []
    monkeypatch.setattr(web, "_started", lambda given: seen.append(vars(given)) or 0)
    words = ["--lan", "--port", "9443", "--install-port", "9080"]
    assert main(["serve", *words]) == web.main(["serve", *words]) == 0
    assert seen[0] == seen[1] == {"what": "serve", "lan": True, "port": 9443, "install_port": 9080}


@pytest.mark.parametrize(
    ("given", "secure", "hsts"),
    [({}, False, 0), ({"AFFERENT_HTTPS": "1"}, True, 31536000), ({"AFFERENT_LAN": "1"}, True, 0),
     ({"AFFERENT_LAN": "1", "AFFERENT_HTTPS": "1"}, True, 0)],
)  # fmt: skip
def test_cookies_are_for_https_only_and_no_private_name_is_remembered_for_it(
    env, tmp_path, given, secure, hsts
) -> None:
    asked = ("from afferent.web import settings as s; "
             "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS)")  # fmt: skip
    got = subprocess.run([sys.executable, "-c", asked], env=env | given, cwd=tmp_path, capture_output=True, text=True)
    assert got.stdout.split() == [str(secure), str(secure), str(hsts)], got.stderr
