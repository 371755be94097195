"""Text messages through a web address of whoever carries them: an example, off until it is named (AFFERENT_SMS=http).

AFFERENT_SMS_URL    https://… , to which each message is posted as JSON: {"id": …, "to": "+49…", "text": …}
AFFERENT_SMS_TOKEN  sent as `Authorization: Bearer …`; may be empty

Many carriers want other field names: copy this module, change `_body`, and name your class. What it holds to: HTTPS
with a checked certificate; the address is looked up once and must be a public one, and it is that one which is spoken
to; redirects are not followed; each step has a time limit; no more than 64 kB of the answer are read, and none is kept.
200–299 means taken. 400–499 and 503 mean not taken. Anything else, and silence, means nobody knows.
"""

from __future__ import annotations

import http.client
import ipaddress
import os
import socket
import ssl
from typing import Final
from urllib.parse import urlsplit

import msgspec

from afferent.errors import InputError
from afferent.web.post.senders import Letter, NotSent, Unknown

SECONDS: Final = 15
MOST: Final = 64 * 1024
_LATER: Final = (408, 425, 429, 503)  # not taken, and another try may help


class Http:
    """Reads its settings when it is made. Raises InputError."""

    def __init__(self) -> None:
        given = urlsplit(os.environ.get("AFFERENT_SMS_URL", ""))
        try:
            port = 443 if given.port is None else given.port
        except ValueError:
            port = 0
        if given.scheme != "https" or not given.hostname or not port or given.username:
            raise InputError("AFFERENT_SMS_URL cannot be used; write https:// and the address of the carrier")
        self._host, self._port = given.hostname, port
        self._path = (given.path or "/") + (f"?{given.query}" if given.query else "")
        self._token = os.environ.get("AFFERENT_SMS_TOKEN", "")
        if not (self._token.isascii() and self._token.isprintable()):
            raise InputError("AFFERENT_SMS_TOKEN holds a letter that cannot be sent; copy it again")

    def send(self, letter: Letter) -> None:
        line = _Line(self._host, self._port, public(self._host, self._port))
        try:
            line.connect()
        except OSError as error:
            raise NotSent(f"The carrier could not be spoken to ({type(error).__name__})", again=True) from None
        try:
            line.request("POST", self._path, self._body(letter), self._headers(letter))
            answer = line.getresponse()
            status = answer.status
            answer.read(MOST)
        except (OSError, http.client.HTTPException) as error:
            raise Unknown(f"The carrier fell silent ({type(error).__name__})") from None
        finally:
            line.close()
        judge(status)

    def _body(self, letter: Letter) -> bytes:
        return msgspec.json.encode({"id": letter.id, "to": letter.to, "text": letter.text})

    def _headers(self, letter: Letter) -> dict[str, str]:
        told = {"Content-Type": "application/json", "Accept": "application/json", "Idempotency-Key": letter.id}
        return told | ({"Authorization": f"Bearer {self._token}"} if self._token else {})


def judge(status: int) -> None:
    """What an answer means. Raises NotSent or Unknown for all but 200–299."""
    if 200 <= status < 300:
        return
    if status in _LATER or 300 <= status < 500:
        raise NotSent(f"The carrier did not take it (answer {status})", again=status in _LATER)
    raise Unknown(f"The carrier had a fault (answer {status})")


def public(host: str, port: int) -> str:
    """An address of this host that the whole internet can reach. Raises NotSent for any other, so that nobody makes
    this server speak to a machine inside the house."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        raise NotSent("The carrier's name could not be looked up", again=True) from None
    addresses = [str(one[4][0]) for one in found]
    if not addresses or not all(_is_public(one) for one in addresses):
        raise NotSent("The carrier's name leads into a private network", again=False)
    return addresses[0]


def _is_public(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(found, "ipv4_mapped", None) or found
    return inner.is_global and not inner.is_multicast


class _Line(http.client.HTTPSConnection):
    """Speaks to the address that was looked up, and asks it for the certificate of the name."""

    def __init__(self, host: str, port: int, address: str) -> None:
        super().__init__(host, port, timeout=SECONDS, context=ssl.create_default_context())
        self._address = address

    def connect(self) -> None:
        plain = socket.create_connection((self._address, self.port), timeout=SECONDS)
        try:
            self.sock = self._context.wrap_socket(plain, server_hostname=self.host)  # type: ignore[attr-defined]
        except BaseException:
            plain.close()
            raise
