"""The legend of the figures: word, pattern and colour of each limit, the provisional look, the numb line.

Ask here: `legend_html` for a page (a list, so that it wraps and is read out) and `legend_svg` for a sheet of paper.
There is one legend; both write the same entries in the same order, strictest first.
"""

from __future__ import annotations

from html import escape
from typing import Final

import msgspec

from afferent.body.canvas import FONT, TYPE
from afferent.body.colours import Theme, paint
from afferent.body.label_layout import text_width
from afferent.body.limit_classes import FINDING, LIMIT_CLASSES, UNTIL_ANSWERED, fill, pattern

_WIDE: Final = 38  # px; a swatch
_HIGH: Final = 24
_ROW: Final = 34


class _Entry(msgspec.Struct, frozen=True):
    """One line of the legend. `kind` is `limit`, `open` (provisional), `line` (numb from here down) or `finding`."""

    kind: str
    key: str
    words: str


def legend_html(prefix: str = "legend", *, numb: bool = True, finding: str = "", theme: Theme = "css") -> str:
    """The legend as a list. With `finding`, the legend of that one layer of findings instead."""
    items = "".join(
        f'<li><svg aria-hidden="true" viewBox="0 0 {_WIDE} {_HIGH}" width="{_WIDE}" height="{_HIGH}">'
        f"{_swatch(entry, f'{prefix}-{number}', theme)}</svg><span>{escape(entry.words)}</span></li>"
        for number, entry in enumerate(_entries(numb, finding))
    )
    return f'<ul class="figure-legend">{items}</ul>'


def legend_svg(
    prefix: str = "legend", *, width: float = 640, numb: bool = True, finding: str = "", theme: Theme = "css"
) -> str:
    """The legend as one picture `width` pixels wide, in as many rows as it needs."""
    entries = _entries(numb, finding)
    content, x, y = "", 0.0, 0
    for number, entry in enumerate(entries):
        wide = _WIDE + 10 + text_width(entry.words, TYPE) + 22
        if x and x + wide > width:
            x, y = 0.0, y + _ROW
        content += (
            f'<g transform="translate({x + 1:.1f} {y + 1})">{_swatch(entry, f"{prefix}-{number}", theme)}'
            f'<text x="{_WIDE + 10}" y="17.6" fill="{paint("text", theme)}">{escape(entry.words)}</text></g>'
        )
        x += wide
    height = y + _ROW
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{prefix}-t" width="{width:g}"'
        f' height="{height}" viewBox="0 0 {width:g} {height}" font-family="{escape(FONT)}"'
        f' font-size="{TYPE}"><title id="{prefix}-t">Legend: {escape(", ".join(e.words for e in entries))}</title>'
        f"{content}</svg>"
    )


def _entries(numb: bool, finding: str) -> list[_Entry]:
    if finding:
        return [_Entry("finding", finding, FINDING[finding].word), _Entry("limit", "none", "not marked, not asked")]
    entries = [_Entry("limit", limit.key, limit.label) for limit in LIMIT_CLASSES]
    entries.append(_Entry("open", "1", f"dashed edge: {UNTIL_ANSWERED}"))
    return entries + ([_Entry("line", "numb-line", "numb inside this line")] if numb else [])


def _swatch(entry: _Entry, prefix: str, theme: Theme) -> str:
    """A swatch with its own pattern, at the size patterns have in every figure."""
    box = f'x=".75" y=".75" width="{_WIDE - 1.5}" height="{_HIGH - 1.5}" rx="6"'
    if entry.kind == "line":
        return (
            f'<path d="M1 {_HIGH / 2:g}h{_WIDE - 2}" fill="none" stroke="{paint("numb-line", theme)}"'
            ' stroke-width="2.4" stroke-dasharray="6 4"/>'
        )
    shown = entry.kind == "open"
    made = pattern(entry.key, prefix, 1, open=shown, theme=theme) if entry.key != "none" else ""
    edge = paint("1-open-ink" if shown else "outline", theme)
    dash = ' stroke-width="2.2" stroke-dasharray="6 4"' if shown else ' stroke-width="1.5"'
    return f'{made}<rect {box} fill="{fill(entry.key, prefix, open=shown, theme=theme)}" stroke="{edge}"{dash}/>'
