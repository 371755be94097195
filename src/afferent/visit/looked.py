"""What the looks at the skin of one visit come to: what is new, what closes a place, and where nobody had looked.

Used by `account` alone. A place that nobody looked at is not whole: nothing there is called new, and work on it is told
where feeling is no guide or blood is thin.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from afferent.body.areas import part, segment
from afferent.body.regions import SIDES, cover
from afferent.visit import note_lines as say
from afferent.visit.course import Course
from afferent.visit.events import Found, Look, SkinChecked, When
from afferent.visit.skin import HARMLESS
from afferent.visit.where import area_of, is_numb, together

# After these nobody touches the place until it was looked at; `swollen` and `hot` may be a clot or a broken foot.
CLOSES: Final[frozenset[Found]] = frozenset({"open", "blister", "black", "pale", "wet", "swollen", "hot"})
WOUNDS: Final[frozenset[Found]] = frozenset({"open", "blister", "black"})
# Rules of thin or slowly clotting blood: a bruise there may be nobody's doing, if somebody looked before.
THIN: Final = frozenset({
    "ANTICOAG", "ANTIPLATELET", "INR-HIGH", "BLEED-DISORDER", "PLT-100", "PLT-50", "PLT-20", "PLT-10", "PLT-UNKNOWN",
})  # fmt: skip

_LIMBS: Final = tuple(part(name, side) for name in ("leg_whole", "arm_whole") for side in SIDES)


class Seen(Struct, frozen=True):
    """One finding of one look. `new`: the skin was whole there at an earlier look, and this was not found."""

    id: str
    when: When
    look: Look
    new: bool


def findings(visit: Course) -> tuple[Seen, ...]:
    """All of them, in the order in which they were seen."""
    whole, known, found = 0, set[tuple[str, Found]](), []
    for one in visit.moments:
        event = one.kept.event
        if isinstance(event, SkinChecked):
            worse = [look for look in event.looks if look.found not in HARMLESS]
            for look in worse:
                here = area_of((look.region,))
                new = bool(here) and not here & ~whole and (look.region, look.found) not in known
                found.append(Seen(one.id, event.when, look, new))
            whole |= area_of(tuple(look.region for look in event.looks if look.found == "intact"))
            whole &= ~area_of(tuple(look.region for look in worse))
            known |= {(look.region, look.found) for look in worse}
    return tuple(found)


def left_alone(visit: Course, excluded: tuple[str, ...] = ()) -> Iterator[say.LeftAlone]:
    """The places that are closed next time: the whole hand or foot around a finding there, and what the screening that
    followed leaves alone (`excluded`) on the same limb."""
    closing = [one for one in findings(visit) if one.look.found in CLOSES]
    by_place: dict[tuple[str, ...], list[Seen]] = {}
    for one in closing:
        by_place.setdefault(_around(one.look.region, excluded), []).append(one)
    for regions, those in by_place.items():
        yield say.LeftAlone(regions=regions, found=_kinds(those), ids=_ids(those))


def _around(region: str, excluded: tuple[str, ...]) -> tuple[str, ...]:
    bits = area_of((region,))
    if not bits:
        return (region,)
    wider = 0 if "body" in excluded else area_of(excluded)
    limbs = sum(limb for limb in _LIMBS if limb & bits)
    return cover(segment(bits) | wider & limbs)


def records_due(visit: Course) -> Iterator[say.RecordDue]:
    """An incident for a wound that was not there before, or was seen only during or after; else a found wound."""
    wounds = [one for one in findings(visit) if one.look.found in WOUNDS]
    before = {(one.look.region, one.look.found) for one in wounds if one.when == "before"}
    later = [one for one in wounds if (one.look.region, one.look.found) not in before]
    early = [one for one in wounds if one.when == "before"]
    if later:
        regions = together(one.look.region for one in later)
        yield say.RecordDue(kind="incident", regions=regions, found=_kinds(later), ids=_ids(later))
    if early:
        regions = together(one.look.region for one in early)
        yield say.RecordDue(kind="found_wound", regions=regions, found=_kinds(early), ids=_ids(early))


def _kinds(those: list[Seen]) -> tuple[Found, ...]:
    return tuple(dict.fromkeys(one.look.found for one in those))


def _ids(those: list[Seen]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.id for one in those))


def worked_unseen(visit: Course) -> Iterator[say.WorkedUnseen]:
    """Numb places, and on thinned blood all places, that were worked before anybody had looked at the skin there."""
    thin = visit.opened is not None and not THIN.isdisjoint(visit.opened.rules)
    numb = tuple(visit.opened.numb) if visit.opened else ()
    looked = _looked_at(visit)
    bits: dict[bool, int] = {True: 0, False: 0}
    ids: dict[bool, dict[str, None]] = {True: {}, False: {}}
    for spell in visit.spells:
        unseen = area_of(spell.place.regions) & ~looked
        dull = spell.place.numb or is_numb(spell.place.regions, numb)
        if unseen and (dull or thin):
            bits[dull] |= unseen
            ids[dull][spell.ids[0]] = None
    for dull, unseen in bits.items():
        if unseen:
            yield say.WorkedUnseen(regions=cover(unseen), numb=dull, thin=thin, ids=tuple(ids[dull]))


def _looked_at(visit: Course) -> int:
    """Where somebody looked before the first touch."""
    looks = (
        look.region
        for one in visit.moments
        if isinstance(one.kept.event, SkinChecked) and one.kept.event.when == "before"
        for look in one.kept.event.looks
        if look.found != "not_looked"
    )
    return area_of(tuple(dict.fromkeys(looks)))
