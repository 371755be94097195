"""Addresses of `clients`."""

from __future__ import annotations

urlpatterns: list = []
