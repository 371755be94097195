"""The chosen outline of a visit with all that it is judged by today.

Ask here: `plan_of(visit, clinic, day)` (nothing where none is chosen), of it `open`, what still stands between it and
the first touch, and `waits`, whether anything does. It reads; the views write.
"""

from __future__ import annotations

import datetime as dt

import msgspec
from msgspec import Struct, structs

from afferent.outline import settled
from afferent.outline.model import Crossing, Fault, Outline, Wish
from afferent.web.book.models import Visit
from afferent.web.clinics.models import Clinic
from afferent.web.outlines.models import Chosen
from afferent.web.outlines.today import Today, today


class Plan(Struct, frozen=True):
    """The chosen outline, what the visit is for, and the reasons that were given."""

    visit: Visit
    row: Chosen
    mine: Today
    outline: Outline
    wish: Wish
    crossings: tuple[Crossing, ...]

    @property
    def open(self) -> tuple[Fault, ...]:
        """What still stands between this outline and the first touch."""
        mine = self.mine
        if mine.screening is None:
            return ()
        return settled(self.outline, mine.screening, mine.knowledge, self.wish, self.crossings)

    @property
    def waits(self) -> bool:
        """A question comes first, an intake calls for help, massage is not agreed, or a limit is crossed."""
        screening, mine = self.mine.screening, self.mine
        return screening is None or screening.ask_first or mine.alarm or not mine.may_touch or bool(self.open)


def plan_of(visit: Visit, clinic: Clinic, day: dt.date) -> Plan | None:
    """What was chosen for this visit, as it stands on a day."""
    row = Chosen.objects.filter(visit=visit).first()
    if row is None:
        return None
    mine = today(visit, clinic, day)
    wish = structs.replace(mine.wish, aims=msgspec.convert(row.wish, Wish).aims)
    return Plan(
        visit, row, mine, msgspec.convert(row.outline, Outline), wish,
        msgspec.convert(row.crossings, tuple[Crossing, ...]),
    )  # fmt: skip
