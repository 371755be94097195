"""The progress letter and the end of a series: what was done and found, what the agreed rule says. From stored rows.

Ask here: `ProgressFields`, `progress`, `DischargeFields`, `discharge`.
"""

from __future__ import annotations

from typing import Any, Final

from afferent.records.letters.course import doses_of
from afferent.records.letters.discharge import Discharge
from afferent.records.letters.progress import Progress
from afferent.web.careteam import said
from afferent.web.careteam.case import Case, sealed
from afferent.web.careteam.fields import Fields, choice, several, words
from afferent.words.consents import long_day
from afferent.words.letters import say

ONWARD: Final = {key: say(f"onward_{key}") for key in ("on", "wait", "stop")}
REASONS: Final = {key: say(f"ends_{key}") for key in ("done", "rule", "client", "seen", "away")}
ADVICE: Final = {key: say(f"advice_{key}") for key in ("soles", "sores", "warm", "touch", "medicine")}


class ProgressFields(Fields):
    """Which map, which of their sentences, one question, what is done now."""

    why = words("Why the client came", 300, rows=2)
    layer = choice("The map then and now, of")
    quote = choice("In the client’s own words", hint="They may read the letter before it goes out. None is fine.")
    question = words("One question to the physician", 300, rows=2)
    onward = choice("What we do now", [("", "Leave it out"), *ONWARD.items()])
    own = ("why", "layer", "quote", "question", "onward")

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        super().__init__(case, *args, **kwargs)
        self.fields["layer"].choices = [*said.layers(case), ("", "No map")]
        quotes = [(one.key, f"“{one.text}” ({one.where}, {long_day(one.on)})") for one in said.quotes(case)]
        self.fields["quote"].choices = [*quotes, ("", "None")]

    def begins(self, case: Case) -> dict[str, Any]:
        return {"why": said.why(case), "layer": said.layer_to_show(case), "quote": "", "onward": ""}


def progress(case: Case, form: Fields) -> Progress:
    """The letter as it would be kept now."""
    given, seen = form.said, case.series
    then, now = said.then_and_now(case, given.get("layer") or "")
    return sealed(
        case, Progress, form.to, said.facts(case), why=given.get("why") or "", sessions=seen.sessions(case.planned),
        doses=doses_of(seen.ledgers, case.knowledge), scores=said.scores(case), then=then, now=now, looks=seen.looks,
        skin=seen.skin, events=said.events(case), own_words=_quote(case, given.get("quote")),
        question=given.get("question") or "", rule=said.agreed(case), verdict=said.verdict(case),
        onward=ONWARD.get(given.get("onward") or "", ""),
    )  # fmt: skip


def _quote(case: Case, key: str | None) -> str:
    return next((one.text for one in said.quotes(case) if one.key == key), "")


class DischargeFields(Fields):
    """Why it ends, and what the client was told."""

    reason = choice("Why it ends", REASONS.items(), ask="Choose why it ends.")
    more = words("More about it", 200)
    advice = several("Advice given", ADVICE.items(), hint="Only what you did say.")
    advice_more = words("Other advice", 200)
    own = ("reason", "more")
    folds = (("What you advised", ("advice", "advice_more")),)


def discharge(case: Case, form: Fields) -> Discharge:
    """The letter as it would be kept now."""
    given, seen = form.said, case.series
    reason = " ".join(part for part in (REASONS.get(given.get("reason") or "", ""), given.get("more")) if part)
    advice = [ADVICE[one] for one in given.get("advice") or ()]
    return sealed(
        case, Discharge, form.to, said.facts(case), reason=reason, sessions=seen.sessions(case.planned),
        result=" ".join(part for part in (said.agreed(case), said.verdict(case)) if part),
        doses=doses_of(seen.ledgers, case.knowledge), scores=said.scores(case), looks=seen.looks, skin=seen.skin,
        events=said.events(case), advice=(*advice, *([given["advice_more"]] if given.get("advice_more") else [])),
    )  # fmt: skip
