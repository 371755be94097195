"""Addresses of `documents`."""

from __future__ import annotations

urlpatterns: list = []
