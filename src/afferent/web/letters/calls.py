"""The call that makes an answer count: somebody rings a number from a listing of their own, and asks.

Ask here: `confirm` (the answer becomes dated facts and clearances of the client, and the screening is made anew),
`not_confirmed`, `take_back` (also of one that was confirmed: what it opened closes again), `state` and `known_numbers`.
Each is an entry with who and when; none is ever changed. Raises `NotDone` with one sentence.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Final, Literal, cast

from django.db import transaction

from afferent.errors import AfferentError
from afferent.records.intake import Intake
from afferent.records.letters.answer import opening
from afferent.web.accounts.models import User
from afferent.web.audit.chain import note
from afferent.web.clients.current import current
from afferent.web.clients.knowing import write
from afferent.web.clients.models import Client, Record, Statement
from afferent.web.clinics.knowledge import in_force
from afferent.web.letters.arriving import given_of, told_to_visits
from afferent.web.letters.models import Answer, Call
from afferent.web.letters.reading import read_again
from afferent.web.letters.sharing import consent_to_share
from afferent.web.letters.unverified import standing

State = Literal["unverified", "confirmed", "not_confirmed", "taken_back"]
_DIGITS: Final = 5  # fewer are no telephone number
_SAME: Final = 7  # last digits that make two numbers one
NOT_AGREED: Final = (
    "The consent to share does not stand any more, and to call the practice is to share. Do not call; ask the client "
    "first"
)
_STATED: Final = (
    "That is the number that the answer itself gives. Whoever wrote it could have written any number: look the "
    "practice up in a listing, and tick that you found this number there"
)


class NotDone(AfferentError):
    """Nothing was written, and why. `stated`: only because the number is the answer's own."""

    def __init__(self, why: str, stated: bool = False) -> None:
        super().__init__(why)
        self.stated = stated


def last(answer: Answer) -> Call | None:
    """What came of it last."""
    return Call.objects.filter(answer=answer).select_related("by", "before", "after").order_by("-pk").first()


def state(call: Call | None) -> State:
    """How an answer stands after this entry."""
    return cast(State, call.outcome) if call else "unverified"


@transaction.atomic
def confirm(answer: Answer, by: User, today: dt.date, *, number: str, listed: str, looked_up: bool = False) -> Call:
    """They said that it is theirs. `looked_up`: the number is the one the answer states, and was found in the listing
    all the same."""
    client = _held(answer)
    if state(last(answer)) == "confirmed":
        raise NotDone("It is confirmed already")
    if state(last(answer)) == "taken_back":
        raise NotDone("This answer was taken back. Ask again instead")
    if consent_to_share(client, today) is None:
        raise NotDone(NOT_AGREED)
    _listing(answer, number, listed, looked_up)
    knowledge = in_force(client.clinic)
    before = current(client, today)
    counts = opening(read_again(answer.reading, knowledge))
    intake = Intake(str(client.pk), today, counts.facts, clearances=counts.clearances)
    given = given_of(answer)
    call = Call(answer=answer, client=client, outcome="confirmed", number=number.strip(), listed=listed.strip(), by=by)
    call.before = before
    call.record = write(
        client, "clearance", intake, on=today, by=by, source=f"answer of {given.name}", body={"answer": str(answer.pk)}
    )
    call.after = current(client, today)
    call.save()
    told_to_visits(client.pk)
    note(f"user:{by.pk}", "answer.confirmed", f"answer:{answer.pk}", [call.number, call.listed])
    return call


@transaction.atomic
def not_confirmed(answer: Answer, by: User, *, number: str, listed: str, looked_up: bool = False) -> Call:
    """They did not. It opens nothing, and what it holds back stays until a clinician answers again, or it is taken
    back."""
    client = _held(answer)
    if state(last(answer)) in ("confirmed", "taken_back"):
        raise NotDone("This answer was settled already. If that was a mistake, take the answer back")
    _listing(answer, number, listed, looked_up=True)
    call = Call.objects.create(
        answer=answer, client=client, outcome="not_confirmed", number=number.strip(), listed=listed.strip(), by=by
    )
    note(f"user:{by.pk}", "answer.not_confirmed", f"answer:{answer.pk}", [call.number, call.listed])
    return call


@transaction.atomic
def take_back(answer: Answer, by: User, today: dt.date, why: str) -> Call:
    """It is nobody's, or was confirmed by mistake: from now on it counts neither way. Whatever it brought into the
    record is corrected, and stays legible there."""
    client = _held(answer)
    if not why.strip():
        raise NotDone("Say in a few words why this answer is taken back; it stays legible with that")
    found = last(answer)
    if state(found) == "taken_back":
        raise NotDone("It was taken back already")
    before = current(client, today)
    if found is not None and found.record_id:
        _correct(client, found.record_id, by, today, why.strip()[:300])
    call = Call.objects.create(
        answer=answer, client=client, outcome="taken_back", why=why.strip()[:300], by=by, before=before
    )
    Client.objects.filter(pk=client.pk).update(stale=True)
    client.stale = True
    note(f"user:{by.pk}", "answer.taken_back", f"answer:{answer.pk}", call.why)
    current(client, today)
    return call


def known_numbers(answer: Answer) -> list[tuple[str, str]]:
    """Numbers that were called before for the same name, each with its listing: somebody looked them up."""
    name = answer.letter.body["to"]["name"]
    sound = standing().filter(letter__body__to__name=name, outcome="confirmed")  # not one that was taken back since
    rows = Call.objects.filter(answer__in=sound, outcome="confirmed").order_by("-pk")
    return list(dict.fromkeys(rows.values_list("number", "listed")[:20]))[:3]


def stated(answer: Answer) -> set[str]:
    """The digits of every number that the answer itself gives, wherever it stands and in whichever script."""
    body = answer.body
    texts = [body["contact"], body["name"], body["role"], body["words"], body["because"]]
    texts += [text for item in body["items"] for text in item["words"].values()]
    found = re.findall(r"\d(?:[\W_]{0,4}\d)+", "\n\n\n\n\n".join(texts))
    return {digits for one in found if len(digits := _digits(one)) >= _DIGITS}


def _is_stated(answer: Answer, number: str) -> bool:
    """Is it one of them, with or without the country in front or an extension behind?"""
    called = _digits(number)
    return any(one[-_SAME:] in called or called[-_SAME:] in one for one in stated(answer))


def _listing(answer: Answer, number: str, listed: str, looked_up: bool) -> None:
    if len(_digits(number)) < _DIGITS or len(number.strip()) > 40:
        raise NotDone("Write the number that you called")
    if sum(letter.isalpha() for letter in listed) < 3 or len(listed.strip()) > 120:
        raise NotDone("Write where that number is listed, such as the website of the hospital")
    if not looked_up and _is_stated(answer, number):
        raise NotDone(_STATED, stated=True)


def _digits(text: str) -> str:
    return "".join(str(digit) for sign in text if (digit := unicodedata.decimal(sign, None)) is not None)


def _held(answer: Answer) -> Client:
    """The client, so that two who settle the same answer come one after the other."""
    client: Client = Client.objects.select_for_update(no_key=True, of=("self",)).select_related("clinic").get(
        pk=answer.client_id
    )  # fmt: skip
    return client


def _correct(client: Client, record: object, by: User, today: dt.date, why: str) -> None:
    rows = Statement.objects.filter(client=client, record_id=record, replaced_by=None)
    correction: Record = write(client, "correction", on=today, by=by, body={"why": why, "record": str(record)})
    Statement.objects.bulk_create(
        Statement(client=client, record=correction, kind="withdrawn", fact=one.fact, body={"why": why}, replaces=one)
        for one in rows
    )
