"""The address of a plan that is read by link. Only the link itself holds its secret."""

from __future__ import annotations

from django.urls import path

from afferent.web.outlines.views import door

urlpatterns = [path("p/<str:secret>", door.plan, name="plan")]
