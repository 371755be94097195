"""The letter of the demo that is kept: a progress letter about an invented client, composed like any other.

Ask here: `keep_letters(clinic, therapist, today)`, once the trials ran. What it says beside the stored rows
stands in careteam.toml.
"""

from __future__ import annotations

import datetime as dt
from importlib.resources import files
from typing import Any

import tomli

from afferent.knowledge import load
from afferent.records.body_map import body_map, statements
from afferent.web.accounts.models import User
from afferent.web.careteam.case import Case
from afferent.web.careteam.kinds import KINDS
from afferent.web.clients.current import current
from afferent.web.clients.knowing import write
from afferent.web.clients.models import Client
from afferent.web.clinics.models import Clinic, Membership
from afferent.web.consents.asking import give
from afferent.web.letters.keeping import keep, sent
from afferent.web.letters.sharing import consent_to_share


def keep_letters(clinic: Clinic, therapist: User, today: dt.date) -> None:
    """Every letter of the file."""
    told = tomli.loads(files("afferent.web.demo").joinpath("careteam.toml").read_text("utf-8"))
    member = Membership.objects.select_related("user", "clinic").get(clinic=clinic, user=therapist)
    for entry in told.values():
        client = Client.objects.get(family=entry["family"])
        client.clinic = clinic
        _draw(client, entry["then"], today - dt.timedelta(entry["then_days_ago"]))
        _draw(client, entry["now"], today)
        give(client, "care_team", load().consents["care_team"].version, on=today, actor="program", by=therapist)
        current(client, today)
        _keep(Case(client, member, today), entry)


def _draw(client: Client, zones: dict[str, Any], on: dt.date) -> None:
    drawn = {"zones": zones}
    write(client, "map", statements(body_map(drawn, load()), load(), on), on=on, body={"map": drawn})


def _keep(case: Case, entry: dict[str, Any]) -> None:
    form = KINDS["progress"].fields(case, entry["fields"])
    letter = KINDS["progress"].compose(case, form)
    row = keep(letter, case.client, case.member.user, consent_to_share(case.client, case.today))
    sent(row, entry["how"], entry["fields"]["to_name"], case.member.user)
