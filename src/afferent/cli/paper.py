"""Lines of text as wide as the terminal: headings, paragraphs and columns. Bold and colour only on a terminal.

Plain `textwrap`: a screening must stand there within half a second, and loading and measuring a richer layout took
longer than the screening itself (docs/decisions/0001-libraries.md).
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from textwrap import wrap
from typing import Final, Literal

Style = Literal["", "bold", "italic", "red", "yellow", "cyan"]
_CODES: Final[dict[Style, str]] = {"bold": "1", "italic": "3", "red": "1;31", "yellow": "1;33", "cyan": "1;36"}
_WIDEST: Final = 110


class Paper:
    """Collects lines. `width` in characters; `colour` whether escape codes may be used."""

    def __init__(self, width: int | None = None, colour: bool | None = None) -> None:
        self.width = width or min(shutil.get_terminal_size((100, 40)).columns, _WIDEST)
        self.colour = sys.stdout.isatty() if colour is None else colour
        self.lines: list[str] = []

    def say(self, text: str, style: Style = "", indent: int = 0, first: str = "") -> None:
        """A paragraph, wrapped; `first` stands in the indent of its first line."""
        room = max(20, self.width - indent)
        for n, line in enumerate(_wrapped(text, room)):
            lead = (first if n == 0 else "").ljust(indent)
            self.lines.append(f"{lead}{self._styled(line, style)}".rstrip())

    def heading(self, text: str, beside: str = "") -> None:
        """A section heading under a blank line."""
        self.lines.append("")
        self.lines.append(self._styled(text.upper(), "bold") + (f"  {beside}" if beside else ""))

    def rule(self, style: Style = "") -> None:
        """A line across the page."""
        self.lines.append(self._styled("─" * self.width, style))

    def blank(self) -> None:
        self.lines.append("")

    def row(self, cells: Sequence[str], widths: Sequence[int], styles: Sequence[Style] = (), indent: int = 0) -> None:
        """Cells beside each other, each wrapped in its own width; a width of 0 takes what is left."""
        room = self.width - indent - sum(widths) - 2 * (len(widths) - 1)
        sizes = [width or max(16, room) for width in widths]
        columns = [_wrapped(cell, size) for cell, size in zip(cells, sizes, strict=True)]
        for n in range(max(map(len, columns))):
            parts = []
            for k, column in enumerate(columns):
                text = column[n] if n < len(column) else ""
                style = styles[k] if k < len(styles) else ""
                parts.append(self._styled(text, style) + " " * (sizes[k] - len(text)))
            self.lines.append(" " * indent + "  ".join(parts).rstrip())

    def _styled(self, text: str, style: Style) -> str:
        return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if self.colour and style and text else text

    def __str__(self) -> str:
        return "\n".join(self.lines) + "\n"


def _wrapped(text: str, width: int) -> list[str]:
    """Lines no wider than `width`; an address is never broken at a hyphen, so that it can be copied."""
    return wrap(text, width, break_on_hyphens=False, break_long_words=False) or [""]
