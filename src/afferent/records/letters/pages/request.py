"""The page of a request. What may be shortened is the background, in a declared order; a question never is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from afferent.body.limit_classes import LIMIT_CLASSES
from afferent.body.regions import WHOLE, area
from afferent.records.letters.figure import body_map, code, sample, squares_of
from afferent.records.letters.items import ItemAsked, Question
from afferent.records.letters.pages.parts import (
    LINE,
    LONG,
    NAME,
    day,
    head,
    how_hard,
    left_alone,
    made,
    missing,
    person,
    recipient,
    sender,
)
from afferent.records.letters.request import Request
from afferent.records.letters.text import printable, sentence
from afferent.words.letters import say, texts
from afferent.words.places import phrase
from afferent.words.vocabulary import LEVELS, capital, level, listed

# What gives way first: size in points, statements kept, lines to write on, height of the map in millimetres, whether
# the questions that no rule raised stay, and whether places are only referred to on the map. The first setting that
# fits the page is taken. Below 9 points nothing goes; the lines that then do not fit become a request of their own.
FITS: Final = (
    (10.5, 40, 4, 66, True, False), (10.5, 40, 3, 66, True, False), (10.5, 40, 2, 66, True, False),
    (10, 40, 2, 64, True, False), (9.5, 40, 2, 60, True, False), (9, 40, 2, 58, True, False),
    (9, 14, 2, 56, True, False), (9, 9, 2, 54, True, False), (9, 6, 1, 52, True, False), (9, 6, 1, 48, True, True),
    (9, 4, 1, 44, False, True), (9, 2, 1, 38, False, True),
)  # fmt: skip
_MAPS: Final = (60, 44)  # millimetres for which the map is drawn; shown a little larger or smaller, its hatching too
_SQUARE: Final = 0.78  # millimetres: three dots of a fax
_ALSO: Final = 3
_PLACES: Final = 12  # of the plan; fewer where room is short
_FEW: Final = 6
_OVERALL: Final = (("nothing_found", ""), ("adapt", "adapt_rest"), ("inadvisable", "inadvisable_rest"))
_RHYTHM: Final = 90
_BOX: Final = 40  # letters beside a box
_UNITS: Final = {"10*3/uL": "10³/µL", "/uL": "per µL", "1": ""}


def page(one: Request) -> dict[str, Any]:
    """Everything the template needs."""
    laid: dict[str, Any] = {
        "title": say("request_title"),
        "part": "",
        "parts": {"some": texts()["request_part"], "one": texts()["request_one"], "other": say("request_other")},
        "head": head(one.clinic),
        "to": recipient(one.to),
        "from": sender(one.sender),
        "date": day(one.on),
        "rows": [list(_rows(one, short=short)) for short in (False, True)],
        "known": {
            "label": say("known"),
            "lines": [printable(text, LINE) for text in one.known],
            "more": say("more", number="{}"),
        },
        "after": [list(_after(one, short=short)) for short in (False, True)],
        "map": _map(one),
        "answer": say("please_answer"),
        "question": say("question"),
        "may_this": say("may_this"),
        "boxes": [say("fine"), say("limit_to"), say("do_not")],
        "items": [_item(item, number) for number, item in enumerate(one.items, 1)],
        "also": {"label": say("also"), "lines": [_asked(ask) for ask in one.also[:_ALSO]]},
        "scale": say("limit_scale", levels=" · ".join(map(level, range(len(LEVELS))))),
        "overall": say("overall"),
        "three": [[say(bold), say(rest) if rest else ""] for bold, rest in _OVERALL],
        "anything": say("anything"),
        "sign": [say("name_and_role"), say("signature"), say("date")],
        "valid": [say("valid_until", day=day(one.until)), say("valid_rest"), say("valid_ends")],
        "release": say("release_signed", day=day(one.consent)) if one.consent else "",
        "release_open": "" if one.consent else say("release_open"),
        "information": say("information"),
        "made": made(one.made),
        "reply": _reply(one),
        "page": texts()["page"],
        "fits": FITS,
    }
    laid["missing"] = missing(laid)
    return laid


def _rows(one: Request, *, short: bool) -> Iterator[dict[str, Any]]:
    yield {"label": say("person"), "text": person(one.client)}
    why = sentence(printable(one.why, LINE // 2 if short else 2 * LINE))
    yield {"label": say("why_massage"), "text": f"{why} {say('no_repair')}".strip()}


def _after(one: Request, *, short: bool) -> Iterator[dict[str, Any]]:
    """What stands under what we know: the plan, how hard, and until then. `short`: places by their look on the map."""
    plan = [say("plan_minutes", minutes=one.plan.minutes, rhythm=one.plan.rhythm[:_RHYTHM])]
    most = _FEW if short else _PLACES
    if one.plan.places:
        more = [say("more", number=len(one.plan.places) - most)] if len(one.plan.places) > most else []
        plan.append(say("plan_places", places="; ".join([*one.plan.places[:most], *more])))
    else:
        plan.append(say("plan_open"))
    if one.plan.positions:
        plan.append(say("not_lying", positions=listed(one.plan.positions, "or")))
    heat = say("some_heat") if one.plan.warm else say("no_heat")
    yield {"label": say("plan"), "text": printable(" ".join(plan), 2 * LINE), "strong": heat}
    yield {
        "label": say("how_hard"),
        "text": how_hard(one.hard, short=short),
        "strong": left_alone(one.shut, short=short),
    }
    yield {"label": say("meanwhile"), "text": printable(one.meanwhile, 2 * LINE), "strong": ""}


def _map(one: Request) -> dict[str, Any]:
    limits = tuple(sorted(one.marked.limits.items()))
    used = {cls for _, cls in limits} | ({"none"} if area(region for region, _ in limits) != WHOLE else set())
    legend = [
        {"svg": sample(kind.key), "text": f"{say(f'look_{kind.key}')}: {_limit(kind.key)}"}
        for kind in LIMIT_CLASSES
        if kind.key in used
    ]
    said = "; ".join(
        f"{_limit(kind.key)}: {phrase(bits, spans=False)}"
        for kind in LIMIT_CLASSES
        if kind.key != "none" and (bits := area(region for region, cls in limits if cls == kind.key))
    )
    return {
        "svg": [body_map(limits, one.marked.numb, high) for high in _MAPS],
        "alt": printable(say("map_alt", said=capital(said)), LONG),
        "legend": legend,
        "numb": say("map_numb") if one.marked.numb else "",
        "right": say("your_right"),
        "left": say("your_left"),
        "front": say("front"),
        "back": say("back"),
    }


def _limit(key: str) -> str:
    return say(f"map_{key}") if key in ("off", "none") else level(int(key))


def _item(item: ItemAsked, number: int) -> dict[str, Any]:
    plan = []
    if item.planned is not None:
        plan.append(say("if_fine", level=level(item.planned)))
    if item.ceiling is not None and item.ceiling != item.planned:
        plan.append(say("no_further", level=level(item.ceiling)))
    return {
        "number": str(number),
        "title": printable(item.title, LINE),
        "plan": " ".join(plan),
        "asks": [_asked(one) for one in item.questions],
        "level": item.level,
    }


def _asked(one: Question) -> dict[str, Any]:
    return {
        "text": printable(one.text, LINE),
        "boxes": [printable(box, _BOX) for box in one.boxes],
        "write": one.written or ("" if one.boxes else "words"),
        "unit": _UNITS.get(one.unit, one.unit) if one.written == "number" else "",
        "date": say("date_written"),
    }


def _reply(one: Request) -> dict[str, Any]:
    reply = one.reply
    ways = []
    if reply.fax:
        ways.append(say("reply_fax", number=reply.fax))
    if reply.phone:
        ways.append(say("reply_phone", number=reply.phone))
    if reply.address:
        ways.append(say("reply_post", address=", ".join(reply.address)))
    return {
        "label": say("reply_by"),
        "link": printable(reply.link, LINE),
        "href": reply.link if _plain(reply.link) else "",
        "ways": [printable(way, NAME + 40) for way in ways],
        "qr": code(reply.link) if reply.link else "",
        "side": squares_of(reply.link) * _SQUARE if reply.link else 0,
        "alt": say("qr_alt"),
    }


def _plain(link: str) -> bool:
    """May this be opened from the page? Only an address of the web, and nothing that hides in one."""
    return link.startswith("https://") and link.isascii() and link.isprintable() and " " not in link
