"""How this clinic sends messages. Ask here: `manner()`, of the clinic that queries are inside of."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from afferent.web.clinics.models import Clinic
from afferent.web.post.models import Manner, Preference
from afferent.web.post.quiet import Quiet


def manner() -> Manner:
    """What the owner has set, or what holds where nobody has set anything."""
    return Manner.objects.first() or Manner()


def quiet_hours(of: Manner) -> Quiet:
    return Quiet(of.quiet_from, of.quiet_until)


def zone_of(preference: Preference | None, clinic: Clinic) -> ZoneInfo:
    """The client's own time zone, else the clinic's."""
    return ZoneInfo(preference.zone) if preference and preference.zone else clinic.zone
