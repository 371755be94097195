"""The house: a floor knows no floor above it, and nothing below the clinic's pages imports Django."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import afferent

HOUSE = Path(afferent.__file__).parent
# From the ground up. A floor may import those before it.
FLOORS = (
    "errors", "body", "knowledge", "safety", "physiology", "outline", "visit", "outcomes", "words", "records",
    "directory", "population", "page", "cli", "web",
)  # fmt: skip
# What is otherwise, by name, so that none joins unseen: words about values that records read, and the verbs that start,
# back up and restore the clinic.
OTHERWISE = {
    ("words/consents.py", "records"), ("words/foot_check.py", "records"),
    ("cli/backup.py", "web"), ("cli/restore.py", "web"), ("cli/serve.py", "web"),
}  # fmt: skip


def _imports() -> Iterator[tuple[str, str, str]]:
    """File, its floor, and a name that it imports: "records.letters", "django"."""
    for path in HOUSE.rglob("*.py"):
        file = path.relative_to(HOUSE)
        if "tests" in file.parts or path.name == "conftest.py" or len(file.parts) == 1:
            continue
        for node in ast.walk(ast.parse(path.read_bytes())):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [one.name for one in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module] if node.module != "afferent" else [f"afferent.{one.name}" for one in node.names]
            for name in names:
                yield str(file), file.parts[0], name.removeprefix("afferent.")


FOUND = tuple(_imports())


def test_every_floor_is_named() -> None:
    assert {floor for _, floor, _ in FOUND} <= set(FLOORS)


def test_no_floor_knows_one_above_it() -> None:
    upwards = {
        (file, name.partition(".")[0])
        for file, floor, name in FOUND
        if name.partition(".")[0] in FLOORS and FLOORS.index(name.partition(".")[0]) > FLOORS.index(floor)
    }
    assert upwards == OTHERWISE


def test_django_is_known_in_the_clinic_alone() -> None:
    below = {file for file, floor, name in FOUND if name.partition(".")[0] == "django" and floor != "web"}
    assert below <= {file for file, floor in OTHERWISE if floor == "web"}
