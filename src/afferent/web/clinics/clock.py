"""What day it is at the clinic."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest
from django.utils import timezone

from afferent.web.clinics.models import Clinic


def today(clinic: Clinic) -> dt.date:
    """Today, by the clinic's own clock."""
    return timezone.now().astimezone(clinic.zone).date()


def today_here(request: HttpRequest) -> dt.date:
    """Today at the clinic of whoever asks."""
    return today(request.membership.clinic)
