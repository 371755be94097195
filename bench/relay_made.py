"""Visits that run, for the bench of the relay: `python -m bench.relay_made HOW_MANY` writes them into the database that
the settings name, each opened and with a client's device let in. Prints what two faces of each need, as JSON.
"""

from __future__ import annotations

import datetime as dt
import json
import sys

from bench.clinic_made import make  # sets Django up

from django.core.signing import Signer
from django.utils import timezone

from afferent.outline.model import Outline, Step
from afferent.web.book.models import Visit
from afferent.web.clients.current import current, whole
from afferent.web.clients.models import Client
from afferent.web.clinics.models import Clinic
from afferent.web.live import device, pairing
from afferent.web.live.beats import pass_for
from afferent.web.live.opening import open_visit
from afferent.web.scope import inside

OUTLINE = Outline(kind="elsewhere", steps=tuple(Step((place,), "effleurage", 1, 10) for place in ("shoulders", "back")))
_STEP = {"yours": "your back", "ask": "Your back. More, less or the same?", "level": 1, "ceiling": 2}
PLAN = {"steps": [_STEP | {"regions": ["shoulders"]}, _STEP | {"regions": ["back"]}]}


def runs(visits: int) -> dict[str, object]:
    """A clinic with as many clients as visits, all of them running now."""
    told = make(max(visits, 200), 200)  # the bench of the clinic wants so many
    with inside(Clinic.objects.get().pk):
        people = list(Client.objects.all()[:visits])
        made = [_run(one, n) for n, one in enumerate(people)]
    return {"session": told["session"], "visits": made}


def _run(client: Client, number: int) -> dict[str, str]:
    now = timezone.now()
    visit = Visit.objects.filter(client=client).first() or _visit(client, now)
    screened = current(client, now.date())
    screening = whole(screened, now.date())
    assert screening is not None
    session = open_visit(
        visit, OUTLINE, plan=PLAN, screened=screened, screening=screening, by=visit.therapist, now=now
    )  # fmt: skip
    way, secret, _ = pairing.make(session)
    key = f"bench-key-{number:06d}"
    pairing.by_secret(secret, key)
    pairing.confirm(session, way.pk, "program")
    return {
        "id": str(session.pk), "cookie": Signer(salt=device._SALT).sign(key), "token": device.token(key),
        "beat_client": pass_for(session.pk, "client", way.pk.hex), "beat_therapist": pass_for(session.pk, "therapist"),
    }  # fmt: skip


def _visit(client: Client, now: dt.datetime) -> Visit:
    some = Visit.objects.select_related("therapist").first()
    assert some is not None
    return Visit.objects.create(
        client=client, therapist=some.therapist, starts_at=now, ends_at=now + dt.timedelta(minutes=45)
    )


if __name__ == "__main__":
    print(json.dumps(runs(int(sys.argv[1]))))
