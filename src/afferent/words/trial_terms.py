"""The names of the classes in which trials are sorted: technique, comparator, outcome, condition, kind of effect."""

from __future__ import annotations

from typing import Final

from afferent.knowledge.trials import Comparator, Condition, Kind, Outcome, Technique
from afferent.outcomes.pooling import Mix

TECHNIQUE: Final[dict[Technique | str, str]] = {
    "massage": "massage",
    "aroma_massage": "aromatherapy massage",
    "thai_massage": "Thai foot massage",
    "reflexology": "reflexology",
    "acupressure": "acupressure",
    "bath": "foot bath",
    "other": "something else",
    "mixed": "several techniques together",
}
COMPARATOR: Final[dict[Comparator | str, str]] = {
    "sham": "a sham",
    "active": "another treatment",
    "usual": "usual care",
    "none": "no treatment",
    "unstated": "a control that is not described",
    "uncontrolled": "nothing",
    "unseen": "we do not know what",
    "mixed": "several things together",
}
OUTCOME: Final[dict[Outcome, str]] = {
    "pain": "pain",
    "neuropathy": "numbness, tingling and other symptoms",
    "sensation": "feeling on testing",
    "function": "movement, grip or balance",
    "conduction": "nerve conduction",
    "skin": "warmth and blood flow of the skin",
    "heart": "heart rate",
    "mood": "worry and mood",
    "sleep": "sleep",
    "fatigue": "tiredness",
    "quality_of_life": "quality of life",
    "glucose": "blood sugar",
    "feasibility": "whether it can be done",
}
CONDITION: Final[dict[Condition | str, str]] = {
    "diabetic": "diabetic neuropathy",
    "diabetes_other": "diabetes, neuropathy not asked for",
    "cipn": "neuropathy from chemotherapy",
    "hiv": "neuropathy with HIV",
    "carpal_tunnel": "carpal tunnel syndrome",
    "other": "another neuropathy",
}
KIND: Final[dict[Kind | str, str]] = {
    "g": "g",
    "points": "points",
    "rr": "risk ratio",
    "or": "odds ratio",
    "rank_biserial": "rank-biserial r",
    "within": "points, within one group",
    "SMD": "SMD",
    "d": "d",
    "RR": "ratio",
    "VAS": "pain scale",
}
KIND_TITLE: Final[dict[Kind, str]] = {
    "g": "Hedges g, a standardised difference",
    "points": "difference in points",
    "rr": "risk ratio",
    "or": "odds ratio",
}
MIXED: Final[dict[Mix, str]] = {
    "conditions": "conditions",
    "comparators": "comparators",
    "techniques": "techniques",
    "measures": "scales",
}


def set_against(comparator: Comparator | str, *, pool: bool = False) -> str:
    """A heading: "Against usual care", "Without a comparison group"."""
    if comparator == "uncontrolled":
        return "Without a comparison group"
    if pool and comparator == "unstated":
        return "Against something that was not seen"
    return f"Against {COMPARATOR[comparator]}"
