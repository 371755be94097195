"""Messages that need somebody, for Today. Ask here: `to_settle`, for `book.waiting`; one query, or two."""

from __future__ import annotations

from afferent.web.clinics.models import Membership
from afferent.web.post.models import Message


def to_settle(mine: Membership) -> tuple[int, str]:
    """How many are in doubt or could not be sent, and the name of the client where there is one only."""
    if not (mine.desk or mine.therapist):
        return 0, ""
    found = Message.objects.filter(state__in=("in_doubt", "failed"))
    number = found.count()
    names = found.select_related("client").only("client__given", "client__family")
    return number, names[0].client.name if number == 1 else ""
