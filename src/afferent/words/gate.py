"""The gate in plain words: one sentence for what the model shows, and where it is wrong.

Ask here: `outcome`, `WRONG` and `SOURCES`. It speaks of a model, never of a person.
"""

from __future__ import annotations

from typing import Final

from afferent.physiology.gate.circuit import THRESHOLD
from afferent.physiology.gate.experiments import LEFT, failures

_QUIET: Final = 5.0  # impulses a second that nobody would call a signal

WRONG: Final = (
    "It is wrong for painful neuropathy. It says that losing a quarter of the pain fibres ends the pain; people with "
    "painful neuropathy have lost the most fibres of both kinds. Press “three quarters” of the pain fibres and see.",
    "It was built on healthy nerves and on rates, not on anybody with neuropathy under massage. No model was.",
    "That touch closes a gate is a good account and not proven in people. Attention, calm and expectation do much too.",
    "Where light touch hurts, touch may open what it should close. There is no stroking there.",
    "It forecasts nobody’s pain, and decides nothing in Afferent.",
)
SOURCES: Final = ("CRODELLE-2021", "CRODELLE-CODE", "VEVES-SURAL")


def outcome(left: int, rubbing: bool, pain: int) -> str:
    """What the model shows for so many per cent of touch fibres left, rubbed or not, and of pain fibres left."""
    if pain < 100:
        return (
            "With a quarter of the pain fibres gone the model has next to no pain. In painful neuropathy it is the "
            "other way round: most fibres lost, and pain."
        )
    if not rubbing:
        return "In the model, a painful stimulus, and nobody rubs: the signal goes up."
    hz = failures()[LEFT.index(left / 100)]
    if hz < _QUIET:
        left_over = "" if left == 100 else " Enough touch fibres are left."
        return f"In the model, rubbing quiets the signal while it lasts: touch closes the gate.{left_over}"
    if hz < THRESHOLD:
        return "In the model, rubbing helps less: too few touch fibres are left to close the gate well."
    return (
        "In the model, rubbing does not help: too few touch fibres are left to close the gate. "
        "One reason to work beside and above the numb part, where today’s limits allow it."
    )
