"""The directory as pages see it: opened once in each thread, kept up with what was claimed and checked here.

Ask here: `with_directory` (a view gets it as its second argument; without one, a page that says so) and `opened()`.
A file that was replaced, and a database that was away, are opened anew.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from afferent.directory.store import Directory, Where
from afferent.errors import InputError
from afferent.web.directory.entries import catch_up

try:
    from psycopg import Error as _PostgresError
except ImportError:  # without the extra there is no such database

    class _PostgresError(Exception):  # type: ignore[no-redef]
        """Never raised."""


BROKEN = (sqlite3.Error, _PostgresError)
_here = threading.local()


def opened() -> Directory:
    """The directory of this server. Raises InputError where there is none."""
    where: Where = settings.DIRECTORY
    key = (where, settings.DIRECTORY_SCHEMA, _file(where))
    if getattr(_here, "key", None) != key:
        let_go()
        _here.directory = Directory.open(where, schema=settings.DIRECTORY_SCHEMA)
        _here.key = key
    directory: Directory = _here.directory
    catch_up(directory)
    return directory


def let_go() -> None:
    """The next look opens it anew."""
    directory = getattr(_here, "directory", None)
    _here.directory = _here.key = None
    if directory is not None:
        try:
            directory.close()
        except BROKEN:
            return


def _file(where: Where) -> tuple[int, int] | None:
    """Which file stands there now."""
    if not isinstance(where, Path):
        return None
    try:
        found = os.stat(where)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def with_directory(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view gets the directory after the request."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            directory = opened()
        except InputError:
            return render(request, "directory/none.html", {"away": False}, status=503)
        except BROKEN:
            let_go()
            return render(request, "directory/none.html", {"away": True}, status=503)
        try:
            return view(request, directory, *args, **kwargs)
        except BROKEN:
            let_go()
            return render(request, "directory/none.html", {"away": True}, status=503)

    return inner
