"""What a foot check states of a person, as evidence of kind "test".

An abnormal test states its own fact (`monofilament_lost`, `touch_test_lost`, `vibration_lost`) with the side, and the
rules take that for a numb whole foot [safety-clarifications.md 20]. It never states `numb`: that would answer the
question where feeling is lost, and a test of the feet knows nothing of the hands. No test ever says "not numb"
[safety.md 0, fact 8]; it only says that this test found nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from afferent.knowledge import Knowledge
from afferent.records.foot_check import SIDES, FootCheck
from afferent.records.foot_results import FEELING, all_felt, differences, lost, not_felt
from afferent.safety.evidence import Evidence, Value

ORIGIN = "foot check"


def statements(check: FootCheck, knowledge: Knowledge, as_of: dt.date, origin: str = ORIGIN) -> tuple[Evidence, ...]:
    """Everything this check states on `as_of`; nothing where it is dated later.

    A finding stands until the rules let it go: state older checks beside newer ones, and the stricter holds. What was
    found well counts for as long as `foot_tests.toml` says, and is silent afterwards.
    """
    days = (as_of - check.date).days
    if days < 0:
        return ()
    fresh = days <= knowledge.foot_tests["found_well"].threshold
    told = (*_feeling(check, knowledge), *_warmth(check, knowledge), *_seen(check))
    return tuple(
        Evidence(fact, value, check.date, origin, said, "test") for fact, value, said, well in told if fresh or not well
    )


# (fact, value, words for the reader, whether it only reassures)
_Told = tuple[str, Value, str, bool]


def _feeling(check: FootCheck, knowledge: Knowledge) -> Iterator[_Told]:
    for name in FEELING:
        test = knowledge.foot_tests[name]
        sides = lost(check, name, knowledge)
        if sides:
            where = [
                f"{side.upper()}: {', '.join(test.places[one].words for one in not_felt(check, name, side, knowledge))}"
                for side in sides
            ]
            yield test.fact, sides, f"not felt, {'; '.join(where)}", False
        elif all_felt(check, name, knowledge):
            yield test.fact, False, "felt at every place", True


def _warmth(check: FootCheck, knowledge: Knowledge) -> Iterator[_Told]:
    """The largest difference. One within the limit is told only once every place was measured on both feet."""
    test = knowledge.foot_tests["skin_temperature"]
    found = differences(check)
    most = max(found, key=lambda one: one.celsius, default=None)
    if most is None:
        return
    well = most.celsius <= test.threshold
    if not well or len(found) == len(test.places):
        side = f"{most.warmer.upper()} foot warmer, " if most.warmer else ""
        yield test.fact, most.celsius, f"{side}{test.places[most.place].words}", well


def _seen(check: FootCheck) -> Iterator[_Told]:
    """Pulses, deformity, past ulcer, what was lost. That nothing was amputated is never told: arms are limbs too."""
    pulses = [check.foot(side).pulses for side in SIDES]
    if "not_felt" in pulses:
        gone = [side.upper() for side, pulse in zip(SIDES, pulses, strict=True) if pulse == "not_felt"]
        yield "foot_pulses", False, f"not felt, {' and '.join(gone)}", False
    elif pulses == ["felt", "felt"]:
        yield "foot_pulses", True, "felt on both feet", True
    for fact, field in (("foot_deformity", "deformity"), ("past_foot_ulcer", "past_ulcer")):
        seen = {side: getattr(check.foot(side), field) for side in SIDES}
        if "yes" in seen.values():
            yield fact, tuple(side for side, value in seen.items() if value == "yes"), "", False
        elif set(seen.values()) == {"no"}:
            yield fact, False, "", True
    lost_parts = tuple(
        f"foot.{side}" if check.foot(side).amputation == "part_of_foot" else side
        for side in SIDES
        if check.foot(side).amputation in ("part_of_foot", "higher")
    )
    if lost_parts:
        yield "amputation", lost_parts, "", False
