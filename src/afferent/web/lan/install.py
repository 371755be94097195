"""Over plain HTTP: the certificate to trust and the page that says how. Nothing of the clinic, no cookie, no script.

Ask here: `Install`, an ASGI application with three addresses. Everything else is not found, and only reading is
allowed. A device that does not trust this computer yet can only ask here, so whoever is in the network may read it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

from csp.constants import NONE, SELF
from django.conf import settings

from afferent.web.lan.install_page import FILE, Site, page, style, style_path
from afferent.web.middleware import OFF

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

_PLAIN: Final = "text/plain; charset=utf-8"


class Install:
    """`site` may be replaced while it runs, when this computer's addresses change."""

    def __init__(self, site: Site) -> None:
        self.site = site

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        status, kind, body, more = self._answer(scope)
        headers = [(b"content-type", kind.encode()), *_SAFE, *more, (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})

    def _answer(self, scope: Message) -> tuple[int, str, bytes, list[tuple[bytes, bytes]]]:
        host = _host(scope)
        if host not in self.site.hosts:
            return 400, _PLAIN, b"This computer is not called so in this network.", [_NO_STORE]
        if scope["method"] not in ("GET", "HEAD"):
            return 405, _PLAIN, b"This page can only be read.", [_NO_STORE, (b"allow", b"GET, HEAD")]
        if scope["path"] == "/":
            return 200, "text/html; charset=utf-8", page(self.site, host).encode(), [_NO_STORE]
        if scope["path"] == f"/{FILE}":
            kept = (b"content-disposition", f'attachment; filename="{FILE}"'.encode())
            return 200, "application/x-x509-ca-cert", self.site.file, [_NO_STORE, kept]
        if scope["path"] == style_path():
            for_ever = (b"cache-control", b"public, max-age=31536000, immutable")
            return 200, "text/css; charset=utf-8", style().encode(), [for_ever]
        return (
            404,
            _PLAIN,
            b"There is only the page at / and the certificate. The clinic is at its https address.",
            [_NO_STORE],
        )


def _host(scope: Message) -> str:
    """The host that was asked for, without its port."""
    said = dict(scope["headers"]).get(b"host", b"").decode("latin-1").lower()
    name, colon, port = said.rpartition(":")
    return name if colon and port.isdigit() else said


_NO_STORE: Final = (b"cache-control", b"no-store")


def _policy() -> str:
    """As for every page, but that here nothing is loaded, run or sent; only the style sheet is."""
    of_all = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    return "; ".join(f"{name} {SELF if name == 'style-src' else NONE}" for name in of_all)


_SAFE: Final = tuple(
    (name, value.encode())
    for name, value in (
        (b"content-security-policy", _policy()),
        (b"x-content-type-options", "nosniff"),
        (b"x-frame-options", settings.X_FRAME_OPTIONS),
        (b"referrer-policy", settings.SECURE_REFERRER_POLICY),
        (b"cross-origin-opener-policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY),
        (b"permissions-policy", OFF),
    )
)
