"""`python -m bench`: every claim, measured now, as a table."""

from __future__ import annotations

import platform

from bench import gate, heat, memory, screening, shell


def main() -> None:
    """Print the table in Markdown, so that it can go into the README as it is."""
    print(f"Measured with Python {platform.python_version()} on {platform.machine()}; medians.\n")
    print("| claim | measured | wanted | |\n|---|---|---|---|")
    for module in (screening, shell, memory, heat, gate):
        for line in module.lines():
            print(f"| {line.claim} | {line.measured} | {line.wanted} | {'holds' if line.holds else 'MISSED'} |")


if __name__ == "__main__":
    main()
