"""An outline in words: what it is called, why it is offered, its steps, how often, and what studies say of it.

Ask here: `title`, `why`, `amount`, `step_line`, `points` (where to find them, with their cautions), `frequency`,
`evidence`, `rules`, and for what crosses a limit `reasons` and `opened`. It claims no more than practice.toml and
library.toml do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from afferent.body.areas import segment
from afferent.body.regions import SIDES, area, side
from afferent.knowledge import Knowledge
from afferent.knowledge.library import THERMAL, Work, both_sides
from afferent.knowledge.model import Certainty, Named, Strength
from afferent.outline.ground import Ground
from afferent.outline.model import Fault, Outline, Step, Wish
from afferent.safety.screening import Cited, Screening
from afferent.words.headline import headline
from afferent.words.places import phrase
from afferent.words.places import title as place_title
from afferent.words.vocabulary import STRENGTH, capital, counted, in_words, level, listed, lower_first, sentence

_CERTAINTY: Final[dict[Certainty, str]] = {
    "high": "Evidence: high certainty",
    "moderate": "Evidence: moderate certainty",
    "low": "Evidence: low certainty",
    "very low": "Evidence: very low certainty",
    "none": "Evidence: none found",
}
_LEGS: Final = area(f"leg_whole.{one}" for one in SIDES)
_TRIAL: Final = (
    "in neuropathy after chemotherapy one trial, a pilot, compared both and found no difference; larger gains "
    "leaned to the legs"
)
_TITLES: Final = {
    "with_affected": "Whole visit, within the limits",
    "elsewhere": "Work elsewhere",
    "still": "Hands that only rest",
    "not_today": "Not today",
}


_SEEN_FROM: Final = re.compile(r"^(?P<what>(Both|Left|Right) [a-z ]+), (?P<side>front|back)$")


class Line(Struct, frozen=True):
    """One statement with how far it can be trusted. `ours`: what of it is our own default."""

    title: str
    says: str
    certainty: str
    strength: str
    sources: tuple[Cited, ...]
    ours: str = ""


class PointLine(Struct, frozen=True):
    """A point or a reflex zone: where it is, how it is held, its caution, what was found."""

    title: str
    where: str
    hold: str
    caution: str
    says: str


def title(outline: Outline) -> str:
    """ "With both feet, briefly", "Work elsewhere"."""
    affected = _affected(outline)
    if outline.kind == "with_affected" and affected:
        return f"With {phrase(affected, spans=False)}, briefly"
    return _TITLES[outline.kind]


def why(outline: Outline, screening: Screening, knowledge: Knowledge, affected: tuple[str, ...] = ()) -> str:
    """One sentence; a second one where questions come first. `affected`: as in `Wish`."""
    ground = Ground(screening, knowledge, Wish(affected=affected))
    if outline.kind == "not_today" and ground.closed:
        return headline(screening)
    said = sentence(_why(outline, ground))
    if "ask_first" in outline.because and outline.steps:
        said = f"{said} {knowledge.practice['ask_first'].says}"
    return said


def _why(outline: Outline, ground: Ground) -> str:
    here = _affected(outline)
    match outline.kind:
        case "with_affected" if here:
            return f"intact places first, then {phrase(here, spans=False)} last and briefly, inside today’s limits"
        case "with_affected":
            return "the places that suit the aims, inside today’s limits"
        case "elsewhere":
            away = phrase(_left_alone(outline, ground), spans=False) or "all that is not intact"
            trial = f"; {_TRIAL}" if ground.affected & _LEGS else ""
            return f"hands stay away from {away}{trial}"
        case "still":
            return "nothing moves and nothing presses; it asks least of skin and nerves"
        case _ if "ask_first" in outline.because:
            return "questions come before the first touch, and their answers may open more"
        case _ if not ground.intact:
            return (
                "no skin is left to begin on: all of it is numb, affected or left alone. Ask again where feeling is "
                "whole; until then, rest without touch"
            )
        case _:
            return "leaving it for today is always sound, and an answer may open more next time"


def _left_alone(outline: Outline, ground: Ground) -> int:
    """What the outline stays away from: what is affected, and what is left alone today; without any, the legs."""
    worked = area(region for step in outline.steps for region in step.regions)
    return (ground.affected | ground.shut) & ~worked or _LEGS & ~worked


def amount(outline: Outline) -> str:
    """ "30 minutes of hands-on work in six steps"; empty where there is none."""
    if not outline.steps:
        return ""
    return f"{counted_minutes(outline.minutes)} of hands-on work in {counted(len(outline.steps), 'step')}"


def step_line(step: Step, knowledge: Knowledge) -> str:
    """ "Both shoulders and upper back: slow effleurage, 2 heavy lotioning, 6 minutes"."""
    work = knowledge.library[step.work]
    where, what = place(step, knowledge), work.title
    if step.points:
        pressed = _pressed(step, knowledge)
        if len(pressed) > 1:
            where = capital(listed(f"{here} ({listed(names)})" for here, names in pressed.items()))
        else:
            what = f"{work.title} ({listed(next(iter(pressed.values())))})"
    parts = [what]
    if work.does in THERMAL:
        if step.celsius is not None:
            parts.append(f"at {'most' if work.does == 'warm' else 'least'} {step.celsius:g} °C by the thermometer")
    else:
        parts.append(level(step.level))
    return f"{where}: {', '.join([*parts, counted_minutes(step.minutes)])}"


def place(step: Step, knowledge: Knowledge) -> str:
    """Where a step is, as a heading: "Both feet", "Left ear"."""
    work, here = knowledge.library[step.work], area(step.regions)
    if work.place:
        sides = [one for one in SIDES if any(side(region) in (one, None) for region in step.regions)]
        return f"Both {work.place}s" if len(sides) > 1 else f"{capital(sides[0])} {work.place}"
    return _SEEN_FROM.sub(_from, place_title(segment(here) if work.part else here))


def _from(found: re.Match[str]) -> str:
    """ "Both shoulders, back" is the back of both shoulders."""
    return f"{capital(found['side'])} of {lower_first(found['what'])}"


def counted_minutes(minutes: int) -> str:
    """ "6 minutes"."""
    return f"{minutes} minute{'' if minutes == 1 else 's'}"


def _pressed(step: Step, knowledge: Knowledge) -> dict[str, list[str]]:
    """Where -> the points pressed there, in the order of the body, so that each place is said once. Zones, and points
    that do not lie in the step, have the place of the step."""
    here, lies = area(step.regions), {}
    for name in step.points:
        lies[name] = both_sides((knowledge.points[name].region,)) & here if name in knowledge.points else 0
    if not all(lies.values()):
        return {"": [_short(name, knowledge) for name in step.points]}
    found: dict[str, list[str]] = {}
    for name in sorted(lies, key=lambda one: (lies[one] & -lies[one], lies[one])):
        said = re.sub(r" [(][^)]*[)]|^the ", "", phrase(lies[name], spans=False))
        found.setdefault(said, []).append(_short(name, knowledge))
    return found


def _short(name: str, knowledge: Knowledge) -> str:
    return knowledge.points[name].title if name in knowledge.points else knowledge.zones[name].title


def _affected(outline: Outline) -> int:
    return area(region for step in outline.steps if step.affected for region in step.regions)


def points(step: Step, knowledge: Knowledge) -> tuple[PointLine, ...]:
    """The points or reflex zones of a step."""
    return tuple(_point(name, knowledge.library[step.work], knowledge) for name in step.points)


def _point(name: str, work: Work, knowledge: Knowledge) -> PointLine:
    if name in knowledge.points:
        one = knowledge.points[name]
        return PointLine(one.title, capital(one.where), _hold(one.seconds), capital(one.caution), one.evidence)
    zone = knowledge.zones[name]
    hold = _hold(work.seconds) if work.seconds else ""
    says = f"Held by tradition to relate to {zone.held}. {knowledge.practice['reflex_map'].says}"
    return PointLine(capital(zone.title), "", hold, capital(zone.caution), says)


def _hold(seconds: tuple[int, int]) -> str:
    return f"{seconds[0]} seconds" if seconds[0] == seconds[1] else f"{seconds[0]} to {seconds[1]} seconds"


def frequency(knowledge: Knowledge) -> str:
    """ "Two to three times a week for four to six weeks, then a visit that looks back."."""
    often, course = knowledge.practice["frequency"], knowledge.practice["course"]
    times = f"{capital(in_words(often.least))} to {in_words(often.most)} times a week"
    return f"{times} for {in_words(course.least)} to {in_words(course.most)} weeks, then a visit that looks back."


def evidence(outline: Outline, knowledge: Knowledge) -> tuple[Line, ...]:
    """What studies say of this outline and of each kind of work in it, and what is our default."""
    return tuple(_evidence(outline, knowledge))


def _evidence(outline: Outline, knowledge: Knowledge) -> Iterator[Line]:
    for name in outline.because:
        if name in knowledge.practice:
            one = knowledge.practice[name]
            yield _line(one.title, one.says, one.certainty, one.strength, one.sources, knowledge)
    for name in dict.fromkeys(step.work for step in outline.steps):
        work = knowledge.library[name]
        about = work.title, work.evidence, work.certainty, work.strength, work.sources
        yield _line(capital(about[0]), *about[1:], knowledge, ours=work.ours)


def _line(
    title: str, says: str, certainty: Certainty, strength: Strength, sources: tuple[str, ...], knowledge: Knowledge,
    *, ours: str = "",
) -> Line:  # fmt: skip
    cited = tuple(Cited(one, knowledge.sources[one].title, knowledge.sources[one].url) for one in sources)
    return Line(title, says, _CERTAINTY[certainty], STRENGTH[strength], cited, ours)


def rules(outline: Outline, knowledge: Knowledge) -> tuple[str, ...]:
    """The titles of the rules that shaped it."""
    return tuple(knowledge.rules[name].title for name in outline.because if name in knowledge.rules)


def reasons(knowledge: Knowledge) -> tuple[Named, ...]:
    """The closed list of reasons for going beyond a limit, in the order of the buttons."""
    return tuple(knowledge.reasons.values())


def opened(fault: Fault) -> str:
    """What a fault asks for: nothing opens it, or a reason does."""
    return "No reason opens this." if fault.never else "This takes a reason. It goes into the note."
