"""What a client told in the last intake that is no fact: hopes, oils, a word, and who helped. For the client's page."""

from __future__ import annotations

import datetime as dt
from typing import Any

from msgspec import Struct

from afferent.knowledge import load
from afferent.knowledge.intake import intake_form
from afferent.web.clients.models import Client, Record


class Told(Struct, frozen=True):
    """In the client's words. Empty where nothing was said; `aims` and `allergies` say when a client is not sure."""

    on: dt.date
    aims: tuple[str, ...] = ()
    allergies: str = ""
    word: str = ""
    medicines: tuple[str, ...] = ()
    helper: str = ""


def told(client: Client) -> Told | None:
    """Of the latest intake that the client finished; None where there is none."""
    record = Record.objects.filter(client=client, kind="intake", by=None).order_by("-at").first()
    if record is None or "answers" not in record.body:
        return None
    given = {step: one["given"] for step, one in record.body["answers"].items()}
    return Told(
        on=record.on,
        aims=tuple(_aims(given.get("aims") or [])),
        allergies=_allergies(given.get("allergies")),
        word="\n".join(_lines(given.get("word"))),
        medicines=tuple(_lines(given.get("medicine_names"))),
        helper=record.helper,
    )


def _aims(given: list[str]) -> list[str]:
    form = intake_form(load())
    words = form.ask["aims"].options | {"unsure": "Not sure"}
    return [words[one] for one in given if one in words]


def _allergies(given: Any) -> str:
    words = {"none": "None known to the client", "unsure": "The client is not sure"}
    return "" if given is None else given["words"] or words.get(given["value"], "")


def _lines(given: Any) -> list[str]:
    return list(given["lines"]) if given else []
