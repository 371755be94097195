"""The request to the physician: one page that asks for information, and only what the fired rules need to know.

Ask here: `request(...)`. Data minimisation: of what is known, only what the lines rest on. It asks for information,
never for permission, and no answer to it can lift a hard stop. Where its lines do not fit one page in legible type, the
pages say so, and the rest is a request of its own; none is dropped.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from msgspec import Struct

from afferent.body.limit_classes import class_of
from afferent.errors import InputError
from afferent.knowledge import Knowledge
from afferent.outline.model import Outline
from afferent.records.letters.items import ItemAsked, Question, raised, worth_asking
from afferent.records.letters.paper import Client, Clinic, Made, Recipient, Reply, Therapist, made_of
from afferent.records.letters.planned import HowHard, Plan, Shut, closed, hard, meanwhile, plan_of
from afferent.records.letters.titles import fact_ids, known_lines
from afferent.safety.clearance import CHEMO, CHEMO_DAYS, VALID_DAYS, VALID_DAYS_CHEMO
from afferent.safety.screening import RuleResult, Screening

_NUMB: Final = frozenset({"numb", "monofilament_lost", "touch_test_lost", "vibration_lost"})


class Marked(Struct, frozen=True):
    """The body map of the planned limits: region -> the class of its limit (`body.limit_classes`). `numb`: where
    feeling is lost, if a line rests on it."""

    limits: dict[str, str]
    numb: tuple[str, ...] = ()


class Request(Struct, frozen=True, tag="request", tag_field="letter"):
    """All that the page says. `known`: what the lines rest on, each with its origin. `hard`: how hard, where; `shut`:
    what waits for the answer, and what stays shut.

    `stops`: titles of hard stops that hold at present; no answer lifts them. `valid_days`: the longest that an answer
    may count. `consent`: the day the client agreed to share, or None: the page then has a place to sign.
    """

    clinic: Clinic
    sender: Therapist
    to: Recipient
    client: Client
    on: dt.date
    why: str
    known: tuple[str, ...]
    plan: Plan
    hard: tuple[HowHard, ...]
    shut: tuple[Shut, ...]
    meanwhile: str
    items: tuple[ItemAsked, ...]
    also: tuple[Question, ...]
    marked: Marked
    until: dt.date
    valid_days: int
    reply: Reply
    consent: dt.date | None
    stops: tuple[str, ...]
    made: Made


def request(
    screening: Screening,
    knowledge: Knowledge,
    plan: Outline | None,
    *,
    clinic: Clinic,
    sender: Therapist,
    to: Recipient,
    client: Client,
    why: str,
    reply: Reply,
    consent: dt.date | None,
    as_of: dt.date | None = None,
    rhythm: str = "",
) -> Request:
    """The request for one person. `plan`: the outline that is meant, or None: then the limits alone are said.

    Raises InputError where no rule that a clinician can open has fired: there is nothing to ask.
    """
    lines = raised(screening, knowledge)
    if not lines:
        raise InputError("No rule that a clinician's answer could open has fired, so there is nothing to ask.")
    asking = {rule.id for line in lines for rule in line.rules}
    results = tuple(one for one in screening.rules if one.id in asking and one.state == "fired")
    days = _valid_days(screening)
    on = as_of or screening.as_of
    known, marked = known_lines(results, knowledge, screening.as_of), _marked(screening, results)
    meant = plan_of(plan, screening, knowledge, rhythm)
    levels, shut = hard(plan, screening, knowledge), closed(screening, knowledge)
    return Request(
        clinic=clinic,
        sender=sender,
        to=to,
        client=client,
        on=on,
        why=why,
        known=known,
        plan=meant,
        hard=levels,
        shut=shut,
        meanwhile=meanwhile(screening, asking),
        items=lines,
        also=worth_asking(screening, knowledge),
        marked=marked,
        until=on + dt.timedelta(days=days),
        valid_days=days,
        reply=reply,
        consent=consent,
        stops=tuple(one.title for one in screening.rules if _stops(one, knowledge)),
        made=made_of(
            sender.name,
            on,
            screening.knowledge,
            fact_ids(results),
            clinic,
            sender,
            to,
            consent,
            client,
            why,
            known,
            meant,
            levels,
            shut,
            lines,
            marked,
        ),
    )


def _valid_days(screening: Screening) -> int:
    for rule in screening.rules:
        for one in rule.facts:
            recent = isinstance(one.value, dt.date) and (screening.as_of - one.value).days <= CHEMO_DAYS
            if one.fact in CHEMO and recent:
                return VALID_DAYS_CHEMO
    return VALID_DAYS


def _marked(screening: Screening, results: tuple[RuleResult, ...]) -> Marked:
    limits = {region: class_of(limit.pressure, excluded=limit.excluded) for region, limit in screening.limits.items()}
    rests = any(one.fact in _NUMB for rule in results for one in rule.facts)
    return Marked(limits, screening.numb if rests else ())


def _stops(one: RuleResult, knowledge: Knowledge) -> bool:
    return one.state == "fired" and one.hard_stop and not knowledge.rules[one.id].until
