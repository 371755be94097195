"""A square code that a phone reads, as one inline drawing.

Ask here: `qr(text, label)`. Black on white in every theme, for a phone must read it and so must a fax. No style, no
script: the browser is told to obey neither. It knows nothing of what the text says; no word about a client belongs in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import segno

from afferent.errors import InputError
from afferent.page.markup import Html, el

QUIET: Final = 4  # empty squares all round, without which readers do not find it
_DOTS: Final = 4  # of the screen for each square, where no style sheet says otherwise


def qr(text: str, label: str) -> Html:
    """The code of a text, with a label for whoever cannot see it. Raises InputError when the text is too long."""
    try:
        squares = segno.make(text, error="m", boost_error=False, micro=False).matrix
    except segno.DataOverflowError:
        raise InputError(f"A code holds about 2,300 letters; this text has {len(text):,}. Shorten it.") from None
    side = len(squares) + 2 * QUIET
    return el(
        "svg",
        el("rect", width=side, height=side, fill="#fff"),
        el("path", d="".join(_runs(squares)), fill="#000"),
        class_="qr", role="img", aria_label=label, viewBox=f"0 0 {side} {side}", width=side * _DOTS,
        height=side * _DOTS, shape_rendering="crispEdges",
    )  # fmt: skip


def _runs(squares: Sequence[Sequence[int]]) -> Iterator[str]:
    """Dark squares side by side as one bar, so that no hairline shows between them."""
    for y, row in enumerate(squares):
        start = None
        for x, dark in enumerate([*row, 0]):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                yield f"M{start + QUIET} {y + QUIET}h{x - start}v1h{start - x}z"
                start = None
