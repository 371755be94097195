"""Heat and cold: how long this thing may lie on this place of this person, or why not; with the clock to start.

Everything is in the address, as plain links and one small form: `what`, `reading`, `place`, `side`, and `record`, the
key of an open record. Without a record nothing is opened for anybody; the sums are shown for skin that feels.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from msgspec import Struct, structs

from afferent.body.regions import AREA, SIDES, cover
from afferent.errors import InputError
from afferent.knowledge import Knowledge, load
from afferent.page.charts import figure
from afferent.page.heat import times, warming
from afferent.page.icons import icon
from afferent.page.markup import EMPTY, Html
from afferent.page.why import source as cited
from afferent.page.why import strength
from afferent.physiology.heat.limit import ThermalLimit, limit
from afferent.physiology.heat.reading import celsius
from afferent.physiology.heat.source import HEAT_SOURCES, HeatSource, heat_source, reached
from afferent.physiology.heat.tissue import site_of
from afferent.safety.screening import Cited
from afferent.web.clinics.access import one_record
from afferent.web.physiology.places import PLACES, region_of
from afferent.web.screening.opened import Opened, last_opened, opened
from afferent.web.screening.views.result import gone
from afferent.words.dates import day
from afferent.words.headline import headline
from afferent.words.vocabulary import capital, listed, sentence
from afferent.words.warmth import CLOCKS, OWN, burn_series, clock, verdict

READINGS: Final = {"heat": ("36", "37", "38", "39", "40"), "cold": ("15", "18", "20", "25")}
LOOK_EVERY: Final = 120  # seconds between two looks at the skin
_ASKED: Final = 12  # questions shown; the screening shows them all
_TO_CHOOSE: Final = {"what": "what", "place": "where", "side": "left or right"}


class Asked(Struct, frozen=True):
    """What the address asks for."""

    what: str = ""
    reading: str = ""
    place: str = ""
    side: str = ""
    record: str = ""

    def link(self, on: str = "", **change: str) -> str:
        """The same page with something changed; until all is chosen it goes on to what is chosen next, `on`."""
        new = structs.replace(self, **change)
        every = {key: value for key, value in structs.asdict(new).items() if value}
        to = "" if new.complete or not on else f"#{on if new.what else 'what'}"
        return f"{reverse('heat')}?{urlencode(every)}{to}"

    @property
    def missing(self) -> str:
        """What is still to be chosen, as a sentence."""
        open_ = [word for key, word in _TO_CHOOSE.items() if not getattr(self, key)]
        return "Choose what, where and how warm." if len(open_) == 3 else f"Still to choose: {listed(open_)}."

    @property
    def complete(self) -> bool:
        return bool(self.what and self.place and self.side)


@require_safe
@one_record
def show(request: HttpRequest) -> HttpResponse:
    """The page."""
    asked = Asked(*(request.GET.get(key, "").strip() for key in Asked.__struct_fields__))
    one = opened(request, asked.record) if asked.record else None
    if asked.record and one is None:
        return gone(request)
    context: dict[str, Any] = {"asked": asked, "fault": "", "turn": icon("open", "turn"), "missing": asked.missing}
    try:
        if asked.what:
            context["source"] = heat_source(asked.what)
        if asked.complete:
            context |= _shown(asked, one, load())
    except InputError as error:
        context["fault"] = sentence(str(error))
    context |= _choices(asked) | _whose(request, asked, one)
    return render(request, "physiology/heat.html", context, status=400 if context["fault"] else 200)


def _shown(asked: Asked, one: Opened | None, knowledge: Knowledge) -> dict[str, Any]:
    source, region = heat_source(asked.what), region_of(asked.place, asked.side)
    reading = celsius(asked.reading) if asked.reading else None
    screening = None if one is None else one.screening(knowledge)
    found = limit(source, region, screening, reading, knowledge=knowledge)
    said = verdict(found)
    return {
        "found": found,
        "said": said,
        "shape": icon(said.shape, "shape"),
        "look_every": LOOK_EVERY,
        "skin": f"{asked.record} {' '.join(cover(reached(source, AREA[region])))}",
        "closed": [_reason(rule.rule, rule.says, knowledge) for rule in found.closed],
        "questions": [knowledge.facts[fact].ask for fact in found.ask[:_ASKED]],
        "more_questions": len(found.ask) - _ASKED,
        "clocks": [_clock(bound, knowledge) for bound in found.clocks],
        "numb": any(rule.rule == "NUMB" for rule in found.closed),
        "series": [(seen.says, _link(seen.source, knowledge)) for seen in burn_series()],
        "charts": _charts(source, region, found),
    }


def _reason(rule: str, says: str, knowledge: Knowledge) -> dict[str, Any]:
    own = knowledge.rules.get(rule)
    return {
        "title": own.title if own else OWN[rule],
        "says": says,
        "rule": rule if own else "",
        "strength": strength(own.strength) if own else EMPTY,
    }


def _clock(bound: Any, knowledge: Knowledge) -> dict[str, Any]:
    return {
        "title": capital(CLOCKS[bound.kind]),
        "time": clock(bound.seconds),
        "says": bound.says,
        "sources": [_link(key, knowledge) for key in bound.sources],
    }


def _link(key: str, knowledge: Knowledge) -> Html:
    one = knowledge.sources[key]
    return cited(Cited(one.id, one.title, one.url))


def _charts(source: HeatSource, region: str, found: ThermalLimit) -> list[Html]:
    """For heat only: there is no model of cold."""
    if source.does == "cold" or found.celsius is None or found.warmest is None:
        return []
    drawn = [figure(times(found.warmest, found.celsius, found.seconds), "times")]
    if found.allowed:
        drawn.append(figure(warming(source, found.celsius, site_of(region)), "warming"))
    return drawn


def _choices(asked: Asked) -> dict[str, Any]:
    """Everything that can be chosen, as links."""
    does = HEAT_SOURCES[asked.what].does if asked.what in HEAT_SOURCES else "heat"
    return {
        "things": {
            title: [
                (capital(one.title), asked.link("reading", what=one.id, reading=""), one.id == asked.what)
                for one in HEAT_SOURCES.values()
                if one.does == kind
            ]
            for kind, title in (("heat", "Warm"), ("cold", "Cold"))
        },
        "readings": [(c, asked.link("place", reading=c), c == asked.reading) for c in READINGS[does]],
        "unmeasured": (asked.link("place", reading=""), asked.complete and not asked.reading),
        "other": asked.reading if asked.reading not in READINGS[does] else "",
        "sides": [(capital(side), asked.link("place", side=side), side == asked.side) for side in SIDES],
        "groups": [
            (
                heading,
                [(label, asked.link("place", place=key), key == asked.place) for key, (label, _) in places.items()],
            )
            for heading, places in PLACES.items()
        ],
    }


def _whose(request: HttpRequest, asked: Asked, one: Opened | None) -> dict[str, Any]:
    """Whose record it is; or the one opened last, to be chosen and never chosen by itself."""
    if one is not None:
        screening = one.screening(load())
        return {
            "person": one.title or "this client",
            "headline": headline(screening),
            "day": day(screening.as_of),
            "not_today": screening.as_of != dt.date.today(),
        }
    last = last_opened(request)
    return {"last": {"title": last[1], "link": asked.link(record=last[0])}} if last else {}
