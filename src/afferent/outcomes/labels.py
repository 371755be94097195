"""What the phases of a trial are called, and which of them are with massage.

Ask here: `sides` (labels -> with massage or not, and what could not be told) and `blocks` (numbers of the stretches). A
label that may mean either is not guessed: 1 and 2 may be numbers of periods, so 1 means "with" only beside a 0; and
"post" means "with" only beside a "pre" or the like, and where nothing else is called with massage.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

WITHOUT: Final = frozenset({
    "a", "baseline", "before", "off", "0", "no", "false", "without", "none", "control", "pause", "no massage",
    "without massage", "usual care", "pre", "pre massage", "pre treatment", "pre intervention", "before massage",
    "before treatment", "no treatment", "without treatment", "no intervention", "untreated",
})  # fmt: skip
WITH: Final = frozenset({
    "b", "massage", "with", "on", "1", "yes", "true", "treatment", "intervention", "active", "with massage",
    "during massage", "during treatment", "massage treatment", "massage therapy",
})  # fmt: skip
POST: Final = "post"
KNOWN: Final = WITHOUT | WITH | {POST}
MEND: Final = "write A (without massage) or B (with massage)"
_NUMBERED: Final = re.compile(r"(.*[a-z]) ?\d{1,3}")  # A1, B 2, massage_2: the number is the block's, not the phase's
# "phase A", "baseline period", "massage weeks"
_AROUND: Final = re.compile(r"^(?:phase|period|condition) | (?:phase|period|condition|days|weeks)(?= ?\d*$)")


def sides(labels: Iterable[str]) -> tuple[dict[str, bool], list[str]]:
    """Each label as with massage (True) or without; and one sentence for each that could not be told."""
    words = {label: _word(label) for label in dict.fromkeys(labels) if label.strip()}
    told = {label: word in WITH for label, word in words.items() if word in WITH or word in WITHOUT}
    faults = [f"the phase {label[:40]!r} is not known; {MEND}" for label in words if words[label] not in KNOWN]
    if "1" in words.values() and "0" not in words.values():
        told = {label: side for label, side in told.items() if words[label] != "1"}
        faults.append(f"the phase 1 without a phase 0 may mean with massage, or the first period; {MEND}")
    posts, with_ = [label for label, word in words.items() if word == POST], [one for one in told if told[one]]
    if posts and not with_ and told:
        told |= dict.fromkeys(posts, True)
    else:
        beside = f"beside {with_[0][:40]!r}" if with_ else "without a phase before it"
        faults += [f"the phase {one[:40]!r} {beside} may mean with massage, or afterwards; {MEND}" for one in posts]
    return told, faults


def _word(label: str) -> str:
    """As it is compared: without what only says that it is a phase, and without its number."""
    word = " ".join(label.replace("_", " ").replace("-", " ").lower().split())
    if word not in KNOWN:
        word = _AROUND.sub("", word)
    if word not in KNOWN and (numbered := _NUMBERED.fullmatch(word)):
        return numbered[1]
    return word


def blocks(on: Sequence[bool | None], given: Sequence[int | None]) -> tuple[int | None, ...]:
    """The number of each score's block, from 1: as `given` where each phase has one, else the stretches of one side.

    A score whose phase is not known has no block and ends none.
    """
    known = [number for number, side in zip(given, on, strict=True) if side is not None]
    marks = given if None not in known else on
    out: list[int | None] = []
    count, last = 0, None
    for mark, side in zip(marks, on, strict=True):
        if side is None:
            out.append(None)
            continue
        if (mark, side) != last:
            count, last = count + 1, (mark, side)
        out.append(count)
    return tuple(out)
