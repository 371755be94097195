"""A clinic's own measures: one TOML entry each, in the form of knowledge/measures.toml, from a file or a folder of
them.

Ask here: `own_measures(path, knowledge)`. So a clinic asks what we do not know, or brings the words of a published
measure under a licence of its own (`importable.toml` holds how those are scored, and a file that scores them otherwise
is refused). What is ours cannot be redefined, and no two measures share a name. Its sources are plain words.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec
import tomli

from afferent.errors import InputError
from afferent.knowledge import Knowledge
from afferent.knowledge.measure_checks import as_published, measure_faults, names_taken
from afferent.knowledge.measures import Measure
from afferent.outcomes.scoring import disagreement
from afferent.records import source

LARGEST: Final = 2**20
MOST: Final = 200


def own_measures(path: Path, knowledge: Knowledge) -> dict[str, Measure]:
    """The measures of a file, or of every .toml file in a folder, by id; ours are not among them.

    Raises InputError naming file, entry and mend for the first fault; then nothing of it is used.
    """
    found: dict[str, Measure] = {}
    columns: dict[str, str] = {}
    scales: dict[str, str] = {}
    for measure in knowledge.measures.values():
        list(names_taken(measure, columns, scales))
    for file in sorted(path.glob("*.toml")) if path.is_dir() else [path]:
        name, entries = _entries(file)
        for key, entry in entries.items():
            try:
                if key in knowledge.measures or key in found:
                    raise InputError(f"{name}, {key}: there is a measure of this name already; give it another")
                measure = _measure(entry, key, name)
                for fault in (*_faults(measure, knowledge), *names_taken(measure, columns, scales)):
                    raise InputError(f"{name}, {key}: {fault}")
            except InputError as error:
                raise source.sentence(name, error) from None
            found[key] = measure
            if len(found) > MOST:
                raise InputError(f"{name}: at most {MOST} measures are read")
    return found


def _faults(measure: Measure, knowledge: Knowledge) -> Iterator[str]:
    yield from measure_faults(measure)
    if measure.licence.embed != "yes":
        yield 'licence: embed must be "yes": load only what your clinic may ask, and say who allows it'
    yield from as_published(measure, knowledge.importable)
    for example in measure.examples:  # run here: there is no test suite behind a clinic's file
        if why := disagreement(measure, example):
            yield f"example {example.say!r}: {why}"


def _entries(file: Path) -> tuple[str, dict[str, Any]]:
    name, data = source.fetch(file)
    if len(data) > LARGEST:
        raise InputError(f"{name}: larger than {LARGEST >> 20} MB; a measure is a few lines")
    source.checked(name, data)
    try:
        return name, tomli.loads(source.text_of(name, data.removeprefix(b"\xef\xbb\xbf")))
    except ValueError as error:  # not TOML, or a number of more digits than anybody means
        raise source.sentence(name, InputError(f"{name}: {error}")) from None
    except RecursionError:
        raise InputError(f"{name}: nested too deeply") from None


def _measure(entry: Any, key: str, name: str) -> Measure:
    if not isinstance(entry, dict):
        raise InputError(f"{name}, {key}: an entry begins with its name in brackets, such as [my_measure]")
    try:
        return msgspec.convert({**entry, "id": key}, Measure)
    except msgspec.ValidationError as error:
        raise InputError(f"{name}, {key}: {error}") from None
