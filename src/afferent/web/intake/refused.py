"""Why a link does not open, each in its own sentence, with how to go on. None tells whom it is for."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse

from afferent.web.audit.chain import note
from afferent.web.intake.links import name
from afferent.web.intake.models import Link
from afferent.web.intake.page import Why, refuse
from afferent.web.scope import inside

_KEPT: Final = "Ask the clinic for a new link: your answers so far are kept."


WHY: Final[dict[str, Why]] = {
    "unknown": Why(
        "This link is not known", "There is no such link, or a letter of it is wrong.",
        "Look at the letters once more, or ask the clinic for a new link.", 404,
    ),
    "ended": Why("This link has ended", "Its time is over.", _KEPT, 410),
    "withdrawn": Why("This link was taken back", "The clinic has taken this link back.", _KEPT, 410),
    "used": Why(
        "These answers were sent", "The questions of this link are answered and sent.",
        "There is nothing more to do. To change something, tell your therapist.", 410,
    ),
    "elsewhere": Why(
        "This link was begun elsewhere", "It opens only on the phone or computer on which it was begun.", _KEPT, 403,
    ),
    "nobody": Why(
        "Please open your link again", "This browser does not know which questions are yours.",
        "Open the link, or scan the code, on the phone or computer on which you began.", 403,
    ),
    "cookies": Why(
        "This browser keeps nothing", "It cannot remember that the questions are yours: cookies are switched off.",
        "Switch them on for this page, or open the link in another browser.", 400,
    ),
    "again": Why(
        "Please press that once more", "The page was open too long, or came from elsewhere. Nothing was changed.",
        "Go back, and press once more.", 403,
    ),
    "slowly": Why(
        "Too many wrong links from here", "Somebody tried many links from this place.",
        "Wait ten minutes. Then open your link again.", 429,
    ),
}  # fmt: skip


def refused(request: HttpRequest, why: str, link: Link | None = None) -> HttpResponse:
    """The page that says why. Written into the audit where the link is known."""
    if link is not None:
        with inside(link.clinic_id):
            note(name(link), "link.refused", name(link), why)
    return refuse(request, WHY[why])
