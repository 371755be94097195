"""T1, T2 and T8 of the published checks, and what an integral of injury must be."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from afferent.physiology.heat.burns import LADDER, burn_line, safety_line, scald_dose, scald_seconds
from afferent.physiology.heat.kinetics import EPIDERMAL, SETS, cem43, injury, rate, seconds_to, when

# T1. Seconds at a constant basal temperature to Omega = 1 [physiology.md 1.3]; None where the set says nothing.
ISOTHERMAL = {
    43: (34_352, 14_100, None, 2_501),
    44: (16_259, 5_547, None, 1_445),
    45: (7_732, 2_195, 4_146, 838),
    46: (3_694, 874, 2_534, 487),
    47: (1_773, 350, 1_553, 285),
    48: (855, 141, 955, 167),
    49: (414, 57, 589, 98),
    50: (202, 23, 364, 58),
    51: (98.5, 13.8, 163, 34),
    53: (23.8, 6.6, 35.8, 12.1),
    55: (5.9, 3.2, 8.0, 4.3),
    60: (0.2, 0.5, 0.2, 0.3),
}
# T2. Seconds on the published fit and on its safety line.
LINES = {
    43: (21_121, 1_052), 44: (11_020, 549), 45: (5_834, 290), 46: (3_132, 156), 47: (1_704, 85), 48: (939, 47),
    49: (524, 26), 50: (296, 15), 51: (169, 8.4), 53: (57, 2.8), 55: (20, 1.0), 60: (1.7, 0.1),
}  # fmt: skip


def as_printed(seconds: float, printed: float) -> bool:
    """Equal to the last digit that the table prints; it was rounded twice (201.466 to 201.5 to 202)."""
    return abs(seconds - printed) <= (0.055 if isinstance(printed, float) else 0.55)


@pytest.mark.parametrize(("celsius", "row"), ISOTHERMAL.items())
def test_t1_isothermal_times_are_exact(celsius: int, row: tuple[float | None, ...]) -> None:
    for name, printed in zip(("henriques", "weaver_stoll", "takata", "mehta_wong"), row, strict=True):
        seconds = seconds_to(SETS[name], celsius)
        assert seconds == math.inf if printed is None else as_printed(seconds, printed), (name, seconds)


@pytest.mark.parametrize(("celsius", "row"), LINES.items())
def test_t2_the_fit_and_its_safety_line(celsius: int, row: tuple[float, float]) -> None:
    assert as_printed(burn_line(celsius), row[0])
    assert as_printed(safety_line(celsius), row[1])


def test_t2_the_anchor_of_the_safety_line_is_the_papers_own_300_s_at_45_degrees() -> None:
    assert safety_line(45) == pytest.approx(300, rel=0.04)


@pytest.mark.parametrize(("celsius", "seconds"), LADDER.items())
def test_t8_the_scald_dose_sums_to_one_at_each_rung(celsius: float, seconds: float) -> None:
    times = np.linspace(0, seconds, 50)
    assert scald_dose(times, np.full(50, celsius)) == pytest.approx(1, rel=1e-12)


def test_t8_below_44_degrees_the_ladder_counts_nothing() -> None:
    assert scald_dose([0, 1e6], [43.9, 43.9]) == 0


@given(st.floats(44, 90), st.floats(0.01, 5))
def test_hotter_water_scalds_sooner(celsius: float, more: float) -> None:
    assert scald_seconds(celsius + more) < scald_seconds(celsius)


@pytest.mark.parametrize("name", EPIDERMAL)
def test_injury_at_a_constant_temperature_grows_straight(name: str) -> None:
    times = np.array([0.0, 1.0, 7.5, 100.0])
    assert injury(SETS[name], times, np.full(4, 47.0)) == pytest.approx(rate(SETS[name], 47.0) * times)


@pytest.mark.parametrize("name", EPIDERMAL)
def test_injury_along_a_ramp_agrees_with_a_fine_sum(name: str) -> None:
    coarse, fine = np.linspace(0, 60, 25), np.linspace(0, 60, 60_001)
    own = injury(SETS[name], coarse, 44 + coarse * 0.15)[-1]
    slow = np.trapezoid(rate(SETS[name], 44 + fine * 0.15), fine)
    steps = len(SETS[name].pieces) - 1  # where two pieces meet the rate jumps, and an interval is off by half of it
    assert own == pytest.approx(slow, rel=0.02 if steps else 2e-3)


@given(st.sampled_from(EPIDERMAL), st.floats(30, 80), st.floats(0, 20))
def test_hotter_is_never_slower(name: str, celsius: float, more: float) -> None:
    # where two pieces of a set meet, the published constants themselves may step down a little: 50 °C, Weaver-Stoll
    low, high = float(rate(SETS[name], celsius)), float(rate(SETS[name], celsius + more))
    assert high >= low * 0.55 if celsius <= 50 < celsius + more else high >= low


def test_when_finds_the_moment_between_two_times() -> None:
    assert when([0, 10, 20], [0, 1, 3], 2) == 15
    assert when([0, 10], [0, 1], 5) == math.inf
    assert when([0, 10], [0, 1], 0) == 0


def test_cem43_counts_a_minute_double_for_each_degree_above_and_a_quarter_below() -> None:
    for celsius, minutes in ((43, 10), (44, 20), (45, 40), (42, 2.5)):
        assert cem43([0, 600], [celsius, celsius])[-1] == pytest.approx(minutes)
