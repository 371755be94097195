"""`python -m bench`: every claim, measured now, as a table. `python -m bench letters directory`: only these parts."""

from __future__ import annotations

import platform
import sys
from importlib import import_module

# One imported after the other: a child counts the memory of the parent that bore it, so memory comes first.
PARTS = (
    "memory", "shell", "screening", "heat", "gate", "outcomes", "outcomes_meta", "letters", "clinic", "programme",
    "relay", "relay_windows", "directory",
)  # fmt: skip


def main() -> None:
    """Print the table in Markdown, so that it can go into the README as it is. Each line as soon as it is measured."""
    wanted = sys.argv[1:] or PARTS
    if unknown := set(wanted) - set(PARTS):
        sys.exit(f"There is no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    print(f"Measured with Python {platform.python_version()} on {platform.machine()}; medians.\n")
    print("| claim | measured | wanted | |\n|---|---|---|---|")
    for name in wanted:
        for line in import_module(f"bench.{name}").lines():
            holds = "holds" if line.holds else "MISSED"
            print(f"| {line.claim} | {line.measured} | {line.wanted} | {holds} |", flush=True)


if __name__ == "__main__":
    main()
