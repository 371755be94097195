"""Addresses of `consents`."""

from __future__ import annotations

urlpatterns: list = []
