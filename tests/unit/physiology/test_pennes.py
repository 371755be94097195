"""T3, T4, T5 and T9 of the published checks; conservation, convergence, and an independent solution."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import expm

from afferent.physiology.heat.kinetics import SETS, injury, when
from afferent.physiology.heat.pennes import CELLS, FEW, Contact, Skin, skin, steps, warm
from afferent.physiology.heat.tissue import BLOOD, Layer, layers

FINE = (16, 200, 40, 20)
ONE = layers()


def uniform(cells: int) -> Skin:
    """Four layers of one and the same tissue, 20 mm in all."""
    same = tuple(Layer(f"part {n}", 5.0, 1000, 4000, 0.5, 5e-3) for n in range(4))
    return skin([same], cells=(cells,) * 4)


def depth_at(course, on: Skin, seconds: float, level: float) -> float:
    """How deep (mm) the injury (Henriques) has reached a level by then."""
    omega = injury(SETS["henriques"], course.times, course.within[:, :, 0])
    now = np.array([np.interp(seconds, course.times, one) for one in omega.T])
    deep = on.depth[:, 0] * 1000
    return float(np.interp(-math.log(level), -np.log(np.maximum(now, 1e-300)), deep))


def slab_error(cells: int, deep: float | None) -> float:
    """How far (°C) the settled course lies from the analytic one, surface at 45 °C, inner end insulated or held."""
    length = 0.02
    on = uniform(cells)
    end = warm(on, Contact(45.0), 50_000, deep=deep).end[:, 0]
    m, x = math.sqrt(5e-3 * BLOOD.density * BLOOD.heat / 0.5), on.depth[:, 0]
    if deep is None:
        rise = 8 * np.cosh(m * (length - x)) / np.cosh(m * length)
    else:
        rise = (8 * np.sinh(m * (length - x)) + (deep - 37) * np.sinh(m * x)) / np.sinh(m * length)
    return float(np.max(np.abs(end - 37 - rise)))


@pytest.mark.parametrize("deep", [None, 30.0])
def test_t3_a_slab_with_a_uniform_sink_comes_to_the_analytic_profile(deep: float | None) -> None:
    errors = [slab_error(cells, deep) for cells in (5, 10, 20, 40)]
    orders = [math.log2(errors[n] / errors[n + 1]) for n in range(3)]
    assert errors[-1] < 2e-3
    assert all(1.8 < order < 2.2 for order in orders), orders


def test_t4_jiangs_set_up() -> None:
    on = skin([ONE], cells=FINE)
    course = warm(on, Contact(90.0), 15, start=34.0, keep=True, first=0.001, per_octave=60)
    deep = on.depth[:, 0] * 1000
    for seconds, celsius in ((1, 35.5), (5, 51.8), (10, 61.2), (15, 66.7)):
        profile = [np.interp(seconds, course.times, one) for one in course.within[:, :, 0].T]
        assert np.interp(1.0, deep, profile) == pytest.approx(celsius, abs=0.1)
    told = {0.53: (0.287, 0.788, 1.215, 1.651), 1: (0.275, 0.758, 1.169, 1.582), 1e4: (0.105, 0.372, 0.596, 0.797)}
    for level, depths in told.items():
        for seconds, mm in zip((1, 5, 10, 15), depths, strict=True):
            assert depth_at(course, on, seconds, level) == pytest.approx(mm, abs=0.004), (level, seconds)


def test_t4_blood_flow_matters_little_at_90_degrees() -> None:
    on = skin([ONE], [0.0, 4.0], cells=FINE)
    course = warm(on, Contact(90.0), 15, start=34.0, keep=True)
    deep = on.depth[:, 0] * 1000
    none, four = (np.interp(1.0, deep, course.end[:, n]) for n in (0, 1))
    assert 0 < none - four < 1.5  # told: 66.9 to 66.0


# T5. Absorbed flux kW/m2 -> told time to blister (s), and what the reference solver gave with each kinetics.
BLISTER = {4.5: (30, 30.7, 36.2), 6.4: (18, 18.4, 20.9), 10: (10, 9.5, 10.1), 16: (5, 4.7, 4.7)}


@pytest.mark.parametrize(("flux", "told"), BLISTER.items())
def test_t5_time_to_blister_at_a_constant_flux(flux: float, told: tuple[float, float, float]) -> None:
    course = warm(skin([ONE]), Contact(32.5, film=0.0, flux=flux * 1000), 60, start=32.5)
    measured, weaver, henriques = told
    own = {name: when(course.times, injury(SETS[name], course.times, course.basal)[:, 0], 1.0) for name in SETS}
    assert own["weaver_stoll"] == pytest.approx(measured, rel=0.07)
    assert own["weaver_stoll"] == pytest.approx(weaver, rel=0.02)
    assert own["henriques"] == pytest.approx(henriques, rel=0.02)


def test_t9_under_a_wrapped_pack_poor_flow_makes_skin_hotter_and_in_a_bath_hardly() -> None:
    on = skin([ONE], [0.0, 1.0, 5.0, 15.0])
    pack, held = (warm(on, Contact(45.0, film=film), 1800, start=34.0).basal[-1] for film in (60.0, math.inf))
    assert list(pack) == sorted(pack, reverse=True)
    assert 2 < pack[0] - pack[3] < 5
    assert 0 < held[0] - held[3] < 0.5


@pytest.mark.parametrize(
    ("celsius", "film", "basal", "omega"),
    [(43, math.inf, 42.93, 0.11), (45, math.inf, 44.90, 0.74), (45, 500.0, 44.37, 0.42), (48, 60.0, 43.79, 0.19)],
)
def test_half_an_hour_at_resting_flow(celsius: float, film: float, basal: float, omega: float) -> None:
    course = warm(skin([ONE]), Contact(celsius, film=film), 1800, start=34.0)
    assert course.basal[-1, 0] == pytest.approx(basal, abs=0.05)
    assert injury(SETS["weaver_stoll"], course.times, course.basal)[-1, 0] == pytest.approx(omega, abs=0.02)


def exact(on: Skin, start: float, held: float, seconds: float) -> np.ndarray:
    """The same cells by the matrix exponential: no time step at all."""
    rows = len(on.capacity)
    a, b = np.zeros((rows, rows)), np.zeros(rows)
    outside, between = on.outside[0, 0], on.between[:, 0]
    a[0, 0] -= outside
    b[0] += outside * held
    for n, g in enumerate(between):
        a[n, n] -= g
        a[n, n + 1] += g
        a[n + 1, n + 1] -= g
        a[n + 1, n] += g
    a[np.diag_indices(rows)] -= on.sink[:, 0]
    b += on.sink[:, 0] * BLOOD.celsius
    a, b = a / on.capacity, b / on.capacity[:, 0]
    steady = np.linalg.solve(a, -b)
    return steady + expm(a * seconds) @ (start - steady)


@pytest.mark.parametrize("seconds", [0.5, 10.0, 300.0, 1800.0])
def test_in_time_it_agrees_with_the_matrix_exponential(seconds: float) -> None:
    on = skin([ONE])
    own = warm(on, Contact(43.0), seconds, start=34.0).end[:, 0]
    assert np.max(np.abs(own - exact(on, 34.0, 43.0, seconds))) < 0.02


def test_in_time_it_is_of_second_order() -> None:
    on = skin([ONE])
    right = exact(on, 34.0, 43.0, 60.0)
    errors = []
    for step in (2.0, 1.0, 0.5, 0.25):
        own = warm(on, Contact(43.0), 60, start=34.0, first=step, per_octave=10_000).end[:, 0]
        errors.append(float(np.max(np.abs(own - right))))
    assert all(3.4 < errors[n] / errors[n + 1] < 4.6 for n in range(3)), errors


def test_refined_the_answer_hardly_moves() -> None:
    cases = [Contact(43.0), Contact(45.0, film=500.0), Contact(48.0, film=150.0, capacity=30_000.0, loss=8.0)]
    for contact in cases:
        rough, fine = warm(skin([ONE]), contact, 1800), warm(skin([ONE], cells=FINE), contact, 1800, per_octave=60)
        at = rough.times[rough.times > 0.5]
        assert np.max(np.abs(np.interp(at, fine.times, fine.basal[:, 0]) - rough.basal[rough.times > 0.5, 0])) < 0.1
        for name in ("weaver_stoll", "mehta_wong"):
            both = [when(one.times, injury(SETS[name], one.times, one.basal)[:, 0], 0.1) for one in (rough, fine)]
            assert both[0] == both[1] == math.inf or both[0] == pytest.approx(both[1], rel=0.02)


@given(st.floats(35, 60), st.floats(1, 2000), st.floats(100, 1e6), st.floats(1, 3600))
@settings(max_examples=40)
def test_no_heat_is_made_or_lost(celsius: float, film: float, capacity: float, seconds: float) -> None:
    on = skin([ONE], 0.0)
    course = warm(on, Contact(celsius, film=film, capacity=capacity), seconds, start=34.0)
    stored = on.capacity[:, 0] @ course.end[:, 0] + capacity * course.source[-1, 0]
    began = on.capacity[:, 0].sum() * 34.0 + capacity * celsius
    assert stored == pytest.approx(began, rel=1e-10)


@given(st.floats(37, 60), st.floats(0, 20), st.floats(0, 20), st.sampled_from([60.0, 500.0, math.inf]))
@settings(max_examples=40)
def test_less_blood_is_never_cooler_and_nothing_is_hotter_than_its_source(
    celsius: float, flow: float, less: float, film: float
) -> None:
    on = skin([ONE], [flow, max(0.0, flow - less)])
    course = warm(on, Contact(celsius, film=film), 900)
    assert np.all(course.basal[:, 1] >= course.basal[:, 0] - 1e-9)
    assert np.all(course.basal <= celsius + 1e-6)
    assert np.all(course.basal >= 37 - 1e-6)


def test_many_at_once_are_the_same_as_one_by_one() -> None:
    people, flows = [layers(), layers("sole"), layers("palm")], [0.0, 1.0, 3.0]
    contact = Contact(np.array([41.0, 45.0, 48.0]), film=np.array([60.0, math.inf, 500.0]))
    together = warm(skin(people, flows), contact, 600)
    for n, person in enumerate(people):
        alone = warm(skin([person], flows[n]), Contact(*(np.ravel(np.broadcast_to(one, 3))[n] for one in contact)), 600)
        assert np.allclose(together.basal[:, n], alone.basal[:, 0], atol=1e-12)


def test_a_few_and_many_are_solved_in_two_ways_with_one_answer() -> None:
    assert FEW < 20
    flows = np.linspace(0, 5, 20)
    contact = Contact(45.0, film=60.0, capacity=20_000.0, loss=5.0)
    many = warm(skin([ONE], flows), contact, 900, deep=36.0)
    for n in (0, 7, 19):
        one = warm(skin([ONE], flows[n]), contact, 900, deep=36.0)
        assert np.allclose(many.basal[:, n], one.basal[:, 0], atol=1e-10)
        assert np.allclose(many.source[:, n], one.source[:, 0], atol=1e-10)


def test_a_pack_cools_by_what_it_gives() -> None:
    course = warm(skin([ONE]), Contact(45.0, film=60.0, capacity=20_000.0, loss=5.0), 1800)
    assert np.all(np.diff(course.source[:, 0]) < 0)
    assert course.source[-1, 0] < 43


@given(st.floats(0.001, 20_000))
def test_the_steps_end_on_the_second(seconds: float) -> None:
    assert math.fsum(step * count for step, count in steps(seconds)) == pytest.approx(seconds, rel=1e-12)


def test_cells_fill_their_layers() -> None:
    for site in ("standard", "sole"):
        on = skin([layers(site)])
        assert len(on.depth) == sum(CELLS)
        assert np.all(np.diff(on.depth[:, 0]) > 0)
        heat = sum(one.mm / 1000 * one.density * one.heat for one in layers(site))
        assert on.capacity.sum() == pytest.approx(heat)
