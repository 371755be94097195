"""The words of the letters: every heading, label and sentence, in one file per language (`letters.toml`: English).

Ask here: `say("release_signed", day=...)`. A translation is another file with the same keys and the same names in
braces. Dates are spelled out by `words.consents.long_day`, places by `words.places`.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import tomli


def say(key: str, **fields: object) -> str:
    """One text, its names in braces filled in. Raises KeyError for a text that does not exist."""
    return texts()[key].format(**fields)


@cache
def texts() -> dict[str, str]:
    """Every text by its key; sections only order the file."""
    sections = tomli.loads(files("afferent.words").joinpath("letters.toml").read_text("utf-8"))
    found: dict[str, str] = {}
    for section in sections.values():
        found.update(section)
    return found
