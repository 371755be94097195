"""What stands beside a client's name on every one of their pages."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from afferent.records.dates import Span, age
from afferent.web.clients.models import Client
from afferent.words.dates import day


class About(Struct, frozen=True):
    """In words: "62 years, born 2 Mar 1964"."""

    born: str
    called: str


def about(client: Client, today: dt.date) -> About:
    """Nothing clinical: what the front desk may see."""
    born = ""
    if client.born:
        born = f"{age(Span(client.born, client.born).last, today)} years, born {day(client.born)}"
    return About(born or "birth date not known", f"called {client.called}" if client.called else "")
