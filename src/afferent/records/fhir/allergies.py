"""Allergies to what touches the skin in a massage: told as notes, without weight in a decision."""

from __future__ import annotations

import re
from typing import Final

from afferent.records.fhir.coded import said, states, words
from afferent.records.fhir.resources import AllergyIntolerance
from afferent.records.gathering import Gathering

_CONTACT: Final = re.compile(
    r"\b(latex|rubber|lanolin|wool (alcohol|fat)|nuts?|peanuts?|almonds?|walnuts?|sesame|coconut|tree nuts?|lidocaine|"
    r"benzocaine|capsaicin|adhesives?|tape|plasters?|fragrances?|perfumes?|essential oils?|balsam|nickel|chlorhexidine|"
    r"parabens?|soya?|beeswax|propolis|menthol|camphor|arnica)\b",
    re.IGNORECASE,
)


def read(allergy: AllergyIntolerance, origin: str, gathering: Gathering) -> None:
    """Note an allergy that matters for lubricants, gloves, tape and creams."""
    if states(allergy.verification_status) & {"refuted", "entered-in-error"} or "resolved" in states(
        allergy.clinical_status
    ):
        return
    if any(_CONTACT.search(text) for text in words(allergy.code)):
        gathering.note(f"{origin}: allergy, {said(allergy.code)} – mind lubricant, gloves, tape and creams")
