"""What leaves the house: by SMTP to a real server of this machine, by HTTPS to one, or onto the terminal."""

from __future__ import annotations

import email
import os
import socket
import ssl
import threading
from email.policy import default
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from textwrap import dedent

import pytest
from aiosmtpd.controller import Controller

from afferent.errors import InputError
from afferent.web.post import senders
from afferent.web.post.address import address
from afferent.web.post.reach import dialled
from afferent.web.post.senders import Letter, NotSent, Unknown, http, sender
from afferent.web.post.senders.console import Console
from afferent.web.post.senders.mail import Mail, backend

LETTER = Letter(
    "7d4c", "ruth@example.org", "Your appointment", "You have an appointment.\n", "Lindenhof", "https://x/m/s"
)
CALL = Letter("7d4c", "+49301234567", "", "You have an appointment.")


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch):
    for name in [name for name in os.environ if name.startswith(("AFFERENT_MAIL", "AFFERENT_SMS", "AFFERENT_ADDRESS"))]:
        monkeypatch.delenv(name)
    senders._made.cache_clear()
    yield
    senders._made.cache_clear()


class Box:
    """An SMTP server that says what it is told to: `answers`, by command."""

    def __init__(self) -> None:
        self.mails: list = []
        self.answers: dict[str, str] = {}
        self.drops = False

    async def handle_MAIL(self, server, session, envelope, address, options):
        envelope.mail_from = address
        return self.answers.get("MAIL", "250 OK")

    async def handle_RCPT(self, server, session, envelope, address, options):
        envelope.rcpt_tos.append(address)
        return self.answers.get("RCPT", "250 OK")

    async def handle_DATA(self, server, session, envelope):
        if "DATA" in self.answers:
            return self.answers["DATA"]
        self.mails.append(email.message_from_bytes(envelope.content, policy=default))
        if self.drops:
            server.transport.abort()
        return "250 OK"


@pytest.fixture
def box(monkeypatch: pytest.MonkeyPatch):
    found = Box()
    controller = Controller(found, hostname="127.0.0.1", port=free())
    controller.start()
    monkeypatch.setenv("AFFERENT_MAIL", f"smtp://127.0.0.1:{controller.port}")
    monkeypatch.setenv("AFFERENT_MAIL_FROM", "post@lindenhof.example")
    yield found
    controller.stop()


def free() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def test_an_e_mail_arrives_as_it_should(box) -> None:
    Mail().send(LETTER)
    [mail] = box.mails
    assert (mail["To"], mail["Subject"]) == ("ruth@example.org", "Your appointment")
    assert mail["From"] == "Lindenhof <post@lindenhof.example>"
    assert mail["Message-ID"] == "<7d4c@lindenhof.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe"] == "<https://x/m/s>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail.get_content().strip() == "You have an appointment."


@pytest.mark.parametrize(
    ("command", "answer", "again"),
    [
        ("MAIL", "550 no", False), ("MAIL", "451 later", True), ("RCPT", "550 nobody", False),
        ("RCPT", "450 full", True), ("DATA", "554 no", False), ("DATA", "452 full", True),
    ],
)  # fmt: skip
def test_a_server_that_says_no_has_not_taken_it(box, command, answer, again) -> None:
    box.answers[command] = answer
    with pytest.raises(NotSent) as why:
        Mail().send(LETTER)
    assert why.value.again is again
    assert str(why.value) == f"The mail server refused it (code {answer[:3]})"


def test_one_that_drops_the_line_after_the_text_may_have_taken_it(box) -> None:
    box.drops = True
    with pytest.raises(Unknown, match="fell silent"):
        Mail().send(LETTER)
    assert len(box.mails) == 1


def test_where_nobody_listens_nothing_was_sent(monkeypatch) -> None:
    monkeypatch.setenv("AFFERENT_MAIL", f"smtp://127.0.0.1:{free()}")
    monkeypatch.setenv("AFFERENT_MAIL_FROM", "post@lindenhof.example")
    with pytest.raises(NotSent) as why:
        Mail().send(LETTER)
    assert why.value.again


def test_a_line_break_gets_into_no_head(box) -> None:
    with pytest.raises(NotSent) as why:
        Mail().send(Letter("1", "ruth@example.org", "Hi\nBcc: all@example.org", "x"))
    assert not why.value.again
    assert box.mails == []


def test_what_is_no_address_is_not_tried_again(box) -> None:
    with pytest.raises(NotSent) as why:
        Mail().send(Letter("1", "ruth@", "Hi", "x"))
    assert not why.value.again


def test_how_mail_is_named() -> None:
    found = backend("smtp://ada%40x:p%3Aw@mail.example.org")
    assert (found["host"], found["port"], found["username"], found["password"]) == (
        "mail.example.org",
        587,
        "ada@x",
        "p:w",
    )
    assert (found["use_tls"], found["use_ssl"]) == (True, False)
    found = backend("smtps://mail.example.org")
    assert (found["port"], found["use_tls"], found["use_ssl"]) == (465, False, True)
    assert not backend("smtp://localhost:1025")["use_tls"]
    assert backend("console:")["backend"].endswith("console.EmailBackend")
    assert backend("file:/tmp/mails")["file_path"] == "/tmp/mails"


@pytest.mark.parametrize("text", ["mail.example.org", "http://x", "smtp://", "smtp://x:99999", "file:", "smtp://[x"])
def test_mail_that_cannot_be_read_is_one_sentence(text) -> None:
    with pytest.raises(InputError, match=r"^AFFERENT_MAIL cannot be read; write smtp://"):
        backend(text)


def test_mail_needs_an_address_it_comes_from(monkeypatch) -> None:
    monkeypatch.setenv("AFFERENT_MAIL", "smtp://x")
    for sender_, says in (("", "is not set"), ("nobody", "is no e-mail address"), ("a@b\nc", "is no e-mail address")):
        monkeypatch.setenv("AFFERENT_MAIL_FROM", sender_)
        with pytest.raises(InputError, match=says):
            Mail()


def test_mail_into_a_folder(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv("AFFERENT_MAIL", f"file:{tmp_path}")
    sender("email").send(LETTER)
    [file] = tmp_path.iterdir()
    assert "You have an appointment." in file.read_text()


def test_nothing_is_offered_that_is_not_named(monkeypatch) -> None:
    assert senders.offered() == []
    monkeypatch.setenv("AFFERENT_SMS", "console")
    assert senders.offered() == ["text"]
    monkeypatch.setenv("AFFERENT_MAIL", "console:")
    assert senders.offered() == ["email", "text"]


def test_a_sender_of_ones_own_is_a_class_that_is_named(monkeypatch) -> None:
    monkeypatch.setenv("AFFERENT_SMS", "afferent.web.post.senders.console:Console")
    assert isinstance(sender("text"), Console)


@pytest.mark.parametrize("name", ["nothing", "no.such:Thing", "afferent.web.post.senders.console:Nothing", ":", "os"])
def test_one_that_there_is_not_is_one_sentence_when_the_server_begins(monkeypatch, name) -> None:
    monkeypatch.setenv("AFFERENT_SMS", name)
    with pytest.raises(InputError, match="AFFERENT_SMS names"):
        senders.check()


def test_the_sender_of_the_documentation_is_one() -> None:
    from types import SimpleNamespace

    page = (Path(__file__).resolve().parents[5] / "docs" / "clinic.md").read_text("utf-8")
    code = dedent(page.split("```python\n")[1].split("```")[0])
    for takes in (True, False):
        found = {"carrier": SimpleNamespace(takes=lambda to, text, takes=takes: takes)}
        exec(code, found)
        if takes:
            found["Own"]().send(CALL)
        else:
            with pytest.raises(NotSent):
                found["Own"]().send(CALL)


def test_onto_the_terminal(capsys) -> None:
    Console().send(CALL)
    assert capsys.readouterr().out == "[text message to +49301234567] You have an appointment.\n"


@pytest.mark.parametrize(
    ("text", "country", "number"),
    [
        ("+49 (0)30 123 45-67", "", "+49301234567"), ("0049 30 1234567", "", "+49301234567"),
        ("030/1234567", "+49", "+49301234567"), ("(212) 555-0142", "+1", "+12125550142"),
        ("030 1234567", "", ""), ("ask at the desk", "+49", ""), ("", "+49", ""), ("+49 12", "", ""),
        ("+1" * 20, "", ""), ("٠٣٠١٢٣٤٥٦٧", "+49", ""),
    ],
)  # fmt: skip
def test_numbers_are_dialled_as_the_world_does(text, country, number) -> None:
    assert dialled(text, country) == number


@pytest.mark.parametrize(
    ("text", "found"),
    [("", ""), ("https://clinic.example.org/", "https://clinic.example.org"), ("http://localhost:8000", "http://localhost:8000"),
     ("https://x.example/afferent", "https://x.example/afferent")],
)  # fmt: skip
def test_the_address_of_this_server(monkeypatch, text, found) -> None:
    monkeypatch.setenv("AFFERENT_ADDRESS", text)
    assert address() == found


@pytest.mark.parametrize(
    "text", ["clinic.example.org", "http://clinic.example.org", "https://", "https://x?y", "ftp://x", "https://x:no"]
)
def test_one_that_a_client_must_not_get_is_refused(monkeypatch, text) -> None:
    monkeypatch.setenv("AFFERENT_ADDRESS", text)
    with pytest.raises(InputError, match="AFFERENT_ADDRESS"):
        senders.check()


# By HTTPS


class Carrier(BaseHTTPRequestHandler):
    seen: list = []
    status = 200
    waits = threading.Event()

    def do_POST(self) -> None:
        self.seen.append((self.path, dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
        if self.status == 0:
            self.close_connection = True
            return
        self.send_response(self.status)
        self.send_header("Location", "https://169.254.169.254/latest")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *told: object) -> None:
        return


@pytest.fixture
def carrier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A carrier with a certificate for its name, that lives on this machine."""
    certificate = certified(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server = HTTPServer(("127.0.0.1", 0), Carrier)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    Carrier.seen, Carrier.status = [], 200
    trusting = ssl.create_default_context(cafile=str(certificate))
    monkeypatch.setattr(http.ssl, "create_default_context", lambda: trusting)
    monkeypatch.setattr(http, "public", lambda host, port: "127.0.0.1")
    monkeypatch.setenv("AFFERENT_SMS_URL", f"https://carrier.example:{server.server_port}/v1/messages?key=1")
    monkeypatch.setenv("AFFERENT_SMS_TOKEN", "secret")
    yield Carrier
    server.shutdown()
    server.server_close()


def certified(folder: Path) -> Path:
    import datetime as dt

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(7).not_valid_before(now - dt.timedelta(days=1)).not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("carrier.example")]), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = folder / "carrier.pem"
    path.write_bytes(pem + made.public_bytes(serialization.Encoding.PEM))
    return path


def test_a_text_by_https(carrier) -> None:
    http.Http().send(CALL)
    [(path, headers, body)] = carrier.seen
    assert path == "/v1/messages?key=1"
    assert (headers["Authorization"], headers["Idempotency-Key"]) == ("Bearer secret", "7d4c")
    assert headers["Host"].startswith("carrier.example")
    assert body == b'{"id":"7d4c","to":"+49301234567","text":"You have an appointment."}'


@pytest.mark.parametrize(
    ("status", "kind", "again"),
    [(302, NotSent, False), (307, NotSent, False), (400, NotSent, False), (429, NotSent, True), (503, NotSent, True),
     (500, Unknown, None), (504, Unknown, None), (0, Unknown, None)],
)  # fmt: skip
def test_what_an_answer_means_and_no_redirect_is_followed(carrier, status, kind, again) -> None:
    carrier.status = status
    with pytest.raises(kind) as why:
        http.Http().send(CALL)
    assert getattr(why.value, "again", None) is again
    assert len(carrier.seen) == 1


def test_a_certificate_of_another_name_is_not_spoken_to(carrier, monkeypatch) -> None:
    url = os.environ["AFFERENT_SMS_URL"]
    monkeypatch.setenv("AFFERENT_SMS_URL", url.replace("carrier.example", "other.example"))
    with pytest.raises(NotSent, match="could not be spoken to"):
        http.Http().send(CALL)
    assert carrier.seen == []


@pytest.mark.parametrize(
    "inside",
    ["127.0.0.1", "10.0.0.7", "192.168.1.1", "172.16.0.1", "169.254.169.254", "::1", "fe80::1", "fd00::1",
     "::ffff:127.0.0.1", "0.0.0.0", "100.64.0.1", "224.0.0.1"],
)  # fmt: skip
def test_no_machine_inside_the_house_is_spoken_to(monkeypatch, inside) -> None:
    family = socket.AF_INET6 if ":" in inside else socket.AF_INET
    monkeypatch.setattr(
        http.socket,
        "getaddrinfo",
        lambda *told, **more: [(family, 1, 6, "", ("93.184.216.34", 443)), (family, 1, 6, "", (inside, 443))],
    )
    with pytest.raises(NotSent, match="leads into a private network") as why:
        http.public("carrier.example", 443)
    assert not why.value.again


def test_a_public_one_is(monkeypatch) -> None:
    monkeypatch.setattr(http.socket, "getaddrinfo", lambda *told, **more: [(2, 1, 6, "", ("93.184.216.34", 443))])
    assert http.public("carrier.example", 443) == "93.184.216.34"


@pytest.mark.parametrize(
    "url", ["", "http://carrier.example", "https://", "https://u:p@carrier.example", "https://x:0", "https://x:y"]
)
def test_a_carrier_that_cannot_be_used_is_refused_at_the_beginning(monkeypatch, url) -> None:
    monkeypatch.setenv("AFFERENT_SMS", "http")
    monkeypatch.setenv("AFFERENT_SMS_URL", url)
    with pytest.raises(InputError, match="AFFERENT_SMS_URL"):
        senders.check()


def test_a_token_with_a_line_break_is_refused(monkeypatch) -> None:
    monkeypatch.setenv("AFFERENT_SMS_URL", "https://carrier.example")
    monkeypatch.setenv("AFFERENT_SMS_TOKEN", "a\r\nX: y")
    with pytest.raises(InputError, match="AFFERENT_SMS_TOKEN"):
        http.Http()
