"""What the book says about one client, for the client's page.

Ask here: `visits_of` (`book/of_client.html` shows them, given `visits` and `client`) and `which` (is
today's a first visit, or a later one?).
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from afferent.web.book.booking import is_first
from afferent.web.book.models import Visit
from afferent.web.book.rows import Row, place, row
from afferent.web.book.times import bounds, the_zone
from afferent.web.clients.models import Client


def visits_of(client: Client, limit: int = 8) -> list[Row]:
    """The latest visits first, those to come among them. Nothing clinical. Two queries."""
    found = Visit.objects.filter(client=client).select_related("therapist", "series")
    zone = the_zone()
    rows = []
    for visit in found.order_by("-starts_at")[:limit]:
        visit.client = client
        rows.append(row(visit, zone, line=" · ".join(filter(None, [place(visit), str(visit.therapist)]))))
    return rows


def which(client: Client, today: dt.date) -> Literal["first", "later"]:
    """Today's visit: the first, unless one before today was kept, or still waits to be noted. One query."""
    return "first" if is_first(client, bounds(today, client.clinic.zone)[0]) else "later"
