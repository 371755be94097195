"""Guidance for the stroke: how fast, how long, in which order, and where instead of a numb place. It limits nothing.

`skin` and `speed`: where slow touch is known to be felt, and at what speed. `stroke` and `length`: seconds and
centimetres. `elsewhere`: beside and above a numb place, inside the effective limits. `findings`: what studies found and
what they leave open. No model here was tried on people with neuropathy.
"""

from __future__ import annotations

from afferent.physiology.touch.elsewhere import Elsewhere, Place, beside_and_above
from afferent.physiology.touch.findings import FINDINGS, Finding, finding
from afferent.physiology.touch.held import Allowed, Held
from afferent.physiology.touch.length import length
from afferent.physiology.touch.skin import Skin, skin
from afferent.physiology.touch.speed import WINDOW, pace, score
from afferent.physiology.touch.stroke import Stroke, stroke

__all__ = [
    "FINDINGS",
    "WINDOW",
    "Allowed",
    "Elsewhere",
    "Finding",
    "Held",
    "Place",
    "Skin",
    "Stroke",
    "beside_and_above",
    "finding",
    "length",
    "pace",
    "score",
    "skin",
    "stroke",
]
