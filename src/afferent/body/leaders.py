"""Labels beside a body: words in two columns and a line from each to its region.

Ask here: `labelled`, which writes the labels and says how far down they reach. Wide pictures get two even columns; on
a phone each label stands at the edge wherever the figure leaves it room, and too many of them become a numbered list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from afferent.body.canvas import LINE, TYPE, Beside, Canvas
from afferent.body.figures import HEIGHT, Grid
from afferent.body.label_layout import Label, place, text_width, wrap

_CLEAR: Final = 18  # px between a label and the figure
_INDENT: Final = 36  # px before the words of a numbered list
_REACH: Final = 12  # px of level line before a leader turns to its region


class Note(msgspec.Struct, frozen=True):
    """What one label says, and the points it may point at on the viewer's left and right, the best first."""

    head: str
    tail: tuple[str, ...]
    spots: Mapping[str, Sequence[Grid]]
    dashed: bool = False


class _Block(msgspec.Struct, frozen=True):
    """A note set in lines: `strong` of them belong to the head."""

    lines: tuple[str, ...]
    strong: int
    width: float
    spot: tuple[float, float]
    dashed: bool


def labelled(canvas: Canvas, notes: Sequence[Note], top: float) -> tuple[str, float]:
    """Markup of all labels and leaders, and the lowest point they reach (px).

    Where there are more labels than the figure leaves room for, they become numbers, and a list under the figure.
    """
    markup, reach = _beside(canvas, notes, top)
    if reach <= canvas.height:
        return markup, reach
    listed = sorted(notes, key=lambda note: min(spots[0][1] for spots in note.spots.values()))
    numbers = [Note(str(n), (), note.spots, note.dashed) for n, note in enumerate(listed, start=1)]
    markup, _ = _beside(canvas, numbers, top)
    y = canvas.height
    for number, note in zip(numbers, listed, strict=True):
        head = wrap(note.head, TYPE, canvas.width - _INDENT, bold=True)
        lines = [*head, *wrap(", ".join(note.tail), TYPE, canvas.width - _INDENT)]
        markup += canvas.text([number.head], _INDENT - 10, y + TYPE * 0.88, "end")
        markup += canvas.text(lines, _INDENT, y + TYPE * 0.88, "start", strong=len(head))
        y += len(lines) * LINE + 6
    return markup, y


def _beside(canvas: Canvas, notes: Sequence[Note], top: float) -> tuple[str, float]:
    """Labels in two columns beside the figure."""
    bottom = canvas.height - 4
    leaders, words, reach = "", "", 0.0
    for side, column in _columns(canvas, notes, top).items():
        column.sort(key=lambda block: block.spot[1])
        even = max((block.width for block in column), default=0.0)
        neat = even <= _room(canvas, side)(canvas.top, canvas.top + HEIGHT * canvas.scale)
        sizes = [
            Label(even if neat else block.width, len(block.lines) * LINE, block.spot[1] - TYPE * 0.55)
            for block in column
        ]
        tops = place(sizes, None if neat else _room(canvas, side), top, bottom)
        for block, y in zip(column, tops, strict=True):
            edge = even if neat else block.width
            start = edge if side == "left" else canvas.width - edge
            outward = (side == "left") == neat  # even columns are set towards the figure, loose ones from the edge
            x = start if neat else (0.0 if side == "left" else canvas.width)
            words += canvas.text(block.lines, x, y + TYPE * 0.88, "end" if outward else "start", strong=block.strong)
            leaders += _leader(canvas, block, start, y + TYPE * 0.55, 1 if side == "left" else -1)
            reach = max(reach, y + len(block.lines) * LINE)
    return leaders + words, reach


def _room(canvas: Canvas, side: str) -> Beside:
    return msgspec.structs.replace(canvas.beside(side), clear=_CLEAR)


def _columns(canvas: Canvas, notes: Sequence[Note], top: float) -> dict[str, list[_Block]]:
    """Notes to the side of their region; those of both sides to wherever less is written."""
    columns: dict[str, list[_Block]] = {"left": [], "right": []}
    lines = {"left": 0, "right": 0}
    for note in sorted(notes, key=lambda note: len(note.spots)):
        side = min(note.spots, key=lambda side: (lines[side], side != "left"))
        block = _set(canvas, note, side, top)
        columns[side].append(block)
        lines[side] += len(block.lines) + 1
    return columns


def _set(canvas: Canvas, note: Note, side: str, top: float) -> _Block:
    measure = max(112.0, canvas.left + canvas.figure.box[0] * canvas.scale - _CLEAR - 6)
    head = wrap(note.head, TYPE, measure, bold=True)
    tail = [line for words in note.tail for line in wrap(words, TYPE, measure)]
    width = max([text_width(line, TYPE, bold=True) for line in head] + [text_width(line, TYPE) for line in tail])
    lines = (*head, *tail)
    spots = [canvas.at(spot) for spot in note.spots[side]]
    # The first point near which the label has room; on a phone that may be the head and not the belly.
    room = _room(canvas, side)
    near = (spot for spot in spots if _fits(room, spot[1], width, len(lines) * LINE, top))
    return _Block(lines, len(head), width, next(near, spots[0]), note.dashed)


def _fits(room: Beside, level: float, width: float, height: float, top: float) -> bool:
    """Is there room for a label within two lines of this height?"""
    starts = (level + shift * LINE / 2 for shift in range(-5, 4))
    return any(y >= top and room(y, y + height) >= width for y in starts)


def _leader(canvas: Canvas, block: _Block, start: float, y: float, way: int) -> str:
    x = start + way * 6
    turn = x + way * _REACH
    to_x, to_y = block.spot
    y = to_y if abs(to_y - y) < 4 else y  # nearly level would look like a mistake
    line = f"M{x:.1f} {y:.1f}H{turn:.1f}L{to_x:.1f} {to_y:.1f}"
    colour = canvas.paint("numb-line" if block.dashed else "leader")
    dash = ' stroke-dasharray="5 4" stroke-width="1.6"' if block.dashed else ' stroke-width="1.1"'
    return (
        f'<path d="{line}" fill="none" stroke="{canvas.paint("halo")}" stroke-width="3.6" stroke-opacity=".9"/>'
        f'<path d="{line}" fill="none" stroke="{colour}"{dash}/>'
        f'<circle cx="{to_x:.1f}" cy="{to_y:.1f}" r="3.1" fill="{colour}" stroke="{canvas.paint("halo")}"'
        f' stroke-width="1.6"/>'
    )
