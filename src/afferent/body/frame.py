"""How a figure stands in its picture: its size, its heading, the side pills, the names over fingers and toes.

Ask here: `stand`, which gives the canvas for a width in pixels and everything printed round the figure except the
labels of limits. Left and right are printed in words on every figure, whatever its width.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from afferent.body.canvas import LINE, PILL, TYPE, Canvas
from afferent.body.captions import SideWords, heading, side_label
from afferent.body.colours import Theme
from afferent.body.figures import HEIGHT, Figure, Grid, load_figures
from afferent.body.label_layout import text_width, wrap

WIDTHS: Final = {"body": 640, "hand": 340, "foot": 260}  # px, where the caller names none
FINGER_APART: Final = 1_190  # grid units from the tip of the middle finger to that of the ring finger
_MARGIN: Final = 16  # px between a close-up and the edge
_FINGERS: Final = ("Thumb", "Index", "Middle", "Ring", "Little")
_TOES: Final = ("Big toe", "2", "3", "4", "5")


def stand(
    figure: Figure,
    prefix: str,
    width: float | None,
    side_words: SideWords,
    theme: Theme,
    *,
    labels: bool,
    layer: str = "",
    notes: Sequence[str] = (),
    apart: bool = False,
) -> tuple[Canvas, str, float]:
    """The canvas, the markup printed round the figure, and the height (px) from which side labels may start.

    `layer` is the finding a figure shows, printed in its heading. `notes` say under a close-up what its lines mean;
    a body has labels for that. `apart`: the lines of the figure stand elsewhere on the page.
    """
    kind = figure.id.split(".")[0]
    page = float(width or WIDTHS[kind])
    if kind == "body":
        return _body(figure, prefix, page, side_words, theme, layer, labels=labels, apart=apart)
    return _close_up(figure, prefix, page, side_words, theme, layer, notes, apart=apart)


def _body(
    figure: Figure,
    prefix: str,
    page: float,
    side_words: SideWords,
    theme: Theme,
    layer: str,
    *,
    labels: bool,
    apart: bool,
) -> tuple[Canvas, str, float]:
    # Beside labels the figure keeps to the middle; on a phone it takes more, and labels find room beside the legs.
    narrow = page < 520
    share = (0.62 if narrow else 0.52) if labels else 0.94
    scale = page * share / figure.box[2]
    shown = "right" if figure.id == "body.front" else "left"
    pills = {"left": shown, "right": "left" if shown == "right" else "right"}
    words: dict[str, tuple[str, ...]] = {place: (side_label(side, side_words),) for place, side in pills.items()}
    if 2 * max(map(_pill_width, words.values())) + 4 > page:  # they would not stand side by side: a line for each word
        words = {place: tuple(lines[0].split()) for place, lines in words.items()}
    wide = max(map(_pill_width, words.values()))
    deep = PILL + LINE * (len(words["left"]) - 1)
    # Narrow: the pills have a row of their own over the head, whose sides are then free for labels.
    row = 30.0
    top = row + deep + 8 if narrow else row + 6
    below = 2.6 * LINE if labels else 12  # the last label may hang below the feet; front and back stay one height
    canvas = Canvas(figure, prefix, page, round(top + HEIGHT * scale + below), page / 2, top, scale, theme, apart)
    beside = canvas.room("left", row, row + deep + 6) - wide / 2 - 24
    middle = max(wide / 2 + 1, min(beside, page / 4) if narrow else beside)
    title, _ = heading(figure.id, side_words)
    markup = canvas.text([_headed(title, layer)], page / 2, 20)
    markup += canvas.pill(pills["left"], words["left"], middle, row, wide)
    markup += canvas.pill(pills["right"], words["right"], page - middle, row, wide)
    return canvas, markup, row + deep + (4 if narrow else 14)


def _close_up(
    figure: Figure,
    prefix: str,
    page: float,
    side_words: SideWords,
    theme: Theme,
    layer: str,
    notes: Sequence[str],
    *,
    apart: bool,
) -> tuple[Canvas, str, float]:
    left, _, wide, _ = figure.box
    scale = (page - 2 * _MARGIN) / wide
    title, seen = heading(figure.id, side_words)
    top = 26.0 + (LINE if seen else 0) + 30
    foot = top + HEIGHT * scale
    under = [line for note in notes for line in wrap(note, TYPE, page - 8)]
    end = foot + 14 + PILL + (2 if not under else 8 + len(under) * LINE)
    canvas = Canvas(figure, prefix, page, round(end), _MARGIN - left * scale, top, scale, theme, apart)
    side = figure.id.split(".")[1]
    pill = (side_label(side, side_words),)
    # The pill hangs under wrist, ankle or heel, which is x = 0 in every close-up.
    half = _pill_width(pill) / 2
    middle = min(max(canvas.at((0, 0))[0], half + 1), page - half - 1)
    markup = canvas.text([_headed(title, layer), *([seen] if seen else [])], page / 2, 20)
    markup += canvas.pill(side, pill, middle, foot + 14, 2 * half)
    markup += canvas.text(under, page / 2, foot + 14 + PILL + LINE, strong=0)
    return canvas, markup + _digits(canvas), top


def _headed(title: str, layer: str) -> str:
    return f"{title} \N{MIDDLE DOT} {layer}" if layer else title


def _pill_width(lines: tuple[str, ...]) -> float:
    return max(text_width(line, TYPE, bold=True) + 0.5 * len(line) for line in lines) + 20


def _digits(canvas: Canvas) -> str:
    """The name of each finger or toe over its tip: toes by number, for they have no other names."""
    is_hand = canvas.figure.id.startswith("hand")
    named = not is_hand or canvas.scale * FINGER_APART > 44  # px; closer than that, fingers have numbers too
    markup = ""
    for n, (name, highest) in enumerate(zip(_FINGERS if is_hand else _TOES, _tips(canvas.figure.id), strict=True), 1):
        x, y = canvas.at(highest)
        words = name if named else str(n)
        half = text_width(words, TYPE) / 2
        x = min(max(x, half + 1), canvas.width - half - 1)
        markup += canvas.text([words], x, y - 10, strong=0)
    return markup


@cache
def _tips(name: str) -> tuple[Grid, ...]:
    """The highest point of each finger or toe."""
    part, tip = ("finger", ".tip") if name.startswith("hand") else ("toe", "")
    rings = [load_figures()[name].ring(f"{name}.{part}{n}{tip}") for n in range(1, 6)]
    return tuple(min(ring, key=lambda point: (point[1], point[0])) for ring in rings)
