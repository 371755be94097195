"""What else waits for somebody, beside today's visits: only what is really there.

One function for each kind of thing: it takes the member and the moment and gives a `Waiting`, or None where nothing
waits. To add one, write it and put it into `KINDS`. Each takes a fixed number of queries.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias
from uuid import UUID

from django.db.models import Max
from django.urls import reverse

from afferent.web.audit.models import Entry
from afferent.web.book.rows import visits
from afferent.web.book.standing import ahead, open_links, screenings
from afferent.web.clients.models import Client
from afferent.web.clinics.knowledge import in_force
from afferent.web.clinics.models import Membership
from afferent.web.intake.models import Draft
from afferent.web.letters import due
from afferent.web.post.attention import to_settle
from afferent.web.scope import clinic_id
from afferent.words.vocabulary import capital, in_words

MOST: Final = 30  # of one kind; whoever has more waiting begins with these
BACK: Final = dt.timedelta(days=30)

People: TypeAlias = list[Client]


@dataclass(frozen=True)
class Waiting:
    """A kind of thing that waits, what one says of it, and for whom."""

    kind: str
    title: str
    line: str
    people: People
    where: str = ""

    @property
    def address(self) -> str:
        """One person: to them. Several: to their list."""
        if self.where:
            return self.where
        if len(self.people) == 1:
            return reverse("client", args=[self.people[0].pk])
        return reverse("waiting", args=[self.kind])


Kind: TypeAlias = Callable[[Membership, dt.datetime], Waiting | None]


def intakes_to_read(mine: Membership, now: dt.datetime) -> Waiting | None:
    """Intakes that came in and whose client no therapist has opened since. The audit knows who opened whom."""
    if not mine.therapist:
        return None
    finished = Draft.objects.filter(finished_at__gt=now - BACK, client__archived_at=None)
    drafts = list(
        finished.select_related("client")
        .only("finished_at", "client__given", "client__family")
        .order_by("-finished_at")[:MOST]
    )
    opened = _opened({draft.client_id for draft in drafts})
    new = [d.client for d in drafts if d.finished_at > opened.get(d.client_id, d.finished_at - BACK)]
    return _of("intakes", "Intake to read", new, "intakes came in") if new else None


def _opened(clients: set[UUID]) -> dict[UUID, dt.datetime]:
    """When a therapist opened each of them last."""
    if not clients:
        return {}
    staff = Membership.objects.filter(clinic_id=clinic_id(), therapist=True).values_list("user_id", flat=True)
    subjects = {f"client:{one}": one for one in clients}
    last = Entry.objects.filter(
        subject__in=subjects, action="client.opened", actor__in=[f"user:{one}" for one in staff]
    ).values_list("subject").annotate(Max("at"))  # fmt: skip
    return {subjects[subject]: at for subject, at in last}


def links_unanswered(mine: Membership, now: dt.datetime) -> Waiting | None:
    """Links that are out: the client has not finished the intake, and may want to be asked."""
    if not (mine.desk or mine.therapist):
        return None
    ids = list(open_links(now).order_by("ends_at").values_list("client_id", flat=True)[:MOST])
    people = (
        {one.pk: one for one in Client.objects.filter(pk__in=ids, archived_at=None).only("given", "family")}
        if ids
        else {}
    )
    new = [people[one] for one in dict.fromkeys(ids) if one in people]
    return _of("links", "Link not answered yet", new, "people have a link") if new else None


def questions_tomorrow(mine: Membership, now: dt.datetime) -> Waiting | None:
    """Who comes tomorrow with something still to ask or to wait for."""
    if not mine.advised:
        return None
    zone = mine.clinic.zone
    today = now.astimezone(zone).date()
    found = visits(today + dt.timedelta(days=1), zone, therapist=mine.user_id).filter(state="booked")
    found = found.select_related("client__screened").defer("client__screened__body")
    clients = {visit.client_id: visit.client for visit in found}
    known = screenings(clients.values(), today)
    first = ahead(known, clients.values(), mine.clinic, today)
    new = [
        one for id_, one in clients.items()
        if id_ in first or id_ not in known or known[id_].state in ("ask", "clearance")
    ]  # fmt: skip
    return _of("tomorrow", "Questions for tomorrow", new, "people have something open") if new else None


def messages_to_settle(mine: Membership, now: dt.datetime) -> Waiting | None:
    """Messages to clients that nobody knows of, or that could not be sent."""
    number, name = to_settle(mine)
    line = name or f"{capital(in_words(number))} messages need a look"
    return Waiting("messages", "Message not sent, or in doubt", line, [], reverse("messages")) if number else None


def answers_to_verify(mine: Membership, now: dt.datetime) -> Waiting | None:
    """Answers of clinicians that open nothing until somebody has called."""
    if not mine.therapist:
        return None
    return _asked("answers", "Answer arrived: call to verify", due.to_verify(), "answers arrived")


def requests_unanswered(mine: Membership, now: dt.datetime) -> Waiting | None:
    """Requests that nobody has answered for a week."""
    if not mine.therapist:
        return None
    people = due.unanswered(_today(mine, now))
    return _asked("unanswered", f"No answer for {due.WAITED} days", people, "requests wait")


def answers_ending(mine: Membership, now: dt.datetime) -> Waiting | None:
    """Answers that end soon: what they opened closes then."""
    if not mine.therapist:
        return None
    people = due.ending(_today(mine, now))
    return _asked("ending", f"Answer ends within {due.ENDS} days", people, "answers end")


def ask_again(mine: Membership, now: dt.datetime) -> Waiting | None:
    """Something new holds something back that no answer covers."""
    if not mine.advised:
        return None
    people = due.again(in_force(mine.clinic), _today(mine, now))
    return _asked("again", "Something new: ask the physician again", people, "people have something new")


def _today(mine: Membership, now: dt.datetime) -> dt.date:
    return now.astimezone(mine.clinic.zone).date()


def _asked(kind: str, title: str, people: People, many: str) -> Waiting | None:
    return _of(kind, title, people, many) if people else None


def _of(kind: str, title: str, people: People, many: str) -> Waiting:
    number = f"{MOST} or more" if len(people) >= MOST else in_words(len(people))
    line = people[0].name if len(people) == 1 else f"{capital(number)} {many}"
    return Waiting(kind, title, line, people)


KINDS: Final[dict[str, Kind]] = {
    "intakes": intakes_to_read,
    "links": links_unanswered,
    "tomorrow": questions_tomorrow,
    "messages": messages_to_settle,
    "answers": answers_to_verify,
    "unanswered": requests_unanswered,
    "ending": answers_ending,
    "again": ask_again,
}


_ABOUT_REQUESTS: Final = ("answers", "unanswered", "ending", "again")


def waiting(mine: Membership, now: dt.datetime) -> list[Waiting]:
    """All that waits for this member. Where no physician was ever asked, nothing is looked up about requests."""
    left_out = () if due.ever() else _ABOUT_REQUESTS
    return [found for name, kind in KINDS.items() if name not in left_out and (found := kind(mine, now))]
