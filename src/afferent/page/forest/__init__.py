"""Forest and funnel plots as pictures that need no script, each with its values as a table.

Ask here: `Forest` with its `Group`s of `Row`s, and `figure` for a page; `funnel`, a chart. Nothing here knows where the
numbers come from. Shapes differ before colours do: filled square – an effect with its interval, as large as its weight;
hollow circle – its interval was not seen; hollow diamond – something to measure by; filled diamond – pooled, with a
dashed line as far as a next trial would reach. An interval that runs off the axis ends in an arrow.
"""

from afferent.page.forest.figure import figure
from afferent.page.forest.funnel import funnel
from afferent.page.forest.model import Forest, Group, Row

__all__ = ["Forest", "Group", "Row", "figure", "funnel"]
