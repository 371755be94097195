"""What was said or recorded about one fact, with its date and origin. Also the answers of clinicians."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from msgspec import Struct

# True and False for yes and no; a number in the fact's unit; a date; an option; the places of a finding;
# None: the entry does not say so, but it raises the question.
Value = bool | float | str | dt.date | tuple[str, ...] | None
Kind = Literal["answer", "code", "drug", "lab", "test", "device", "procedure", "clinician"]

NONE_OF_THESE = "none of these"  # said of a whole group at once; it never denies a detail of something said yes

ELSEWHERE = "elsewhere"  # among the places of a finding: and somewhere else, nobody said where

RECORDED: frozenset[str] = frozenset({"code", "drug", "lab", "device", "procedure"})


class Evidence(Struct, frozen=True):
    """One statement about one fact.

    `value` as above; `date` when it was so (None: not stated); `origin` where it stands ("Condition/12", "answer");
    `said` what stands there, for the reader; `kind` how it came. `teller`: of answers, whose it is, where it matters:
    a later answer replaces only those of the same teller.
    """

    fact: str
    value: Value
    date: dt.date | None = None
    origin: str = "answer"
    said: str = ""
    kind: Kind = "answer"
    teller: str = ""

    @property
    def number(self) -> float:
        """The value of a measured number. Raises TypeError where the statement holds none."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            raise TypeError(f"{self.fact}: {self.value!r} is no number")
        return float(self.value)


class Clearance(Struct, frozen=True, forbid_unknown_fields=True):
    """A clinician's answer about one or more rules.

    `pressure`: regions and the Walton level each may be worked with, at most. `answer`: fine, limit to the levels
    named, or do_not. Valid only when specific (`rules`), signed (`by`), dated, and not expired. `verified`: somebody
    has confirmed that it is theirs. Until then it opens nothing, and what it tightens counts.
    """

    rules: tuple[str, ...]
    by: str
    date: dt.date
    until: dt.date | None = None
    answer: Literal["fine", "limit", "do_not"] = "fine"
    pressure: dict[str, int] = {}
    role: str = ""
    origin: str = "clearance"
    verified: bool = True
