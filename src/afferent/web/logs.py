"""What the log says of a fault: where in the program, of what kind; never with whose data.

The message of an error may hold a row ("Key (name)=(...) already exists"), and an address may hold the secret of a
link. So a page is named by its pattern, and of an error stands its kind alone. AFFERENT_DEBUG=1 shows everything.
A stream that the server cuts off because it ends is no fault, and is not told at all.
"""

from __future__ import annotations

import asyncio
import logging
import traceback
from types import TracebackType

from django.conf import settings

_Fault = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class NotTheEnd(logging.Filter):
    """What uvicorn says of the streams that it cuts off when it ends."""

    def filter(self, record: logging.LogRecord) -> bool:
        cut = record.exc_info and isinstance(record.exc_info[1], asyncio.CancelledError)
        return not cut and not str(record.msg).startswith("Cancel %s running")


class Terse(logging.Formatter):
    """Kind and place of a fault."""

    def format(self, record: logging.LogRecord) -> str:
        request = getattr(record, "request", None)
        if request is None or settings.DEBUG:
            return super().format(record)
        match = getattr(request, "resolver_match", None)
        status, page = getattr(record, "status_code", ""), match.route if match else "no page"
        said = {"msg": f"{status} {request.method} {page}", "args": (), "exc_text": None}
        return super().format(logging.makeLogRecord(record.__dict__ | said))

    def formatException(self, ei: _Fault) -> str:
        if settings.DEBUG:
            return super().formatException(ei)
        lines: list[str] = []
        error = ei[1]
        while error is not None:
            lines += [*traceback.format_tb(error.__traceback__), f"{type(error).__module__}.{type(error).__name__}\n"]
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "".join(lines).rstrip()
