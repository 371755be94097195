"""Addresses of `clinics`."""

from __future__ import annotations

urlpatterns: list = []
