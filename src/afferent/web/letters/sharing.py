"""May anything about a client leave the clinic, and by which yes of theirs?

Ask here: `consent_to_share`. It is asked before anything is made, again before it goes out, and each time a physician
opens a link: a yes that was taken back shuts them all.
"""

from __future__ import annotations

import datetime as dt

from afferent.web.clients.models import Client
from afferent.web.consents.asking import agreed
from afferent.web.consents.models import Consent


def consent_to_share(client: Client, today: dt.date) -> Consent | None:
    """The entry that holds today; None where there is none, it was taken back, or it is to be asked again."""
    if not agreed(client, "care_team", today):
        return None
    return Consent.objects.filter(client=client, purpose="care_team", given=True).order_by("-at").first()
