"""Searching, without an account: three explained matches, the list after them, and a map beside it.

A search comes in the body of a form and is answered at once: nothing of it stands in an address, in a cookie or in the
database. Nothing is changed by it, so the form needs no token.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from msgspec.structs import replace

from afferent.directory.find import find
from afferent.directory.match import Matches, nearest
from afferent.directory.model import Therapist
from afferent.directory.needs import Needs
from afferent.directory.published import published
from afferent.directory.store import Directory
from afferent.directory.weighing import of_parts
from afferent.errors import InputError
from afferent.web.accounts.tries import address, count
from afferent.web.clinics.access import everybody
from afferent.web.directory import asking
from afferent.web.directory.map import Pin, drawn, rings
from afferent.web.directory.opened import with_directory
from afferent.web.directory.shown import away, match
from afferent.web.directory.where import Start, place

MOST = 120  # searches of one address, which may be a whole hospital
_WITHIN = 600  # seconds
_OFTEN = "Very many searches came from your network just now. Wait ten minutes, or call a clinic and ask there."
_AROUND = 30  # miles beyond the outer ring: a town is drawn at its first ZIP code, wherever the others lie
_KM_PER_DEGREE = 111.2
_SEEN = "training_seen"  # the word for it in questions.toml
_LITTLE = {1: "one of these", 2: "two of these", 3: "these three"}
_COUNTED = {1: "One who may suit you", 2: "Two who may suit you", 3: "Three who may suit you"}


def may_ask_where(response: HttpResponse) -> HttpResponse:
    """The page with the button "Use my position" may ask the device for it, and no other page may."""
    off = ("camera", "microphone", "payment", "usb", "interest-cohort")
    response["Permissions-Policy"] = ", ".join((*(f"{name}=()" for name in off), "geolocation=(self)"))
    return response


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@everybody
@with_directory
def search(request: HttpRequest, directory: Directory) -> HttpResponse:
    """The questions; and, once they are sent, the answer."""
    if request.method != "POST":
        return form(request, asking.Asked())
    if count(f"find:{address(request)}", _WITHIN) > MOST:
        return form(request, asking.Asked(), fault=_OFTEN, status=429)
    try:
        asked = asking.read(request.POST)
    except InputError as why:
        return form(request, asking.Asked(where=asking.plain(request.POST.get("where", ""))), fault=str(why))
    if "change" in request.POST:
        return form(request, asked)
    try:
        start = place(directory, asked.where)
    except InputError as why:
        return form(request, asked, fault=str(why), field="where")
    return may_ask_where(_answer(request, directory, asking.at(asked, start.text), start))


def form(
    request: HttpRequest, asked: asking.Asked, fault: str = "", field: str = "", status: int = 400, **more: Any
) -> HttpResponse:
    """The page with the questions. status: where there is a fault. more: whose screening asks for a training, and
    why.
    """
    shown = {"fault": fault, "field": field, **questions(asked), **more}
    return may_ask_where(render(request, "directory/search.html", shown, status=status if fault else 200))


def questions(asked: asking.Asked) -> dict[str, Any]:
    """The form, filled in."""
    tables = published()
    return {
        "asked": asked, "miles": [(one, one == asked.miles) for one in asking.MILES],
        "questions": [_question(name, asked) for name in tables.questions],
        "training": [tables.training[one] for one in asked.training],
        "carried": [one for one in asking.carried(asked) if one[0].startswith(("points_", "training"))],
        "points": {tables.parts[part]: many for part, many in of_parts(asking.tables(asked).lines).items()},
        "own_points": bool(asked.points),
    }  # fmt: skip


def _question(name: str, asked: asking.Asked) -> dict[str, Any]:
    """`one`: only one of its answers can be so."""
    of = published().questions[name]
    sets = [set(choice.sets) for choice in of.choices.values()]
    one = all(keys == {"per_week"} for keys in sets)
    choices = [(word, choice.says, word in asked.words) for word, choice in of.choices.items()]
    return {"id": name, "ask": of.ask, "choices": choices, "one": one}


def _answer(request: HttpRequest, directory: Directory, asked: asking.Asked, start: Start) -> HttpResponse:
    tables = asking.tables(asked)
    needs = asking.needs(asked, start, timezone.now().date())
    many = asking.MORE if "more" in request.POST else asking.LISTED
    found = find(directory, needs, shown=many, tables=tables)
    people = {one.id: known[0] for one in found.matches if (known := directory.get(one.id))}
    cards = [match(one, n, people[one.id]) for n, one in enumerate(found.matches, 1) if one.id in people]
    first, others = cards[: asking.SHOWN], cards[asking.SHOWN :]
    shown = {
        "start": start, "found": found, "first": first, "others": others, "reach": _reach(needs),
        "say": _COUNTED.get(len(first), ""), "little": _LITTLE.get(sum(one["untold"] for one in first), ""),
        "seen_only": "" if _SEEN in asked.words else _SEEN, "nobody": _nobody(found, start),
        "left": found.suitable - len(cards), "more": many < asking.MORE,
        "refused": [(one.count, one.says, away(one.nearest_km)) for one in found.refused],
        "map": _map(directory, start, found, people) if cards else None, "again": asking.carried(asked),
        "wider": _wider(asked) if not cards else None, **questions(asked),
    }  # fmt: skip
    return render(request, "directory/found.html", shown)


def _reach(needs: Needs) -> str:
    """Where those who suit are: within the own way, or they come."""
    if needs.at_home:
        return f"who may come to you, up to {away(needs.reach_km)} away"
    return f"within {away(needs.travel_km)}" + (", or who visit" if needs.reach_km > needs.travel_km else "")


def _nobody(found: Matches, start: Start) -> str:
    """The honest sentence, in miles."""
    if not found.nobody:
        return ""
    where = f"within {away(found.needs.reach_km if found.needs.at_home else found.needs.travel_km)} of {start.name}"
    if not found.looked_at:
        return f"We know of no massage therapist {where}."
    return f"We know of nobody suitable {where}. {found.looked_at} were looked at."


def _wider(asked: asking.Asked) -> list[tuple[str, str]] | None:
    """The same search, further."""
    further = next((miles for miles in asking.MILES if miles > asked.miles), None)
    return asking.carried(replace(asked, miles=further)) if further else None


def _map(directory: Directory, start: Start, found: Matches, people: dict[str, Therapist]) -> dict[str, Any]:
    outer = rings(max(one.km for one in found.matches))
    pins = []
    for number, one in enumerate(found.matches, 1):
        spot, _ = nearest(people[one.id], found.needs)
        if spot is not None:
            pins.append(Pin(number, spot.lat, spot.lon))
    high = (outer[1] + _AROUND) * asking.MILE_KM / _KM_PER_DEGREE
    wide = high * 2.5  # enough up to 66 degrees north
    towns = directory.around(start.lat - high, start.lat + high, start.lon - wide, start.lon + wide)
    return {"picture": drawn(start.lat, start.lon, pins, towns, outer), "rings": outer}
