"""What to leave alone and what not to do at one place, each with its rule, in words that are read from two metres.

Ask here: `avoid` (at one place, at most three lines), `left_alone` (every place left alone today) and `whole_visit`.
All of it is read off the effective limits. What only waits for an answer says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from msgspec import Struct

from afferent.body.regions import AREA, SIDES, WHOLE, area, cover, mirror
from afferent.knowledge import Knowledge
from afferent.knowledge.model import Effect
from afferent.safety.screening import RegionLimit, Screening
from afferent.visit.sides import place
from afferent.visit.where import area_of, is_numb

MOST_LINES: Final = 3  # what a glance takes in

# What hands do by habit comes first; the rest of what is off follows in the order of its list.
_BY_HABIT: Final = ("moving_strokes", "lubricant", "petrissage", "joint_movement", "deep", "friction", "thumb_on_bone")
_NAMED: Final = 3
_NOT_TESTED: Final = "hot and cold are not known to be told apart here"
_UNTIL: Final = "until answered: "
_LIMBS: Final = tuple(AREA[f"{limb}_whole.{side}"] for limb in ("leg", "arm") for side in SIDES)


class Avoid(Struct, frozen=True):
    """One line: what is left alone or not done, and why. `rules`: whose it is, the first one named."""

    what: str
    why: str
    rules: tuple[str, ...] = ()


class LeftAlone(Struct, frozen=True):
    """A place that nobody touches today."""

    area: int
    line: Avoid


def avoid(
    regions: tuple[str, ...], screening: Screening, knowledge: Knowledge, *, warms: bool = True
) -> tuple[Avoid, ...]:
    """The nearest place left alone, heat and cold, what hands might do by habit; then further places left alone.

    `warms`: something warm or cold is planned in this visit; otherwise `whole_visit` says once that none is laid on.
    """
    here = area_of(regions)
    near = sorted(left_alone(screening, knowledge), key=lambda one: _distance(here, one.area))
    lines = [
        *(one.line for one in near[:1]),
        *(_thermal(regions, screening, knowledge) if warms else ()),
        *_techniques(regions, screening, knowledge),
        *(one.line for one in near[1:]),
    ]
    return tuple(lines[:MOST_LINES])


def left_alone(screening: Screening, knowledge: Knowledge) -> tuple[LeftAlone, ...]:
    """Each place left alone today, with the heaviest rule that leaves it alone; what is known before what waits."""
    known = _by_rules(screening.limits, 0, screening, knowledge)
    shut = sum(known.values())
    waiting = _by_rules(screening.until_answered, shut, screening, knowledge)
    return tuple(
        LeftAlone(bits, Avoid(f"{place(cover(bits))}: leave alone", f"{until}{_title(rules, knowledge)}", rules))
        for until, found in (("", known), (_UNTIL, waiting))
        for rules, bits in found.items()
    )


def whole_visit(screening: Screening, knowledge: Knowledge, unwarmed: tuple[str, ...] = ()) -> tuple[Avoid, ...]:
    """What holds wherever the hands are: the positions that are off; heat and cold, if off anywhere on `unwarmed`."""
    rules = screening.session.because
    positions = tuple(
        Avoid(f"No {knowledge.positions[name].title}", _title(rules.get(name, ()), knowledge), rules.get(name, ()))
        for name in screening.session.positions_off
    )
    return (*positions, *_thermal(unwarmed, screening, knowledge))


def _by_rules(
    limits: Mapping[str, RegionLimit], without: int, screening: Screening, knowledge: Knowledge
) -> dict[tuple[str, ...], int]:
    """The rules that leave something alone -> where."""
    found: dict[tuple[str, ...], int] = {}
    for region, limit in limits.items():
        if limit.excluded and AREA[region] & ~without:
            rules = _doing(limit.because, screening, knowledge, _shuts)
            found[rules] = found.get(rules, 0) | AREA[region] & ~without
    return found


def _shuts(effect: Effect) -> bool:
    return effect.exclude or effect.decision in ("clearance_first", "postpone", "do_not_treat_refer")


def _doing(
    because: Iterable[str], screening: Screening, knowledge: Knowledge, does: Callable[[Effect], bool]
) -> tuple[str, ...]:
    """The rules among these that do it somewhere, in the order of the screening; all of them where none is plain."""
    named = frozenset(because)
    order = [one.id for one in screening.rules if one.id in named]
    return tuple([name for name in order if any(map(does, knowledge.rules[name].effects))] or order)


def _distance(here: int, there: int) -> int:
    """0 on the same limb or both on the trunk, 1 at the same place of the other side, 2 farther away."""
    parts = [limb for limb in _LIMBS if limb & here] or [WHOLE & ~sum(_LIMBS)]
    if any(part & there for part in parts):
        return 0
    return 1 if area(map(mirror, cover(here))) & there else 2


def _at(regions: tuple[str, ...], limits: Mapping[str, RegionLimit]) -> list[RegionLimit]:
    bits = area_of(regions)
    return [limit for region, limit in limits.items() if AREA[region] & bits]


def _thermal(regions: tuple[str, ...], screening: Screening, knowledge: Knowledge) -> Iterator[Avoid]:
    """No heat, no cold, and why: a numb place first, then any rule that does not only speak of heat and cold."""
    found = _at(regions, screening.effective)
    off = [word for word in ("heat", "cold") if any(getattr(one, word) is False for one in found)]
    if not off:
        return
    known = [name for one in _at(regions, screening.limits) for name in one.because]
    rules = _doing(known, screening, knowledge, lambda effect: effect.heat is False or effect.cold is False)
    rules = tuple(
        sorted((name for name in rules if not knowledge.rules[name].informs), key=lambda name: name != "LOPS")
    )
    numb = is_numb(regions, screening.numb)
    why = "Numb skin burns and freezes without a warning" if numb else _title(rules, knowledge) or _NOT_TESTED
    yield Avoid(f"No {' and no '.join(off)}", why, rules)


def _techniques(regions: tuple[str, ...], screening: Screening, knowledge: Knowledge) -> Iterator[Avoid]:
    found = _at(regions, screening.effective)
    off = {name for one in found for name in one.techniques_off}
    named = list(dict.fromkeys(name for name in (*_BY_HABIT, *knowledge.techniques) if name in off))[:_NAMED]
    if not named:
        return
    wanted = frozenset(named)
    for until, limits in (("", screening.limits), (_UNTIL, screening.until_answered)):
        because = [name for one in _at(regions, limits) if wanted & set(one.techniques_off) for name in one.because]
        rules = _doing(because, screening, knowledge, lambda effect: not wanted.isdisjoint(effect.off))
        if rules:
            rules = tuple(sorted(rules, key=lambda name: -len(wanted & _off(name, knowledge))))  # who says most of it
            titles = [knowledge.techniques[name].title for name in named]
            yield Avoid(f"No {_either(titles)}", f"{until}{_title(rules, knowledge)}", rules)
            return


def _off(rule: str, knowledge: Knowledge) -> set[str]:
    return {name for effect in knowledge.rules[rule].effects for name in effect.off}


def _either(titles: list[str]) -> str:
    return titles[0] if len(titles) == 1 else f"{', '.join(titles[:-1])} or {titles[-1]}"


def _title(rules: tuple[str, ...], knowledge: Knowledge) -> str:
    return knowledge.rules[rules[0]].title if rules else ""
