"""`python -m afferent.web demo`: the web application on this machine, with invented people to open."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

HOST = "127.0.0.1"


def main(words: Sequence[str] | None = None) -> int:
    """Start the server; 2 with one sentence when it cannot."""
    parser = argparse.ArgumentParser(prog="python -m afferent.web", description=__doc__)
    parser.add_argument("what", choices=("demo", "serve"), help="demo: with invented people; serve: without")
    parser.add_argument("--port", type=int, default=8000)
    given = parser.parse_args(words)
    if given.what == "serve":
        os.environ.setdefault("AFFERENT_EXAMPLES", str(Path(os.devnull)))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "afferent.web.settings")
    try:
        import uvicorn
        from django.conf import settings
    except ImportError:
        return _sorry("the web application is not installed; install it with: pip install 'afferent[web]'")
    if given.what == "demo" and not settings.EXAMPLES.is_dir():
        return _sorry("there is no folder of invented people; name one in AFFERENT_EXAMPLES")
    print(f"Afferent: http://localhost:{given.port} (this machine only; Ctrl+C ends it)", flush=True)
    if given.what == "demo":
        print("All people in it are invented. What you open stays in memory and is gone after an hour.", flush=True)
    uvicorn.run(
        "afferent.web.asgi:application", host=HOST, port=given.port, log_level="warning", access_log=False,
        server_header=False, limit_concurrency=64,
    )  # fmt: skip
    return 0


def _sorry(why: str) -> int:
    print(f"afferent: {why}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    raise SystemExit(main())
