"""The invented people of the demo: case files and one small record, screened for the day they name."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from msgspec import Struct

from afferent.knowledge import load
from afferent.records.read import read
from afferent.web.screening.opened import Opened
from afferent.words.headline import Banner, banner


class Invented(Struct, frozen=True):
    """One invented person: the file, a name, a few words."""

    file: str
    name: str
    about: str


PEOPLE: Final[dict[str, Invented]] = {
    "ruth": Invented("client.yaml", "Ruth Amsler", "Burning feet, type 2 diabetes, an old clot in the right leg"),
    "jonas": Invented("first-visit.yaml", "Jonas Weide", "First visit, tingling soles, nothing asked yet"),
    "edda": Invented("after-shingles.yaml", "Edda Moreau", "Pain that stayed after shingles on the left chest"),
    "tomasz": Invented("chemotherapy.yaml", "Tomasz Rybak", "Oxaliplatin two weeks ago, platelets 42"),
    "samira": Invented("hot-foot.yaml", "Samira Haddad", "Diabetes, a hot swollen right foot that does not hurt"),
    "mirela": Invented("short-of-breath.yaml", "Mirela Stan", "Sore calf after a long flight, short of breath"),
    "bao": Invented("hands-at-ease.yaml", "Bao Lindholm", "Tingling big toes, feeling tested and intact"),
    "record": Invented("record.json", "Ilse Novak", "A health record in FHIR R4, nothing asked yet"),
}


class Shown(Struct, frozen=True):
    """One line of the list: who, and what is so today."""

    key: str
    person: Invented
    banner: Banner


def person(key: str) -> Opened | None:
    """An invented person, opened; None where there is none."""
    one = PEOPLE.get(key)
    path = Path(settings.EXAMPLES) / one.file if one else None
    if one is None or path is None or not path.is_file():
        return None
    intake = read(path, as_of=None, knowledge=load())
    return Opened(intake, title=one.name, about=one.about, invented=True)


@cache
def everybody() -> tuple[Shown, ...]:
    """All of them with their headlines; empty where the examples are not installed."""
    found = []
    for key, one in PEOPLE.items():
        opened = person(key)
        if opened is not None:
            screening = opened.screening(load())
            found.append(Shown(key, one, banner(screening, load())))
    return tuple(found)
