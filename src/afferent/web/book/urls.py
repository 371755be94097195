"""The pages of the appointment book. Days and times stand in the address itself; names never do."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.urls import path, register_converter

from afferent.web.book.views import choose, pages, series, today, visit, when


class Day:
    """2026-11-24."""

    regex: Final = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> dt.date:
        found = dt.date.fromisoformat(value)
        if not 2000 <= found.year < 2100:
            raise ValueError(value)
        return found

    def to_url(self, value: dt.date | str) -> str:
        return str(value)


class Clock:
    """09:30."""

    regex: Final = r"\d{2}:\d{2}"

    def to_python(self, value: str) -> dt.time:
        return dt.time.fromisoformat(value)

    def to_url(self, value: dt.time | str) -> str:
        return str(value)[:5]


class Whom:
    """Everybody, or one therapist."""

    regex: Final = r"everybody|\d{1,12}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str | int) -> str:
        return str(value)


register_converter(Day, "day")
register_converter(Clock, "clock")
register_converter(Whom, "whom")

AT: Final = "<day:day>/<clock:time>/<int:therapist>"

urlpatterns = [
    path("today", today.today, name="today"),
    path("today/everybody", today.today, {"everybody": True}, name="today_everybody"),
    path("waiting/<slug:kind>", today.waits, name="waiting"),
    path("book/", pages.week, name="week"),
    path("book/go", pages.go, name="go_to_day"),
    path("book/<day:day>", pages.week, name="week"),
    path("book/<day:day>/<whom:whom>", pages.week, name="week"),
    path("book/day/<day:day>", pages.day, name="day"),
    path("book/day/<day:day>/<whom:whom>", pages.day, name="day"),
    path("visit/new", choose.for_visit, name="new_visit"),
    path(f"visit/new/{AT}", choose.for_visit, name="new_visit"),
    path("visit/new/for/<uuid:client>", when.new_visit, name="new_visit"),
    path(f"visit/new/for/<uuid:client>/{AT}", when.new_visit, name="new_visit"),
    path("visit/<uuid:visit>", visit.visit, name="visit"),
    path("visit/<uuid:visit>/move", visit.moving, name="move_visit"),
    path("visit/<uuid:visit>/cancel", visit.cancelling, name="cancel_visit"),
    path("visit/<uuid:visit>/missed", visit.missing, name="missed_visit"),
    path("visit/<uuid:visit>/done", visit.doing, name="done_visit"),
    path("series/new", choose.for_series, name="new_series"),
    path("series/new/for/<uuid:client>", series.new_series, name="new_series"),
    path("series/<uuid:series>", series.series, name="series"),
]
