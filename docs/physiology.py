"""docs/physiology.md and its figures: what the models say, told against ours, worked out by the shipped code.

Ask here: `page` (the text) and `pictures` (name -> .svg text). The prose stands in docs/templates/physiology.md; here
are the tables. Written by `python -m docs.build`; a test fails while they are not what this would write.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from msgspec import structs

from afferent.knowledge import Knowledge
from afferent.page import gate as gate_charts
from afferent.page import heat as heat_charts
from afferent.page.charts import Axis, Band, Chart, Line, Marks, standalone
from afferent.physiology.gate.circuit import CIRCUIT, Circuit
from afferent.physiology.gate.experiments import Scene, by_scene, play, rubbed, signal, wind_up
from afferent.physiology.heat.burns import SAFETY_FACTOR, burn_line, safety_line
from afferent.physiology.heat.contact import MATERIALS, contact_celsius
from afferent.physiology.heat.kinetics import EPIDERMAL, SETS, injury, seconds_to, when
from afferent.physiology.heat.pennes import Contact, skin, warm
from afferent.physiology.heat.tissue import SITES, layers
from afferent.physiology.touch import WINDOW, score
from tests.unit.physiology.test_pennes import BLISTER, depth_at, slab_error

FINE = (16, 200, 40, 20)
TEMPLATE = Path(__file__).parent / "templates" / "physiology.md"
SEEDS = 12
AS_CODED = structs.replace(CIRCUIT, nmda=structs.replace(CIRCUIT.nmda, most=4.0))


def pictures() -> dict[str, str]:
    """Every figure of the page."""
    lying = (("held at 45 °C", Contact(45.0)), ("bath", Contact(45.0, film=500.0)), ("pack", Contact(45.0, film=60.0)))
    charts = {
        "heat-times": heat_charts.times(40),
        "heat-injury": heat_charts.injured(45),
        "heat-flow": heat_charts.flows(lying),
        "heat-jiang": jiang_chart(),
        "heat-blister": blister_chart(),
        "gate-eased": gate_charts.eased(),
        "gate-failure": gate_charts.failure(),
        "gate-wind-up": gate_charts.wound_up(),
        "stroke-window": window(),
    }
    return {name: standalone(chart) for name, chart in charts.items()}


def window() -> Chart:
    """The shape of the C-tactile window."""
    speeds = np.logspace(math.log10(0.3), math.log10(30), 60)
    return Chart(
        "Slow strokes on hairy skin: a shape, not a measurement",
        "The published fit's numbers were not found; only where it peaks and where it falls is drawn.",
        Axis("speed, cm a second", 0.3, 30, log=True),
        Axis("illustrative", 0, 1.05),
        (Line("liked", tuple((float(v), score(float(v))) for v in speeds), "solid", "middle"),),
        bands=(Band(WINDOW.slowest, WINDOW.fastest, "1 to 10 cm a second", "x"),),
    )


def jiang_chart() -> Chart:
    """T4 drawn: how deep first-degree injury has reached, told and ours."""
    on = skin([layers()], cells=FINE)
    course = warm(on, Contact(90.0), 16, start=34.0, keep=True, first=0.001, per_octave=60)
    grid = [n / 2 for n in range(1, 33)]
    lines = [
        Line(name, tuple((t, depth_at(course, on, t, level)) for t in grid), look)
        for name, level, look in (("first degree", 0.53, "solid"), ("third degree", 1e4, "dashed"))
    ]
    told = [
        Marks(f"told, {name}", tuple((float(t), row[k]) for t, row in JIANG.items()), shape, "none")
        for name, k, shape in (("first degree", 1, "circle"), ("third degree", 3, "square"))
    ]
    return Chart(
        "T4: how deep the injury has reached, surface at 90 °C",
        "Curves: ours. Circles and squares: the reference values for first and third degree.",
        Axis("time", 0, 16, kind="time"),
        Axis("depth, mm", 0, 2),
        (*lines, *told),
    )


def blister_chart() -> Chart:
    """T5 drawn: seconds to a blister at a constant flux, measured and ours."""
    grid = np.linspace(4, 18, 29)
    course = warm(skin([layers()] * len(grid)), Contact(32.5, film=0.0, flux=grid * 1000), 60, start=32.5)
    lines = []
    for name, look in (("weaver_stoll", "solid"), ("henriques", "dashed")):
        so_far = injury(SETS[name], course.times, course.basal)
        points = tuple((float(q), when(course.times, so_far[:, n], 1.0)) for n, q in enumerate(grid))
        lines.append(Line(SETS[name].title, points, look))
    return Chart(
        "T5: seconds to a blister at a constant flux",
        "Circles: measured in people. Curves: ours, with two published laws of injury.",
        Axis("absorbed flux, kW/m²", 4, 18),
        Axis("time", 0, 45, kind="time"),
        (*lines, Marks("measured", tuple((float(q), float(row[0])) for q, row in BLISTER.items()), "circle", "none")),
    )


def page(knowledge: Knowledge) -> str:
    """The text: the template with its tables filled in."""
    close, far = (wind_up(every=every, seeds=SEEDS).mean(axis=1) for every in (300, 1000))
    filled = {
        "isothermal": _isothermal(),
        "slab": _slab(),
        "jiang": _jiang(),
        "blister": _blister(),
        "glass": f"{contact_celsius(MATERIALS['glass'], 90, MATERIALS['skin'], 33):.1f}",
        "exact": _exact(),
        "seeds": str(SEEDS),
        "circuit": _circuit(),
        "close": f"{close[-1] / close[0]:.1f}",
        "far": f"{far[-1] / far[0]:.1f}",
        "sources": _sources(knowledge),
    }
    text = TEMPLATE.read_text("utf-8")
    for name, value in filled.items():
        text = text.replace(f"{{{{{name}}}}}", value)
    return text


def _isothermal() -> str:
    head = ("°C", *(SETS[name].title for name in EPIDERMAL), "burn line", "safety line", "a tenth of it")
    rows = []
    for c in (43, 44, 45, 46, 47, 48, 49, 50, 51, 53, 55, 60):
        own = [seconds_to(SETS[name], c) for name in EPIDERMAL]
        line = safety_line(c)
        rows.append((str(c), *(_seconds(s) for s in (*own, burn_line(c), line, line / SAFETY_FACTOR))))
    return _table(head, rows)


def _slab() -> str:
    rows = [(str(4 * cells), f"{slab_error(cells, None):.4f}") for cells in (5, 10, 20, 40)]
    return _table(("cells", "largest error, °C"), rows)


JIANG = {
    1: (35.5, 0.287, 0.275, 0.105),
    5: (51.8, 0.788, 0.758, 0.372),
    10: (61.2, 1.215, 1.169, 0.596),
    15: (66.7, 1.651, 1.582, 0.797),
}


def _jiang() -> str:
    on = skin([layers()], cells=FINE)
    course = warm(on, Contact(90.0), 15, start=34.0, keep=True, first=0.001, per_octave=60)
    deep = on.depth[:, 0] * 1000
    rows = []
    for seconds, (celsius, *depths) in JIANG.items():
        profile = [float(np.interp(seconds, course.times, one)) for one in course.within[:, :, 0].T]
        own = [depth_at(course, on, seconds, level) for level in (0.53, 1, 1e4)]
        pairs = [f"{told:.3f} / {ours:.3f}" for told, ours in zip(depths, own, strict=True)]
        rows.append((str(seconds), f"{celsius} / {float(np.interp(1.0, deep, profile)):.1f}", *pairs))
    return _table(("s", "°C at 1 mm", "depth of Omega 0.53, mm", "of 1", "of 10,000"), rows)


def _blister() -> str:
    rows = []
    for flux, (measured, *told) in BLISTER.items():
        course = warm(skin([layers()]), Contact(32.5, film=0.0, flux=flux * 1000), 60, start=32.5)
        kinds = (SETS["weaver_stoll"], SETS["henriques"])
        own = [when(course.times, injury(one, course.times, course.basal)[:, 0], 1.0) for one in kinds]
        pairs = [f"{a} / {b:.1f}" for a, b in zip(told, own, strict=True)]
        rows.append((str(flux), str(measured), *pairs))
    return _table(("kW/m²", "measured, s", "Weaver and Stoll, told / ours", "Henriques, told / ours"), rows)


def _exact() -> str:
    """The shipped grid and steps against a refined solution."""
    cases = [(c, film) for c in (41.0, 43.0, 45.0, 48.0) for film in (math.inf, 500.0, 60.0)]
    lying = Contact(np.array([c for c, _ in cases]), film=np.array([film for _, film in cases]))
    rows = []
    for site in ("standard", "sole"):
        rough = warm(skin([layers(site)]), lying, 1800)
        fine = warm(skin([layers(site)], cells=FINE), lying, 1800, first=0.002, per_octave=40)
        at, late = rough.times > 0.5, 0.0
        errors = [
            np.abs(np.interp(rough.times[at], fine.times, fine.basal[:, n]) - rough.basal[at, n]).max()
            for n in range(len(cases))
        ]
        for name in EPIDERMAL:
            one, other = (injury(SETS[name], course.times, course.basal) for course in (rough, fine))
            for n in range(len(cases)):
                told, ours = when(fine.times, other[:, n], 0.1), when(rough.times, one[:, n], 0.1)
                late = max(late, abs(ours / told - 1) if math.isfinite(told) else 0.0)
        rows.append((SITES[site].title, f"{max(errors):.2f} °C", f"{100 * late:.1f} %"))
    head = ("skin", "largest error at the base of the epidermis", "largest error of the time to Omega 0.1")
    return _table(head, rows)


def _circuit() -> str:
    base, touched = Scene(), rubbed(Scene())
    lost = (0, 20, 25, 30, 40, 50)
    scenes = {
        "painful stimulus": base,
        **{f"rubbed, {100 - n} % of touch fibres left": structs.replace(touched, touch_lost=n / 100) for n in lost},
        **{f"rubbed at {hz} Hz": rubbed(base, hz) for hz in (30, 25, 20, 10)},
        "half of touch fibres gone, no rub": structs.replace(base, touch_lost=0.5),
        "a quarter of pain fibres gone, no rub": structs.replace(base, pain_lost=0.25),
    }
    told = (40.9, 0.0, 0.2, 0.7, 2.7, 20.6, 40.6, 0.6, 12.8, 39.4, 46.4, 40.4, 6.2)
    coded, ours = (_means(list(scenes.values()), circuit) for circuit in (AS_CODED, CIRCUIT))
    rows = [(name, f"{t:g}", f"{a:.1f}", f"{b:.1f}") for name, t, a, b in zip(scenes, told, coded, ours, strict=True)]
    for share, t in ((0.75, "0"), (0.5, "1.6"), (0.25, "41"), (0.0, "50")):
        both = [_means([touched], structs.replace(one, inhibition=share))[0] for one in (AS_CODED, CIRCUIT)]
        rows.append((f"rubbed, inhibition × {share:g}", t, f"{both[0]:.1f}", f"{both[1]:.1f}"))
    return _table(("scene", "told", "ours, maximum twice as coded", "ours"), rows)


def _means(scenes: list[Scene], circuit: Circuit) -> list[float]:
    return [float(hz) for hz in by_scene(signal(play(scenes, SEEDS, circuit)), SEEDS).mean(axis=1)]


def _sources(knowledge: Knowledge) -> str:
    keys = {key for one in SETS.values() for key in one.sources} | {one.source for one in MATERIALS.values()}
    keys |= {one.source for one in SITES.values()} | {"CBI-REVIEW", "COLDSURF", "IEC-60601", "STOLL-CHIANTA"}
    keys |= {"SCALD-CHILDRENS", "CRODELLE-2021", "CRODELLE-CODE", "VEVES-SURAL"}
    return "\n".join(_source(key, knowledge) for key in sorted(keys))


def _source(key: str, knowledge: Knowledge) -> str:
    one = knowledge.sources[key]
    title = f"[{one.title}]({one.url})" if one.url else one.title
    return f"- **{key}** {title}" + (f" – {one.note}" if one.note else "")


def _seconds(value: float) -> str:
    if math.isinf(value):
        return "–"
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    return "\n".join(_lines(list(head), rows))


def _lines(head: list[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    yield from ("| " + " | ".join(row) + " |" for row in rows)
