"""Charts as pictures that need no script: drawn here as SVG, coloured by the page, each with its values as a table.

Ask here: `Chart` and what stands on it (`Axis`, `Tick`, `Line`, `Marks`, `Level`, `Band`); then `figure` for a page,
`drawn` and `table` for its parts, `standalone` for an .svg file. Series are named beside themselves; there is no
legend. They differ by dash, weight and shape, so that a chart survives black and white. The same chart always gives
the same text.
"""

from afferent.page.charts.drawing import NARROW, WIDE, drawn
from afferent.page.charts.figure import figure, standalone
from afferent.page.charts.model import Axis, Band, Chart, Level, Line, Marks, Tick
from afferent.page.charts.table import table
from afferent.page.charts.values import number_words, time_words

__all__ = [
    "NARROW",
    "WIDE",
    "Axis",
    "Band",
    "Chart",
    "Level",
    "Line",
    "Marks",
    "Tick",
    "drawn",
    "figure",
    "number_words",
    "standalone",
    "table",
    "time_words",
]
