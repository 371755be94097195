"""`python -m afferent.web demo`: an invented clinic on this machine. `serve`: your own."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
import zoneinfo
from collections.abc import Callable, Sequence
from pathlib import Path

from afferent.errors import AfferentError, InputError

HOST = "127.0.0.1"


def main(words: Sequence[str] | None = None) -> int:
    """Start the server; 2 with one sentence when it cannot."""
    parser = argparse.ArgumentParser(prog="python -m afferent.web", description=__doc__)
    parser.add_argument("what", choices=("demo", "serve"), help="demo: an invented clinic, new each time; serve: yours")
    parser.add_argument("--port", type=int, default=8000)
    given = parser.parse_args(words)
    if given.what == "demo":
        return _demo(given.port)
    os.environ.setdefault("AFFERENT_EXAMPLES", str(Path(os.devnull)))
    return _run(given.port, _own)


def _demo(port: int) -> int:
    """The invented clinic in a folder that is gone afterwards."""
    os.environ |= {"AFFERENT_DEMO": "1", "AFFERENT_OPEN": "1"}
    os.environ.pop("DATABASE_URL", None)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # so that the folder goes too, however it is ended
    with tempfile.TemporaryDirectory(prefix="afferent-demo-") as folder:
        os.environ["AFFERENT_DATABASE"] = str(Path(folder) / "demo.sqlite3")
        return _run(port, _invented)


def _run(port: int, prepare: Callable[[], str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "afferent.web.settings")
    try:
        import django
        import uvicorn
    except ImportError:
        return _sorry("the web application is not installed; install it with: pip install 'afferent[web]'")
    django.setup()
    from django.core.management import call_command
    from django.db import DatabaseError

    try:
        call_command("migrate", verbosity=0, interactive=False)
        words = prepare()
    except DatabaseError as error:
        return _sorry(f"the database cannot be used: {str(error).splitlines()[0]}")
    except AfferentError as error:
        return _sorry(str(error))
    print(f"Afferent: http://localhost:{port} (this machine only; Ctrl+C ends it)", flush=True)
    print(words, flush=True)
    uvicorn.run(
        "afferent.web.asgi:application", host=HOST, port=port, log_level="warning", access_log=False,
        server_header=False, limit_concurrency=64,
    )  # fmt: skip
    return 0


def _invented() -> str:
    """Fill the clinic, and say who can sign in."""
    from django.conf import settings
    from django.utils import timezone

    from afferent.web.demo.fill import PASSWORD, PEOPLE, fill

    if not settings.EXAMPLES.is_dir():
        raise InputError("there is no folder of invented people; name one in AFFERENT_EXAMPLES")
    fill(settings.EXAMPLES, timezone.now(), zone=_zone())
    lines = [
        "An invented clinic; everybody in it is invented, and all of it is gone when this ends. Sign in as",
        *(f"  {role}@example.org   {name}" for role, (name, _) in PEOPLE.items()),
        f"with the password: {PASSWORD}",
    ]
    return "\n".join(lines)


def _own() -> str:
    """Your own clinic: where it is kept; the first time, how to begin."""
    from django.conf import settings

    from afferent.web.clinics.setup import first_code

    code = first_code()
    where = f"Kept in {settings.DATABASES['default']['NAME']}."
    return f"{where} Make your clinic here, once: /begin/{code}" if code else where


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
