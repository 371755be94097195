"""Every letter that tells: its fields, how it is composed, and whether it can be written for this client today.

Ask here: `KINDS` and `refused`. A new letter is one line here, with its value and page in `records.letters`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from afferent.web.careteam.case import Case
from afferent.web.careteam.fields import Fields
from afferent.web.careteam.finding import FindingFields, findings, urgent
from afferent.web.careteam.need import NeedFields, necessity
from afferent.web.careteam.paid import PaidFields, offered, receipt
from afferent.web.careteam.plan import ThanksFields, met, thanks
from afferent.web.careteam.progress import DischargeFields, ProgressFields, discharge, progress


class Kind(NamedTuple):
    """`says`: what it tells, in a line. `shared`: it goes to the care team, so the client's yes to that comes first."""

    title: str
    says: str
    fields: type[Fields]
    compose: Callable[[Case, Any], Any]
    shared: bool = True


KINDS: Final[dict[str, Kind]] = {
    "progress": Kind(
        "Progress letter",
        "Visits, what was done and how hard, scores, map, skin, one question.",
        ProgressFields,
        progress,
    ),
    "urgent": Kind("Urgent finding", "“I noticed … please have it looked at.”", FindingFields, urgent),
    "thanks": Kind(
        "Thanks for a referral", "When you met, what is planned, and the limits it keeps.", ThanksFields, thanks
    ),
    "discharge": Kind("End of the series", "Why it ends, what was done, what it came to.", DischargeFields, discharge),
    "necessity": Kind("Medical necessity, a draft", "For a clinician to correct and sign.", NeedFields, necessity),
    "receipt": Kind("Receipt", "For the client, with the codes you enter.", PaidFields, receipt, shared=False),
}


def refused(kind: str, case: Case) -> str:
    """Why it cannot be written today, in one sentence; empty where it can."""
    if kind == "thanks" and not case.advised:
        return "It tells limits, and in this clinic nothing is worked out for one client."
    if kind == "thanks" and case.screening is None:
        return "There are no limits to tell: this client could not be screened."
    if kind == "thanks" and met(case) is None:
        return "There was no visit yet, so there is no day on which you met."
    if kind == "urgent" and not findings(case):
        return "Nothing was seen at a look at the skin, or written down as an incident, in the last four weeks."
    if kind == "receipt" and not offered(case):
        return "There is no visit that took place and stands on no receipt yet."
    return ""
