"""Charts: values where they belong, words inside the picture and never over each other, a table that says the same."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afferent.page.charts import (
    NARROW,
    WIDE,
    Axis,
    Band,
    Chart,
    Level,
    Line,
    Marks,
    Tick,
    drawn,
    figure,
    number_words,
    standalone,
    table,
    time_words,
)
from afferent.page.charts.layout import lay_out
from afferent.page.charts.naming import named
from afferent.page.charts.traces import pieces, simpler
from afferent.page.charts.values import Scale, ticks
from afferent.page.styles import style_sheet, tokens

LOOKS = ("solid", "dashed", "dotted", "fine", "beaded")


def warm(top: float, slow: float) -> tuple[tuple[float, float], ...]:
    return tuple((float(t), 33 + (top - 33) * (1 - math.exp(-t / slow))) for t in range(0, 1801, 10))


HEAT = Chart(
    "Skin under a hot pack",
    "Only a towel keeps the skin below 43 °C.",
    Axis("Time on the skin", 0, 1800, kind="time"),
    Axis("Skin temperature, °C", 30, 50),
    (Line("Pack straight on the skin", warm(49, 260)), Line("One towel between", warm(45, 420), "dashed")),
    (Level(43, "43 °C: heat pain begins", tone="care"), Level(600, "10 minutes", "x")),
    (Band(47, 50, "burns within minutes", tone="stop"),),
)
LINES = Chart(
    "How hot for how long",
    "Each degree more halves the time.",
    Axis("Time", 1, 21600, kind="time", log=True),
    Axis("Skin temperature, °C", 42, 62),
    (
        Line("Burn", ((1, 61), (60, 53), (21600, 44)), "solid", "middle"),
        Marks("Measured, Moritz 1947", ((1, 61), (30, 53), (300, 49.5), (18000, 44.2))),
        Marks("Other trials", ((20, 54), (600, 48)), "square"),
    ),
    bands=(Band(900, 1800, "usual pack time", "x"),),
)
RASTER = Chart(
    "Spikes",
    "Twenty fibres fire.",
    Axis("Time", 0, 2, kind="time"),
    Axis("Fibre", -1, 20, (Tick(5, "C fibres"), Tick(15, "Aβ fibres"))),
    (Marks("Spikes", tuple((n % 1999 / 1000, float(n % 20)) for n in range(3000)), "tick", "none"),),
)
PHASES = Chart(
    "Pain each evening",
    "Pain was lower with massage.",
    Axis("Day", -1, 28, (Tick(0, "5 Oct"), Tick(7, "12 Oct"), Tick(14, "19 Oct"), Tick(21, "26 Oct"))),
    Axis("Pain, 0 none to 10 worst", 0, 10),
    (
        Marks("before", tuple((float(d), 6.0 + d % 3) for d in range(14)), "circle", "none"),
        Marks("with massage", tuple((float(d), 4.0 + d % 2) for d in range(14, 28)), "square", "none"),
    ),
    (Level(13.5, "with massage", "x"),),
    (Band(-1, 13.5, "her own weeks before", "x"),),
)
CHARTS = [HEAT, LINES, RASTER, PHASES]


def plain(*series: Line | Marks, **more) -> Chart:
    return Chart("A chart", "What is seen.", Axis("x", 0, 10), Axis("y", 0, 10), series, **more)


def root(chart: Chart, width: float = WIDE) -> ET.Element:
    return ET.fromstring(drawn(chart, "c", width))


def paths(chart: Chart, class_: str, width: float = WIDE) -> list[str]:
    return [one.get("d") for one in root(chart, width).iter("path") if class_ in one.get("class", "").split()]


# Geometry


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize(("log", "low", "high"), [(False, -3.0, 7.0), (True, 0.01, 1000.0)])
def test_the_ends_of_the_axes_are_the_edges_of_the_plot(width, log, low, high) -> None:
    axis = Axis("a", low, high, log=log)
    chart = Chart("t", "a", axis, axis, (Line("", ((low, low), (high, high))),))
    plot = lay_out(chart, width, chart.height)
    assert paths(chart, "chart-line", width) == [
        f"M{plot.left:.1f} {plot.bottom:.1f}L{plot.right:.1f} {plot.top:.1f}".replace(".0", "")
    ]


def test_a_decade_is_as_long_as_the_next_on_a_logarithmic_axis() -> None:
    scale = Scale(0.1, 1000, True)
    assert [round(scale.share(at), 9) for at in (0.1, 1, 10, 100, 1000)] == [0, 0.25, 0.5, 0.75, 1]


def test_what_leaves_the_plot_is_cut_at_its_edge() -> None:
    ten = Scale(0, 10, False)
    assert pieces([(-5, 5), (5, 5), (5, 20), (8, 20), (8, 5)], ten, ten) == [
        [(0, 0.5), (0.5, 0.5), (0.5, 1)],
        [(0.8, 1), (0.8, 0.5)],
    ]
    assert pieces([(11, 1), (12, 2)], ten, ten) == []
    assert pieces([(11, 1)], ten, ten) == []


def test_values_outside_the_axes_are_in_the_table_though_not_in_the_picture() -> None:
    chart = plain(Marks("", ((1, 1), (2, 12)), "square"))
    assert paths(chart, "chart-square")[0].count("M") == 1
    assert ("2", "12") in rows(chart)


@given(st.lists(st.tuples(st.floats(0, 600), st.floats(0, 300)), min_size=2, max_size=60))
def test_a_simpler_line_stays_within_its_slack(line) -> None:
    kept = simpler(line, 0.2)
    assert kept[0] == line[0]
    assert kept[-1] == line[-1]
    assert all(min(_off(point, a, b) for a, b in pairwise(kept)) <= 0.2001 for point in line)


def _off(point, start, end) -> float:
    dx, dy = end[0] - start[0], end[1] - start[1]
    long = dx * dx + dy * dy
    along = ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / long if long else 0
    along = min(max(along, 0), 1)
    return math.hypot(point[0] - start[0] - along * dx, point[1] - start[1] - along * dy)


# The picture


@pytest.mark.parametrize("width", [NARROW, WIDE, 1000])
@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.title)
def test_a_picture_is_sound_and_says_what_is_to_be_seen(chart, width) -> None:
    svg = root(chart, width)
    assert svg.get("role") == "img"
    by_id = {one.get("id"): one.text for one in svg.iter() if one.get("id")}
    assert by_id[svg.get("aria-labelledby")] == chart.title
    assert by_id[svg.get("aria-describedby")] == chart.about
    assert not re.search(r"style=|<script|nan|inf|e[-+]\d", drawn(chart, "c", width).replace("Spikes", ""))


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.title)
def test_the_same_chart_gives_the_same_text(chart) -> None:
    assert figure(chart, "a") == figure(chart, "a")
    assert standalone(chart) == standalone(chart)
    assert figure(chart, "a").replace('"a-', '"b-').replace('id="a"', 'id="b"') == figure(chart, "b")


def test_a_raster_is_one_path() -> None:
    marks = paths(RASTER, "chart-tick")
    assert len(marks) == 1
    assert marks[0].count("M") == 3000
    assert len(list(root(RASTER).iter("path"))) == 3


def test_rows_of_a_raster_do_not_touch() -> None:
    drawn_rows = {
        tuple(map(float, found)) for found in re.findall(r" ([\d.]+)v([\d.]+)", paths(RASTER, "chart-tick")[0])
    }
    tops = sorted(drawn_rows)
    assert len(tops) == 20
    assert all(top + high < other for (top, high), (other, _) in pairwise(tops))


def test_looks_differ_without_colour() -> None:
    css = style_sheet()
    told = set()
    for look in LOOKS:
        rule = re.search(rf"\.chart-line\.chart-{look} {{([^}}]*)}}", css)[1]
        width, dash = (re.findall(rf"{what}: ([^;]*);", rule) for what in ("stroke-width", "stroke-dasharray"))
        told.add((tuple(width), tuple(dash), look == "beaded"))
    assert len(told) == len(LOOKS)


def test_beads_are_few_however_many_points_there_are() -> None:
    many = tuple((n / 100, n / 100) for n in range(1000))
    assert paths(plain(Line("", many, "beaded")), "chart-marks")[0].count("M") == 10


def test_nothing_to_see_is_drawn_as_nothing() -> None:
    chart = plain(Line("none yet", ()), Marks("nor here", ()), Line("one", ((5, 5),)))
    assert [one.text for one in root(chart).iter("text") if one.text in ("none yet", "nor here", "one")] == ["one"]
    assert paths(chart, "chart-line") == []
    assert len(paths(chart, "chart-dot")) == 1


@pytest.mark.parametrize("at", [0.0, 5.0, -1e-12, 1e9])
@pytest.mark.parametrize("log", [False, True])
def test_an_axis_without_length_has_its_value_in_the_middle(at, log) -> None:
    at = abs(at) + 1e-9 if log else at
    axis = Axis("a", at, at, log=log)
    chart = Chart("t", "a", axis, axis, (Marks("", ((at, at),), "dot"),))
    plot = lay_out(chart, WIDE, chart.height)
    x, y = map(float, re.match(r"M([\d.]+) ([\d.]+)", paths(chart, "chart-dot")[0]).groups())
    assert x == pytest.approx((plot.left + plot.right) / 2, abs=0.1)
    assert y == pytest.approx((plot.top + plot.bottom) / 2, abs=0.1)


# What cannot be drawn truly


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Axis("x", 5, 1), "lower first"),
        (lambda: Axis("x", math.nan, 1), "not a number"),
        (lambda: Axis("x", 0, 1, log=True), "nought or less"),
        (lambda: Line("rate", ((0, 1), (1, math.inf))), "'rate'"),
        (lambda: Marks("rate", ((math.nan, 1),)), "'rate'"),
        (lambda: Level(math.nan, "pain"), "'pain'"),
        (lambda: Band(2, 1, "zone"), "'zone'"),
        (lambda: Chart("t", "a", Axis("x", 1, 9, log=True), Axis("y", 0, 1), (Line("l", ((0, 1),)),)), "'l'"),
        (lambda: Chart("t", "a", Axis("x", 1, 9), Axis("y", 1, 9, log=True), (), (Level(0, "w"),)), "'w'"),
        (lambda: Chart("t", "a", Axis("x", 1, 9), Axis("y", 1, 9, log=True), (), (), (Band(-1, 2, "z"),)), "'z'"),
        (lambda: Chart("t", "a", Axis("x", 1, 9), Axis("y", 1, 9), height=0), "px high"),
        (lambda: drawn(HEAT, "c", 100), "px wide"),
    ],
)
def test_it_is_refused_with_a_sentence(make, says) -> None:
    with pytest.raises(ValueError, match=says):
        make()


# Words


def overlapping(chart: Chart, width: float) -> list[tuple[str, str]]:
    boxes = [(*one.box, one.words.lines) for one in (named(chart, width).inside + named(chart, width).beside)]
    return [
        (a[4], b[4])
        for n, a in enumerate(boxes)
        for b in boxes[:n]
        if a[0] < b[2] and b[0] < a[2] and a[1] + 3 < b[3] and b[1] + 3 < a[3]
    ]


def outside(chart: Chart, width: float) -> list[object]:
    found = named(chart, width)
    return [
        one
        for one in found.inside + found.beside
        if one.box.left < 0 or one.box.right > width or one.box.top < 0 or one.box.bottom > found.plot.height
    ]


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.title)
def test_words_stand_inside_and_apart(chart, width) -> None:
    assert not overlapping(chart, width)
    assert not outside(chart, width)


words = st.text("abcdefghijkl MW.°", max_size=40)
value = st.floats(-2, 12, allow_nan=False)
points = st.lists(st.tuples(value, value), max_size=6).map(tuple)
place = st.sampled_from(["start", "middle", "end", "none"])
which = st.sampled_from(["x", "y"])
zones = st.tuples(value, value, words, which).map(lambda z: Band(min(z[0], z[1]), max(z[0], z[1]), z[2], z[3]))
lines = st.builds(Line, words, points, st.sampled_from(LOOKS), place)
marks = st.builds(Marks, words, points, st.sampled_from(["circle", "square", "dot", "tick"]), place)
charts = st.builds(
    Chart, words, words, st.builds(Axis, words, st.just(0.0), st.just(10.0)),
    st.builds(Axis, words, st.just(0.0), st.just(10.0), st.lists(st.builds(Tick, value, words), max_size=4).map(tuple)),
    st.lists(lines | marks, max_size=6).map(tuple),
    st.lists(st.builds(Level, value, words, which), max_size=3).map(tuple),
    st.lists(zones, max_size=2).map(tuple), st.integers(100, 300),
)  # fmt: skip


@settings(max_examples=120)
@given(charts, st.sampled_from([240, NARROW, 360, WIDE]))
def test_whatever_the_words_they_stand_inside_and_apart(chart, width) -> None:
    assert not overlapping(chart, width)
    assert not outside(chart, width)
    ET.fromstring(drawn(chart, "c", width))


@settings(max_examples=120)
@given(charts, st.sampled_from([NARROW, WIDE]))
def test_every_series_that_is_seen_is_named_once(chart, width) -> None:
    found = named(chart, width)
    letters = [letter for letter, _ in found.letters]
    shown = [" ".join(one.words.lines) for one in found.inside + found.beside]
    wanted = [
        "".join(one.series.name.split())
        for one in found.traces
        if one.points and one.series.name.strip() and one.series.label_at != "none"
    ]
    if letters:
        assert sorted("".join(trace.series.name.split()) for _, trace in found.letters) == sorted(wanted)
        assert all(shown.count(letter) >= 1 for letter in letters)
    else:
        unspaced = [one.replace(" ", "") for one in shown]
        assert all(unspaced.count(name) >= wanted.count(name) for name in wanted)


def test_many_names_at_one_point_get_letters_and_a_key() -> None:
    chart = plain(*(Line(f"A line with a long name, number {n}", ((0, 5), (10, 5 + n / 50))) for n in range(12)))
    assert [letter for letter, _ in named(chart, NARROW).letters] == list("ABCDEFGHIJKL")
    said = " ".join(one.text for one in root(chart, NARROW).iter("text"))
    assert said.count("A line with a long") == 12
    assert not overlapping(chart, NARROW)


def test_names_stand_beside_their_ends_where_there_is_room() -> None:
    found = named(plain(Line("low", ((0, 0), (10, 2))), Line("high", ((0, 0), (10, 8)))), WIDE)
    assert not found.letters
    assert [one.words.lines for one in found.beside] == [("high",), ("low",)]
    for one, share in zip(found.beside, (0.8, 0.2), strict=True):
        assert (one.box.top + one.box.bottom) / 2 == pytest.approx(found.plot.up(share), abs=3)


# Values in words


def test_numbers_in_words() -> None:
    assert [number_words(n) for n in (0, 0.012345, 43.27, 43.0, 12345.6, -1.54, 1000)] == [
        "0", "0.01235", "43.27", "43", "12,346", "−1.54", "1,000",
    ]  # fmt: skip


def test_times_in_words() -> None:
    assert [time_words(t) for t in (0, 0.25, 30, 90, 120, 3600, 5400, 86400, 12.5, -30)] == [
        "0", "250 ms", "30 s", "1 min 30 s", "2 min", "1 h", "1 h 30 min", "1 d", "12.5 s", "−30 s",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("axis", "labels"),
    [
        (Axis("x", 0, 10), ["0", "2", "4", "6", "8", "10"]),
        (Axis("x", 1000, 1001), ["1,000", "1,000.2", "1,000.4", "1,000.6", "1,000.8", "1,001"]),
        (Axis("x", -1, 1), ["−1", "−0.5", "0", "0.5", "1"]),
        (Axis("x", 0.01, 100, log=True), ["0.01", "0.1", "1", "10", "100"]),
        (Axis("x", 1, 10, log=True), ["1", "2", "5", "10"]),
        (Axis("t", 0, 120, kind="time"), ["0", "30 s", "60 s", "90 s", "120 s"]),
        (Axis("t", 0, 1800, kind="time"), ["0", "10 min", "20 min", "30 min"]),
        (Axis("t", 1, 3600, kind="time", log=True), ["1 s", "10 s", "1 min", "10 min", "1 h"]),
    ],
)
def test_round_values_are_found_for_an_axis(axis, labels) -> None:
    assert [tick.label for tick in ticks(axis, 5)] == labels


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6), st.integers(2, 12))
def test_ticks_lie_on_their_axis_and_differ(low, span, most) -> None:
    axis = Axis("x", low, low + span)
    found = ticks(axis, most)
    assert all(low - span / 1e6 <= tick.at <= low + span * (1 + 1e-6) for tick in found)
    assert len({tick.label for tick in found}) == len(found) <= most + 1


# The table


class Table(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: list[list[tuple[str, str, str]]] = []
        self.cell: list[str] | None = None
        self.caption = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
        if tag in ("th", "td"):
            self.cell = [tag, dict(attrs).get("scope", ""), ""]

    def handle_endtag(self, tag):
        if tag in ("th", "td"):
            self.rows[-1].append(tuple(self.cell))
            self.cell = None

    def handle_data(self, data):
        if self.cell:
            self.cell[2] += data
        else:
            self.caption += data


def rows(chart: Chart, at=()) -> list[tuple[str, ...]]:
    return [tuple(cell[2] for cell in row) for row in Table(table(chart, at)).rows]


def test_the_table_has_the_values_themselves() -> None:
    assert rows(LINES) == [
        ("Time", "Skin temperature, °C"),
        ("Burn",), ("1 s", "61"), ("1 min", "53"), ("6 h", "44"),
        ("Measured, Moritz 1947",), ("1 s", "61"), ("30 s", "53"), ("5 min", "49.5"), ("5 h", "44.2"),
        ("Other trials",), ("20 s", "54"), ("10 min", "48"),
        ("To compare with",), ("usual pack time", "Time: 15 min to 30 min"),
    ]  # fmt: skip


def test_every_cell_of_the_table_knows_its_heading() -> None:
    for row in Table(table(HEAT)).rows:
        assert [cell[:2] for cell in row] in (
            [("th", "col"), ("th", "col")], [("th", "rowgroup")], [("th", "row"), ("td", "")],
        )  # fmt: skip


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.title)
def test_a_long_series_is_thinned_and_says_so(chart) -> None:
    found = Table(table(chart))
    groups = [[len(row) for row in found.rows][1:]]
    assert all(len(group) <= 14 * (len(chart.series) + 1) for group in groups)
    whole = sum(len(one.points) for one in chart.series)
    assert ("values" in found.caption) == (whole > len([row for row in found.rows if row[0][1] == "row"]))


@given(st.lists(st.tuples(st.floats(0, 10), st.floats(0, 10)), min_size=1, max_size=200).map(tuple))
def test_the_table_never_invents_a_value(points) -> None:
    chart = plain(Line("l", points))
    told = rows(chart)[2:]
    real = {(f"{x:.2f}", f"{y:.2f}") for x, y in points}
    assert 1 <= len(told) <= 13
    assert {(f"{float(x):.2f}", f"{float(y):.2f}") for x, y in told} <= real


def test_the_table_reads_where_it_is_told_to() -> None:
    assert [row[0] for row in rows(HEAT, at=(0, 301, 600)) if len(row) == 2][1:4] == ["0", "5 min", "10 min"]


# On a page, and as a file


def test_a_figure_has_two_pictures_of_which_one_is_there_and_a_table() -> None:
    found = figure(HEAT, "heat")
    assert found.count("<svg") == 3  # two pictures and the sign of the disclosure
    assert found.count("<table") == 1
    ids = re.findall(r' id="([^"]*)"', found)
    assert len(ids) == len(set(ids))
    css = style_sheet()
    assert re.search(r"\.chart-wide \{ display: none", css)
    assert re.search(
        r"@container [^{]*\{\s*\.chart-wide \{ display: block; \}\s*\.chart-narrow \{ display: none; \}", css
    )


def test_a_narrow_picture_has_type_of_sixteen_pixels_on_the_smallest_phone() -> None:
    """320 px less the margins of a page (2 x 16), the border (2 x 1) and the padding (2 x 3) of a figure."""
    assert NARROW <= 320 - 32 - 2 - 6


def test_a_file_brings_its_colours_light_and_dark() -> None:
    text = standalone(HEAT)
    ET.fromstring(text)
    assert tokens()["light"]["accent"] in text
    assert tokens()["dark"]["accent"] in text.split("prefers-color-scheme:dark")[1]
    used = set(re.findall(r"var\(--([a-z0-9-]+)\)", text))
    assert all(f"--{token}:" in text for token in used)
    assert "figure" not in text
    assert not re.search(r"\d\.\d{3}", re.sub(r"<style>.*</style>", "", text, flags=re.DOTALL))


def test_what_it_is_called_is_text_never_markup() -> None:
    evil = '<script>x</script>&"'
    chart = Chart(evil, evil, Axis(evil, 0, 1), Axis(evil, 0, 1), (Line(evil, ((0, 0), (1, 1))),), (Level(1, evil),))
    assert "<script" not in figure(chart, "c")
    ET.fromstring(standalone(chart))
