"""A screening in words for people: one wording for terminal, page and web.

Sentences come from small tables of patterns, never by chance; numbers up to twelve are words; left and right are
always words. Nothing here decides, and nothing here knows a page or a framework.
"""

from afferent.words.evidence import FactLine, facts_line
from afferent.words.headline import Banner, banner, headline
from afferent.words.notes import Note, advice, notes
from afferent.words.options import Option, options
from afferent.words.places import region_name, regions_phrase
from afferent.words.plan import Row, plan
from afferent.words.questions import Card, cards, further
from afferent.words.reasons import Reason, fired, other_possible, waiting
from afferent.words.standing import Standing, standing
from afferent.words.vocabulary import DECISION, LEVELS, STRENGTH, URGENCY, at_most, level

__all__ = [
    "DECISION", "LEVELS", "STRENGTH", "URGENCY", "Banner", "Card", "FactLine", "Note", "Option", "Reason", "Row",
    "Standing", "advice", "at_most", "banner", "cards", "facts_line", "fired", "further", "headline", "level", "notes",
    "options", "other_possible", "plan", "region_name", "regions_phrase", "standing", "waiting",
]  # fmt: skip
