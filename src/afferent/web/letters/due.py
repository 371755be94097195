"""What about a client's requests needs somebody: no answer for a week, one to verify, one that ends, something new.

Ask here: `stands` (the requests and answers of one client, each with what is due) and, for the page of the day,
`ever`, `to_verify`, `unanswered`, `ending` and `again`: clients with what is due, in a fixed number of queries.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, Literal
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery
from msgspec import Struct, structs

from afferent.knowledge import Knowledge
from afferent.records.letters.items import raised
from afferent.web.clients.current import currents, unpacked
from afferent.web.clients.models import Client, Screened
from afferent.web.letters.models import Answer, Letter
from afferent.web.letters.unverified import standing
from afferent.words.dates import day

WAITED: Final = 7  # days without an answer. Ours (N)
ENDS: Final = 14  # days before the last day. Ours (N)
BACK: Final = dt.timedelta(days=180)  # older requests are not reminded of
MOST: Final = 30

Due = Literal["", "verify", "no_answer", "ends", "ended", "again"]


class Asked(Struct, frozen=True):
    """One request. `answers`: each with `outcome`, the latest first; `due`: what it needs; `says`: that in words."""

    letter: Letter
    answers: tuple[Answer, ...]
    due: Due
    says: str


class Stands(Struct, frozen=True):
    """`asked`: the latest first. `new`: titles of what holds something back, and no request or answer covers it.
    `ever`: something was asked before. `to_ask`: titles of all that a clinician could open today."""

    asked: tuple[Asked, ...]
    new: tuple[str, ...]
    to_ask: tuple[str, ...]

    @property
    def ever(self) -> bool:
        return bool(self.asked)

    @property
    def waits(self) -> bool:
        """Is an answer out, or here and not yet verified?"""
        return any(_is_open(one) for one in self.asked)


def stands(client: Client, screened: Screened, knowledge: Knowledge, today: dt.date) -> Stands:
    """How the requests of one client stand today."""
    letters = list(
        Letter.objects.filter(client=client, kind="request")
        .defer("body").select_related("a4").defer("a4__body").order_by("-made_at")[:MOST]
    )  # fmt: skip
    answers = _answers([one.pk for one in letters])
    asked = tuple(_asked(one, answers.get(one.pk, ()), today, latest=n == 0) for n, one in enumerate(letters))
    found = _raised(screened, knowledge)
    return Stands(asked, _new(found, asked) if asked else (), tuple(title for _, title in found))


def ever() -> bool:
    """Was any physician asked, by this clinic?"""
    return Letter.objects.filter(kind="request").exists()


def to_verify() -> list[Client]:
    """Whose answer arrived and waits for a call."""
    rows = standing().filter(outcome=None).select_related("client").order_by("at")[:MOST]
    return _clients(row.client for row in rows)


def unanswered(today: dt.date) -> list[Client]:
    """Whose latest request has had no answer for a week."""
    before, after = today - dt.timedelta(days=WAITED), today - BACK
    rows = _latest().filter(on__lte=before, on__gt=after, answers=None).order_by("made_at")[:MOST]
    return _clients(row.client for row in rows)


def ending(today: dt.date) -> list[Client]:
    """Whose confirmed answer ends within two weeks, and nobody has asked again since."""
    rows = standing().filter(
        outcome="confirmed", until__gte=today, until__lte=today + dt.timedelta(days=ENDS), letter__in=_latest()
    )  # fmt: skip
    return _clients(row.client for row in rows.select_related("client").order_by("until")[:MOST])


def again(knowledge: Knowledge, today: dt.date) -> list[Client]:
    """For whom something new holds something back since the last request. Screened again is only who was spoken of
    since; for all others the screening as it is stored says it."""
    rows = _latest().select_related("client__screened").filter(on__gt=today - BACK)
    latest = list(rows.defer("body").order_by("-made_at")[:MOST])
    answers = _answers([one.pk for one in latest])
    stale = [one.client for one in latest if one.client.stale]  # something was said since: that may be what is new
    screened = _screenings([one.client_id for one in latest]) | (currents(stale, today) if stale else {})
    found = []
    for letter in latest:
        asked = (_asked(letter, answers.get(letter.pk, ()), today, latest=True),)
        last = screened.get(letter.client_id)
        if last is not None and _new(_raised(last, knowledge), asked):
            found.append(letter.client)
    return found


def _latest() -> QuerySet[Letter]:
    """The latest request of each client who is not archived."""
    mine = Letter.objects.filter(kind="request", client__archived_at=None)
    newest = mine.filter(client_id=OuterRef("client_id")).order_by("-made_at").values("pk")[:1]
    found: QuerySet[Letter] = mine.annotate(newest=Subquery(newest)).filter(pk=F("newest")).select_related("client")
    return found


def _asked(letter: Letter, answers: tuple[Answer, ...], today: dt.date, *, latest: bool) -> Asked:
    due, says = _due(letter, answers, today, latest=latest)
    return Asked(letter, answers, due, says)


def _due(letter: Letter, answers: tuple[Answer, ...], today: dt.date, *, latest: bool) -> tuple[Due, str]:
    if any(_outcome(one) is None for one in answers):
        return "verify", "Answer arrived: call to verify"
    if not answers:
        days = (today - letter.on).days
        if latest and days >= WAITED:
            return "no_answer", f"No answer for {days} days"
        return "", "Waits for an answer" if latest else "Not answered; asked again since"
    counts = [one for one in answers if _outcome(one) == "confirmed"]
    if not counts:
        return "", "Not confirmed" if _outcome(answers[0]) == "not_confirmed" else "The answer was taken back"
    last = max((one.until for one in counts if one.until), default=None)
    if last is None:
        return "", "Confirmed; it opens nothing"
    if last < today:
        return ("ended", f"The answer ended on {day(last)}") if latest else ("", f"Ended on {day(last)}")
    if latest and (last - today).days <= ENDS:
        return "ends", f"The answer ends on {day(last)}"
    return "", f"Confirmed, until {day(last)}"


def _outcome(answer: Answer) -> str | None:
    return answer.outcome


def _is_open(one: Asked) -> bool:
    """May it still open what it asks about?"""
    return one.due in ("verify", "no_answer") or one.says == "Waits for an answer"


def _new(found: tuple[tuple[str, str], ...], asked: tuple[Asked, ...]) -> tuple[str, ...]:
    """What holds something back and is not on its way: no open request asks about it."""
    items = _items_of(tuple(one.letter.pk for one in asked if _is_open(one)))
    return tuple(title for name, title in found if name not in items)


def _items_of(letters: tuple[UUID, ...]) -> set[str]:
    if not letters:
        return set()
    rows = Letter.objects.filter(pk__in=letters).values_list("body__items", flat=True)
    return {item["id"] for items in rows for item in items}


def _answers(letters: list[UUID]) -> dict[UUID, tuple[Answer, ...]]:
    found: dict[UUID, tuple[Answer, ...]] = {}
    if letters:
        for row in standing().filter(letter_id__in=letters).select_related("by").order_by("-at"):
            found[row.letter_id] = (*found.get(row.letter_id, ()), row)
    return found


def _screenings(clients: list[UUID]) -> dict[UUID, Screened]:
    rows = Client.objects.filter(pk__in=clients, screened__isnull=False).select_related("screened")
    return {row.pk: row.screened for row in rows if row.screened is not None}


def _raised(screened: Screened, knowledge: Knowledge) -> tuple[tuple[str, str], ...]:
    """Item and title of all that a clinician could open."""
    return _read(bytes(screened.body), screened.as_of, knowledge) if screened.body else ()


@lru_cache(maxsize=64)
def _read(body: bytes, as_of: dt.date, knowledge: Knowledge) -> tuple[tuple[str, str], ...]:
    """A stored screening never changes, so it is read once."""
    screening = structs.replace(unpacked(body), as_of=as_of)
    return tuple((item.id, item.title) for item in raised(screening, knowledge))


def _clients(rows: Iterable[Client]) -> list[Client]:
    """Each once."""
    return list({one.pk: one for one in rows}.values())
