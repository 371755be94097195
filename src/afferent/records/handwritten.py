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
MOST: Final = 20_000  # values
LONGEST: Final = 1_000  # characters of one value
_NUMBER: Final = re.compile(r"[-+]?(0|[1-9]\d{0,17})(\.\d{1,17})?([eE][-+]?\d{1,3})?")
_TOO_LONG: Final = f"a value of more than {LONGEST} characters; a case file is short"
_NOTHING: Final = frozenset({"", "~", "null", "Null", "NULL"})


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
    return _yaml(name, text)


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
        raise InputError(f"{name}: {_TOO_LONG}")
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


def _yaml(name: str, text: str) -> Written:
    import yaml

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
    return Written(name, builder.value, builder.lines)


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
            self._refuse(line, _TOO_LONG)
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
