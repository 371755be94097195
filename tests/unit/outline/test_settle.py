"""Reasons: each for just one crossing, from the closed list, and none for what nothing opens."""

from __future__ import annotations

import pytest
from msgspec import structs

from afferent.errors import InputError
from afferent.outline import crossing, faults, settled
from afferent.outline.model import Fault, Outline
from tests.unit.outline.made import KNOWLEDGE, LATER, numb_feet, only, outline, screened, step

TWO_DRUGS = screened(antiplatelet=True, antiplatelet_two=True)
HARD = outline(step("thigh.left", work="petrissage", level=3))


def fault(one: Outline, screening=TWO_DRUGS) -> Fault:
    return only(faults(one, screening, KNOWLEDGE, LATER))


def left(one: Outline, *reasons, screening=TWO_DRUGS) -> tuple[Fault, ...]:
    return settled(one, screening, KNOWLEDGE, LATER, reasons)


def test_without_a_reason_it_stands_and_with_one_it_is_settled() -> None:
    assert left(HARD) == (fault(HARD),)
    reason = crossing(fault(HARD), HARD, "client_asks", "", KNOWLEDGE)
    assert left(HARD, reason) == ()
    assert (reason.crosses, reason.regions, reason.rules) == ("pressure", ("thigh.left",), ("ANTIPLATELET",))


def test_a_reason_is_for_this_place_and_this_level_only() -> None:
    reason = crossing(fault(HARD), HARD, "client_asks", "", KNOWLEDGE)
    assert left(outline(step("thigh.left", work="petrissage", level=4)), reason)
    assert left(outline(step("thigh.right", work="petrissage", level=3)), reason)


def test_a_reason_outlasts_a_change_of_order() -> None:
    reason = crossing(fault(HARD), HARD, "client_asks", "", KNOWLEDGE)
    later = outline(step("arm.left", minutes=2), step("thigh.left", work="petrissage", level=3))
    assert not any(one.crosses == "pressure" for one in left(later, reason))


@pytest.mark.parametrize(
    "forged",
    [{"reason": ""}, {"reason": "mood"}, {"reason": "other"}, {"rules": ()}, {"regions": ()}, {"crosses": "minutes"}],
)  # fmt: skip
def test_a_reason_that_is_none_covers_nothing(forged) -> None:
    reason = crossing(fault(HARD), HARD, "client_asks", "", KNOWLEDGE)
    assert left(HARD, structs.replace(reason, **forged))


def test_another_reason_needs_words() -> None:
    with pytest.raises(InputError, match="a few words"):
        crossing(fault(HARD), HARD, "other", "  ", KNOWLEDGE)
    assert left(HARD, crossing(fault(HARD), HARD, "other", "An old scar needs it.", KNOWLEDGE)) == ()


def test_no_reason_is_written_down_for_what_nothing_opens() -> None:
    numb = outline(step("foot.left", work="petrissage", level=3))
    with pytest.raises(InputError, match="no reason opens this"):
        crossing(fault(numb, numb_feet()), numb, "client_asks", "", KNOWLEDGE)


def test_a_reason_outside_the_list_is_refused() -> None:
    with pytest.raises(InputError, match="there is no reason 'mood'"):
        crossing(fault(HARD), HARD, "mood", "", KNOWLEDGE)


def test_a_visit_that_is_too_long_is_settled_without_a_place() -> None:
    long = outline(*(step(region, minutes=20) for region in ("thigh.left", "back.left.lower", "arm.left")))
    too_long = next(one for one in faults(long, screened(), KNOWLEDGE, LATER) if one.crosses == "visit_minutes")
    reason = crossing(too_long, long, "time_needed", "", KNOWLEDGE)
    assert too_long not in left(long, reason, screening=screened())
