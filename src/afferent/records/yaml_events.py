"""YAML by its events: plain values and the line of each, bounded before anything is built.

No tags, no anchors, no second document, no key twice; words stay words. Loads PyYAML, so only `handwritten` imports it,
and only for YAML.
"""

from __future__ import annotations

import math
import re
from typing import Any, Final, NoReturn

import yaml

from afferent.errors import InputError
from afferent.records.handwritten import DEEPEST, LONGEST, TOO_LONG

MOST: Final = 20_000  # values
_NUMBER: Final = re.compile(r"[-+]?(0|[1-9]\d{0,17})(\.\d{1,17})?([eE][-+]?\d{1,3})?")
_NOTHING: Final = frozenset({"", "~", "null", "Null", "NULL"})


def read(name: str, text: str) -> tuple[Any, dict[str, int]]:
    """The value, and the line of everything in it by its path. Raises InputError naming the line."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    builder = _Builder(name)
    try:
        for event in yaml.parse(text, Loader=loader):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"{name}, line {mark.line + 1}, column {mark.column + 1}" if mark else name
        raise InputError(f"{where}: not valid YAML ({error.problem or error.context})") from None
    except yaml.YAMLError:
        raise InputError(f"{name}: holds a character that no text may hold; save it again as plain UTF-8") from None
    except (RecursionError, ValueError):
        raise InputError(f"{name}: not valid YAML") from None
    return builder.value, builder.lines


class _Builder:
    """Builds plain values from YAML events, one after the other."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.value: Any = None
        self.lines: dict[str, int] = {}
        self._stack: list[tuple[Any, str]] = []  # the mapping or list being filled, and its path
        self._keys: list[str | None] = []  # the key waiting for its value, per level
        self._documents = 0

    def take(self, event: Any) -> None:
        """One event of the parser. Raises InputError on what has no place in a case."""
        kind = type(event).__name__
        line = event.start_mark.line + 1
        if kind == "AliasEvent" or getattr(event, "anchor", None):
            self._refuse(line, "anchors (&) and aliases (*) are not used here; write it out")
        if getattr(event, "tag", None) not in (None, "!"):
            self._refuse(line, "tags (!) are not used here")
        match kind:
            case "DocumentStartEvent":
                self._documents += 1
                if self._documents > 1:
                    self._refuse(line, "a second document begins (---); keep one case per file")
            case "ScalarEvent":
                self._scalar(event, line)
            case "MappingStartEvent":
                self._open({}, line)
            case "SequenceStartEvent":
                self._open([], line)
            case "MappingEndEvent" | "SequenceEndEvent":
                self._stack.pop()
                self._keys.pop()

    def _refuse(self, line: int, why: str) -> NoReturn:
        raise InputError(f"{self.name}, line {line}: {why}")

    def _scalar(self, event: Any, line: int) -> None:
        if len(event.value) > LONGEST:
            self._refuse(line, TOO_LONG)
        if self._stack and isinstance(self._stack[-1][0], dict) and self._keys[-1] is None:
            self._key(event.value, line)
        else:
            self._put(_plain(event.value) if event.implicit[0] else event.value, line)

    def _key(self, key: str, line: int) -> None:
        into, path = self._stack[-1]
        if key in into:
            self._refuse(line, f"{key!r} stands twice (first on line {self.lines[f'{path}.{key}']}); keep one")
        self._keys[-1] = key

    def _put(self, value: Any, line: int) -> str:
        """Put a value where it belongs; gives its path."""
        if len(self.lines) >= MOST:
            self._refuse(line, f"more than {MOST} values; a case file is short")
        if not self._stack:
            self.value, path = value, "$"
        else:
            into, parent = self._stack[-1]
            if isinstance(into, list):
                path = f"{parent}[{len(into)}]"
                into.append(value)
            else:
                key, self._keys[-1] = self._keys[-1], None
                if key is None:
                    self._refuse(line, "a key must be a plain word")
                path = f"{parent}.{key}"
                into[key] = value
        self.lines[path] = line
        return path

    def _open(self, value: Any, line: int) -> None:
        if len(self._stack) >= DEEPEST:
            self._refuse(line, f"nested deeper than {DEEPEST} levels")
        path = self._put(value, line)
        self._stack.append((value, path))
        self._keys.append(None)


def _plain(text: str) -> Any:
    """A number where it is written plainly as one, nothing, or the words themselves."""
    if text in _NOTHING:
        return None
    if _NUMBER.fullmatch(text):
        number = float(text)
        if math.isfinite(number):
            return int(text) if re.fullmatch(r"[-+]?\d+", text) else number
    return text
