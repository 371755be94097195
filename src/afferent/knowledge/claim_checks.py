"""What every claim that is left out must satisfy: it says why, and whatever it reports can be looked up.

Ask here: `faults`. Nothing here reads a file or raises; `checks` does that.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Final

from afferent.knowledge.model import Claim, Evidence

NOT_FOUND: Final = "no source found"


def faults(claim: Claim, sources: Container[str]) -> Iterator[str]:
    """One sentence for each fault of a claim."""
    for field in ("title", "instead"):
        if not getattr(claim, field).strip():
            yield f"has no `{field}`"
    if not claim.against and not claim.why.strip():
        yield "has nothing against it and no reason (`why`)"
    if claim.strength != "N" and not any(one.source for one in claim.against):
        yield "has no source against it; without one its strength is N"
    for one in (*claim.support, *claim.against):
        yield from _evidence(one, sources)


def _evidence(one: Evidence, sources: Container[str]) -> Iterator[str]:
    if not one.says.strip():
        yield "evidence that says nothing"
    elif not one.source and NOT_FOUND not in one.says:
        yield f"evidence without a source must say {NOT_FOUND!r}: {one.says!r}"
    if one.source and one.source not in sources:
        yield f"source {one.source!r} does not exist"
