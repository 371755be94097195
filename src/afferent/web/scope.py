"""Whose data a query may see: the one mechanism that keeps clinics apart.

Every model with data of a clinic is a `Scoped`. Its managers see the rows of the clinic that `inside` names and no
other; outside of any clinic they refuse (`NoClinic`) rather than show everything. On PostgreSQL the same name is told
to the connection, and row security holds it even for SQL that goes round the managers (see `row_security`).

What somebody wrote once and may not change is an `AppendOnly`: the database itself refuses an UPDATE.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection, models
from django.db.models import QuerySet

SETTING = "afferent.clinic"  # the connection's own name for it, on PostgreSQL

_inside: ContextVar[uuid.UUID | None] = ContextVar("clinic", default=None)


class NoClinic(RuntimeError):
    """A query about clients was made outside of any clinic. A mistake of the program, never of its user."""


class Unchangeable(RuntimeError):
    """Something written once was to be changed or removed."""


def clinic_id() -> uuid.UUID:
    """The clinic that queries see now. Raises NoClinic."""
    found = _inside.get()
    if found is None:
        raise NoClinic("no clinic is chosen: use `with inside(clinic.id):`")
    return found


@contextmanager
def inside(clinic: uuid.UUID) -> Iterator[None]:
    """Queries made within see this clinic and no other."""
    before = _inside.set(clinic)
    _tell(clinic)
    try:
        yield
    finally:
        _inside.reset(before)
        _tell(_inside.get())


def _tell(clinic: uuid.UUID | None) -> None:
    """Name the clinic to PostgreSQL. A connection that broke meanwhile has forgotten it, and then shows no rows."""
    if connection.vendor != "postgresql" or (connection.connection is not None and connection.connection.closed):
        return
    if connection.needs_rollback or (connection.in_atomic_block and connection.errors_occurred):
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, false)", [SETTING, str(clinic or "")])


class ScopedQuerySet(QuerySet):
    """Rows of one clinic. New ones get its name."""

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> Any:
        objs = list(objs)
        for one in objs:
            one.clinic_id = one.clinic_id or clinic_id()
        return super().bulk_create(objs, *args, **kwargs)


class ScopedManager(models.Manager.from_queryset(ScopedQuerySet)):  # type: ignore[misc]
    """The only way to rows of a clinic."""

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().filter(clinic_id=clinic_id())


class Scoped(models.Model):
    """A row that belongs to one clinic."""

    clinic_id: uuid.UUID | None
    clinic = models.ForeignKey("clinics.Clinic", on_delete=models.PROTECT, related_name="+", editable=False)

    objects = ScopedManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"
        default_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        here = clinic_id()
        if self.clinic_id is None:
            self.clinic_id = here
        if self.clinic_id != here:
            raise NoClinic("this row belongs to another clinic")
        super().save(*args, **kwargs)


class AppendOnlyQuerySet(ScopedQuerySet):
    """Rows that are written once."""

    def update(self, **kwargs: Any) -> int:
        raise Unchangeable(f"{self.model.__name__}: entries are never changed; write a new one")

    def delete(self) -> Any:
        raise Unchangeable(f"{self.model.__name__}: entries are never removed one by one")


class AppendOnlyManager(models.Manager.from_queryset(AppendOnlyQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> QuerySet:
        return super().get_queryset().filter(clinic_id=clinic_id())


class AppendOnly(Scoped):
    """A row that is written once and stays legible as it was."""

    objects = AppendOnlyManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"
        default_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Unchangeable(f"{type(self).__name__}: entries are never changed; write a new one")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise Unchangeable(f"{type(self).__name__}: entries are never removed one by one")
