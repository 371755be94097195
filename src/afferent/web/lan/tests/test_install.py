"""The install page: what is on it, what comes with it, and that there is nothing else."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from afferent.page.qr import qr
from afferent.web.lan.authority import fingerprint
from afferent.web.lan.install import Install
from afferent.web.lan.install_page import FILE, Site, devices, page, style, style_path
from afferent.web.lan.tests.conftest import apart, named
from afferent.web.testing.loops import alone

NAMES = named("192.168.1.20", "fd00::20")


def made(authority, **other: object) -> Site:
    given = {
        "title": authority.title, "fingerprint": fingerprint(authority), "file": authority.file(),
        "ends": datetime(2028, 11, 27, tzinfo=UTC), "shown": NAMES.shown(), "hosts": frozenset(NAMES.hosts()),
        "port": 8443, "install_port": 8080,
    }  # fmt: skip
    return Site(**(given | other))


@pytest.fixture
def site(authority) -> Site:
    return made(authority)


@pytest.fixture
def ask(site: Site):
    """`ask("/")`: status, headers, body, as a browser on the network gets them."""

    def asked(path: str, method: str = "GET", host: str = "192.168.1.20:8080") -> tuple[int, dict[str, str], bytes]:
        sent: list[dict] = []

        async def send(message: dict) -> None:
            sent.append(message)

        scope = {"type": "http", "method": method, "path": path, "headers": [(b"host", host.encode("latin-1"))]}
        apart(lambda: alone(Install(site)(scope, None, send)))
        start, body = sent
        return start["status"], {key.decode(): value.decode() for key, value in start["headers"]}, body["body"]

    return asked


class Text(HTMLParser):
    """What somebody reads, and the tags it is made of."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(markup)
        self.close()

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.tags.append((tag, dict(attrs)))

    def __str__(self) -> str:
        return " ".join(" ".join(self.words).split())


def test_the_file_is_the_certificate_and_browsers_know_it_for_one(ask, authority) -> None:
    status, headers, body = ask(f"/{FILE}")
    assert (status, body) == (200, authority.file())
    assert headers["content-type"] == "application/x-x509-ca-cert"
    assert headers["content-disposition"] == 'attachment; filename="afferent-ca.crt"'
    assert b"PRIVATE" not in body


def test_the_page_shows_the_fingerprint_in_groups_of_four(ask, authority) -> None:
    shown = str(Text(ask("/")[2].decode()))
    assert fingerprint(authority) in shown
    assert re.search(r"(?:\b[0-9A-F]{4}\b ?){16}", shown)


@pytest.mark.parametrize("title", ["iPhone and iPad", "Android", "Windows", "Mac", "Linux", "Firefox"])
def test_every_kind_of_device_has_its_steps_its_check_and_its_way_back(title: str) -> None:
    [one] = [device for device in devices() if device.title.startswith(title)]
    assert len(one.steps) >= 3 and one.remove
    assert any("fingerprint" in step for step in one.steps)
    shown = [one.compare, one.remove, *one.steps, one.note]
    assert not [line for line in shown if line and not line.endswith((".", ")"))]


def test_all_of_it_is_on_the_page(ask) -> None:
    shown = str(Text(ask("/")[2].decode()))
    for one in devices():
        for line in (one.title, *one.steps, one.compare, one.remove, one.note):
            assert " ".join(line.split()) in shown


def test_it_says_what_trust_means_what_it_cannot_do_and_when_to_stop(ask) -> None:
    shown = str(Text(ask("/")[2].decode()))
    assert "this device believes it" in shown
    assert "cannot pass for your bank" in shown
    assert "If one group differs, stop" in shown
    assert "ask its owner first" in shown
    assert "holds until 27 Nov 2028" in shown


def test_it_leads_to_the_clinic_by_the_way_somebody_came(ask) -> None:
    for host, address in (("192.168.1.20:8080", "https://192.168.1.20:8443/"), ("[fd00::20]:8080", "https://[fd00::20]:8443/"),
                          ("DESK.local:8080", "https://desk.local:8443/")):  # fmt: skip
        links = [given.get("href") for tag, given in Text(ask("/", host=host)[2].decode()).tags if tag == "a"]
        assert links == [f"/{FILE}", address]


def test_the_code_carries_the_address_of_this_page_to_the_next_device(ask) -> None:
    body = ask("/")[2].decode()
    assert qr("http://192.168.1.20:8080/", "The address of this page as a code") in body
    assert "http://desk.local:8080/" in body


def test_the_same_headers_as_on_every_page_and_a_stricter_policy(ask) -> None:
    for path in ("/", f"/{FILE}", "/nothing", style_path()):
        headers = ask(path)[1]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == settings.X_FRAME_OPTIONS
        assert headers["referrer-policy"] == settings.SECURE_REFERRER_POLICY
        assert headers["cross-origin-opener-policy"] == settings.SECURE_CROSS_ORIGIN_OPENER_POLICY
        assert "camera=()" in headers["permissions-policy"]
        policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
        assert policy.keys() == settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].keys()
        assert {name for name, value in policy.items() if value == "'self'"} == {"style-src"}
        assert set(policy.values()) == {"'self'", "'none'"}
        assert not {"set-cookie", "strict-transport-security", "server"} & headers.keys()


def test_nothing_is_kept_but_the_style_whose_address_changes_with_it(ask) -> None:
    assert ask("/")[1]["cache-control"] == ask(f"/{FILE}")[1]["cache-control"] == "no-store"
    status, headers, body = ask(style_path())
    assert (status, body.decode()) == (200, style())
    assert "immutable" in headers["cache-control"]


def test_no_script_no_style_inside_no_form_and_nothing_from_elsewhere(ask) -> None:
    tags = Text(ask("/")[2].decode()).tags
    assert not {"script", "style", "form", "iframe", "img"} & {tag for tag, _ in tags}
    assert not [given for _, given in tags if "style" in given or any(name.startswith("on") for name in given)]
    assert [given["href"] for tag, given in tags if tag == "link"] == [style_path()]


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/login/",
        "/clients/",
        "/begin/abc",
        "//",
        "/afferent-ca.key",
        "/../",
        "/static/x",
        "/authority.pem",
        "/server.pem",
    ],
)
def test_nothing_else_of_the_clinic_is_there(ask, path: str) -> None:
    status, headers, body = ask(path)
    assert (status, headers["content-type"]) == (404, "text/plain; charset=utf-8")
    assert b"https" in body


@given(path=st.text(max_size=40).map(lambda rest: f"/{rest}"))
def test_whatever_is_asked_only_three_addresses_answer(authority, path: str) -> None:
    status = Install(made(authority))._answer({"method": "GET", "path": path, "headers": [(b"host", b"desk.local")]})[0]
    assert (status == 200) == (path in ("/", f"/{FILE}", style_path()))


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "CONNECT"])
def test_it_can_only_be_read(ask, method: str) -> None:
    status, headers, _ = ask("/", method)
    assert (status, headers["allow"]) == (405, "GET, HEAD")


def test_asked_for_the_head_it_gives_the_head(ask) -> None:
    _, whole, body = ask("/")
    status, headers, nothing = ask("/", "HEAD")
    assert (status, nothing) == (200, b"")
    assert headers["content-length"] == str(len(body)) == whole["content-length"]


@pytest.mark.parametrize(
    "host", ["", "bank.example", "192.168.1.20.bank.example", "[fd00::21]:8080", "192.168.1.20:x", "ÿ"]
)
def test_under_another_name_it_answers_nothing(ask, host: str) -> None:
    assert ask("/", host=host)[0] == 400


def test_a_name_of_the_machine_cannot_break_out_of_the_text(authority) -> None:
    sneaky = made(authority, title='Afferent on <script>alert("x")</script>')
    assert "<script" not in page(sneaky, "desk.local")


def test_a_message_that_is_no_request_is_let_pass(site: Site) -> None:
    apart(lambda: alone(Install(site)({"type": "lifespan"}, None, None)))
