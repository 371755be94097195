"""Therapists: load them, say what is known of each, and find the few who suit one person, with reasons.

Ask here: `match(needs, therapists)`, `Needs`, `Therapist`; `directory.store` keeps them, `directory.load` fills it.
No paid place, no stars, no guess: what is not known is shown as not known.
"""

from afferent.directory.match import Matches, match
from afferent.directory.model import Known, Licence, Therapist
from afferent.directory.needs import Needs

__all__ = ["Known", "Licence", "Matches", "Needs", "Therapist", "match"]
