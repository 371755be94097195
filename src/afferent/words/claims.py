"""The words around a claim that is not made: how certain the evidence is, and what is said instead.

Ask here: `OPENING`, `ABOUT` (the headings), `in_short`, `how_certain`, `rests_on` and `said_instead`. A letter never
stands alone beside a claim: it speaks of leaving the claim out, and would read as if it spoke for it.
"""

from __future__ import annotations

from typing import Final

from afferent.knowledge.model import Certainty, Claim
from afferent.words.vocabulary import STRENGTH

OPENING: Final = (
    "These things are often said about massage; Afferent says none of them, because studies speak against them "
    "or because nobody has shown them."
)
ABOUT: Final = {"effect": "What massage is said to do", "number": "Numbers and forecasts"}
_CERTAINTY: Final[dict[Certainty, str]] = {
    "high": "High: new studies will hardly change it",
    "moderate": "Moderate: new studies may change it",
    "low": "Low: new studies are likely to change it",
    "very low": "Very low: hardly anything is certain",
    "none": "Nothing was found to judge it by in massage",
}


def in_short(claim: Claim) -> str:
    """ "Evidence: low certainty"."""
    return "Evidence: none found" if claim.certainty == "none" else f"Evidence: {claim.certainty} certainty"


def how_certain(claim: Claim) -> str:
    """ "Low: new studies are likely to change it (our reading)"."""
    return f"{_CERTAINTY[claim.certainty]} (our reading)."


def rests_on(claim: Claim) -> str:
    """What leaving it out rests on: "A – guideline, trial or reviewed study"."""
    return f"{claim.strength} – {STRENGTH[claim.strength]}"


def said_instead(claim: Claim) -> str:
    """The sentence said in its place; that there is none is said too."""
    return "nothing." if claim.instead == "nothing" else claim.instead
