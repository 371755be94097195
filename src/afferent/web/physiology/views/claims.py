"""The claims we do not make: each with what studies found against and for it, and what is said instead."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from afferent.knowledge import load
from afferent.knowledge.model import Claim, Evidence
from afferent.page.icons import icon
from afferent.page.markup import EMPTY, Html
from afferent.page.why import source
from afferent.safety.screening import Cited
from afferent.web.clinics.access import everybody
from afferent.words.claims import ABOUT, OPENING, how_certain, in_short, rests_on, said_instead


@require_safe
@everybody
def claims(request: HttpRequest) -> HttpResponse:
    """All of them, those about an effect first."""
    groups = [
        (about, title, [_shown(claim) for claim in load().claims.values() if claim.about == about])
        for about, title in ABOUT.items()
    ]
    return render(
        request, "physiology/claims.html", {"opening": OPENING, "groups": groups, "turn": icon("open", "turn")}
    )


def _shown(claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "title": claim.title,
        "short": in_short(claim),
        "instead": said_instead(claim),
        "why": claim.why,
        "certain": how_certain(claim),
        "default": claim.strength == "N",
        "rests_on": rests_on(claim),
        "sides": [("Against", _looked_up(claim.against)), ("For", _looked_up(claim.support))],
    }


def _looked_up(evidence: tuple[Evidence, ...]) -> list[tuple[str, Html]]:
    """What was found, with its source as a link; without one the text itself says that none was found."""
    return [(one.says, _link(one.source) if one.source else EMPTY) for one in evidence]


def _link(key: str) -> Html:
    cited = load().sources[key]
    return source(Cited(cited.id, cited.title, cited.url))
