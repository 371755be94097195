"""Scores in a table: CSV with commas, semicolons or tabs, one row a day, in and out.

Ask here: `read` (a file) and `read_bytes` -> `Scores`, one series for each person and measure; `write` (the same shape
back) and `template` (a table to start from). A fault in the head of the table refuses it; a fault in a row sets that
row aside and says so, naming file, line, column and mend. Nothing is guessed: not the order of day and month, not which
of two scores is right, not what was measured.
"""

from afferent.records.scores.reading import Scores, read, read_bytes
from afferent.records.scores.writing import template, write

__all__ = ["Scores", "read", "read_bytes", "template", "write"]
