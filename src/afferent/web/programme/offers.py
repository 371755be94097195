"""Massage that was offered: written down in one tap, or two where it was declined.

Ask here: `REASONS`, `write` (an offer of today; the same twice is once, another one replaces it), `of_day` and `told`
(in words). Whoever was offered massage and said no is counted too, or the figures speak of those who came alone.
"""

from __future__ import annotations

import datetime as dt
from importlib.resources import files
from typing import Final

import tomli
from django.db import transaction
from msgspec import Struct, convert

from afferent.errors import InputError
from afferent.web.accounts.models import User
from afferent.web.audit.chain import note
from afferent.web.clients.models import Client
from afferent.web.programme.models import ANSWERS, Offer


class Reason(Struct, frozen=True, forbid_unknown_fields=True):
    """Without a source it is ours."""

    title: str
    source: str = ""


REASONS: Final = convert(
    tomli.loads(files("afferent.web.programme").joinpath("declined.toml").read_text("utf-8")), dict[str, Reason]
)


@transaction.atomic
def write(
    client: Client, answer: str, *, reason: str = "", words: str = "", on: dt.date, by: User, now: dt.datetime
) -> Offer:
    """Raises InputError for an answer or a reason that is none."""
    if answer not in ANSWERS:
        raise InputError("Say whether it was accepted or declined. Nothing was written down")
    if answer == "declined" and reason not in REASONS:
        raise InputError("Choose why it was declined, or “Did not say”. Nothing was written down")
    reason, words = (reason, " ".join(words.split())[:160]) if answer == "declined" else ("", "")
    Client.objects.select_for_update(no_key=True).get(pk=client.pk)  # two at the same moment are one after the other
    before = of_day(client, on)
    if before is None and answer == "taken_back":
        raise InputError("Nothing was written down today, so there is nothing to take back")
    if before is not None and (before.answer, before.reason, before.words) == (answer, reason, words):
        return before
    made = Offer.objects.create(
        client=client, on=on, answer=answer, reason=reason, words=words, replaces=before, by=by, at=now
    )
    note(f"user:{by.pk}", "offer.written", f"client:{client.pk}", [str(made.pk), answer, reason, words])
    return made


def of_day(client: Client, on: dt.date) -> Offer | None:
    """The one that holds; it may be one that was taken back."""
    return Offer.objects.filter(client=client, on=on, later=None).select_related("by").first()


def told(offer: Offer | None) -> str:
    """ "Declined: no time"; empty where nothing holds."""
    if offer is None or offer.answer == "taken_back":
        return ""
    if offer.answer == "accepted":
        return "Accepted"
    reason = REASONS[offer.reason].title.lower() if offer.reason in REASONS else offer.reason
    return f"Declined: {reason}" + (f" (“{offer.words}”)" if offer.words else "")
