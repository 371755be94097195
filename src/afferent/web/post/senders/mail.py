"""E-mail by SMTP, through Django's own mail backends.

AFFERENT_MAIL       smtp://user:password@host:587 (STARTTLS), smtps://…:465 (TLS from the start), console: or
                    file:/folder (nothing leaves this machine). User and password percent-encoded where need be.
AFFERENT_MAIL_FROM  the address that they come from

A server that says no to sender, receiver or text has not taken it: that is known. One that falls silent, or drops the
line, once it was spoken to about the message, may have: that is `Unknown`.
"""

from __future__ import annotations

import os
import smtplib
from email.utils import formataddr
from typing import Any, Final
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email
from django.forms import ValidationError

from afferent.errors import InputError
from afferent.web.post.senders import Letter, NotSent, Unknown

SECONDS: Final = 20  # for each answer of the server
_PORTS: Final = {"smtp": 587, "smtps": 465}
_BACKENDS: Final = "django.core.mail.backends"
_HOW: Final = "write smtp://user:password@host:587, smtps://…, console: or file:/folder"
_LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")


class Mail:
    """Reads its settings when it is made. Raises InputError."""

    def __init__(self) -> None:
        self._connection = backend(os.environ.get("AFFERENT_MAIL", ""))
        self._from = os.environ.get("AFFERENT_MAIL_FROM", "")
        if not self._from and self._connection["backend"].endswith("smtp.EmailBackend"):
            raise InputError("AFFERENT_MAIL_FROM is not set; write the address that e-mails come from")
        self._from = self._from or "clinic@example.org"
        try:
            validate_email(self._from)
        except ValidationError:
            raise InputError("AFFERENT_MAIL_FROM is no e-mail address") from None

    def send(self, letter: Letter) -> None:
        connection = get_connection(**self._connection)
        mail = self._mail(letter, connection)
        try:
            _open(connection)
        except (OSError, smtplib.SMTPException) as error:
            raise NotSent(f"The mail server could not be spoken to ({type(error).__name__})", again=True) from None
        try:
            _hand_over(connection, mail)
        finally:
            _let_go(connection)

    def _mail(self, letter: Letter, connection: BaseEmailBackend) -> EmailMessage:
        host = self._from.rpartition("@")[2]
        headers = {"Message-ID": f"<{letter.id}@{host}>", "Auto-Submitted": "auto-generated"}
        if letter.stop:
            headers["List-Unsubscribe"] = f"<{letter.stop}>"
            if letter.stop.startswith("https:"):
                headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        sender = formataddr((letter.sender, self._from)) if letter.sender else self._from
        return EmailMessage(letter.subject, letter.text, sender, [letter.to], headers=headers, connection=connection)


def backend(text: str) -> dict[str, Any]:
    """What `get_connection` is told. Raises InputError."""
    try:
        given = urlsplit(text)
        port = given.port
    except ValueError:
        raise InputError(f"AFFERENT_MAIL cannot be read; {_HOW}") from None
    if given.scheme == "console":
        return {"backend": f"{_BACKENDS}.console.EmailBackend"}
    if given.scheme == "file" and given.path:
        return {"backend": f"{_BACKENDS}.filebased.EmailBackend", "file_path": unquote(given.path)}
    if given.scheme not in _PORTS or not given.hostname:
        raise InputError(f"AFFERENT_MAIL cannot be read; {_HOW}")
    return _smtp(given, port or _PORTS[given.scheme])


def _smtp(given: SplitResult, port: int) -> dict[str, Any]:
    """Never in the clear, but to this machine itself."""
    return {
        "backend": f"{_BACKENDS}.smtp.EmailBackend",
        "host": given.hostname,
        "port": port,
        "username": unquote(given.username or ""),
        "password": unquote(given.password or ""),
        "use_ssl": given.scheme == "smtps",
        "use_tls": given.scheme == "smtp" and given.hostname not in _LOOPBACK,
        "timeout": SECONDS,
    }


def _open(connection: BaseEmailBackend) -> None:
    """Greeted and known to each other, before the server hears of any message."""
    connection.open()
    line = getattr(connection, "connection", None)
    if isinstance(line, smtplib.SMTP):
        line.ehlo_or_helo_if_needed()


def _hand_over(connection: BaseEmailBackend, mail: EmailMessage) -> None:
    """From here on the server was told of the message."""
    try:
        connection.send_messages([mail])
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        raise NotSent(_refused(max(codes)), again=max(codes) < 500) from None
    except smtplib.SMTPResponseException as error:
        raise NotSent(_refused(error.smtp_code), again=error.smtp_code < 500) from None
    except (smtplib.SMTPNotSupportedError, ValueError) as error:  # such as letters that this server cannot write
        raise NotSent(f"This address or text cannot be sent ({type(error).__name__})", again=False) from None
    except (OSError, smtplib.SMTPException) as error:
        raise Unknown(f"The mail server fell silent ({type(error).__name__})") from None


def _refused(code: int) -> str:
    return f"The mail server refused it (code {code})"


def _let_go(connection: BaseEmailBackend) -> None:
    """What happens now changes nothing: the message was taken, or it was not."""
    try:
        connection.close()
    except (OSError, smtplib.SMTPException):
        return
