"""Matches on a terminal: each with three reasons that add up with the rest, what to ask first and what is not known."""

from __future__ import annotations

from typing import Final

from afferent.cli.paper import Paper
from afferent.directory.explain import Match, points
from afferent.directory.match import Matches

MILE_KM: Final = 1.609344
_CLOSING: Final = (
    "Nobody can pay for a place here. Listed is not licensed, nor trained. Distances are about: from ZIP code to ZIP "
    "code, as the crow flies (GeoNames, CC BY 4.0)."
)


def sheet(found: Matches, width: int | None = None, colour: bool | None = None) -> str:
    """The whole page as text."""
    paper = Paper(width, colour)
    needs = found.needs
    paper.say(f"Massage therapists near {needs.place or 'you'}", "bold")
    paper.say(f"{found.suitable} suitable of {found.looked_at} looked at, within {away(needs.reach_km)}.")
    if found.nobody:
        paper.blank()
        paper.say(found.nobody, "bold")
    for number, one in enumerate(found.matches, 1):
        _match(paper, number, one)
    if found.refused:
        paper.heading("Not ranked")
    for shut in found.refused:
        paper.say(f"{shut.count}: {shut.says} (the nearest within {away(shut.nearest_km)})", indent=2, first="–")
    if found.fallbacks:
        paper.heading("What else there is")
    for says in found.fallbacks:
        paper.say(says, indent=2, first="–")
    paper.heading("Questions to ask a therapist")
    for says in found.questions:
        paper.say(says, indent=2, first="–")
    paper.blank()
    paper.say(_CLOSING, "italic")
    return str(paper)


def _match(paper: Paper, number: int, one: Match) -> None:
    paper.blank()
    paper.say(f"{one.name} – {one.score} of 100", "bold", indent=3, first=f"{number}.")
    paper.say(f"{one.where}, about {away(one.km)}" + (f", telephone {one.phone}" if one.phone else ""), indent=3)
    if one.label and not one.claimed:
        paper.say(f"{one.label[0].upper()}{one.label[1:]}; the profile is not claimed.", indent=3)
    paper.say(one.licence, indent=3)
    for reason in one.reasons:
        paper.say(f"{reason.says}: {points(reason.tenths)} of {points(reason.of)}", indent=5, first="   +")
    paper.say(f"everything else: {points(one.rest)}", indent=5, first="   +")
    for says in one.ask_first:
        paper.say(f"ask first: {says}", indent=5, first="   ?")
    if one.untold:
        paper.say("nobody has said anything of training or experience", indent=5, first="   ?")
    if one.not_known:
        paper.say(f"not known, each counts half: {'; '.join(one.not_known)}", indent=5, first="   ?")
    if one.checked:
        paper.say(f"latest check {one.checked:%d %b %Y}", indent=5)


def away(km: int) -> str:
    """Kilometres and miles."""
    return f"{km} km ({max(1, round(km / MILE_KM))} mi)"
