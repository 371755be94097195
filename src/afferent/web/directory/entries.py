"""Changes of profiles: kept here first, then laid over the directory; so a directory that is made anew learns them.

Ask here: `keep(directory, therapist, kind, change, …)` and `catch_up(directory)`. What a directory has learnt stands in
it as the number of the last entry, in the same transaction as the profiles: a pulled plug between the two writes is
mended by the next look.
"""

from __future__ import annotations

import zlib
from typing import Any, Final

import msgspec
from django.db import connection, transaction
from django.utils import timezone

from afferent.directory.change import Change, applied, checked
from afferent.directory.store import Directory
from afferent.web.directory.models import Entry

_MARK: Final = "entries"
_LOCK: Final = 7_110_423  # beside a number for the name


def keep(directory: Directory, therapist: str, kind: str, change: Change, **who: Any) -> None:
    """Write it down, and let the directory learn it. Raises InputError where it may not be kept."""
    sound = checked(change, timezone.now().date())
    with transaction.atomic():
        one_after_the_other("entries")
        Entry.objects.create(therapist=therapist, kind=kind, change=msgspec.to_builtins(sound), **who)
    catch_up(directory)


def catch_up(directory: Directory) -> None:
    """Learn every entry that is newer than what the directory knows; costs one look where there is none.

    A directory that knows of more than there is was kept by a database that a backup has replaced: it learns all anew,
    which changes nothing where it is the same."""
    if _latest() == directory.mark(_MARK):
        return
    with directory:
        latest, since = _latest(), directory.mark(_MARK)
        since = since if since <= latest else 0
        for entry in Entry.objects.filter(pk__gt=since, pk__lte=latest).order_by("pk").iterator():
            known, change = directory.get(entry.therapist), msgspec.convert(entry.change, Change)
            if not isinstance(change.left_out, msgspec.UnsetType):
                directory.leave_out(entry.therapist, change.left_out)
            if known is not None:
                directory.put(applied(known[0], change), gone=known[1])
        directory.set_mark(_MARK, latest)


def _latest() -> int:
    return Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def one_after_the_other(name: str) -> None:
    """Within a transaction: whoever names the same waits until it ends. So entries get their numbers in the order in
    which others see them. SQLite's own lock does it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, zlib.crc32(name.encode()) - 2**31])
