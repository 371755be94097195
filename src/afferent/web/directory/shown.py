"""Matches and profiles as pages show them: checked, self-declared and not known never look alike.

Ask here: `match(one, number, therapist)`, `facts(therapist)`, `licences(therapist)`, `away(km)`.
"""

from __future__ import annotations

from typing import Any, Final

from django.utils import timezone

from afferent.directory.explain import Match, Reason, fact_words, points
from afferent.directory.model import Known, Licence, Standing, Therapist
from afferent.directory.published import Published, published
from afferent.page.icons import icon
from afferent.web.directory.asking import MILE_KM
from afferent.web.directory.naming import address
from afferent.words.dates import day

SAYS: Final[dict[Standing, str]] = {"verified": "Checked", "declared": "Self-declared", "unknown": "Not known"}
_SIGNS: Final[dict[Standing, str]] = {"verified": "ready", "declared": "note", "unknown": "ask"}


def away(km: int) -> str:
    """Miles, and kilometres."""
    return f"{max(1, round(km / MILE_KM))} mi ({km} km)"


def match(one: Match, number: int, therapist: Therapist) -> dict[str, Any]:
    """One card of the list."""
    return {
        "number": number, "name": one.name, "address": address(one.id), "score": one.score, "where": one.where,
        "away": away(one.km), "licence": one.licence, "phone": one.phone, "claimed": one.claimed,
        "label": one.label, "invented": therapist.invented, "badge": badge(therapist),
        "reasons": [_reason(reason, one.km) for reason in one.reasons], "rest": points(one.rest),
        "lines": [_reason(line, one.km) for line in one.lines], "ask_first": one.ask_first,
        "not_known": one.not_known, "untold": one.untold,
        "unsaid": points(sum(line.tenths for line in one.lines if line.state == "unknown")),
        "checked": day(one.checked) if one.checked else "",
    }  # fmt: skip


def _reason(reason: Reason, km: int) -> dict[str, Any]:
    way = reason.line == "distance"
    standing = "" if way or reason.state in ("unknown", "no matter") else reason.standing
    return {
        "what": f"About {away(km)} away" if way else reason.what[:1].upper() + reason.what[1:],
        "tenths": points(reason.tenths), "of": points(reason.of), "state": reason.state,
        "stand": stand(standing, reason.on) if standing else None,
    }  # fmt: skip


def stand(standing: Standing, on: Any = None, how: str = "") -> dict[str, Any]:
    """Who stands behind something: word, shape, day and way."""
    return {
        "kind": standing, "word": SAYS[standing], "sign": icon(_SIGNS[standing]), "on": day(on) if on else "",
        "how": how,
    }  # fmt: skip


def badge(therapist: Therapist) -> dict[str, str] | None:
    """The quiz that was passed, with its days; None once it counts no more."""
    held = therapist.badge
    if held and held.until < timezone.now().date():
        return None
    return {"on": day(held.on), "until": day(held.until), "right": f"{held.right} of {held.of}"} if held else None


def facts(therapist: Therapist) -> list[dict[str, Any]]:
    """By part of the score: what is known in words, and the titles of what is not."""
    tables = published()
    of_part = {name: line.part for line in reversed(tables.lines.values()) for name in line.facts}
    first, found = next(iter(tables.parts)), []
    for part, title in tables.parts.items():
        names = [name for name in tables.facts if of_part.get(name, first) == part]
        known = [_fact(name, therapist.fact(name), tables) for name in names if therapist.fact(name).known]
        unknown = [tables.facts[name].title for name in names if not therapist.fact(name).known]
        found.append({"title": title, "known": known, "unknown": unknown})
    return found


def _fact(name: str, known: Known, tables: Published) -> dict[str, Any]:
    words = fact_words(name, known, tables) or f"{tables.facts[name].title}: no"
    return {"name": name, "what": words[:1].upper() + words[1:], "stand": stand(known.standing, known.on, known.how)}


def licences(therapist: Therapist) -> list[dict[str, Any]]:
    """One for each state where there is a licence or a place of work: how the state regulates, and what is known."""
    tables = published()
    states = dict.fromkeys([*(one.state for one in therapist.spots), *(one.jurisdiction for one in therapist.licences)])
    return [_licence(state, therapist, tables) for state in states if state]


def _licence(state: str, therapist: Therapist, tables: Published) -> dict[str, Any]:
    held = next((one for one in therapist.licences if one.jurisdiction == state), None)
    place = tables.jurisdictions[state].name if state in tables.jurisdictions else state
    regime = tables.regimes[tables.regime(state)]
    shown = {"state": place, "regime": regime[:1].upper() + regime[1:], "number": held.number if held else ""}
    return shown | {
        "status": _status(held),
        "stand": stand(held.standing if held else "unknown", held and held.on, held.how if held else ""),
    }


def _status(held: Licence | None) -> str:
    if held is None:
        return "No licence is named"
    if held.status == "not known":
        return "A number is written somewhere; nobody has looked whether it holds"
    return held.status[:1].upper() + held.status[1:]
