"""The few words that a fault needs: a place, a level with its name, whose limit it is. No page is made here.

Ask here: `place(area)`, `level(number)`, `titles(rules, knowledge)`. Left and right are always words.
"""

from __future__ import annotations

from collections.abc import Iterable

from afferent.body.names import names_of
from afferent.knowledge import Knowledge
from afferent.knowledge.library import LEVEL_NAMES

_TITLES = 2  # titles in one sentence; the rules are all named in the fault


def place(area: int) -> str:
    """ "Left foot and both hands"."""
    named = [one.full for one in names_of(area)]
    return capital(" and ".join([", ".join(named[:-1]), named[-1]]) if len(named) > 1 else "".join(named))


def capital(text: str) -> str:
    """The first letter large."""
    return text[:1].upper() + text[1:]


def level(number: int) -> str:
    """ "2 heavy lotioning"."""
    return f"{number} {LEVEL_NAMES[number]}" if 0 <= number < len(LEVEL_NAMES) else f"{number}, which is no level,"


def titles(rules: Iterable[str], knowledge: Knowledge) -> str:
    """ " (a numb place; heart failure)"; empty where no rule is named."""
    named = [knowledge.rules[one].title for one in rules if one in knowledge.rules]
    more = "; and more" if len(named) > _TITLES else ""
    return f" ({'; '.join(named[:_TITLES])}{more})" if named else ""
