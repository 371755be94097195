"""Addresses of a client's outcome. A measure stands in them by its number only; `o/` is for clients, names nobody."""

from __future__ import annotations

from django.urls import path

from afferent.web.outcomes.views import agree, door, file, link, outcome, paper, scores

_OF = "clients/<uuid:client>/outcome/"

urlpatterns = [
    path(_OF, outcome.outcome, name="outcome"),
    path(f"{_OF}of/<int:number>", outcome.outcome, name="outcome_of"),
    path(f"{_OF}agree", agree.agree, name="agree"),
    path(f"{_OF}option/<int:number>", agree.option, name="outcome_option"),
    path(f"{_OF}scores", scores.scores, name="scores"),
    path(f"{_OF}scores/<uuid:score>", scores.score, name="score"),
    path(f"{_OF}ask/<int:number>", scores.ask, name="ask_score"),
    path(f"{_OF}sheet/<day:first>", paper.sheet, name="score_sheet"),
    path(f"{_OF}typed/<day:first>", paper.typed, name="typed_back"),
    path(f"{_OF}link", link.score_link, name="score_link"),
    path(f"{_OF}file", file.taken, name="scores_file"),
    path(f"{_OF}empty-table", file.empty, name="scores_template"),
    path(f"{_OF}bring", file.bring, name="scores_bring"),
    path("o/<str:secret>", door.today, name="own_scores"),
    path("o/<str:secret>/<int:number>", door.question, name="own_score"),
    path("o/<str:secret>/done", door.done, name="own_scores_done"),
]
