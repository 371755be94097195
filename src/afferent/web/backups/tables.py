"""What is in a backup: every table that anybody's work is in, row by row, in an order that does not change.

Ask here: `kept` (the models), `lines` (their rows as lines of JSON, clinic by clinic), `Table` (what the first line of
a backup says of one of them) and `Reader` (a line as values again). Nothing here opens a file or writes a row.

Left out: sessions (everybody signs in again) and what `migrate` writes itself (content types and permissions, which
Afferent does not use).
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Final

import msgspec
from django.apps import apps
from django.apps.registry import Apps
from django.db import connection, models
from django.db.models import F
from django.db.models.functions import Collate
from msgspec import Struct

from afferent.web.clinics.models import Clinic
from afferent.web.scope import Scoped, inside

LEFT_OUT: Final = frozenset({"sessions", "contenttypes", "auth"})  # by app
_LEFT_OUT_TOO: Final = frozenset({"accounts.User_groups", "accounts.User_user_permissions"})

_FEW, _MANY = 20, 2000  # rows read at once, with and without something large in them
_LARGE: Final = (models.BinaryField, models.JSONField)
_TYPES: Final[tuple[tuple[type[models.Field], Any], ...]] = (
    (models.BooleanField, bool),
    (models.UUIDField, uuid.UUID),
    (models.DateTimeField, dt.datetime),
    (models.DateField, dt.date),
    (models.TimeField, dt.time),
    (models.BinaryField, bytes),
    (models.IntegerField, int),
    (models.FloatField, float),
    (models.JSONField, str),  # a text in the text: it may hold what a line of JSON cannot, such as half a letter
    (models.CharField, str),
    (models.TextField, str),
)


class Table(Struct, frozen=True):
    """One table as the first line of a backup names it."""

    columns: tuple[str, ...]
    of_clinic: bool  # its rows are seen clinic by clinic only
    rows: int = 0


def kept() -> dict[str, type[models.Model]]:
    """Every model that is in a backup, by its label, in the order of the labels."""
    found = {model._meta.label: model for model in apps.get_models(include_auto_created=True)}
    return {
        label: model
        for label, model in sorted(found.items())
        if model._meta.app_label not in LEFT_OUT and label not in _LEFT_OUT_TOO and not model._meta.proxy
    }


def tables() -> dict[str, Table]:
    """The tables as they are now, each with its number of rows."""
    found = {
        label: Table(tuple(field.attname for field in model._meta.concrete_fields), issubclass(model, Scoped))
        for label, model in kept().items()
    }
    counts = counted(found, apps)
    return {label: msgspec.structs.replace(table, rows=counts[label]) for label, table in found.items()}


def counted(found: Mapping[str, Table], registry: Apps) -> dict[str, int]:
    """How many rows each table has, over all clinics."""
    counts = dict.fromkeys(found, 0)
    for label, clinic in _parts(found, registry):
        with _in(clinic):
            counts[label] += _rows(registry.get_model(label), clinic).count()
    return counts


def lines(found: Mapping[str, Table], registry: Apps) -> Iterator[bytes]:
    """Every row of these tables as `["clients.Client", [...]]`. Read in one transaction, or it may not fit together."""
    for label, clinic in _parts(found, registry):
        with _in(clinic):
            yield from _lines(label, found[label], registry.get_model(label), clinic)


def _parts(found: Mapping[str, Table], registry: Apps) -> Iterator[tuple[str, uuid.UUID | None]]:
    """Table by table, first those of no clinic, then those of each clinic."""
    yield from ((label, None) for label, table in found.items() if not table.of_clinic)
    clinics = list(registry.get_model(Clinic._meta.label)._base_manager.order_by("pk").values_list("pk", flat=True))
    for clinic in clinics:
        yield from ((label, clinic) for label, table in found.items() if table.of_clinic)


def _in(clinic: uuid.UUID | None) -> AbstractContextManager[None]:
    return inside(clinic) if clinic else nullcontext()


def _rows(model: type[models.Model], clinic: uuid.UUID | None) -> models.QuerySet:
    found = model._base_manager.all()
    return found.filter(clinic_id=clinic) if clinic else found


def _lines(label: str, table: Table, model: type[models.Model], clinic: uuid.UUID | None) -> Iterator[bytes]:
    fields = [_field(model, column) for column in table.columns]
    texts = [number for number, field in enumerate(fields) if isinstance(field, models.JSONField)]
    at_once = _FEW if any(isinstance(field, _LARGE) for field in fields) else _MANY
    found = _rows(model, clinic).order_by(_in_order(model)).values_list(*table.columns)
    encode = msgspec.json.Encoder().encode
    for values in found.iterator(chunk_size=at_once):
        if texts:
            values = list(values)
            for number in texts:
                values[number] = _text(values[number])
        yield encode((label, values)) + b"\n"


def _field(model: type[models.Model], column: str) -> models.Field:
    return next(field for field in model._meta.concrete_fields if field.attname == column)


def _in_order(model: type[models.Model]) -> Any:
    """By the key, and words byte by byte: a database may sort them otherwise."""
    key = model._meta.pk
    if isinstance(key, models.CharField) and connection.vendor == "postgresql":
        return Collate(F(key.attname), "C")
    return key.attname


def _text(value: Any) -> str | None:
    """JSON as a text, the same from every database: PostgreSQL sorts keys, and writes numbers out."""
    if value is None:
        return None
    text = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return json.dumps(_written_out(value), sort_keys=True, separators=(",", ":")) if _odd(text) else text


def _odd(text: str) -> bool:
    return "e+" in text or "-0.0" in text


def _written_out(value: Any) -> Any:
    if isinstance(value, float):
        return int(value) if abs(value) >= 1e16 else value + 0.0
    if isinstance(value, dict):
        return {key: _written_out(one) for key, one in value.items()}
    return [_written_out(one) for one in value] if isinstance(value, list) else value


class Reader:
    """Reads the lines of one table. Raises msgspec.ValidationError for a value of another kind."""

    def __init__(self, table: Table, model: type[models.Model]) -> None:
        fields = [_field(model, column) for column in table.columns]
        kinds = tuple(_kind(field) | None if field.null else _kind(field) for field in fields)
        self._decode: Final[Callable[[msgspec.Raw], tuple[Any, ...]]] = msgspec.json.Decoder(tuple[kinds]).decode  # type: ignore[valid-type]
        self._texts: Final = [number for number, field in enumerate(fields) if isinstance(field, models.JSONField)]

    def values(self, raw: msgspec.Raw) -> list[Any]:
        """The values in the order of the columns."""
        found = list(self._decode(raw))
        for number in self._texts:
            if found[number] is not None:
                found[number] = json.loads(found[number])
        return found


def _kind(field: models.Field) -> Any:
    while field.is_relation:
        field = field.target_field
    for kind, meant in _TYPES:
        if isinstance(field, kind):
            return meant
    raise TypeError(f"{field}: a backup does not know how to keep a {type(field).__name__}")
