"""What a server does once, before the first page: read what every page needs, and take it out of the collector's way.

The knowledge is hundreds of thousands of small values that live as long as the process. Every full collection would
walk them all, in the middle of somebody's page; frozen, they are left alone.
"""

from __future__ import annotations

import gc

from django.conf import settings

from afferent.body.figures import load_figures
from afferent.body.shown import shown
from afferent.knowledge import load
from afferent.knowledge.concepts import matcher
from afferent.page.styles import digest

_EVERY = (20_000, 20, 20)  # fewer, for a page makes many values and drops them all


def warm() -> None:
    """Knowledge, codes, figures, style sheet; then freeze."""
    from afferent.web.clinics.knowledge import with_own_measures  # there are no models before Django is set up

    with_own_measures(load(), settings.MEASURES)
    matcher()
    for figure in load_figures():
        shown(figure)
    digest()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_EVERY)
