"""What each setting and each role of a clinic means, in the words that stand beside it."""

from __future__ import annotations

from typing import Final

ROLE_MEANINGS: Final = (
    (
        "therapist", "Therapist",
        "Treats clients: maps, limits and reasons, foot checks, notes. Tick it for somebody whose licence or "
        "certificate you have seen.",
    ),
    ("desk", "Front desk", "Keeps the book, adds clients, sends links. Sees no limits and no reasons."),
    ("owner", "Owner", "Sets the clinic, invites and removes people, reads the audit."),
)  # fmt: skip

MODE_MEANINGS: Final = (
    (
        "cds", "Decision support",
        "Limits, reasons and questions are worked out for each client and shown to therapists, who decide.",
        "In the United States this is meant to stay outside device regulation, as long as it advises licensed or "
        "certified professionals who can check every reason themselves; have your own counsel confirm it.",
    ),
    (
        "record", "Record only",
        "Forms, maps, the book and the reference. Nothing is worked out for one client.",
        "In the European Union software that advises on one patient is as a rule a regulated medical device: use this "
        "mode there, unless somebody answers for it as its manufacturer.",
    ),
)  # fmt: skip

MEANINGS: Final = {
    "name": "Stands on every page, on invitations and on what is printed.",
    "time_zone": "Times of visits and of the audit are shown by this clock.",
    "languages": "In which clients may be asked. More come with later versions.",
    "mode": "A server may be set to record only; then that holds for every clinic on it, whatever is chosen here.",
    "retention_years": "How long you keep a record after the last visit. Nothing is erased by itself.",
    "lock_minutes": "After so many minutes without a touch the screen asks for the password. A running visit goes on.",
    "second_factor": (
        "Everybody proves twice who they are: by a password, and by a phone or key. A stolen password opens nothing."
    ),
}
