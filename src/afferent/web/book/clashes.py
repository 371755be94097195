"""Who is taken when: neither therapist nor client can be in two visits at once.

Ask here: `hold` (nobody else books these people until the transaction ends), `clashes` (one sentence for each time that
is taken, "" for each that is free) and `short` (a client's name as one says it aloud). Two visits may touch.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Final, TypeAlias
from uuid import UUID
from zoneinfo import ZoneInfo

from afferent.web.accounts.models import User
from afferent.web.book.models import HOLDS, Visit
from afferent.web.book.times import clock
from afferent.web.clients.models import Client
from afferent.web.clinics.models import Membership
from afferent.web.scope import clinic_id

LONGEST: Final = 90  # minutes
Span: TypeAlias = tuple[dt.datetime, dt.datetime]


def hold(therapists: Iterable[int], client: UUID) -> set[int]:
    """Lock these people's rows, always in this order; those therapists of them who work here.

    On SQLite the transaction has the whole database for itself from its beginning, so there is nothing to lock.
    """
    staff = Membership.objects.filter(clinic_id=clinic_id(), user_id__in=set(therapists))
    found = list(staff.select_for_update(no_key=True).order_by("id"))
    list(Client.objects.filter(pk=client).select_for_update(no_key=True).values_list("pk"))
    return {one.user_id for one in found if one.therapist and one.left_at is None}


def clashes(
    therapist: User, client: Client, spans: Sequence[Span], zone: ZoneInfo, *, but: UUID | None = None
) -> list[str]:
    """For each span why it is taken, or "". `but`: a visit that does not count, for it is being moved."""
    if not spans:
        return []
    earliest = min(start for start, _ in spans) - dt.timedelta(minutes=LONGEST)
    near = Visit.objects.filter(state__in=HOLDS, starts_at__gt=earliest, starts_at__lt=max(end for _, end in spans))
    near = near.exclude(pk=but).order_by("starts_at")
    of_therapist = list(near.filter(therapist=therapist).select_related("client"))
    of_client = list(near.filter(client=client).select_related("therapist"))
    return [_why(span, of_therapist, of_client, therapist, client, zone) for span in spans]


def _why(
    span: Span, of_therapist: list[Visit], of_client: list[Visit], therapist: User, client: Client, zone: ZoneInfo
) -> str:
    for visit in of_therapist:
        if _meet(visit, span):
            return f"{therapist} already has {short(visit.client)} {_from_to(visit, zone)}"
    for visit in of_client:
        if _meet(visit, span):
            return f"{client.name} is already with {visit.therapist} {_from_to(visit, zone)}"
    return ""


def _meet(visit: Visit, span: Span) -> bool:
    return visit.starts_at < span[1] and visit.ends_at > span[0]


def _from_to(visit: Visit, zone: ZoneInfo) -> str:
    return f"from {clock(visit.starts_at.astimezone(zone))} to {clock(visit.ends_at.astimezone(zone))}"


def short(client: Client) -> str:
    """ "Walter L."."""
    return f"{client.given} {client.family[:1]}." if client.family else client.given
