"""The layout of the monthly and weekly file: 330 columns by name, in both versions, and the few that are read.

Ask here: `names(version)`, `NEEDED`, `SEVERAL`. Version 2 (since December 2024) has longer name fields and the same
columns; `Provider Sex Code` was called `Provider Gender Code` before. [reference/users.md 3.3, D15, D16]
"""

from __future__ import annotations

from typing import Final, Literal

Version = Literal["V1", "V2"]

MASSAGE_THERAPIST: Final = "225700000X"
SLOTS: Final = 15
_OTHER_IDENTIFIERS: Final = 50
_NAME: Final = ("Last Name", "First Name", "Middle Name", "Name Prefix Text", "Name Suffix Text", "Credential Text")
_MAILING: Final = "Business Mailing Address"
_PRACTICE: Final = "Business Practice Location Address"

# What is read of a row -> the names its column has had. The first is today's.
NEEDED: Final[dict[str, tuple[str, ...]]] = {
    "npi": ("NPI",),
    "kind": ("Entity Type Code",),
    "organisation": ("Provider Organization Name (Legal Business Name)",),
    "last": ("Provider Last Name (Legal Name)",),
    "first": ("Provider First Name",),
    "credential": ("Provider Credential Text",),
    "gender": ("Provider Sex Code", "Provider Gender Code"),
    "street": (f"Provider First Line {_PRACTICE}",),
    "street_2": (f"Provider Second Line {_PRACTICE}",),
    "city": (f"Provider {_PRACTICE} City Name",),
    "state": (f"Provider {_PRACTICE} State Name",),
    "zip": (f"Provider {_PRACTICE} Postal Code",),
    "country": (f"Provider {_PRACTICE} Country Code (If outside U.S.)",),
    "phone": (f"Provider {_PRACTICE} Telephone Number",),
    "updated": ("Last Update Date",),
    "deactivated": ("NPI Deactivation Date",),
    "reactivated": ("NPI Reactivation Date",),
}
# The same, once for each of fifteen slots.
SEVERAL: Final[dict[str, str]] = {
    "code": "Healthcare Provider Taxonomy Code",
    "licence": "Provider License Number",
    "licence_state": "Provider License Number State Code",
}
# The file of further practice locations. Its names have changed in spacing; the last word is what is looked for.
PLACES: Final = (
    "NPI",
    "Provider Secondary Practice Location Address- Address Line 1",
    "Provider Secondary Practice Location Address-  Address Line 2",
    "Provider Secondary Practice Location Address - City Name",
    "Provider Secondary Practice Location Address - State Name",
    "Provider Secondary Practice Location Address - Postal Code",
    "Provider Secondary Practice Location Address - Country Code (If outside U.S.)",
    "Provider Secondary Practice Location Address - Telephone Number",
    "Provider Secondary Practice Location Address - Telephone Extension",
    "Provider Practice Location Address - Fax Number",
)
PLACES_NEEDED: Final[dict[str, tuple[str, ...]]] = {
    "npi": ("NPI",), "street": (PLACES[1],), "street_2": (PLACES[2],), "city": (PLACES[3],), "state": (PLACES[4],),
    "zip": (PLACES[5],), "country": (PLACES[6],), "phone": (PLACES[7],),
}  # fmt: skip


def _address(kind: str) -> list[str]:
    lines = [f"Provider {which} Line {kind}" for which in ("First", "Second")]
    parts = ("City Name", "State Name", "Postal Code", "Country Code (If outside U.S.)", "Telephone Number")
    return [*lines, *(f"Provider {kind} {part}" for part in (*parts, "Fax Number"))]


def _slots() -> list[str]:
    each = (*SEVERAL.values(), "Healthcare Provider Primary Taxonomy Switch")
    return [f"{name}_{slot}" for slot in range(1, SLOTS + 1) for name in each]


def _identifiers() -> list[str]:
    each = ("", " Type Code", " State", " Issuer")
    return [f"Other Provider Identifier{name}_{n}" for n in range(1, _OTHER_IDENTIFIERS + 1) for name in each]


def names(version: Version = "V2") -> list[str]:
    """The header of the file, 330 names in order."""
    sex = "Provider Sex Code" if version == "V2" else "Provider Gender Code"
    legal = [f"Provider {part}" + (" (Legal Name)" if part == "Last Name" else "") for part in _NAME]
    return [
        "NPI", "Entity Type Code", "Replacement NPI", "Employer Identification Number (EIN)",
        "Provider Organization Name (Legal Business Name)", *legal,
        "Provider Other Organization Name", "Provider Other Organization Name Type Code",
        *(f"Provider Other {part}" for part in _NAME), "Provider Other Last Name Type Code",
        *_address(_MAILING), *_address(_PRACTICE),
        "Provider Enumeration Date", "Last Update Date", "NPI Deactivation Reason Code", "NPI Deactivation Date",
        "NPI Reactivation Date", sex,
        *(f"Authorized Official {part}" for part in ("Last Name", "First Name", "Middle Name", "Title or Position",
                                                      "Telephone Number")),
        *_slots(), *_identifiers(),
        "Is Sole Proprietor", "Is Organization Subpart", "Parent Organization LBN", "Parent Organization TIN",
        *(f"Authorized Official {part}" for part in _NAME[3:]),
        *(f"Healthcare Provider Taxonomy Group_{slot}" for slot in range(1, SLOTS + 1)),
        "Certification Date",
    ]  # fmt: skip
