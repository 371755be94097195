"""Forest and funnel plots: every row drawn where its number lies, inside the picture, and again in the table."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afferent.page.charts import NARROW, WIDE, Axis
from afferent.page.charts import figure as chart_figure
from afferent.page.forest import Forest, Group, Row, figure, funnel
from afferent.page.forest.drawing import drawn
from afferent.page.styles import style_sheet

ROWS = (
    Row("Alice 2020", "0.50 (0.10 to 0.90)", 0.5, 0.1, 0.9, weight=1.0),
    Row("Bob 2021", "−0.20 (interval not seen)", -0.2),
    Row("A drug", "0.47 (0.34 to 0.60)", 0.47, 0.34, 0.6, shape="yardstick"),
    Row("Far off", "2.00 (−1.00 to 9.00)", 2.0, -1.0, 9.0),
    Row("Three together", "0.40 (0.20 to 0.60)", 0.4, 0.2, 0.6, shape="pooled", reach=(-0.5, 1.3)),
)
FOREST = Forest("Trials", "What is seen.", Axis("standard deviations", -1, 2), (Group("Against usual care", ROWS),))


def paths(svg: str, class_: str) -> list[str]:
    return re.findall(rf'<path class="{class_}" d="([^"]+)"', svg)


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_it_is_one_sound_picture_with_words_for_whoever_does_not_see_it(width: int) -> None:
    svg = drawn(FOREST, "f", width)
    root = ET.fromstring(svg)
    assert root.get("role") == "img"
    assert root.find("title").text == "Trials"
    assert root.find("desc").text == "What is seen."
    words = " ".join("".join(text.itertext()) for text in root.iter("text"))
    for row in ROWS:
        for word in (*row.name.split(), *row.figures.split()):
            assert word in words


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_shapes_differ_before_colours_do(width: int) -> None:
    svg = drawn(FOREST, "f", width)
    assert len(paths(svg, "forest-square")) == 2
    assert len(paths(svg, "forest-hollow")) == 2  # the circle without an interval, the diamond to measure by
    assert len(paths(svg, "forest-pooled")) == 1
    assert len(paths(svg, "forest-dashed")) == 1
    assert len(paths(svg, "forest-reach")) == 1
    assert len(paths(svg, "forest-line")) == 3  # two intervals, and the arrow where one runs off


def test_what_is_drawn_lies_where_its_number_lies() -> None:
    svg = drawn(FOREST, "f", WIDE)
    written = re.findall(r'<text x="([\d.]+)" y="[\d.]+" text-anchor="middle">(−?\d)</text>', svg)
    ticks = [(float(x), label.replace("−", "-")) for x, label in written]
    at = {float(label): x for x, label in ticks}
    unit = (at[2.0] - at[-1.0]) / 3
    left, right = (float(x) for x in re.match(r"M([\d.]+) [\d.]+L([\d.]+)", paths(svg, "forest-line")[0]).groups())
    assert [left, right] == pytest.approx([at[0.0] + 0.1 * unit, at[0.0] + 0.9 * unit], abs=0.2)
    tip = float(re.match(r"M([\d.]+)", paths(svg, "forest-pooled")[0])[1])
    assert tip == pytest.approx(at[0.0] + 0.2 * unit, abs=0.2)


def test_a_heavier_trial_is_a_larger_square() -> None:
    light, heavy = (
        drawn(Forest("T", "", FOREST.axis, (Group("", (Row("A", "", 0.5, 0, 1, weight=weight),)),)), "f", WIDE)
        for weight in (0.1, 1.0)
    )
    side = [float(re.search(r"h([\d.]+)v", paths(svg, "forest-square")[0])[1]) for svg in (light, heavy)]
    assert side[0] < side[1]


def test_the_figure_has_both_pictures_and_a_table() -> None:
    html = figure(FOREST, "x")
    assert html.count('role="img"') == 2
    table = html[html.index("<table") :]
    assert all(row.name in table and row.figures in table for row in ROWS)
    assert '<th scope="rowgroup" colspan="2">Against usual care</th>' in table


END = st.floats(-1e6, 1e6)


@given(st.lists(st.tuples(END, END, END), min_size=1, max_size=5), st.text(max_size=60))
def test_whatever_is_given_stays_inside_the_picture(rows, name) -> None:
    made = tuple(Row(name, "x", sorted(ends)[1], min(ends), max(ends)) for ends in rows)
    for width in (NARROW, WIDE):
        svg = drawn(Forest("T", "", Axis("a", -1, 2), (Group(name, made),)), "f", width)
        for d in re.findall(r' d="([^"]+)"', svg):
            for x, _ in re.findall(r"[ML](-?[\d.]+)[ -](-?[\d.]+)", d):
                assert -10 <= float(x) <= width + 10


def test_every_look_has_its_style() -> None:
    css = style_sheet()
    for class_ in ("forest-square", "forest-hollow", "forest-pooled", "forest-dashed", "forest-reach", "forest-line"):
        assert f".{class_}" in css


@pytest.mark.parametrize("spread", [[0.01, 0.04, 0.09], [1e-6, 1e-6, 1e-6], [4.0, 9.0, 100.0]])
def test_in_a_funnel_certain_trials_stand_at_the_top(spread: list[float]) -> None:
    chart = funnel("Missing?", "g", [0.2, 0.4, 0.9], spread, 0.4, "What is seen.")
    marks = chart.series[-1]
    assert [y for _, y in marks.points] == pytest.approx([v**-0.5 for v in spread])
    assert all(chart.y.low <= y <= chart.y.high for _, y in marks.points)
    assert all(chart.x.low <= x <= chart.x.high for x, _ in marks.points)
    assert chart.y.ticks
    assert "Standard error" in chart_figure(chart, "f")
