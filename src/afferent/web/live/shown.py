"""What each face may see of an event.

The therapist's sees it whole. The client's sees words that are ready: which place, the question, that STOP is on or
hands are off. No limit, no level, no reason, no finding and nothing the therapist wrote goes to that device.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from afferent.visit.events import (
    Asked,
    Began,
    Drilled,
    Ended,
    Event,
    HandsOff,
    Kept,
    Moved,
    Rescreened,
    Said,
    Scored,
    Silent,
    Skipped,
    StopBecause,
    WentOn,
)

Plan = dict[str, Any]


def to_therapist(kept: Kept) -> Any:
    """All of it."""
    return kept.event


def to_client(plan: Plan) -> Callable[[Kept], dict[str, Any] | None]:
    """The event as the client's device is told, or None."""

    def shown(kept: Kept) -> dict[str, Any] | None:
        event = kept.event
        make = _TOLD.get(type(event))
        return make(event, plan) if make else None

    return shown


def _step(plan: Plan, regions: tuple[str, ...]) -> dict[str, Any]:
    """The step that works these places; the first of that kind has the same words as any."""
    return next((one for one in plan["steps"] if tuple(one["regions"]) == tuple(regions)), {})


def _place(event: Moved, plan: Plan) -> dict[str, Any]:
    return {"kind": "place", "yours": _step(plan, event.regions).get("yours", "")}


def _ask(event: Asked, plan: Plan) -> dict[str, Any]:
    step = _step(plan, event.regions)
    return {"kind": "ask", "id": event.id, "words": step.get("ask", "How is it?"), "numb": event.numb}


def _said(event: Said, _: Plan) -> dict[str, Any]:
    return {"kind": "said", "word": event.word, "to": event.to}


def _answered(event: Scored | Skipped, _: Plan) -> dict[str, Any] | None:
    """That a question was answered, here or aloud; the number stays with the therapist."""
    return {"kind": "answered", "measure": event.measure, "asked": event.asked} if event.asked else None


def _ill(event: StopBecause, _: Plan) -> dict[str, Any] | None:
    """Whoever feels ill is asked nothing more."""
    return {"kind": "rest"} if event.detail == "ill" else None


def _kind(name: str) -> Callable[[Event, Plan], dict[str, Any]]:
    return lambda event, plan: {"kind": name}


_TOLD: dict[type, Callable[[Any, Plan], dict[str, Any] | None]] = {
    Moved: _place,
    Asked: _ask,
    Said: _said,
    Scored: _answered,
    Skipped: _answered,
    StopBecause: _ill,
    Silent: lambda event, plan: {"kind": "silent", "to": event.to},
    Drilled: lambda event, plan: {"kind": "drilled", "word": event.word},
    Began: _kind("began"),
    HandsOff: _kind("hands_off"),
    WentOn: _kind("went_on"),
    Ended: _kind("ended"),
    # Also where it closes the visit: hands may still be on, so STOP stays until the therapist has ended it.
    Rescreened: lambda event, plan: {"kind": "place", "yours": ""},
}
