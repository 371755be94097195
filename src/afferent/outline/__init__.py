"""From limits and aims to session outlines: options of equal weight, each inside every limit, nothing chosen.

Ask here: `outlines` (what can be offered), `faults` (where an outline crosses a limit), `edited` (a change by the
therapist, refused where nothing may open it), `crossing` and `settled` (the reasons given, and what is still without
one), `ceilings` (the highest level of each place that an outline names).
"""

from __future__ import annotations

from afferent.outline.crossings import ceilings, faults
from afferent.outline.edit import Edited, edited
from afferent.outline.offer import outlines
from afferent.outline.settle import crossing, settled

__all__ = ["Edited", "ceilings", "crossing", "edited", "faults", "outlines", "settled"]
