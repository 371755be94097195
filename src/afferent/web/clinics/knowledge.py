"""Which version of the knowledge a clinic works with, and what a newer one would change.

A version is kept, packed, from the day a clinic works with it. When the program brings a newer one, the clinic stays
on its own until the owner has seen whose limits would change and switches it on.

What is asked to learn whether it helped may be added to (`AFFERENT_MEASURES`, see records/own_measures.py): no limit
hangs on a measure.
"""

from __future__ import annotations

import tempfile
from functools import lru_cache
from pathlib import Path

import msgspec
from django.conf import settings

from afferent.errors import AfferentError
from afferent.knowledge import Knowledge, load
from afferent.knowledge.loader import FOLDER
from afferent.knowledge.snapshot import pack, unpack
from afferent.records.own_measures import own_measures
from afferent.web.clinics.models import Clinic, Snapshot


def in_force(clinic: Clinic) -> Knowledge:
    """The knowledge this clinic works with. A kept version that this program can no longer read gives way."""
    return with_own_measures(_of_ours(clinic), settings.MEASURES)


@lru_cache(maxsize=8)
def with_own_measures(knowledge: Knowledge, folder: Path | None) -> Knowledge:
    """The same with the measures that this server was given. Raises InputError, when the server starts."""
    if folder is None:
        return knowledge
    own = own_measures(folder, knowledge)
    return msgspec.structs.replace(knowledge, measures={**knowledge.measures, **own})


def _of_ours(clinic: Clinic) -> Knowledge:
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
