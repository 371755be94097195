"""What Afferent knows: facts, rules, techniques, points, codes and sources, as data with one loader.

`load()` gives the whole of it, validated, as one frozen `Knowledge`.
"""

from afferent.knowledge.loader import Knowledge, load

__all__ = ["Knowledge", "load"]
