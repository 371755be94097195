"""Names of code systems: every address a record may use, and how codes of each are spelled before they are compared.

Addresses: HL7's, object identifiers, a site's own (MIMIC), and bare words [codes.md]. A code never means anything
without its system: ICD-9 and ICD-10 overlap as strings.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

ICD10CM: Final = "ICD10CM"
ICD10: Final = "ICD10"  # the international edition: subdivided otherwise, so only watched, never matched
ICD9CM: Final = "ICD9CM"
SNOMED: Final = "SNOMED"
RXNORM: Final = "RXNORM"
ATC: Final = "ATC"
LOINC: Final = "LOINC"
CVX: Final = "CVX"
MIMIC_LAB: Final = "MIMIC-LAB"
MIMIC_ITEM: Final = "MIMIC-ITEM"
NAMES: Final = "NAMES"  # codes that are themselves names of medicines

SYSTEMS: Final = frozenset({ICD10CM, ICD10, ICD9CM, SNOMED, RXNORM, ATC, LOINC, CVX, MIMIC_LAB, MIMIC_ITEM, NAMES})

_ADDRESSES: Final = {
    SNOMED: "snomed.info/sct snomed snomedct snomed-ct sct snomedct_us oid:2.16.840.1.113883.6.96",
    ICD9CM: "hl7.org/fhir/sid/icd-9-cm hl7.org/fhir/sid/icd-9-cm/diagnosis terminology.hl7.org/codesystem/icd9cm "
    "terminology.hl7.org/codesystem/icd-9-cm icd-9-cm icd9cm icd-9 icd9 oid:2.16.840.1.113883.6.103",
    ICD10CM: "hl7.org/fhir/sid/icd-10-cm terminology.hl7.org/codesystem/icd10cm icd-10-cm icd10cm icd-10 icd10 "
    "oid:2.16.840.1.113883.6.90",
    ICD10: "hl7.org/fhir/sid/icd-10 hl7.org/fhir/sid/icd-10-gm oid:2.16.840.1.113883.6.3",
    RXNORM: "nlm.nih.gov/research/umls/rxnorm rxnorm oid:2.16.840.1.113883.6.88",
    ATC: "whocc.no/atc atc oid:2.16.840.1.113883.6.73",
    LOINC: "loinc.org loinc ln oid:2.16.840.1.113883.6.1",
    CVX: "hl7.org/fhir/sid/cvx cvx oid:2.16.840.1.113883.12.292",
}

_MIMIC: Final = {
    "mimic-diagnosis-icd9": ICD9CM,
    "mimic-diagnosis-icd10": ICD10CM,
    "diagnosis-icd9": ICD9CM,
    "diagnosis-icd10": ICD10CM,
    "mimic-d-labitems": MIMIC_LAB,
    "d-labitems": MIMIC_LAB,
    "mimic-chartevents-d-items": MIMIC_ITEM,
    "chartevents-d-items": MIMIC_ITEM,
    "mimic-medication-name": NAMES,
    "medication-name": NAMES,
}
_MIMIC_ROOTS: Final = ("mimic.mit.edu/fhir/mimic/codesystem/", "fhir.mimic.mit.edu/codesystem/", "")

_KNOWN: Final = {word: system for system, words in _ADDRESSES.items() for word in words.split()} | {
    root + name: system for root in _MIMIC_ROOTS for name, system in _MIMIC.items()
}


@lru_cache(maxsize=256)
def system_of(address: str) -> str:
    """Which system an address means, or "" when it is none of ours. A version after | and an edition do not matter."""
    text = address.strip().lower().partition("|")[0].rstrip("/")
    for start in ("https://", "http://", "urn:"):
        text = text.removeprefix(start)
    text = text.removeprefix("www.")
    if text.startswith("snomed.info/sct/"):
        return SNOMED
    if text.startswith("2.16.840."):
        text = f"oid:{text}"
    return _KNOWN.get(text, "")


def normal(code: str) -> str:
    """A code as it is compared: no space around it, capitals, no dots."""
    return code.strip().upper().replace(".", "")
