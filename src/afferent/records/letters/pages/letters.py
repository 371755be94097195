"""The pages of the letters that tell: progress, urgent finding, thanks, discharge, necessity, receipt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from afferent.records.letters.course import Dose, Scores, Sessions, SkinFinding, highest_of
from afferent.records.letters.discharge import Discharge
from afferent.records.letters.figure import views_for
from afferent.records.letters.necessity import Necessity
from afferent.records.letters.pages.blocks import (
    Block,
    figures,
    letter,
    listing,
    notice,
    rows,
    signing,
    table,
    text,
)
from afferent.records.letters.pages.drawn import chart, marked
from afferent.records.letters.pages.parts import how_hard, left_alone
from afferent.records.letters.progress import Progress
from afferent.records.letters.receipt import Receipt, day_units
from afferent.records.letters.thanks import Thanks
from afferent.records.letters.urgent import How, Noticed, Urgent
from afferent.words.consents import long_day
from afferent.words.letters import say
from afferent.words.vocabulary import LEVEL_MEANING, capital, level, listed

_CHARTS: Final = 3
_ON_A_PAGE: Final = 16  # services of one page of a receipt
_COLUMNS: Final = ("service_date", "code", "minutes", "units", "fee")
_QUOTE: Final = 400  # letters of the client's own words
_NOTICED: Final[dict[Noticed, str]] = {
    "skin": "noticed_skin", "hot_foot": "noticed_hot_foot", "clot_signs": "noticed_clot_signs", "other": "",
}  # fmt: skip
_HOW: Final[dict[How, str]] = {"now": "urgent_now", "today": "urgent_today", "soon": "urgent_soon"}
_FELT: Final[dict[bool | None, str]] = {True: "felt_yes", False: "felt_no", None: "felt_unknown"}


def progress(one: Progress) -> dict[str, Any]:
    """Why, how often, what, scores, map, skin, events, the client's words, one question, the agreed rule."""
    dated = [(key, at) for key, at in (("map_then", one.then), ("map_now", one.now)) if at]
    views = views_for(region for _, at in dated for region in at.regions)
    maps = [marked(at, say(key, day=long_day(at.on)), views) for key, at in dated]
    blocks = [
        rows([(say("why_came"), one.why), (say("sessions"), _sessions(one.sessions))], most=500),
        *_done(one.doses),
        *_scores(one.scores),
        figures(say("map_then_now" if len(maps) > 1 else "map_one"), maps),
        _skin(one.skin, one.looks),
        listing(say("events"), one.events, say("events_none")),
        rows([(say("own_words"), f"“{one.own_words.strip()}”" if one.own_words.strip() else "")], most=_QUOTE),
        rows([(say("agreed_rule"), _rule(one.rule, one.verdict)), (say("onward"), one.onward)], most=500),
        rows([(say("one_question"), one.question)], most=_QUOTE),
        signing(say("signature"), say("date")),
    ]
    return letter(one, "progress_title", blocks, [say("chance"), say("not_diagnosis")])


def _rule(rule: str, verdict: str) -> str:
    said = [say("agreed", rule=rule)] if rule else []
    return "\n".join([*said, *([say("now_is", verdict=verdict)] if verdict else [])])


def _sessions(one: Sessions) -> str:
    if not one.done or one.first is None or one.last is None:
        return say("sessions_none") if not one.done else str(one.done)
    key = "sessions_done" if one.planned is None else "sessions_of"
    return say(key, done=one.done, planned=one.planned, first=long_day(one.first), last=long_day(one.last))


def _done(doses: Sequence[Dose]) -> Iterator[Block | None]:
    highest = highest_of(doses)
    said = [
        say("dose", place=capital(one.place), work=one.work, level=level(one.level), minutes=one.minutes)
        for one in doses
    ]
    yield listing(say("work_done"), said)
    if highest is not None:
        yield rows([(say("how_hard"), say("highest", level=level(highest), meaning=LEVEL_MEANING[highest]))])


def _scores(scores: Sequence[Scores]) -> Iterator[Block | None]:
    shown = [one for one in scores if one.points]
    yield figures(say("scores"), [chart(one) for one in shown[:_CHARTS]])
    rest = [
        say("score_one", title=one.title, last=f"{one.points[-1][1]:g}", last_day=long_day(one.points[-1][0]))
        for one in shown[_CHARTS:]
    ]
    yield listing(say("scores"), rest)


def _skin(found: Iterable[SkinFinding], looks: int) -> Block | None:
    ordered = sorted(found, key=lambda one: (one.felt is not False, one.on), reverse=False)
    said = [
        f"{say('found_not_felt' if one.felt is False else 'found_felt')}: {one.what}, {one.place}, {long_day(one.on)}"
        for one in ordered
    ]
    return listing(say("skin_findings"), said, say("skin_none", count=looks) if looks else say("skin_not_looked"))


def urgent(one: Urgent) -> dict[str, Any]:
    """What was noticed, where, when, whether it was felt, what was done, and the request to look."""
    noticed = say(_NOTICED[one.noticed]) if _NOTICED[one.noticed] else ""
    please = say("please", place=one.place) if one.place else say("please_all")
    phone = one.sender.phone or one.clinic.phone
    blocks = [
        notice(say(_HOW[one.how])),
        rows(
            [
                (say("i_noticed"), "\n".join(part for part in (noticed, one.more) if part)),
                (say("where"), one.place),
                (say("when_seen"), f"{long_day(one.seen)}{f', {one.time}' if one.time else ''}"),
                (say("felt"), say(_FELT[one.felt])),
            ],
            most=900,
        ),
        listing(say("also_known"), one.known),
        listing(say("what_i_did"), one.did),
        rows([(say("told_client"), one.told)], most=500),
        text(please, strong=True),
        text(say("reach_me", phone=phone)) if phone else None,
        signing(say("signature"), say("date")),
    ]
    return letter(one, "urgent_title", blocks, [say("not_diagnosis")])


def thanks(one: Thanks) -> dict[str, Any]:
    """When we met, the plan, its limits, when we write again."""
    plan = [say("plan_minutes", minutes=one.plan.minutes, rhythm=one.plan.rhythm)]
    if one.plan.places:
        plan.append(say("plan_places", places="; ".join(one.plan.places[:12])))
    if one.plan.positions:
        plan.append(say("not_lying", positions=listed(one.plan.positions, "or")))
    plan.append(say("some_heat") if one.plan.warm else say("no_heat"))
    blocks = [
        text(say("thanks_first", client=one.client.name, day=long_day(one.met))),
        rows(
            [
                (say("thanks_plan"), " ".join(plan)),
                (say("thanks_limits"), f"{how_hard(one.hard)} {left_alone(one.shut)}"),
            ]
        ),
        rows([(say("thanks_next"), f"{say('thanks_report', visits=one.report_after)} {say('thanks_ask')}")]),
        signing(say("signature"), say("date")),
    ]
    return letter(one, "thanks_title", blocks, [say("no_repair")])


def discharge(one: Discharge) -> dict[str, Any]:
    """Why it ends, what was done, what it came to, what was advised."""
    blocks = [
        rows([(say("discharge_reason"), one.reason), (say("sessions"), _sessions(one.sessions))], most=500),
        rows([(say("result"), one.result)], most=500),
        *_done(one.doses),
        *_scores(one.scores),
        _skin(one.skin, one.looks),
        listing(say("events"), one.events, say("events_none")),
        listing(say("advice_given"), one.advice),
        text(say("come_back")),
        signing(say("signature"), say("date")),
    ]
    return letter(one, "discharge_title", blocks, [say("chance"), say("not_diagnosis")])


def necessity(one: Necessity) -> dict[str, Any]:
    """A draft: what only a clinician can state is theirs, or a line to fill."""
    blank = say("to_fill")
    blocks = [
        notice(say("necessity_draft")),
        rows(
            [
                (say("condition"), one.condition or blank),
                (say("condition_code"), one.code or blank),
                (say("impairment"), one.impairment or blank),
                (say("goal"), one.goal or blank),
                (say("why_this"), f"{one.why} {say('no_repair')}"),
                (say("frequency"), one.frequency or blank),
                (say("duration"), one.duration or blank),
                (say("progress_so_far"), one.progress),
            ],
            most=500,
        ),
        listing(say("evidence_line"), one.studies),
        signing(say("clinician_signs")),
        signing(say("therapist_signs"), say("date")),
    ]
    return letter(one, "necessity_title", blocks)


def receipt(one: Receipt) -> list[dict[str, Any]]:
    """Services with minutes and units, payments, what is open. Nothing is left out: many services are several pages."""
    cells = list(_services(one))
    parts = [cells[n : n + _ON_A_PAGE] for n in range(0, len(cells), _ON_A_PAGE)] or [[]]
    return [
        letter(
            one,
            "receipt_title",
            _receipt(one, part, last=number == len(parts)),
            [say("units_rule"), say("codes_entered")],
            page=(number, len(parts)),
        )
        for number, part in enumerate(parts, 1)
    ]


def _services(one: Receipt) -> Iterator[list[str]]:
    counted, shown = day_units(one.services), set[tuple[object, str]]()
    for each in one.services:
        key = (each.on, each.code)
        units = "" if not each.timed or key in shown else str(counted[key]) if counted[key] else say("too_short")
        shown.add(key)
        code = f"{each.code} {each.words}".strip()
        yield [long_day(each.on), code, str(each.minutes), units, _money(each.fee, one.currency)]


def _receipt(one: Receipt, cells: list[list[str]], *, last: bool) -> Iterator[Block | None]:
    yield text(say("receipt_number", number=one.number), strong=True)
    yield rows(
        [
            (say("diagnosis"), ", ".join(one.diagnosis)),
            (say("referrer"), one.referrer),
            (say("provider_id"), one.provider),
            (say("tax_id"), one.tax),
        ],
        most=200,
    )
    yield table("", [say(key) for key in _COLUMNS], cells, right=(2, 3, 4))
    if not last:
        return
    paid = [
        say(
            "paid_how", amount=_money(each.amount, one.currency), day=long_day(each.on), how=each.how or say("not_said")
        )
        for each in one.payments
    ]
    yield rows([(say("total"), _money(one.total, one.currency))])
    yield listing(say("paid"), paid, _money(0, one.currency))
    yield rows([(say("paid"), _money(one.paid, one.currency))]) if len(paid) > 1 else None
    yield text(f"{say('balance')}: {_money(one.total - one.paid, one.currency)}", strong=True)
    yield signing(say("signature"), say("date"))


def _money(amount: int, currency: str) -> str:
    sign = "−" if amount < 0 else ""
    return f"{sign}{abs(amount) / 100:,.2f} {currency}"
