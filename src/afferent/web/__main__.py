"""`python -m afferent.web demo`: an invented clinic on this machine. `serve`: your own (also `afferent serve`). `post`:
only the sender of messages, for a server that is run otherwise.

Ask here: `main`, and `serve` for the command line. The port is taken first, so that one in use is one sentence and
nothing was begun. All of it is on this machine only, but for `serve --lan` (see `lan`).
"""

from __future__ import annotations

import argparse
import contextlib
import logging
import os
import signal
import sys
import tempfile
import zoneinfo
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from afferent.errors import AfferentError, InputError
from afferent.web.signing_key import kept

PORT: Final = 8000
LAN_PORT: Final = 8443
INSTALL_PORT: Final = 8080
FILES: Final = 4096  # open at a time, where the system gives so many
NOT_INSTALLED: Final = "the web application is not installed; install it with: pip install 'afferent[web]'"
APPLICATION: Final = "afferent.web.asgi:application"

# A visit holds two streams open for as long as it lasts, so many connections are no sign of trouble; those that ask for
# nothing are let go (`prompt`). A stream that never ends by itself is not waited for when the server ends.
OPTIONS: Final[dict[str, Any]] = {
    "http": "afferent.web.prompt:Prompt",
    "log_level": "warning", "access_log": False, "server_header": False, "lifespan": "off", "limit_concurrency": 2048,
    "timeout_graceful_shutdown": 3,
}  # fmt: skip


def main(words: Sequence[str] | None = None) -> int:
    """Start the server; 2 with one sentence when it cannot."""
    parser = _parser("python -m afferent.web")
    parser.add_argument(
        "what",
        choices=("demo", "serve", "post"),
        help="demo: an invented clinic, new each time; serve: yours; post: only sends",
    )
    given = parser.parse_args(words)
    return _started(given)


def serve(words: Sequence[str]) -> int:
    """`afferent serve`: the same, without the word."""
    return _started(_parser("afferent serve").parse_args(words, argparse.Namespace(what="serve")))


def _parser(name: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=name, description="The clinic on this machine, or on the local network.")
    parser.add_argument("--port", type=_port, help=f"where it answers ({PORT}; with --lan {LAN_PORT})")
    parser.add_argument("--lan", action="store_true", help="serve: on the local network too, over HTTPS")
    parser.add_argument(
        "--install-port", type=_port, help=f"with --lan: where devices learn to trust it, over HTTP ({INSTALL_PORT})"
    )
    return parser


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"{text!r} is no port; a port is a number from 1 to 65535")
    return int(text)


def _started(given: argparse.Namespace) -> int:
    try:
        if given.what == "demo" and (given.lan or given.install_port):
            raise InputError("the demo stays on this machine; --lan is for serve")
        if given.what == "post":
            return _post()
        if given.install_port and not given.lan:
            raise InputError("--install-port is for serve --lan")
        if given.what == "demo":
            return _demo(given.port or PORT)
        os.environ.setdefault("AFFERENT_EXAMPLES", str(Path(os.devnull)))
        _sign_as_before()
        if given.lan:
            return _on_the_network(given.port or LAN_PORT, given.install_port or INSTALL_PORT)
        return _here(given.port or PORT, _own)
    except AfferentError as error:
        return _sorry(str(error))


def _sign_as_before() -> None:
    """Whoever is signed in stays so when the server is started again: a visit may be running."""
    if not os.environ.get("AFFERENT_SECRET_KEY") and (key := kept()):
        os.environ["AFFERENT_SECRET_KEY"] = key


def _demo(port: int) -> int:
    """The invented clinic in a folder that is gone afterwards."""
    os.environ |= {"AFFERENT_DEMO": "1", "AFFERENT_OPEN": "1"}
    os.environ.pop("DATABASE_URL", None)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # so that the folder goes too, however it is ended
    with tempfile.TemporaryDirectory(prefix="afferent-demo-") as folder:
        os.environ["AFFERENT_DATABASE"] = str(Path(folder) / "demo.sqlite3")
        os.environ["AFFERENT_DIRECTORY"] = str(Path(folder) / "directory.sqlite3")
        os.environ |= {"AFFERENT_MAIL": "console:", "AFFERENT_SMS": "console"}  # nothing leaves this machine
        os.environ["AFFERENT_ADDRESS"] = f"http://localhost:{port}"
        return _here(port, _invented)


def _post() -> int:
    """A sender of messages that is a process of its own, beside a server that does not run by `serve`."""
    _sign_as_before()
    _installed()
    print(_prepared(lambda: "Afferent: sends what is due (Ctrl+C ends it)"), flush=True)
    from afferent.web.post.running import alone

    return alone()


def _room() -> None:
    """Each open connection is an open file, and many systems begin with room for a thousand of both together."""
    try:
        import resource
    except ImportError:  # Windows, which has no such limit
        return
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if most == resource.RLIM_INFINITY else min(FILES, most)
    if resource.RLIM_INFINITY != now < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def _here(port: int, prepare: Callable[[], str]) -> int:
    """On this machine only."""
    _installed()
    _room()
    import uvicorn

    from afferent.web.lan.listening import here, take

    [socket] = take(here()[:1], port).values()
    with socket:
        words = _prepared(prepare)
        from afferent.web.post.running import running

        print(f"Afferent: http://localhost:{port} (this machine only; Ctrl+C ends it)", flush=True)
        print(words, flush=True)
        with contextlib.suppress(KeyboardInterrupt), running():
            uvicorn.Server(uvicorn.Config(APPLICATION, **OPTIONS)).run(sockets=[socket])
    return 0


def _on_the_network(port: int, install_port: int) -> int:
    """On this machine's private addresses too, over HTTPS."""
    for name in ("AFFERENT_DEMO", "AFFERENT_DEBUG"):  # log-ins, or the inside of the program, for all to read
        if os.environ.get(name) == "1":
            raise InputError(f"{name} is set: with it nothing is served on the network")
    os.environ["AFFERENT_LAN"] = "1"
    _installed()
    _room()
    from django.conf import settings

    from afferent.web.lan.folder import folder
    from afferent.web.lan.serve import Lan, Plan

    lan = Lan(Plan(port, install_port))
    try:
        words = _prepared(_own)
        told = lan.prepare(folder(settings.DATABASES["default"]), picture=_a_camera_can_see(), notes=_signing())
    except BaseException:
        lan.close()
        raise
    print(f"{told}\n\n{words}", flush=True)
    from afferent.web.post.running import running

    with running():
        lan.run(APPLICATION, **OPTIONS)
    return 0


def _installed() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "afferent.web.settings")
    if not all(map(find_spec, ("cryptography", "django", "uvicorn"))):
        raise InputError(NOT_INSTALLED)


def _prepared(prepare: Callable[[], str]) -> str:
    """The database with its tables as they are now, and what `prepare` says of it."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import DatabaseError

    from afferent.web.logs import NotTheEnd
    from afferent.web.post.senders import check

    check()

    logging.getLogger("uvicorn.error").addFilter(NotTheEnd())
    try:
        call_command("migrate", verbosity=0, interactive=False)
        return prepare()
    except DatabaseError as error:
        raise InputError(f"the database cannot be used: {str(error).splitlines()[0]}") from None


def _invented() -> str:
    """Fill the clinic, and say who can sign in."""
    from django.conf import settings
    from django.utils import timezone

    from afferent.web.demo.fill import PASSWORD, PEOPLE, fill

    if not settings.EXAMPLES.is_dir():
        raise InputError("there is no folder of invented people; name one in AFFERENT_EXAMPLES")
    fill(settings.EXAMPLES, timezone.now(), zone=_zone())
    _with_a_directory()
    lines = [
        "An invented clinic; everybody in it is invented, and all of it is gone when this ends. Sign in as",
        *(f"  {role}@example.org   {name}" for role, (name, _) in PEOPLE.items()),
        f"with the password: {PASSWORD}",
    ]
    return "\n".join(lines)


def _with_a_directory() -> None:
    """Therapists to find, all invented; without the extra `directory` there are none, and the page says so."""
    from django.conf import settings

    if find_spec("zipcodes"):
        from afferent.web.demo.directory import fill

        fill(settings.DIRECTORY, settings.DIRECTORY.parent)


def _own() -> str:
    """Your own clinic: where it is kept; the first time, how to begin."""
    from django.conf import settings

    from afferent.web.clinics.setup import first_code

    code = first_code()
    where = f"Kept in {settings.DATABASES['default']['NAME']}."
    return f"{where} Make your clinic here, once: /begin/{code}" if code else where


def _signing() -> tuple[str, ...]:
    """A visit should outlive a server that is started again: said where it would not."""
    if os.environ.get("AFFERENT_SECRET_KEY"):
        return ()
    return ("AFFERENT_SECRET_KEY is not set: when this is started again, everybody signs in again.",)


def _a_camera_can_see() -> bool:
    return sys.stdout.isatty() and (sys.stdout.encoding or "").lower().startswith("utf")


def _zone() -> str:
    """The time zone of this machine, so that the demo's day is today."""
    zone = os.environ.get("TZ", "")
    try:
        zone = zone or str(Path("/etc/localtime").resolve()).partition("/zoneinfo/")[2]
        return zoneinfo.ZoneInfo(zone).key
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        return "UTC"


def _sorry(why: str) -> int:
    print(f"afferent: {why}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    raise SystemExit(main())
