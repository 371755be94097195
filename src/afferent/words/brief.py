"""One short line about a client for a list: what to remember before the door opens."""

from __future__ import annotations

from afferent.knowledge import Knowledge
from afferent.safety.screening import Screening
from afferent.words.headline import things
from afferent.words.places import phrase
from afferent.words.plan import plan
from afferent.words.standing import standing
from afferent.words.vocabulary import at_most, capital, counted

_LONGEST = 90


def brief(screening: Screening, knowledge: Knowledge) -> str:
    """ "3 questions to ask before hands-on", or "both feet at most 1 light lotioning, no heat"."""
    stands = standing(screening, knowledge)
    if stands.closed:
        first = next((rule.title for rule in screening.rules if rule.state == "fired" and rule.hard_stop), "")
        return first or "No hands-on today"
    if screening.ask_first:
        number, noun = things(screening)
        return f"{capital(counted(number, noun))} to ask before hands-on"
    row = next((row for row in plan(stands, screening, knowledge) if not row.free), None)
    if row is None:
        return "No limit found"
    limit = "left alone" if row.level is None else at_most(row.level)
    heat = ", no heat" if any(one.heat is False for one in screening.effective.values()) else ""
    text = f"{capital(phrase(row.area, spans=False))}: {limit}{heat}"
    return text if len(text) <= _LONGEST else f"{counted(bin(row.area).count('1'), 'place')}: {limit}{heat}"
