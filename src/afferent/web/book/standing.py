"""How clients stand, as far as whoever looks may know it: their screening for advised therapists, and for everybody
whether the intake is there. Each in a fixed number of queries, however many clients.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from afferent.web.clients.current import currents
from afferent.web.clients.models import Client, Record, Screened
from afferent.web.intake.models import Draft, Link
from afferent.web.scope import clinic_id


def screenings(clients: Iterable[Client], today: dt.date) -> dict[UUID, Screened]:
    """The screening that holds today, worked out afresh where it does not. Clients come with `screened`."""
    return currents(clients, today)


def intakes(clients: Iterable[UUID], now: dt.datetime) -> dict[UUID, str]:
    """ "done", "sent" (a link is out) or "none" for each."""
    ids = set(clients)
    finished = Draft.objects.filter(client_id__in=ids, finished_at__isnull=False).values_list("client_id", flat=True)
    kept = Record.objects.filter(client_id__in=ids, kind="intake").values_list("client_id", flat=True)
    done, sent = {*finished, *kept}, set(open_links(now).filter(client_id__in=ids).values_list("client_id", flat=True))
    return {one: "done" if one in done else "sent" if one in sent else "none" for one in ids}


def open_links(now: dt.datetime) -> QuerySet[Link]:
    """Links of this clinic that are out and unanswered. A link is a door, not `Scoped`: the clinic is named here."""
    return Link.objects.filter(clinic_id=clinic_id(), used_at=None, withdrawn_at=None, ends_at__gt=now)
