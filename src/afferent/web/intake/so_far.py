"""What a client has answered so far, and by whom: what every question may look at.

Ask here: `SoFar` (and `read` for one out of a draft), `Saved` (one confirmed answer) and `Told` (the day and the origin
under which it is stated). Nothing here reads a clock or a record.
"""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from afferent.knowledge import Knowledge
from afferent.knowledge.intake import IntakeForm, intake_form
from afferent.knowledge.model import Consent
from afferent.words.consents import long_day


class Saved(Struct, frozen=True):
    """One confirmed answer: what was given, whether a helper gave it, and when."""

    given: Any
    helper: bool
    at: dt.datetime


class Told(Struct, frozen=True):
    """The day on which something was answered, and where it comes from in words."""

    day: dt.date
    origin: str


class SoFar(Struct, frozen=True, eq=False):
    """All answers of a draft. `decides`: whether anything may be worked out for one client here.

    `consents`: the wordings in force at the clinic, which may lag behind the newest knowledge.
    """

    answers: Mapping[str, Saved]
    helper: str
    knowledge: Knowledge
    today: dt.date
    zone: dt.tzinfo
    decides: bool = True
    consents: Mapping[str, Consent] = {}
    clinic_words: Mapping[str, str] = {}

    @property
    def form(self) -> IntakeForm:
        return intake_form(self.knowledge)

    @property
    def helped(self) -> bool:
        """Did somebody say that a helper answers, for all or for one?"""
        return self.given("who") == "helper" or any(one.helper for one in self.answers.values())

    def given(self, step: str) -> Any:
        """What was answered to a step, or None."""
        one = self.answers.get(step)
        return None if one is None else one.given

    def told(self, step: str) -> Told:
        """Day and origin of an answer: "the client, 22 November 2026"."""
        one = self.answers[step]
        day = one.at.astimezone(self.zone).date()
        who = f"a helper ({self.helper})" if one.helper and self.helper else "a helper" if one.helper else "the client"
        return Told(day, f"{who}, {long_day(day)}")


def written(saved: Mapping[str, Saved]) -> dict[str, Any]:
    """As a draft keeps it."""
    return {
        step: {"given": one.given, "helper": one.helper, "at": one.at.isoformat()} for step, one in saved.items()
    }  # fmt: skip


def read(
    kept: Mapping[str, Any], helper: str, knowledge: Knowledge, now: dt.datetime, zone: zoneinfo.ZoneInfo, **more: Any
) -> SoFar:
    """Out of what a draft keeps."""
    answers = {
        step: Saved(one["given"], one["helper"], dt.datetime.fromisoformat(one["at"])) for step, one in kept.items()
    }
    return SoFar(answers, helper, knowledge, now.astimezone(zone).date(), zone, **more)
