"""The first start: a server without any clinic gives one address, once, to whoever started it."""

from __future__ import annotations

from afferent.web.clinics.links import make
from afferent.web.clinics.models import Clinic


def first_code() -> str | None:
    """A new code for `begin/<code>`, or None where there is a clinic already. Codes printed before stop working."""
    return None if Clinic.objects.exists() else make("first", clinic=None)
