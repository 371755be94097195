"""`python -m bench`: every claim, measured now, as a table."""

from __future__ import annotations

import platform
from importlib import import_module

# One imported after the other: a child counts the memory of the parent that bore it, so memory comes first.
PARTS = (
    "memory", "shell", "screening", "heat", "gate", "outcomes", "outcomes_meta", "letters", "clinic", "programme",
    "relay", "relay_windows",
    "directory",
)  # fmt: skip


def main() -> None:
    """Print the table in Markdown, so that it can go into the README as it is."""
    print(f"Measured with Python {platform.python_version()} on {platform.machine()}; medians.\n")
    print("| claim | measured | wanted | |\n|---|---|---|---|")
    for name in PARTS:
        for line in import_module(f"bench.{name}").lines():
            print(f"| {line.claim} | {line.measured} | {line.wanted} | {'holds' if line.holds else 'MISSED'} |")


if __name__ == "__main__":
    main()
