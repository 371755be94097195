"""How clients stand, as far as whoever looks may know it: their screening for advised therapists, with what else takes
"ready" away; and for everybody whether the intake is there. Each in a fixed number of queries, however many clients.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import QuerySet

from afferent.records.consent import Standing
from afferent.web.clients.current import currents
from afferent.web.clients.models import Client, Record, Screened
from afferent.web.clinics.models import Clinic
from afferent.web.consents.asking import to_massage
from afferent.web.intake.models import Draft, Link
from afferent.web.intake.unsent import begun
from afferent.web.scope import clinic_id


def screenings(clients: Iterable[Client], today: dt.date) -> dict[UUID, Screened]:
    """The screening that holds today, worked out afresh where it does not. Clients come with `screened`."""
    return currents(clients, today)


def ahead(known: Mapping[UUID, Screened], clients: Iterable[Client], clinic: Clinic, today: dt.date) -> dict[UUID, str]:
    """What stands before the screening: "alarm" (an unsent intake calls for help), "withdrawn" (no to massage); and
    only before "ready": "begun" (an intake is not sent yet), "not_asked", "ask_again" (the consent to massage)."""
    people = {one.pk: one for one in clients}
    unsent = begun(people, clinic)
    ready = {pk for pk, one in known.items() if one.state == "ready"}
    agreed = to_massage((one for pk, one in people.items() if pk in known), clinic, today, ready)
    found = {pk: _ahead(known.get(pk), unsent.get(pk), agreed.get(pk)) for pk in people}
    return {pk: one for pk, one in found.items() if one}


def _ahead(screened: Screened | None, alarm: bool | None, massage: Standing | None) -> str:
    if alarm:
        return "alarm"
    state = screened.state if screened else ""
    if state == "closed":
        return ""
    if massage is not None and massage.state == "withdrawn":
        return "withdrawn"
    if state != "ready":
        return ""
    return "begun" if alarm is False else "" if massage is None or massage.given else massage.state


def intakes(clients: Iterable[UUID], now: dt.datetime) -> dict[UUID, str]:
    """ "begun" (and not sent), "done", "sent" (a link is out) or "none" for each."""
    ids = set(clients)
    drafts = Draft.objects.filter(client_id__in=ids).values_list("client_id", "finished_at")
    kept = Record.objects.filter(client_id__in=ids, kind="intake").values_list("client_id", flat=True)
    out = open_links(now).filter(client_id__in=ids).values_list("client_id", flat=True)
    found = dict.fromkeys(ids, "none") | dict.fromkeys(out, "sent") | dict.fromkeys(kept, "done")
    rows = list(drafts)
    found |= {one: "done" for one, finished in rows if finished}
    return found | {one: "begun" for one, finished in rows if not finished}


def open_links(now: dt.datetime) -> QuerySet[Link]:
    """Links of this clinic that are out and unanswered. A link is a door, not `Scoped`: the clinic is named here."""
    return Link.objects.filter(clinic_id=clinic_id(), used_at=None, withdrawn_at=None, ends_at__gt=now)
