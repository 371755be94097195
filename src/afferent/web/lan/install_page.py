"""The page by which a device learns to trust this computer: what that means, the fingerprint, the steps, the way back.

Ask here: `page`, whole, and `style`, its looks. It holds nothing of the clinic but the name of this computer, runs no
script, and loads nothing but its own style sheet.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec
from msgspec import Struct

from afferent.page.icons import icon, mark
from afferent.page.markup import Html, el, join
from afferent.page.qr import qr
from afferent.page.styles import style_sheet
from afferent.words.dates import day

FILE: Final = "afferent-ca.crt"


class Site(Struct, frozen=True):
    """What this computer is called, and where."""

    title: str  # of the certificate, as devices list it
    fingerprint: str
    file: bytes  # the certificate itself
    ends: datetime
    shown: tuple[str, ...]  # hosts that somebody can type
    hosts: frozenset[str]  # hosts that are answered to
    port: int
    install_port: int

    def clinic(self, host: str) -> str:
        return f"https://{host}:{self.port}/"

    def install(self, host: str) -> str:
        return f"http://{host}:{self.install_port}/"


class Device(Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of device."""

    id: str
    title: str
    steps: tuple[str, ...]
    compare: str
    remove: str
    note: str = ""


class _Steps(Struct, frozen=True, forbid_unknown_fields=True):
    device: tuple[Device, ...]


@cache
def devices() -> tuple[Device, ...]:
    """All kinds, phones first."""
    return msgspec.toml.decode(files("afferent.web.lan").joinpath("steps.toml").read_bytes(), type=_Steps).device


@cache
def style() -> str:
    """The style sheet of every page, and what this one has beside it."""
    return style_sheet() + files("afferent.web.lan").joinpath("install.css").read_text("utf-8")


@cache
def style_path() -> str:
    """Changes whenever the style does."""
    return f"/afferent-{hashlib.sha256(style().encode()).hexdigest()[:12]}.css"


def page(site: Site, host: str) -> str:
    """The whole document, for somebody who came by this host."""
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="robots", content="noindex"),
        el("title", "Trust the clinic’s computer – Afferent"),
        el("link", rel="stylesheet", href=style_path()),
    )
    parts = (_why(), _get(site), _compare(site), _how(), _then(site, host), _not_here(site))
    body = el(
        "body",
        el("header", el("div", mark()), class_="top"),
        el("main", *parts, class_="page install", id="main"),
    )
    return f"<!doctype html>\n{el('html', head, body, lang='en')}\n"


def _why() -> Html:
    return el(
        "section",
        el("h1", "Let this device trust the clinic’s computer"),
        el("p", "Once for each device, about two minutes. Do it before the first visit.", class_="lead"),
        _list(
            "Browsers keep the screen awake, and keep what was tapped while the network is away, only where an address "
            "can prove whose it is. The clinic’s computer proves it with a certificate that it made itself.",
            "To trust it means: when the clinic’s computer says who it is, this device believes it.",
            "It can prove only addresses inside a local network and the name of that computer. It cannot pass for "
            "your bank, your mail or any other site: that limit is written into it.",
            "It reads nothing on this device and changes nothing else. It can be removed at any time.",
        ),
        _care("For devices of the clinic. On a phone that is not yours, ask its owner first; for a single visit, "
              "lend a device of the clinic instead."),
        class_="part",
    )  # fmt: skip


def _get(site: Site) -> Html:
    return el(
        "section",
        el("h2", "1. Get the certificate"),
        el("p", el("a", "Get the certificate", href=f"/{FILE}", class_="button button-main", download=FILE)),
        el(
            "p",
            f"The file is called {FILE}. Devices list it as “{site.title}”. It holds until {day(site.ends.date())}.",
        ),
        class_="part",
    )


def _compare(site: Site) -> Html:
    groups = [el("span", group) for group in site.fingerprint.split()]
    return el(
        "section",
        el("h2", "2. Compare its fingerprint"),
        el("p", "The terminal of the clinic’s computer shows this, and so must the device when it shows the "
                "certificate. Colons, spaces and small letters make no difference."),
        el("p", *_spaced(groups), class_="fingerprint"),
        _care("If one group differs, stop: somebody else may be answering. Do not install it, and tell whoever set "
              "up the clinic’s computer."),
        class_="part",
    )  # fmt: skip


def _how() -> Html:
    return el(
        "section",
        el("h2", "3. Install it"),
        el("p", "Choose your device. The words may differ a little from version to version."),
        *(_device(one) for one in devices()),
        class_="part",
    )


def _device(one: Device) -> Html:
    return el(
        "details",
        el("summary", icon("open", "turn"), el("span", one.title)),
        el("ol", *(el("li", step) for step in one.steps)),
        el("h3", "Where it shows the fingerprint"),
        el("p", one.compare),
        el("p", one.note) if one.note else None,
        el("h3", "To remove it"),
        el("p", one.remove),
        class_="more",
        id=one.id,
    )


def _then(site: Site, host: str) -> Html:
    address = site.clinic(host)
    return el(
        "section",
        el("h2", "4. Open the clinic"),
        el("p", "Close the browser, open it again, and go to this address. There must be no warning. If there is one, "
                "do not go past it: begin again at 1."),
        el("p", el("a", address, href=address), class_="typed-address"),
        class_="part",
    )  # fmt: skip


def _not_here(site: Site) -> Html:
    addresses = [site.install(host) for host in site.shown]
    return el(
        "section",
        el("h2", "Another device"),
        el("p", "Point its camera here, or type an address of this page. It must be in the same network."),
        qr(addresses[0], "The address of this page as a code") if addresses else None,
        *(el("p", address, class_="typed-address") for address in addresses),
        class_="part",
    )


def _list(*lines: str) -> Html:
    return el("ul", *(el("li", line) for line in lines), class_="plain")


def _care(words: str) -> Html:
    return el("p", words, class_="care")


def _spaced(groups: Sequence[Html]) -> list[Html]:
    """A space between them, so that they are also copied and read aloud in groups."""
    return [join(" " if at else None, group) for at, group in enumerate(groups)]
