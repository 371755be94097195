"""The stroke: seconds for one, what is known of its speed there, and for an open record where it may be done.

Everything is in the address, as plain links: `place`, `speed`, `length`, and `record`, the key of an open record. A
place that the effective limits close for this person gets no metronome.
"""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from msgspec import Struct, structs

from afferent.body.names import name
from afferent.body.regions import AREA, SIDES
from afferent.errors import InputError
from afferent.knowledge import load
from afferent.knowledge.model import Source
from afferent.page.elsewhere import STILL, allowed, rows
from afferent.page.icons import icon
from afferent.page.why import strength
from afferent.physiology.touch import Finding, Held, Stroke, beside_and_above, finding, stroke
from afferent.web.clinics.access import one_record
from afferent.web.physiology.places import KEYS, PLACES, place
from afferent.web.screening.opened import Opened, last_opened, opened
from afferent.web.screening.views.result import gone
from afferent.words import stroke as words
from afferent.words.headline import headline
from afferent.words.places import regions_phrase
from afferent.words.vocabulary import capital, sentence

SPEEDS: Final = (("1", "very slow"), ("3", "slow, the middle"), ("5", "slow"), ("10", "the quick end"))
LENGTHS: Final = ("10", "20", "30", "40")
QUICKEST: Final = 1.0  # seconds; whatever is quicker would flicker on the screen
STEPS: Final = ("brush", "light_first", "while_on", "near_helps")
_USUAL: Final = "3"
_NUMBER: Final = 12  # characters of a number worth reading


class Asked(Struct, frozen=True):
    """What the address asks for."""

    place: str = ""
    speed: str = _USUAL
    length: str = ""
    record: str = ""

    def link(self, **change: str) -> str:
        """The same page with something changed."""
        every = {"place": self.place, "speed": self.speed, "length": self.length, "record": self.record} | change
        return f"{reverse('stroke')}?{urlencode({key: value for key, value in every.items() if value})}"


@require_safe
@one_record
def show(request: HttpRequest) -> HttpResponse:
    """The page."""
    asked = Asked(*(request.GET.get(key, default).strip() for key, default in _DEFAULTS.items()))
    one = opened(request, asked.record) if asked.record else None
    if asked.record and one is None:
        return gone(request)
    context: dict[str, Any] = {"asked": asked, "fault": "", "label": KEYS.get(asked.place, ("",))[0], **_choices(asked)}
    context |= {"steps": [(finding(step), _read_in(finding(step))) for step in STEPS], "ask": icon("ask")}
    if one is None:
        context["last"] = _last(request, asked)
    try:
        if asked.place:
            context |= _shown(asked)
    except InputError as error:
        context["fault"] = sentence(str(error))
    if one is not None:
        context |= _for(one, asked)
    return render(request, "physiology/stroke.html", context, status=400 if context["fault"] else 200)


_DEFAULTS: Final = {"place": "", "speed": _USUAL, "length": "", "record": ""}


def _shown(asked: Asked) -> dict[str, Any]:
    """The stroke itself, in words."""
    region = place(asked.place)[1]
    one = stroke(_on(region, SIDES[0]), _number(asked.speed), _number(asked.length) if asked.length else None)
    return {
        "stroke": one,
        "seconds": words.how_long(one),
        "per_minute": words.how_many(one),
        "measured": words.measured(one),
        "along": words.along(one),
        "known": words.known(one),
        "read_in": _read_in(words.known(one)),
        "drawn_by_us": strength("N") if one.length_from == "drawing" else "",
        "beat": _beat(one),
        "count": round(one.seconds),
    }


def _read_in(one: Finding) -> list[Source]:
    return [load().sources[key] for key in one.sources]


def _beat(one: Stroke) -> str:
    """Seconds for the metronome; empty where it would flicker."""
    return f"{one.seconds:.3f}" if one.seconds >= QUICKEST else ""


def _for(one: Opened, asked: Asked) -> dict[str, Any]:
    """What holds for the person whose record is open."""
    screening = one.screening(load())
    found, held = beside_and_above(screening), Held(screening)
    known = Held(structs.replace(screening, effective=screening.limits))
    sides, closed = _sides(asked, held, known), asked.place in KEYS and not _open_here(asked, held)
    return {
        "person": one.title or "this client",
        "headline": headline(screening),
        "ask_first": screening.ask_first,
        "affected": regions_phrase(found.affected),
        "elsewhere": rows(found) if found.places else "",
        "our_order": strength("N"),
        "sides": sides,
        "closed_here": closed,
        "waits_here": closed and any(side["until"] for side in sides),
    }


def _sides(asked: Asked, held: Held, known: Held) -> list[dict[str, Any]]:
    """The chosen place, left and right, as this person's limits have it."""
    region = place(asked.place)[1] if asked.place in KEYS else ""
    return [_side(_on(region, side), held, known) for side in SIDES if region]


def _side(region: str, held: Held, known: Held) -> dict[str, Any]:
    limit = held.at(AREA[region])
    return {
        "title": capital(name(region)),
        "limit": allowed(limit),
        "still": STILL if limit.pressure and not limit.moving else "",
        "until": not limit.pressure and bool(known.at(AREA[region]).pressure),
        "numb": bool(limit.pressure and AREA[region] & held.numb),
    }


def _open_here(asked: Asked, held: Held) -> bool:
    """May a stroke move on either side?"""
    limits = [held.at(AREA[_on(KEYS[asked.place][1], side)]) for side in SIDES]
    return any(limit.pressure and limit.moving for limit in limits)


def _choices(asked: Asked) -> dict[str, Any]:
    """Everything that can be chosen, as links."""
    groups = [
        (heading, [(label, asked.link(place=key, length=""), key == asked.place) for key, (label, _) in places.items()])
        for heading, places in PLACES.items()
    ]
    return {
        "groups": groups,
        "speeds": [(cm, say, asked.link(speed=cm), cm == asked.speed) for cm, say in SPEEDS],
        "drawn": (asked.link(length=""), not asked.length),
        "lengths": [(cm, asked.link(length=cm), cm == asked.length) for cm in LENGTHS],
        "other_length": asked.length if asked.length not in LENGTHS else "",
    }  # fmt: skip


def _last(request: HttpRequest, asked: Asked) -> dict[str, str] | None:
    """The record opened last in this browser, to be chosen and never chosen by itself."""
    last = last_opened(request)
    return {"title": last[1], "link": asked.link(record=last[0])} if last else None


def _on(region: str, side: str) -> str:
    return region.replace(".S", f".{side}")


def _number(text: str) -> float:
    """A number as people write it. Raises InputError."""
    try:
        return float(text[:_NUMBER].replace(",", "."))
    except ValueError:
        raise InputError(f"“{text[:_NUMBER]}” is no number: write centimetres, such as 28") from None
