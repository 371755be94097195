"""What the terminal says when the clinic begins on the local network: addresses, how to trust it, the fingerprint.

Ask here: `told`, the text. The drawing of the code is left out where nobody could point a camera at it.
"""

from __future__ import annotations

import io
from typing import Final

import segno

from afferent.web.lan.install_page import Site

_INDENT: Final = "  "
_WHITE_ON_BLACK, _AS_BEFORE = "\x1b[97;40m", "\x1b[0m"  # so that a light terminal does not turn the code inside out


def told(site: Site, *, picture: bool, notes: tuple[str, ...] = ()) -> str:
    """All of it. `picture`: with the drawing of the code, for a terminal. `notes`: more to know, a line each."""
    first = site.install(site.shown[0])
    lines = [
        "Afferent, on this computer and the local network, nowhere else (Ctrl+C ends it).",
        "",
        "On this computer:",
        f"{_INDENT}{site.clinic('localhost')}",
        "On the other devices:",
        *(f"{_INDENT}{site.clinic(host)}" for host in site.shown),
        "",
        "Each device must trust this computer first, once. How to, on the device:",
        f"{_INDENT}{first}",
        *(["", drawing(first)] if picture else []),
        "",
        "The certificate's fingerprint (SHA-256). The device must show the same:",
        *(f"{_INDENT}{line}" for line in _four_by_four(site.fingerprint)),
        *(["", *notes] if notes else []),
    ]
    return "\n".join(lines)


def drawing(text: str) -> str:
    """A code of half blocks."""
    out = io.StringIO()
    segno.make(text, error="m", boost_error=False, micro=False).terminal(out, border=4, compact=True)
    return "\n".join(f"{_WHITE_ON_BLACK}{line}{_AS_BEFORE}" for line in out.getvalue().rstrip("\n").split("\n"))


def _four_by_four(fingerprint: str) -> list[str]:
    groups = fingerprint.split()
    return [" ".join(groups[at : at + 4]) for at in range(0, len(groups), 4)]
