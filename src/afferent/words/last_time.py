"""What earlier visits tell of a place, in a sentence: "Last time: 2 heavy lotioning was fine here, 3 medium flared."

Ask here: `last_time_words`. Of a level that nobody spoke about the day after, it says just that.
"""

from __future__ import annotations

from typing import Final

from afferent.visit.last_time import How, LastTime
from afferent.words.vocabulary import capital, level, listed

_SAID: Final[dict[How, tuple[str, str]]] = {  # of one level, of several
    "fine": ("was fine here", "were fine here"),
    "flared": ("flared", "flared"),
}
_NUMB: Final = " Feeling is no guide here: this rests on the skin and on the day after."
_NEVER: Final = "No hands were here before."


def last_time_words(found: LastTime) -> str:
    """One sentence or two."""
    if not found.levels:
        return _NEVER
    parts = []
    for how, (one, several) in _SAID.items():
        names = [level(then.level) for then in found.levels if then.how == how]
        if names:
            parts.append(f"{listed(names)} {several if names[1:] else one}")
    unknown = [level(then.level) for then in found.levels if then.how == "unknown"]
    said = f"{_when(found)}: {', '.join(parts)}." if parts else ""
    if unknown:
        rest = (
            f"{listed(unknown)} {'were' if unknown[1:] else 'was'} used here; how the day after was, nobody has said."
        )
        said = f"{said} {capital(rest)}" if said else f"{_when(found)}: {rest}"
    return said + (_NUMB if found.numb else "")


def _when(found: LastTime) -> str:
    return "Last time" if all(then.visits_ago == 1 for then in found.levels) else "At earlier visits"
