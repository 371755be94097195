"""TEMPORARY until the notes slice brings its own (helper 7: replace this file)."""

from __future__ import annotations

from afferent.visit.after import Gentler
from afferent.web.clients.models import Client


def gentler(client: Client) -> Gentler:
    return Gentler(0, 0)
