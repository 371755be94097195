"""For a physician: the request on a phone, and the answer to it. Behind a link, without account, script or cookie.

Looking spends nothing; an answer that was kept does. Every refusal says exactly why, and what may be done instead.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from afferent.page.icons import icon
from afferent.records.letters.request import Request
from afferent.web.accounts.tries import count, guessed_wrong, may_guess
from afferent.web.audit.chain import note
from afferent.web.clients.models import Client
from afferent.web.clinics.access import everybody
from afferent.web.clinics.clock import today as today_at
from afferent.web.clinics.knowledge import in_force
from afferent.web.documents.models import Document
from afferent.web.documents.served import served
from afferent.web.intake.page import Why, private, refuse, render_private
from afferent.web.letters import doors
from afferent.web.letters.answer_form import read
from afferent.web.letters.arriving import arrive
from afferent.web.letters.fields import Given, sheet
from afferent.web.letters.keeping import value
from afferent.web.letters.models import AnswerLink, Letter
from afferent.web.letters.sharing import consent_to_share
from afferent.web.letters.told import OVERALL, said
from afferent.web.letters.words import lines_of
from afferent.web.scope import inside
from afferent.words.consents import long_day
from afferent.words.letters import say

_CALL: Final = "Nothing was sent. You can also answer on the printed request, by fax or post, or call the clinic."
WHY: Final[dict[str, Why]] = {
    "unknown": Why(
        "This link is not known", "There is no request at this address. It may be cut off, or typed wrongly.",
        f"Scan the code on the page again, or type the address as it stands there. {_CALL}", 404,
    ),
    "edited": Why(
        "This address was changed on its way", "It begins like one of ours, and does not end as we made it.",
        f"Scan the code on the page again, or type the address letter by letter. {_CALL}", 404,
    ),
    "used": Why(
        "This request was answered already",
        "A link takes one answer. If it was not you who answered, please tell the clinic at once.",
        "To correct an answer, call the clinic: it sends a new request.", 410,
    ),
    "ended": Why(
        "This link has ended", "It was good for a limited time, and that is over.",
        f"The clinic can send a new one. {_CALL}", 410,
    ),
    "withdrawn": Why(
        "The clinic took this request back", "It does not need this answer any more, or asks anew.",
        "Nothing is to be done. If you have a question, call the clinic.", 410,
    ),
    "slowly": Why(
        "Too many wrong links from here", "Wait ten minutes. Then open your link again.", _CALL, 429,
    ),
}  # fmt: skip

_DOOR: Final = "answer"
_OVERALL: Final = "guesses:answer:everywhere"  # of all addresses together
MOST_EVERYWHERE: Final = 300
_WITHIN: Final = 600  # seconds


@require_http_methods(["GET", "HEAD", "POST"])
@csrf_exempt
@everybody
def request(request: HttpRequest, secret: str) -> HttpResponse:
    """The request and its boxes; POST answers it, once."""
    found, refused = _found(request, secret)
    if found is None or refused:
        return _refused(request, refused)
    with inside(found.clinic_id), timezone.override(found.clinic.zone):
        letter = _letter(found)
        if letter is None:
            return _refused(request, "withdrawn")
        if request.method == "POST":
            return _answered(request, found, letter)
        note(doors.audited(found), "answer_link.opened", f"letter:{letter.pk}")
        return _page(request, found, letter)


@require_safe
@everybody
def page(request: HttpRequest, secret: str, paper: str) -> HttpResponse:
    """The same as a page to print, sign and fax."""
    found, refused = _found(request, secret)
    if found is None or refused:
        return _refused(request, refused)
    with inside(found.clinic_id):
        letter = _letter(found)
        if letter is None:
            return _refused(request, "withdrawn")
        if paper not in ("a4", "letter"):
            raise Http404
        document = Document.objects.get(pk=letter.a4_id if paper == "a4" else letter.us_letter_id)
        note(doors.audited(found), "document.opened", f"document:{document.pk}")
        return private(served(bytes(document.body), document.media_type, f"request-{paper}"))


def _found(request: HttpRequest, secret: str) -> tuple[AnswerLink | None, str]:
    """The link, or why it is refused. Whoever guesses is counted: each address, and all of them together. A link that
    this server made is known by itself, so guessing elsewhere shuts nobody out."""
    if not may_guess(request, _DOOR):
        return None, "slowly"
    if not doors.is_ours(secret) and count(_OVERALL, _WITHIN) > MOST_EVERYWHERE:
        return None, "slowly"
    found = doors.find(secret)
    if found.standing in ("unknown", "edited"):
        guessed_wrong(request, _DOOR)
    return (found.link, "") if found.standing == "good" else (None, found.standing)


def _letter(link: AnswerLink) -> Letter | None:
    """Its letter, as long as the client's yes to sharing stands."""
    client = Client.objects.select_related("clinic").filter(pk=link.client_id).first()
    if client is None or consent_to_share(client, today_at(client.clinic)) is None:
        return None
    letter = Letter.objects.filter(pk=link.letter_id).select_related("client").first()
    if letter is not None:
        letter.clinic = link.clinic
    return letter


def _answered(request: HttpRequest, link: AnswerLink, letter: Letter) -> HttpResponse:
    given = {name: tuple(texts) for name, texts in request.POST.lists()}
    one, today = value(letter), today_at(link.clinic)
    sent = read(given, one, today, "link")
    if "me" not in given:
        sent.faults["me"] = "Tick that it is you who answers."
    if sent.answer is None or sent.faults:
        return _page(request, link, letter, given, sent.faults, 400)
    with transaction.atomic():
        if not doors.spend(link):
            return _refused(request, doors.find(doors.secret(link.name)).standing)
        row = arrive(letter, sent.answer, actor=doors.audited(link))
    context = {
        "clinic": link.clinic,
        "asked": one,
        "given": sent.answer,
        "said": said(sent.answer, one),
        "overall": OVERALL[sent.answer.overall],
        "until": row.until,
        "at": row.at,
    }
    return render_private(request, "letters/thanks.html", context)


def _page(
    request: HttpRequest, link: AnswerLink, letter: Letter, given: Given | None = None,
    faults: dict[str, str] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    one: Request = value(letter)
    sent = dict(given or {"name": (one.to.name,), "role": (one.to.role,), "contact": (one.to.phone,)})
    context = {
        "clinic": link.clinic,
        "link": link,
        "secret": doors.secret(link.name),
        "asked": one,
        "lines": lines_of(one, short=True),
        "sheet": sheet(one, in_force(link.clinic), sent, faults),
        "ends": say("valid_ends"),
        "until": long_day(today_at(link.clinic) + dt.timedelta(days=one.valid_days)),
        "signs": {"ready": icon("ready"), "down": icon("down"), "stop": icon("stop")},
    }
    return render_private(request, "letters/door.html", context, status=status)


def _refused(request: HttpRequest, why: str) -> HttpResponse:
    return refuse(request, WHY[why])
