"""From limits and aims to session outlines: options of equal weight, each inside every limit, nothing chosen.

Ask here: `outlines` (what can be offered), `faults` (where an outline crosses a limit), `edited` (a change by the
therapist, refused where nothing may open it).
"""
