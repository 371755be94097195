"""Which version of the knowledge a clinic works with, and what a newer one would change.

A version is kept, packed, from the day a clinic works with it. When the program brings a newer one, the clinic stays
on its own until the owner has seen whose limits would change and switches it on.
"""

from __future__ import annotations

import tempfile
from functools import lru_cache
from pathlib import Path

from afferent.errors import AfferentError
from afferent.knowledge import Knowledge, load
from afferent.knowledge.loader import FOLDER
from afferent.knowledge.snapshot import pack, unpack
from afferent.web.clinics.models import Clinic, Snapshot


def in_force(clinic: Clinic) -> Knowledge:
    """The knowledge this clinic works with. A kept version that this program can no longer read gives way."""
    newest = load()
    if clinic.knowledge == newest.version:
        return newest
    if not clinic.knowledge:
        switch(clinic)
        return newest
    return _kept(clinic.knowledge) or newest


def behind(clinic: Clinic) -> bool:
    """Is there a newer version than the one switched on?"""
    return bool(clinic.knowledge) and clinic.knowledge != load().version


def readable(clinic: Clinic) -> bool:
    """Can the version switched on still be read, or does the newest hold already?"""
    return not behind(clinic) or _kept(clinic.knowledge) is not None


def switch(clinic: Clinic) -> None:
    """Switch the newest version on, and keep it."""
    newest = load()
    Snapshot.objects.get_or_create(version=newest.version, defaults={"packed": _packed()})
    Clinic.objects.filter(pk=clinic.pk).update(knowledge=newest.version)
    clinic.knowledge = newest.version


@lru_cache(maxsize=1)
def _packed() -> bytes:
    return pack(FOLDER)


@lru_cache(maxsize=4)
def _kept(version: str) -> Knowledge | None:
    found = Snapshot.objects.filter(pk=version).first()
    if found is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        try:
            unpack(bytes(found.packed), Path(folder))
            return load(Path(folder))
        except (AfferentError, OSError):
            return None
