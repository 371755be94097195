"""How the score comes about, published; and how much each part shall count for whoever searches."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from afferent.directory.published import published
from afferent.directory.weighing import FACTORS, of_parts
from afferent.errors import InputError
from afferent.web.clinics.access import everybody
from afferent.web.directory import asking


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@everybody
def points(request: HttpRequest) -> HttpResponse:
    """Every line with its points, as published or as they were just chosen; a carried search goes on from here."""
    asked, fault = asking.Asked(), ""
    if request.method == "POST":
        try:
            asked = asking.read(request.POST)
        except InputError as why:
            fault = str(why)
    return render(request, "directory/points.html", _shown(asked, fault), status=400 if fault else 200)


def _shown(asked: asking.Asked, fault: str) -> dict[str, Any]:
    plain, tables = published(), asking.tables(asked)
    now = of_parts(tables.lines)
    parts = [
        {
            "id": part, "title": title, "points": now[part],
            "factors": [(factor, words, asked.points.get(part, 1) == factor) for factor, words in FACTORS.items()],
            "lines": [(line.title, line.points) for line in tables.lines.values() if line.part == part],
        }
        for part, title in plain.parts.items()
    ]  # fmt: skip
    carried = [one for one in asking.carried(asked) if not one[0].startswith("points_")]
    return {
        "parts": parts, "carried": carried, "fault": fault, "own": bool(asked.points), "searching": bool(asked.where),
        "declared": plain.declared, "unknown": plain.unknown, "training": plain.training.values(),
        "trained_for": [(one.title, one.why) for one in plain.training.values()],
    }  # fmt: skip
