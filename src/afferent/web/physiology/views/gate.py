"""Why touch can quiet pain, and why not on the numb part: a published model to play with. About nobody.

`left` (touch fibres left, in per cent), `rub` and `pain` (pain fibres left) are in the address, as plain links.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe
from msgspec import Struct, structs

from afferent.knowledge import load
from afferent.page.charts import figure
from afferent.page.gate import failure, raster, signal
from afferent.page.markup import Html
from afferent.page.why import source
from afferent.physiology.gate.experiments import Scene, rubbed
from afferent.safety.screening import Cited
from afferent.web.clinics.access import everybody
from afferent.words.gate import SOURCES, WRONG, outcome

TOUCH_LEFT: Final = {
    "100": "all",
    "75": "three quarters",
    "60": "six in ten",
    "50": "half",
    "25": "a quarter",
    "0": "none",
}
RUBS: Final = {"yes": "Rub", "no": "Do not rub"}
PAIN_LEFT: Final = {"100": "all", "75": "three quarters"}


class Asked(Struct, frozen=True):
    """What the address asks for; anything else counts as healthy and rubbed."""

    left: str = "100"
    rub: str = "yes"
    pain: str = "100"

    def link(self, **change: str) -> str:
        return f"{reverse('gate')}?{urlencode(structs.asdict(structs.replace(self, **change)))}"

    @property
    def rubbing(self) -> bool:
        return self.rub == "yes"


@require_safe
@everybody
def show(request: HttpRequest) -> HttpResponse:
    """The page."""
    asked = _asked(request)
    context: dict[str, Any] = {
        "said": outcome(int(asked.left), asked.rubbing, int(asked.pain)),
        "charts": _charts(asked),
        "wrong": WRONG,
        "sources": [_link(key) for key in SOURCES],
        "touch": [(words, asked.link(left=key), key == asked.left) for key, words in TOUCH_LEFT.items()],
        "rubs": [(words, asked.link(rub=key), key == asked.rub) for key, words in RUBS.items()],
        "pains": [(words, asked.link(pain=key), key == asked.pain) for key, words in PAIN_LEFT.items()],
    }
    return render(request, "physiology/gate.html", context)


def _asked(request: HttpRequest) -> Asked:
    plain = Asked()
    left, rub, pain = (request.GET.get(key, "") for key in ("left", "rub", "pain"))
    return Asked(
        left if left in TOUCH_LEFT else plain.left,
        rub if rub in RUBS else plain.rub,
        pain if pain in PAIN_LEFT else plain.pain,
    )


@cache
def _charts(asked: Asked) -> tuple[Html, ...]:
    """The same for everybody, and few: each is worked out once."""
    scene = Scene(touch_lost=1 - int(asked.left) / 100, pain_lost=1 - int(asked.pain) / 100)
    scene = rubbed(scene) if asked.rubbing else scene
    here = int(asked.left) / 100 if asked.rubbing and asked.pain == "100" else None
    return (
        figure(raster(scene, asked.rubbing), "raster"),
        figure(signal(scene, asked.rubbing), "signal"),
        figure(failure(here), "failure"),
    )


def _link(key: str) -> Html:
    one = load().sources[key]
    return source(Cited(one.id, one.title, one.url))
