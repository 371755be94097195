"""What stays before the therapist's eyes all through the visit: positions that are off, and advice that must be seen.

Ask here: `pinned` and `before_turn`. Short sentences out of pinned.toml, in its order, each at most eight words.
Nothing is decided: positions and advice are those of the screening. A position without a sentence of its own still
shows.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from afferent.knowledge import Knowledge
from afferent.safety.screening import Screening
from afferent.visit.checkins import PAIN
from afferent.visit.data import table

POSITION: Final[dict[str, str]] = table("pinned")["position"]
ADVICE: Final[dict[str, str]] = table("pinned")["advice"]
TURN: Final[dict[str, str]] = table("pinned")["turn"]


def pinned(screening: Screening, knowledge: Knowledge, *, felt: bool) -> tuple[str, ...]:
    """The lines, each once. `felt`: hands will be where pain can be felt and told, so its ceiling is shown."""
    off = screening.session.positions_off
    lines = [POSITION[name] for name in POSITION if name in off]
    lines += [f"No {knowledge.positions[name].title}" for name in off if name not in POSITION]
    lines += _given(ADVICE, screening)
    return tuple(dict.fromkeys([*lines, *([pain()] if felt else [])]))


def before_turn(screening: Screening) -> str:
    """What comes before each change of position; empty where nothing does."""
    return " ".join(_given(TURN, screening))


def pain() -> str:
    """The pain that may be felt, on places with feeling."""
    aim, most = PAIN["aim"], PAIN["ceiling"]
    return f"Where felt: pain 0–{aim.value}, most {most.value}/10 (our default)"


def _given(sentences: dict[str, str], screening: Screening) -> Iterable[str]:
    named = {one.id for one in screening.advice}
    return [words for name, words in sentences.items() if name in named]
