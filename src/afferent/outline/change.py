"""What a therapist may do to an outline, one frozen value for each button. Nothing here decides.

Ask here: `Change` (the union) and `decode`. `step` counts from 0.
"""

from __future__ import annotations

from typing import Annotated, Final

import msgspec
from msgspec import Meta, Struct

from afferent.errors import InputError

Index = Annotated[int, Meta(ge=0, le=40)]
Level = Annotated[int, Meta(ge=0, le=5)]
Minutes = Annotated[int, Meta(ge=1, le=60)]
Name = Annotated[str, Meta(min_length=1, max_length=60)]
Regions = Annotated[tuple[Name, ...], Meta(min_length=1, max_length=40)]


class _Change(Struct, frozen=True, tag_field="change", forbid_unknown_fields=True):
    step: Index


class LevelUp(_Change, frozen=True, tag="level_up"):
    """One level harder."""


class LevelDown(_Change, frozen=True, tag="level_down"):
    """One level lighter. Below what the work can be, it becomes lighter work."""


class Longer(_Change, frozen=True, tag="longer"):
    minutes: Minutes = 1


class Shorter(_Change, frozen=True, tag="shorter"):
    minutes: Minutes = 1


class Remove(_Change, frozen=True, tag="remove"):
    """The step goes."""


class Earlier(_Change, frozen=True, tag="earlier"):
    """It comes before the step before it."""


class Later(_Change, frozen=True, tag="later"):
    """It comes after the next one."""


class ChangeWork(_Change, frozen=True, tag="work"):
    """Something else is done in the same place."""

    work: Name


class ChangePlace(_Change, frozen=True, tag="place"):
    """The same is done in another place."""

    regions: Regions


class AddStep(_Change, frozen=True, tag="add"):
    """A new step; `step` is its number then."""

    regions: Regions
    work: Name
    level: Level
    minutes: Minutes


class AddPoint(_Change, frozen=True, tag="add_point"):
    """A point or a reflex zone more, in a step of acupressure or reflexology."""

    point: Name


class RemovePoint(_Change, frozen=True, tag="remove_point"):
    """A point or a zone less."""

    point: Name


Change = (
    LevelUp | LevelDown | Longer | Shorter | Remove | Earlier | Later | ChangeWork | ChangePlace | AddStep | AddPoint
    | RemovePoint
)  # fmt: skip

_DECODER: Final = msgspec.json.Decoder(Change)


def decode(data: bytes | str) -> Change:
    """One change as it was sent. Raises InputError with one sentence."""
    try:
        found: Change = _DECODER.decode(data)
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        raise InputError(f"this is no change of an outline: {error}") from None
    return found
