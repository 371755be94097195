"""A limit for heat or cold, in words: the sentence first, then the clock, then why.

Ask here: `verdict`, `clock`, `CLOCKS`, `OWN` and `burn_series`. Nothing here decides.
"""

from __future__ import annotations

import math
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec
import tomli
from msgspec import Struct

from afferent.body.regions import AREA
from afferent.physiology.heat.limit import Kind, ThermalLimit
from afferent.physiology.heat.reading import degrees
from afferent.physiology.heat.source import HEAT_SOURCES
from afferent.words.places import phrase
from afferent.words.vocabulary import capital

CLOCKS: Final[dict[Kind, str]] = {
    "cap": "our ceiling",
    "line": "a tenth of the safety line",
    "kinetics": "the strictest law of injury",
}


# What closes a place besides a rule.
OWN: Final = {
    "NUMB": "No feeling here",
    "VISIT": "No massage today",
    "EXCLUDED": "Left alone today",
    "ASK-FIRST": "Ask first",
    "NOBODY": "Nobody screened",
    "PLACE": "Not for this place",
    "UNMEASURED": "Not measured",
    "TOO-WARM": "Too warm",
    "TOO-COLD": "Too cold",
    "NOT-WARM": "Not warm",
    "NOT-COLD": "Not cold",
    "NEVER": "Never, with us",
    "ALARM": "No warning in time",
    "LIMITS": "Today’s limits",
}


# Where nothing but this closes it, the first words say what to do.
_ALONE: Final = {
    "UNMEASURED": "Measure first.",
    "TOO-WARM": "Too warm: cool it first.",
    "TOO-COLD": "Too cold: warm it first.",
    "NOT-WARM": "That is no heat.",
    "NOT-COLD": "That is no cold.",
    "PLACE": "Not for this place.",
    "NEVER": "Not used here at all.",
}


class Verdict(Struct, frozen=True):
    """`shape`: ready, ask or stop, as on every banner. `sentence`, then `second`."""

    shape: str
    sentence: str
    second: str


class Seen(Struct, frozen=True):
    """What was seen in people, and where it was read."""

    says: str
    source: str


def _place(site: str) -> str:
    """The region inside a sentence: "the sole of the left foot" as the rest of the product says it."""
    return phrase(AREA[site], spans=False)


def verdict(found: ThermalLimit) -> Verdict:
    """The sentence that a page opens with."""
    what, where = HEAT_SOURCES[found.source].title, _place(found.site)
    reading = "" if found.celsius is None else f" at {degrees(found.celsius)}"
    comma = "," if "," in what else ""  # "warm pack, wrapped, at 45 °C"
    about = f"{capital(what)}{'' if found.allowed else comma * bool(reading) + reading}, {where}."
    edge = f"Never warmer than {found.warmest:g} °C." if found.does == "heat" else f"Never below {found.coldest:g} °C."
    if found.allowed:
        return Verdict("ready", f"At most {clock(found.seconds)}{reading}.", f"{about} {edge}")
    alone = next((one.rule for one in found.closed if {other.rule for other in found.closed} <= set(_ALONE)), "")
    if alone:
        return Verdict("ask" if found.until_answered else "stop", _ALONE[alone], f"{about} {edge}")
    if found.until_answered:
        return Verdict("ask", f"No {found.does} yet: ask first.", about)
    return Verdict("stop", f"No {found.does} here today.", about)


def clock(seconds: float) -> str:
    """ "10 minutes", "6 min 40 s", "45 seconds", "2 h 3 min"; never rounded up."""
    minutes, rest = divmod(math.floor(seconds), 60)
    if minutes >= 120:
        return f"{minutes // 60} h {minutes % 60} min"
    if minutes == 0:
        return f"{rest} second{'s' * (rest != 1)}"
    if rest == 0 or minutes >= 15:
        return f"{minutes} minute{'s' * (minutes != 1)}"
    return f"{minutes} min {rest} s"


@cache
def burn_series() -> tuple[Seen, ...]:
    """Why a place without feeling gets no heat: burns seen in people with neuropathy and diabetes."""
    text = files("afferent.physiology.heat").joinpath("burn_series.toml").read_text("utf-8")
    return tuple(msgspec.convert(entry, Seen) for entry in tomli.loads(text).values())
