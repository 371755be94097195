"""What a foot check found, foot by foot: which test was lost where, and how far the two feet differ in warmth.

Every number it compares with stands in `knowledge/foot_tests.toml`. Nothing here says what follows for a massage.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from afferent.knowledge import Knowledge
from afferent.knowledge.foot_tests import FootTest
from afferent.records.foot_check import SIDES, FootCheck, Tested
from afferent.records.units import convert
from afferent.safety.logic import Truth

FEELING: Final = ("monofilament", "touch", "tuning_fork")
_NOISE: Final = 6  # decimals: 33.6 - 31.6 is 2, whatever a computer makes of it


class Difference(Struct, frozen=True):
    """One place measured on both feet. `celsius`: how much warmer the side `warmer` is; "" where both are alike."""

    place: str
    celsius: float
    warmer: str


def answers(check: FootCheck, test: str, side: str) -> dict[str, Tested]:
    """Place -> what was answered there."""
    foot = check.foot(side)
    if test == "tuning_fork":
        return {"big_toe": foot.tuning_fork}
    tested = foot.monofilament if test == "monofilament" else foot.touch
    return {place: getattr(tested, place) for place in tested.__struct_fields__}


def felt(answer: Tested, test: FootTest) -> Truth:
    """Felt, not felt, or unknown because nobody tested."""
    if isinstance(answer, int):
        return answer < test.threshold
    return {"felt": True, "not_felt": False}.get(answer)


def not_felt(check: FootCheck, name: str, side: str, knowledge: Knowledge) -> tuple[str, ...]:
    """The places of one foot that were tested and not felt."""
    test = knowledge.foot_tests[name]
    return tuple(place for place, answer in answers(check, name, side).items() if felt(answer, test) is False)


def lost(check: FootCheck, name: str, knowledge: Knowledge) -> tuple[str, ...]:
    """The sides on which a test of feeling was lost.

    Monofilament and tuning fork speak for each foot: one place not felt is enough [IWGDF-ADD, VPT-SWF] (A). The Ipswich
    test speaks for both feet together: two of six toes not felt [IPTT-2011] (A). Which foot counts it does not say,
    so each does on which at least one toe was not felt (N): one on the left and one on the right make both numb. One of
    six is neither lost nor normal: nothing is stated (N).
    """
    missed = {side: not_felt(check, name, side, knowledge) for side in SIDES}
    needed = knowledge.foot_tests[name].threshold if name == "touch" else 1
    if sum(map(len, missed.values())) < needed:
        return ()
    return tuple(side for side, places in missed.items() if places)


def all_felt(check: FootCheck, name: str, knowledge: Knowledge) -> bool:
    """Was every place of both feet tested and felt? Only then has the test found nothing."""
    test = knowledge.foot_tests[name]
    return all(felt(answer, test) for side in SIDES for answer in answers(check, name, side).values())


def differences(check: FootCheck) -> tuple[Difference, ...]:
    """Every place that was measured on both feet."""
    found = []
    for place in check.left.temperature.__struct_fields__:
        left, right = _celsius(check, "left", place), _celsius(check, "right", place)
        if left is not None and right is not None:
            apart = round(left - right, _NOISE)
            found.append(Difference(place, abs(apart), "left" if apart > 0 else "right" if apart < 0 else ""))
    return tuple(found)


def one_sided(check: FootCheck) -> dict[str, str]:
    """Place -> the only side on which it was measured. It is named, and compared with nothing."""
    found: dict[str, str] = {}
    for place in check.left.temperature.__struct_fields__:
        measured = [side for side in SIDES if _celsius(check, side, place) is not None]
        if len(measured) == 1:
            found[place] = measured[0]
    return found


def _celsius(check: FootCheck, side: str, place: str) -> float | None:
    value: float | None = getattr(check.foot(side).temperature, place)
    return None if value is None or check.temperature_unit is None else convert(value, check.temperature_unit, "Cel")
