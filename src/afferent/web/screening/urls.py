"""The pages of screening."""

from __future__ import annotations

from django.urls import path

from afferent.web.screening.views import knowledge, result, start

urlpatterns = [
    path("try", start.home, name="home"),
    path("intake", start.intake, name="intake"),
    path("invented/<slug:person>", start.invented, name="invented"),
    path("screen", result.screen, name="screen"),
    path("screen/<slug:key>", result.shown, name="shown"),
    path("screen/<slug:key>/answers", result.answers, name="answers"),
    path("screen/<slug:key>/report", result.report, name="report"),
    path("screen/<slug:key>/close", result.close, name="close"),
    path("rules", knowledge.rules, name="rules"),
    path("rules/<str:rule>", knowledge.rule, name="rule"),
    path("styleguide", knowledge.styleguide, name="styleguide"),
]
