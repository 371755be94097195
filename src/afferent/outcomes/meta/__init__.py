"""Published trials put together: effects of single trials, how far they differ, and what they say together.

`effects` turns arms into effects with variances; `tau` estimates how far trials differ beyond chance; `combine` gives
the pooled effect with its interval and the range a next trial would fall in; `influence` asks how much hangs on one
trial and what seems to be missing. Everything is NumPy on arrays (..., k trials), and the same input always gives the
same answer.
"""

from afferent.outcomes.meta.combine import Interval, Pooled, equal_effects, random_effects
from afferent.outcomes.meta.effects import Effects

__all__ = ["Effects", "Interval", "Pooled", "equal_effects", "random_effects"]
