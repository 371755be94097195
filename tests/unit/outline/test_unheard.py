"""Where the client cannot say what they feel, no reason opens a technique: it would rest on what they say."""

from __future__ import annotations

import pytest

from afferent.outline import faults
from afferent.outline.model import Outline, Step, Wish
from tests.unit.outline.made import KNOWLEDGE, LATER, cleared, only, outline, screened, step, turned_off


def found(one: Outline, screening, wish: Wish = LATER):
    return faults(one, screening, KNOWLEDGE, wish)


SILENT = {"cannot_tell": True, "helper_present": True}
AGREED = {**SILENT, "clearances": (cleared("NO-FEEDBACK", body=2),)}


@pytest.mark.parametrize("given", [SILENT, AGREED])
@pytest.mark.parametrize(
    "pressed",
    [
        step("leg.left.front", work="acupressure", points=("ST36",)),
        step("hand.left.back.thumb_side", work="acupressure", points=("LI4",)),
        step("foot.left.sole.arch", work="foot_reflexology", points=("foot_arch",)),
        step("hand.left.palm.centre", work="hand_reflexology", points=("hand_centre",)),
    ],
)
def test_where_nobody_can_say_what_they_feel_no_point_is_opened_by_a_reason(given, pressed: Step) -> None:
    barred = [one for one in found(outline(pressed), screened(**given)) if one.crosses == "technique"]
    assert any("NO-FEEDBACK" in one.rules for one in barred)
    assert all(one.never for one in barred)


def test_where_nobody_can_say_what_they_feel_no_technique_that_is_off_is_opened_by_a_reason() -> None:
    off = turned_off(screened(**AGREED), "thigh.left", "moving_strokes", pressure=2)
    fault = only(found(outline(step("thigh.left", level=1)), off))
    assert (fault.crosses, fault.never) == ("technique", True)
    elsewhere = only(found(outline(step("head_neck.left.face", work="calf_stretch", level=1)), screened(**SILENT)))
    assert (elsewhere.crosses, elsewhere.never) == ("technique", True)


def test_a_point_left_out_in_pregnancy_takes_no_reason_where_nobody_can_say_what_they_feel() -> None:
    press = outline(step("hand.left.back.thumb_side", work="acupressure", points=("LI4",)))
    left = [one for one in found(press, screened(pregnant=True, **SILENT)) if "ACUPOINT-PREG" in one.rules]
    assert [one.never for one in left] == [True]


def test_gentler_after_a_bad_day_takes_no_reason_where_nobody_can_say_what_they_feel() -> None:
    wish = Wish(minutes=60, first=False, gentler=1)
    assert all(one.never for one in found(outline(step("thigh.left", level=1)), screened(**SILENT), wish))
