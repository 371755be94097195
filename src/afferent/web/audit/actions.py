"""Everything that is written into the audit, and its words. A new kind of act is one line here.

A read says "opened" or "listed"; everything else changed something.
"""

from __future__ import annotations

from typing import Final

ACTIONS: Final[dict[str, str]] = {
    "session.began": "signed in",
    "session.failed": "could not sign in",
    "session.ended": "signed out",
    "session.locked": "left the screen until it locked",
    "session.unlocked": "unlocked the screen",
    "clinic.made": "made the clinic",
    "clinic.changed": "changed the clinic's settings",
    "staff.invited": "invited somebody",
    "staff.joined": "joined the clinic",
    "staff.changed": "changed what somebody may do",
    "staff.left": "ended somebody's membership",
    "knowledge.compared": "looked at what newer knowledge would change",
    "knowledge.switched": "switched on newer knowledge",
    "audit.opened": "opened the audit",
    "clients.listed": "listed or searched clients",
    "client.made": "added a client",
    "client.changed": "changed a client's name or contact",
    "client.opened": "opened a client",
    "client.history": "opened a client's history",
    "client.screened": "a screening was stored",
    "client.answered": "answered questions",
    "client.corrected": "corrected an entry",
    "client.imported": "imported a record",
    "client.foot_check": "recorded a foot check",
    "client.override": "set a limit aside, with a reason",
    "client.printed": "made a page to keep or print",
    "client.exported": "exported a client's data",
    "client.erased": "erased a client's data",
    "document.added": "added a document",
    "document.opened": "opened a document",
    "consent.given": "a consent was given",
    "consent.withdrawn": "a consent was withdrawn",
    "link.made": "made a link for a client",
    "link.opened": "a link was opened",
    "link.refused": "a link was refused",
    "link.withdrawn": "a link was withdrawn",
    "intake.began": "an intake was begun",
    "intake.saved": "an intake answer was saved",
    "intake.finished": "an intake was finished",
    "book.listed": "looked at the book",
    "visit.booked": "booked a visit",
    "visit.moved": "moved a visit",
    "visit.cancelled": "cancelled a visit",
    "visit.missed": "noted that a client did not come",
    "visit.done": "noted that a visit took place",
    "series.booked": "booked a series of visits",
    "backup.made": "made a backup",
    "backup.restored": "restored a backup",
}  # fmt: skip
