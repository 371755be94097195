"""A real Chromium that trusts the authority: what it gives, what it still refuses, and how the page looks on a phone.

Skipped, loudly, where there is no Chromium, or no NSS library to tell it whom to trust. Its home is a folder of the
test.
"""

from __future__ import annotations

import ctypes
import http.server
import os
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509

from afferent.web.lan.authority import Authority, fingerprint, issue, make
from afferent.web.lan.install import Install
from afferent.web.lan.install_page import FILE, Site
from afferent.web.lan.tests.conftest import NAME, named, stolen

pytestmark = pytest.mark.browser
_TRUST = """
import ctypes, sys
nss, smime = ctypes.CDLL("libnss3.so"), ctypes.CDLL("libsmime3.so")
nss.PK11_GetInternalKeySlot.restype = nss.CERT_GetDefaultCertDB.restype = ctypes.c_void_p
smime.CERT_DecodeCertFromPackage.restype = ctypes.c_void_p
assert nss.NSS_InitReadWrite(b"sql:" + sys.argv[1].encode()) == 0
slot = ctypes.c_void_p(nss.PK11_GetInternalKeySlot())
assert nss.PK11_InitPin(slot, None, b"") == 0
data = open(sys.argv[2], "rb").read()
found = ctypes.c_void_p(smime.CERT_DecodeCertFromPackage(data, len(data)))
assert nss.PK11_ImportCert(slot, found, ctypes.c_ulong(0), b"afferent", 0) == 0
trust = (ctypes.c_uint * 3)()
assert nss.CERT_DecodeTrustString(trust, b"C,,") == 0
assert nss.CERT_ChangeCertTrust(ctypes.c_void_p(nss.CERT_GetDefaultCertDB()), found, trust) == 0
nss.NSS_Shutdown()
"""


@pytest.fixture(scope="module")
def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture(scope="module")
def authority(now: datetime) -> Authority:
    return make("desk", NAME, now)


@pytest.fixture(scope="module")
def home(authority, tmp_path_factory) -> Path:
    """A home in which the authority is trusted, as somebody does it in the settings of Chromium on Linux."""
    try:
        ctypes.CDLL("libnss3.so"), ctypes.CDLL("libsmime3.so")
    except OSError:
        pytest.skip("NOT TESTED in a browser that trusts the authority: no NSS library here")
    made = tmp_path_factory.mktemp("home")
    store = made / ".pki" / "nssdb"
    store.mkdir(parents=True)
    (made / FILE).write_bytes(authority.file())
    subprocess.run([sys.executable, "-c", _TRUST, str(store), str(made / FILE)], check=True, timeout=60)
    return made


@pytest.fixture(scope="module")
def trusting(browser, chromium: str, home: Path):
    """A browser of its own with that home, to which the addresses of these tests are loopback."""
    hosts = ", ".join(f"MAP {host} 127.0.0.1" for host in (NAME, "192.168.1.20", "192.168.1.21", "bank.example"))
    opened = browser.browser_type.launch(
        executable_path=chromium, env=os.environ | {"HOME": str(home)},
        args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", f"--host-resolver-rules={hosts}"],
    )  # fmt: skip
    yield opened
    opened.close()


class _Hello(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/javascript" if self.path.endswith(".js") else "text/html")
        self.end_headers()
        self.wfile.write(b"")

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Callable[[bytes | None, type], int]]:
    """`served(pem)`: a port of loopback on which somebody answers with this certificate; plain HTTP without."""
    running = []

    def begin(pem: bytes | None, handler: type = _Hello) -> int:
        one = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        if pem is not None:
            file = tmp_path / f"{len(running)}.pem"
            file.write_bytes(pem)
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(file)
            one.socket = context.wrap_socket(one.socket, server_side=True, do_handshake_on_connect=False)
        thread = threading.Thread(target=one.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        running.append((one, thread))
        return int(one.server_address[1])

    yield begin
    for one, thread in running:
        one.shutdown()
        one.server_close()
        thread.join(10)


@pytest.fixture
def phone(trusting):
    """A page of a fresh browser of a phone's width."""
    context = trusting.new_context(viewport={"width": 360, "height": 780}, has_touch=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("host", ["192.168.1.20", NAME])
def test_a_browser_that_trusts_it_gives_wake_lock_and_offline_storage(phone, served, authority, now, host: str) -> None:
    port = served(issue(authority, named("192.168.1.20"), now))
    phone.goto(f"https://{host}:{port}/")
    given = phone.evaluate(
        "async () => [isSecureContext, 'wakeLock' in navigator, 'caches' in window,"
        " (await navigator.serviceWorker.register('/sw.js')).scope]"
    )
    assert given == [True, True, True, f"https://{host}:{port}/"]


def test_over_plain_http_it_gives_none_of_them(phone, served) -> None:
    phone.goto(f"http://192.168.1.20:{served(None)}/")
    given = phone.evaluate(
        "() => [isSecureContext, 'wakeLock' in navigator, 'caches' in window, 'serviceWorker' in navigator,"
        " 'localStorage' in window, 'vibrate' in navigator, typeof crypto.randomUUID, typeof crypto.getRandomValues]"
    )
    assert given == [False, False, False, False, True, True, "undefined", "function"]


def test_it_refuses_another_address_and_whoever_stole_the_key(phone, served, authority, now) -> None:
    from playwright.sync_api import Error

    ours = served(issue(authority, named("192.168.1.20"), now))
    with pytest.raises(Error, match="ERR_CERT_COMMON_NAME_INVALID"):
        phone.goto(f"https://192.168.1.21:{ours}/")
    thief = served(stolen(authority, x509.DNSName("bank.example"), now))
    with pytest.raises(Error, match="ERR_CERT"):
        phone.goto(f"https://bank.example:{thief}/")


@pytest.fixture
def page_of(authority, served) -> str:
    """The install page, as `Install` answers it."""
    names = named("192.168.1.20")
    site = Site(authority.title, fingerprint(authority), authority.file(), datetime(2028, 11, 27, tzinfo=UTC),
                names.shown(), frozenset(names.hosts()), 8443, 8080)  # fmt: skip

    class Page(_Hello):
        def do_GET(self) -> None:
            asked = {"method": "GET", "path": self.path, "headers": [(b"host", b"192.168.1.20:8080")]}
            status, kind, body, more = Install(site)._answer(asked)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            for key, value in more:
                self.send_header(key.decode(), value.decode())
            self.end_headers()
            self.wfile.write(body)

    return f"http://192.168.1.20:{served(None, Page)}/"


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_the_page_fits_a_phone_and_every_letter_is_large(phone, page_of: str, width: int) -> None:
    phone.set_viewport_size({"width": width, "height": 780})
    phone.goto(page_of)
    phone.evaluate("() => document.querySelectorAll('details').forEach(one => one.open = true)")
    assert phone.evaluate("() => document.documentElement.scrollWidth") <= width
    small = phone.evaluate(
        "() => [...document.querySelectorAll('main *')].filter(one => [...one.childNodes].some(node =>"
        " node.nodeType === 3 && node.data.trim()) && parseFloat(getComputedStyle(one).fontSize) < 18)"
        ".map(one => one.tagName + ' ' + one.className)"
    )
    assert small == []


def test_what_is_touched_is_large_and_the_certificate_comes_down(
    phone, page_of: str, authority, tmp_path: Path
) -> None:
    phone.goto(page_of)
    for one in (phone.get_by_role("link", name="Get the certificate"), phone.locator("summary").first):
        assert one.bounding_box()["height"] >= 75  # 20 mm
    with phone.expect_download() as coming:
        phone.get_by_role("link", name="Get the certificate").click()
    assert coming.value.suggested_filename == FILE
    coming.value.save_as(tmp_path / FILE)
    assert (tmp_path / FILE).read_bytes() == authority.file()


def test_axe_finds_nothing(phone, page_of: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    phone.goto(page_of)
    phone.evaluate("() => document.querySelectorAll('details').forEach(one => one.open = true)")
    found = axe.Axe().run(phone)
    assert found.violations_count == 0, found.generate_report()
