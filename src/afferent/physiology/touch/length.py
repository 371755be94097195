"""How long a region is, read off our own drawings and scaled to a body. Measure if in doubt (strength N).

Ask here: `length(region, height)`, from its highest to its lowest point in the drawing, in cm. Hands and feet are read
off their close-ups, for a standing body shows a foot foreshortened.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from afferent.body.figures import HEIGHT, Figure, load_figures
from afferent.body.regions import AREA, ancestors, side
from afferent.errors import InputError
from afferent.physiology.touch.data import stroke_table

NOTE = "read off our drawing, measure if in doubt"
_WHOLE = {"hand": "palm", "foot": "sole"}  # the close-up whose whole length is that of the hand, or of the foot


def length(region: str, height: float | None = None) -> float:
    """How long the region is on a body of this height, both in cm. Raises InputError for what cannot be measured."""
    if region not in AREA:
        raise InputError(f"there is no region {region!r}")
    return _share(region) * checked_height(height)


def checked_height(height: float | None = None) -> float:
    """A height in cm; the usual one where none is given. Raises InputError where no adult is so tall."""
    body = stroke_table().body
    tall = body.usual if height is None else height
    if not body.smallest <= tall <= body.tallest:
        raise InputError(f"nobody is {tall:g} cm tall: give {body.smallest:g} to {body.tallest:g} cm")
    return tall


@cache
def _share(region: str) -> float:
    """The length as a part of the height of the body."""
    for part in ("hand", "foot"):
        whole = f"{part}.{side(region)}"
        if whole in ancestors(region):
            return _in_close_ups(region, part, whole)
    figures = (load_figures()["body.front"], load_figures()["body.back"])
    return max(_spread(figure, region) for figure in figures) / HEIGHT


def _in_close_ups(region: str, part: str, whole: str) -> float:
    faces = [figure for name, figure in load_figures().items() if name.startswith(whole)]
    one = _WHOLE[part]
    unit = _spread(load_figures()[f"{whole}.{one}"], f"{whole}.{one}")
    ours = {"hand": stroke_table().body.hand, "foot": stroke_table().body.foot}[part]
    return ours * max(_spread(figure, region) for figure in faces) / unit


def _spread(figure: Figure, region: str) -> int:
    """Grid units from top to bottom of whatever this figure shows of the region; 0 where it shows nothing."""
    downs = [y for shape in _shown(figure, region) for _, y in figure.ring(shape)]
    return max(downs) - min(downs) if downs else 0


def _shown(figure: Figure, region: str) -> Iterable[str]:
    return (shape.id for shape in figure.regions if AREA[shape.id] & ~AREA[region] == 0)
