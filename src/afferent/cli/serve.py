"""`afferent serve`: your clinic on this machine; with `--lan` on the local network too, over HTTPS.

The same as `python -m afferent.web serve`, with the same flags.
"""

from __future__ import annotations

import gc
from collections.abc import Sequence


def run(words: Sequence[str]) -> int:
    """Serve until it is ended. 2 with one sentence when it cannot."""
    from afferent.web.__main__ import serve

    gc.enable()  # unlike other verbs, this one lives for days
    return serve(words)
