"""What the figures say and show: sound markup, word and pattern for every limit, sides in words, readable colours."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afferent.body import colours, regions
from afferent.body.canvas import Canvas
from afferent.body.captions import stretches
from afferent.body.drawing import (
    LIMIT_CLASSES,
    RegionLook,
    findings_svg,
    legend_html,
    legend_svg,
    limits_svg,
    load_figures,
    looks_on,
    strictest,
)
from afferent.body.frame import stand
from afferent.body.label_layout import GAP, Label, place, text_width, wrap
from afferent.body.limit_classes import FINDINGS, NO_LIMIT, class_of, pattern

SVG = "{http://www.w3.org/2000/svg}"
FIGURES = load_figures()
KEYS = [limit.key for limit in LIMIT_CLASSES]
EVERYTHING = {leaf: RegionLook(KEYS[n % len(KEYS)], n % 4 == 0) for n, leaf in enumerate(regions.LEAVES)}
LOOKS = st.builds(RegionLook, st.sampled_from(KEYS), st.booleans())


def parse(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def words(root: ElementTree.Element) -> list[str]:
    """Every printed line."""
    return [span.text for span in root.iter() if span.tag in (f"{SVG}tspan", f"{SVG}text") and span.text]


def labels(svg: str) -> list[list[str]]:
    """The printed blocks, each as its lines."""
    return [[span.text for span in text] for text in parse(svg).iter(f"{SVG}text") if len(text)]


# Markup


@pytest.mark.parametrize("figure", FIGURES)
def test_every_region_is_a_path_with_its_name_and_limit(figure: str):
    root = parse(limits_svg(figure, EVERYTHING))
    paths = {p.get("data-region"): p for p in root.iter(f"{SVG}path") if p.get("data-region")}
    assert set(paths) == set(FIGURES[figure].shapes)
    looks = looks_on(figure, EVERYTHING)
    for region, shape in paths.items():
        limit = next(limit for limit in LIMIT_CLASSES if limit.key == looks[region].cls)
        assert limit.label in shape.find(f"{SVG}title").text


@pytest.mark.parametrize("figure", FIGURES)
def test_svg_is_an_image_with_a_name_and_a_description(figure: str):
    root = parse(limits_svg(figure, EVERYTHING))
    by_id = {element.get("id"): element for element in root.iter() if element.get("id")}
    assert root.get("role") == "img"
    assert by_id[root.get("aria-labelledby")].text.startswith("Limits: ")
    assert by_id[root.get("aria-describedby")].text.endswith(".")


@pytest.mark.parametrize("figure", FIGURES)
def test_every_reference_inside_a_drawing_leads_somewhere(figure: str):
    svg = limits_svg(figure, EVERYTHING, numb=["foot.left", "hand.right"])
    known = set(re.findall(r' id="([^"]+)"', svg))
    used = set(re.findall(r'url\(#([^)]+)\)|href="#([^"]+)"', svg))
    assert {a or b for a, b in used} <= known


def test_ids_differ_between_figures_of_a_page():
    drawings = [limits_svg(figure, EVERYTHING) for figure in FIGURES]
    drawings += [findings_svg(figure, "numb", ["body"]) for figure in FIGURES]
    drawings += [limits_svg("body.front", EVERYTHING, prefix="phone"), legend_html("a"), legend_svg("b")]
    found = [name for drawing in drawings for name in re.findall(r' id="([^"]+)"', drawing)]
    assert len(found) == len(set(found))


def test_nothing_that_a_strict_content_policy_would_block():
    for svg in (limits_svg("body.front", EVERYTHING), findings_svg("foot.left.sole", "numb", []), legend_html()):
        assert not re.search(r'\sstyle="|<style|<script|\son\w+="|https?://(?!www\.w3\.org/2000/svg)', svg)


def test_markup_is_the_same_each_time():
    assert limits_svg("body.back", EVERYTHING) == limits_svg("body.back", dict(reversed(EVERYTHING.items())))


# Words on the figure


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize(("side_words", "whose"), [("client", "CLIENT'S"), ("your", "YOUR")])
@pytest.mark.parametrize("width", [None, 360, 220])
def test_sides_are_printed_in_words(figure: str, side_words: str, whose: str, width: int | None):
    drawn = parse(limits_svg(figure, {}, side_words=side_words, width=width))
    pills = {
        " ".join(span.text for span in text): float(text[0].get("x"))
        for text in drawn.iter(f"{SVG}text")
        if text.get("letter-spacing")
    }
    if figure.startswith("body."):
        assert set(pills) == {f"{whose} LEFT", f"{whose} RIGHT"}
        right_is_left = pills[f"{whose} RIGHT"] < pills[f"{whose} LEFT"]
        assert right_is_left is (figure == "body.front")
    else:
        assert set(pills) == {f"{whose} {figure.split('.')[1].upper()}"}


def test_no_type_below_sixteen_pixels():
    for figure in FIGURES:
        assert set(re.findall(r'font-size="([^"]+)"', limits_svg(figure, EVERYTHING, width=360))) == {"16"}


def test_fingers_and_toes_are_named():
    assert {"Thumb", "Index", "Middle", "Ring", "Little"} <= set(words(parse(limits_svg("hand.left.palm", {}))))
    assert {"Big toe", "2", "3", "4", "5"} <= set(words(parse(limits_svg("foot.left.top", {}))))


def test_label_joins_neighbours_and_sides():
    classes = {f"{part}.{side}": RegionLook("3") for part in ("thigh", "knee") for side in regions.SIDES}
    assert ["Both thighs to knees", "3 medium"] in labels(limits_svg("body.front", classes, width=1100))


def test_label_says_the_side_where_only_one_is_limited():
    said = labels(limits_svg("body.back", {"foot.right.sole.heel": RegionLook("off")}, width=900))
    assert ["Sole of right foot", "not today"] in said


def test_label_says_until_answered():
    said = labels(limits_svg("body.front", {"leg_whole.right": RegionLook("off", open=True)}, width=1100))
    assert ["Right thigh to foot", "not today", "until answered"] in said


def test_one_label_where_the_rest_is_alike():
    said = labels(limits_svg("body.front", {"body": RegionLook("2"), "foot.left": RegionLook("1")}, width=1100))
    assert ["Everywhere else", "2 heavy lotioning"] in said
    assert ["Top of left foot", "1 light lotioning"] in said
    assert ["Everywhere", "2 heavy lotioning"] in labels(limits_svg("body.front", {"body": RegionLook("2")}, width=900))


def test_everything_else_is_never_said_while_something_has_no_limit():
    some = {region: RegionLook("2") for region in FIGURES["body.front"].shapes if not region.startswith("head_neck")}
    assert not any("verywhere" in line for label in labels(limits_svg("body.front", some)) for line in label)


@given(
    st.dictionaries(st.sampled_from(regions.REGIONS), LOOKS, max_size=12), st.sampled_from(["body.front", "body.back"])
)
def test_every_limited_region_is_in_exactly_one_label(classes: dict[str, RegionLook], view: str):
    looks = looks_on(view, classes)
    said = stretches(FIGURES[view], looks)
    held = sorted(region for stretch in said for region in stretch.regions)
    assert held == sorted(region for region, look in looks.items() if look.cls != "none")
    assert all(looks[region] == stretch.look for stretch in said for region in stretch.regions)
    assert all("{}" not in stretch.name for stretch in said)


def test_description_says_what_the_picture_shows():
    svg = limits_svg("body.front", {"foot.left.top.web12": RegionLook("off")}, numb=["foot.left"])
    text = parse(svg).find(f"{SVG}desc").text
    assert "Top of left foot: not today." in text
    assert "shows its strictest part" in text
    assert "Numb: " in text


def test_findings_say_that_blank_is_not_fine():
    root = parse(findings_svg("foot.left.sole", "tingling", ["foot.left.sole.heel"]))
    assert "does not mean it is fine" in root.find(f"{SVG}desc").text
    assert any("tingling" in line for line in words(root))


# Placing the labels


@given(
    st.lists(st.tuples(st.integers(40, 150), st.integers(20, 100), st.integers(0, 700)), max_size=14),
    st.integers(300, 800),
)
def test_labels_never_overlap_each_other_or_the_figure(sizes: list[tuple[int, int, int]], bottom: int):
    def room(top: float, low: float) -> float:
        return 60.0 if top < 0.6 * bottom and low > 0.3 * bottom else 160.0  # broad at the hands

    chosen = [Label(*size) for size in sorted(sizes, key=lambda size: size[2])]
    tops = place(chosen, room, 30, bottom)
    assert len(tops) == len(chosen)
    for label, y in zip(chosen, tops, strict=True):
        assert y >= 30
        assert room(y, y + label.height) >= label.width
    for (above, y), (_, below) in pairwise(zip(chosen, tops, strict=True)):
        assert below >= y + above.height + GAP


@pytest.mark.parametrize("width", [320, 360, 480, 640, 900])
@pytest.mark.parametrize("view", ["body.front", "body.back"])
def test_labels_stay_on_the_page(view: str, width: int):
    root = parse(limits_svg(view, EVERYTHING, width=width, numb=["foot.left"]))
    height = float(root.get("viewBox").split()[3])
    for text in root.iter(f"{SVG}text"):
        for n, span in enumerate(text):
            room = text_width(span.text, 16, bold=n == 0)
            x, anchor = float(span.get("x")), text.get("text-anchor")
            left = {"start": x, "middle": x - room / 2, "end": x - room}[anchor]
            assert left >= -1, span.text
            assert left + room <= width + 1, span.text
            assert float(span.get("y")) <= height


def test_too_many_labels_for_a_phone_become_a_numbered_list():
    phone, desktop = (parse(limits_svg("body.front", EVERYTHING, width=width)) for width in (360, 1100))
    numbers = [line for line in words(phone) if line.isdigit()]
    assert sorted(numbers, key=int) == [n for n in sorted(set(numbers), key=int) for _ in range(2)]  # figure and list
    assert not any(line.isdigit() for line in words(desktop))


def test_wrapping_breaks_at_blanks_only():
    assert wrap("Both ankles and feet", 16, 120) == ["Both ankles", "and feet"]
    assert wrap("abdomen", 16, 10) == ["abdomen"]


# Looks


def test_strictest_is_the_order_of_the_legend():
    assert [strictest([RegionLook(key), RegionLook("none")]).cls for key in KEYS] == KEYS
    assert strictest([RegionLook("2"), RegionLook("0"), RegionLook("3")]) == RegionLook("0")
    assert strictest([]) == NO_LIMIT


def test_known_beats_provisional_of_the_same_class():
    assert strictest([RegionLook("off", open=True), RegionLook("off")]) == RegionLook("off")


def test_class_of_a_cap():
    assert [class_of(level) for level in range(6)] == ["0", "1", "2", "3", "none", "none"]
    assert class_of(None) == "none"
    assert class_of(5, excluded=True) == "off"


def test_body_map_shows_the_strictest_part():
    classes = {"foot.right": RegionLook("2"), "foot.right.sole.ball.inner": RegionLook("off")}
    assert looks_on("body.back", classes)["foot.right.sole"] == RegionLook("off")
    assert looks_on("body.front", classes)["foot.right.top"] == RegionLook("2")
    assert looks_on("foot.right.sole", classes)["foot.right.sole.heel"] == RegionLook("2")


def test_parent_stands_for_its_parts():
    assert set(looks_on("hand.left.palm", {"body": RegionLook("1")}).values()) == {RegionLook("1")}


# Pattern and colour


@pytest.mark.parametrize("limit", LIMIT_CLASSES, ids=KEYS)
def test_every_limit_has_word_pattern_and_colour(limit):
    assert limit.word
    assert limit.pattern
    root = parse(limits_svg("foot.left.sole", {"foot.left": RegionLook(limit.key)}))
    fill = next(p.get("fill") for p in root.iter(f"{SVG}path") if p.get("data-region"))
    if limit.key == "none":
        assert fill == colours.paint("none-fill")
        return
    (made,) = root.iter(f"{SVG}pattern")
    assert fill == f"url(#{made.get('id')})"
    assert colours.LIGHT[f"{limit.key}-ink"] in ElementTree.tostring(made, encoding="unicode")


def test_patterns_differ_in_shape_not_only_in_colour():
    keys = [*KEYS[:-1], *(finding.key for finding in FINDINGS)]
    shapes = [re.findall(r'patternTransform="[^"]+"|<path d="([^"]+)"', pattern(key, "p", 1))[-1] for key in keys[:5]]
    turned = [re.search(r'patternTransform="([^"]+)"', pattern(key, "p", 1))[1] for key in keys[:5]]
    assert len(set(zip(shapes, turned, strict=True))) == 5


@pytest.mark.parametrize("width", [200, 360, 900])
def test_patterns_keep_their_size_on_screen(width: int):
    canvas, _, _ = stand(FIGURES["foot.left.sole"], "p", width, "client", "css", labels=True)
    scale = float(re.search(r"scale\(([^)]+)\)", pattern("1", "p", canvas.scale))[1])
    assert scale * canvas.scale == pytest.approx(1, rel=1e-3)


def test_provisional_is_lighter_and_dashed():
    held = limits_svg("foot.left.sole", {"foot.left": RegionLook("1")})
    provisional = limits_svg("foot.left.sole", {"foot.left": RegionLook("1", open=True)})
    assert "stroke-dasharray" not in held
    assert "stroke-dasharray" in provisional
    for key in KEYS[:-1]:
        light = colours.lightness(colours.LIGHT[f"{key}-open-fill"])
        assert light > colours.lightness(colours.LIGHT[f"{key}-fill"])


def test_numb_is_a_line_and_changes_no_fill():
    plain = limits_svg("foot.left.sole", {"foot.left": RegionLook("1")})
    numb = limits_svg("foot.left.sole", {"foot.left": RegionLook("1")}, numb=["foot.left.sole.heel"])
    fills = [re.findall(r'data-region="([^"]+)" d="[^"]+" fill="([^"]+)"', svg) for svg in (plain, numb)]
    assert fills[0] == fills[1]
    assert "stroke-dasharray" in numb
    assert any("Numb" in line for line in words(parse(numb)))


# Contrast, by WCAG 2.2: graphics 3, our own aim for patterns 4.5 (5.5 for a limit that is certain), text 7.


@pytest.mark.parametrize("theme", colours.PALETTES)
@pytest.mark.parametrize("key", [*KEYS[:-1], *(finding.key for finding in FINDINGS)])
def test_ink_stands_out_from_its_ground(theme: str, key: str):
    palette = colours.PALETTES[theme]
    assert colours.contrast(palette[f"{key}-ink"], palette[f"{key}-fill"]) >= 5.5
    if key in KEYS:
        assert colours.contrast(palette[f"{key}-open-ink"], palette[f"{key}-open-fill"]) >= 5.5


def test_darker_is_stricter_on_light_ground_and_lighter_on_dark():
    light = [colours.lightness(colours.LIGHT[f"{key}-fill"]) for key in KEYS]
    dark = [colours.lightness(colours.DARK[f"{key}-fill"]) for key in KEYS]
    assert light == sorted(light)
    assert dark == sorted(dark, reverse=True)
    assert all(b - a >= 3 for a, b in pairwise(light))
    assert all(a - b >= 3 for a, b in pairwise(dark))


PAPERS = {
    "light": ["#FAF6EF", "#FFFFFF"],
    "dark": ["#151716", "#1F2221"],
    "contrast": ["#000000"],
    "print": ["#FFFFFF"],
}


@pytest.mark.parametrize(("theme", "papers"), PAPERS.items())
def test_words_and_lines_stand_out_from_the_page(theme: str, papers: list[str]):
    palette = colours.PALETTES[theme]
    for paper in papers:
        assert colours.contrast(palette["text"], paper) >= 7
        assert colours.contrast(palette["text-2"], paper) >= 7
        assert all(colours.contrast(palette[line], paper) >= 3 for line in ("outline", "leader", "numb-line"))
    for side in ("left", "right"):
        assert colours.contrast(palette["pill-text"], palette[side]) >= 7


def test_themes_name_the_same_tokens():
    assert all(set(palette) == set(colours.LIGHT) for palette in colours.PALETTES.values())


@pytest.mark.parametrize("theme", colours.PALETTES)
def test_a_fixed_theme_needs_no_style_sheet(theme: str):
    svg = limits_svg("body.front", EVERYTHING, theme=theme, numb=["foot.left"])
    assert "var(" not in svg


def test_print_is_black_and_white():
    svg = limits_svg("body.front", EVERYTHING, theme="print") + legend_svg(theme="print")
    assert set(re.findall(r"#[0-9A-Fa-f]{6}\b", svg)) == {"#000000", "#FFFFFF"}


def test_contrast_and_lightness_of_known_colours():
    assert colours.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert colours.lightness("#FFFFFF") == pytest.approx(100)
    assert colours.lightness("#000000") == 0
    assert colours.contrast("#77303C", "#FFFFFF") == pytest.approx(9.2, abs=0.1)


# Legend


def test_legend_names_every_limit_once_strictest_first():
    listed = re.findall(r"<span>([^<]+)</span>", legend_html())
    assert listed[: len(LIMIT_CLASSES)] == [limit.label for limit in LIMIT_CLASSES]
    assert any("until answered" in line for line in listed)
    drawn = [text.text for text in parse(legend_svg()).iter(f"{SVG}text")]
    assert drawn == listed


def test_legend_of_a_finding():
    assert "tingling" in legend_html(finding="tingling")
    assert "not asked" in legend_html(finding="tingling")


@pytest.mark.parametrize("width", [320, 640, 1200])
def test_legend_picture_keeps_to_its_width(width: int):
    root = parse(legend_svg(width=width))
    for group in root.iter(f"{SVG}g"):
        x = float(re.search(r"translate\(([\d.]+)", group.get("transform"))[1])
        assert x + 48 + text_width(group.find(f"{SVG}text").text, 16) <= width + 1


def test_canvas_room_is_what_the_figure_leaves():
    canvas, _, _ = stand(FIGURES["body.front"], "p", 640, "client", "css", labels=True)
    assert isinstance(canvas, Canvas)
    head, hands = (canvas.room("left", y, y + 10) for y in (canvas.at((0, 500))[1], canvas.at((0, 5_500))[1]))
    assert head > hands > 100
