"""What people write by hand, YAML or JSON, as plain values – and the line on which each stands.

YAML is read from its events, never through a constructor: no tags, no aliases, no second document, bounded in size and
depth before anything is built. Words stay words: `yes` and `no` are left to whoever knows the question, `012` and
`1:30` stay what was written, and a key that stands twice is refused.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from typing import Any, Final, NoReturn

import msgspec

from afferent.errors import InputError
from afferent.records import source

LARGEST: Final = 2**20  # a case written by hand is a few kB
DEEPEST: Final = 12
LONGEST: Final = 1_000  # characters of one value
TOO_LONG: Final = f"a value of more than {LONGEST} characters; a case file is short"


class Written:
    """Plain values (`value`) and where they stand: `lines` by path ("$.labs[0].unit")."""

    def __init__(self, name: str, value: Any, lines: dict[str, int] | None = None) -> None:
        self.name = name
        self.value = value
        self.lines = lines or {}

    def at(self, path: str) -> str:
        """File and line of a path, or of the nearest thing around it that has a line."""
        while path and path not in self.lines:
            path = path[: max(path.rfind("."), path.rfind("["))] if "." in path or "[" in path else ""
        return f"{self.name}, line {self.lines[path]}" if path in self.lines else self.name


def read(name: str, data: bytes) -> Written:
    """YAML or JSON as plain values. Raises InputError naming the line."""
    if len(data) > LARGEST:
        raise InputError(f"{name}: larger than {LARGEST >> 20} MB; a case file is a few kB, a record must be FHIR JSON")
    text = source.text_of(name, data)
    if data.startswith((b"{", b"[")) and not name.endswith((".yaml", ".yml")):
        return Written(name, _json(name, text))
    from afferent.records import yaml_events

    value, lines = yaml_events.read(name, text)
    return Written(name, value, lines)


def _json(name: str, text: str) -> Any:
    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        value: dict[str, Any] = {}
        for key, inner in found:
            if key in value:
                raise InputError(f"{name}: {key!r} stands twice; keep one")
            value[key] = inner
        return value

    def refuse(word: str) -> NoReturn:
        raise InputError(f"{name}: {word} is no number; leave out what is not known")

    try:
        value = json.loads(text, object_pairs_hook=pairs, parse_constant=refuse)
    except json.JSONDecodeError as error:
        raise InputError(f"{name}, line {error.lineno}, column {error.colno}: {_said(error.msg)}") from None
    except (RecursionError, ValueError):
        raise InputError(f"{name}: nested too deeply, or a number of too many digits") from None
    if any(depth > DEEPEST for depth, _ in _walk(value)):
        raise InputError(f"{name}: nested deeper than {DEEPEST} levels")
    if any(isinstance(inner, float) and not math.isfinite(inner) for _, inner in _walk(value)):
        raise InputError(f"{name}: a number is too large")
    if any(isinstance(inner, str) and len(inner) > LONGEST for _, inner in _walk(value)):
        raise InputError(f"{name}: {TOO_LONG}")
    if any(isinstance(inner, str) and _broken(inner) for _, inner in _walk(value)):
        raise InputError(f"{name}: holds half a character (\\ud800 to \\udfff); write it as it reads")
    return value


def _broken(text: str) -> bool:
    return any("\ud800" <= letter <= "\udfff" for letter in text) if not text.isascii() else False


def _said(message: str) -> str:
    return f"not valid JSON ({message[0].lower()}{message[1:]})"


def _walk(value: Any) -> Iterator[tuple[int, Any]]:
    stack = [(1, value)]
    while stack:
        depth, inner = stack.pop()
        yield depth, inner
        children = [*inner, *inner.values()] if isinstance(inner, dict) else inner if isinstance(inner, list) else ()
        stack.extend((depth + 1, child) for child in children)


_WORDS: Final = {
    "`str`": "words", "`int`": "a whole number", "`float`": "a number", "`bool`": "true or false", "`null`": "nothing",
    "`array`": "a list", "`object`": "a mapping (name: value)", "`date`": "a date like 2026-11-05",
    "`str | int`": "words", "`float | null`": "a number", "`float | str`": "a number", "`str | null`": "words",
}  # fmt: skip


def explain(error: msgspec.ValidationError, written: Written) -> InputError:
    """A fault of shape as one sentence: file, line, what stands there and what should."""
    message, _, path = str(error).partition(" - at `")
    path = path.rstrip("`")
    for name, words in _WORDS.items() if message.startswith("Expected") else ():
        message = message.replace(name, words)
    message = message.replace("Expected", "expected").replace("Object missing", "missing").replace("Invalid", "invalid")
    return InputError(f"{written.at(path)}: {shown(path)}{message}")


def shown(path: str) -> str:
    """A path as people read it: `$.labs[0].unit` is "labs, entry 1, unit: "."""
    path = re.sub(r"\[(\d+)\]", lambda found: f", entry {int(found[1]) + 1}", path.removeprefix("$").removeprefix("."))
    path = path.replace("[...]", "").replace(".", ", ")
    return f"{path}: " if path else ""
