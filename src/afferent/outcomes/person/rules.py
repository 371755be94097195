"""The thresholds of the verdict, read once from verdict.toml."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

import msgspec
import tomli
from msgspec import Struct


class Rules(Struct, frozen=True, forbid_unknown_fields=True):
    """See verdict.toml, which says what each one is for."""

    days_before: int
    days_during: int
    sure: float
    sure_drawn: float
    as_good_as_none: float
    surely_lower: float
    worse: float
    worse_by: float
    placebo: float
    trend: float
    trend_alone: float
    trend_days: float
    days_done: int
    flare_chance: float
    sceptic_sd: float
    placebo_for: tuple[str, ...]


RULES: Final = msgspec.convert(
    tomli.loads(files("afferent.outcomes.person").joinpath("verdict.toml").read_text("utf-8")), Rules
)
