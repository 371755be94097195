"""One figure as SVG layers: where it stands on the page, its skin, region shapes, soft edge, lines and side pills.

Ask here: `Canvas`, which turns grid units into screen pixels and writes each layer as markup. It draws what it is
told and decides nothing: which region has which look, and every word, comes from `drawing`. Paints are presentation
attributes, never style attributes, so that a strict content policy on the page lets them through.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from typing import Final

import msgspec

from afferent.body.colours import Theme, paint
from afferent.body.figures import HEIGHT, Figure, Grid, load_figures
from afferent.body.shown import UNIT, Shown, shown

FONT: Final = "system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Liberation Sans',sans-serif"
TYPE: Final = 16  # px; never smaller on screen
LINE: Final = 20  # px from one line of a label to the next
STROKE: Final = 1.5  # px; outline. Detail is half of it.
PILL: Final = 30  # px; height of a pill

# The soft edge: strokes of these widths (px), laid over each other inside the outline.
_SHADE_WIDTHS: Final = (3, 6, 10, 15, 21, 28)


class Beside(msgspec.Struct, frozen=True):
    """The room on one side of a figure, the same for whoever stands there: free width (px) between two heights."""

    figure: str
    side: str
    width: float
    left: float
    top: float
    scale: float
    clear: float = 0.0  # px that stay free

    def __call__(self, top: float, bottom: float) -> float:
        reach = load_figures()[self.figure].reach[self.side]
        per_band = HEIGHT * self.scale / len(reach)
        first = max(int((top - self.top) // per_band), 0)
        last = min(int((bottom - self.top) // per_band), len(reach) - 1)
        if first > last:
            return self.width / 2 - self.clear
        edge = self.left + reach[first][last - first] * self.scale
        return (edge if self.side == "left" else self.width - edge) - self.clear


class Canvas(msgspec.Struct, frozen=True):
    """A figure at `scale` pixels per grid unit with its grid origin at (`left`, `top`) of a `width` x `height` page."""

    figure: Figure
    prefix: str
    width: float
    height: float
    left: float
    top: float
    scale: float
    theme: Theme = "css"
    apart: bool = False  # the lines stand once on the page, in `lines_svg`

    @property
    def shown(self) -> Shown:
        """What is drawn of the figure."""
        return shown(self.figure.id)

    @property
    def unit(self) -> float:
        """Pixels per unit of what is drawn."""
        return self.scale * UNIT

    def at(self, point: Grid) -> tuple[float, float]:
        """A grid point in pixels."""
        return self.left + point[0] * self.scale, self.top + point[1] * self.scale

    def beside(self, side: str) -> Beside:
        """The room beside the figure."""
        return Beside(self.figure.id, side, self.width, self.left, self.top, self.scale)

    def room(self, side: str, top: float, bottom: float) -> float:
        """Free width between the page's edge and the figure, from height `top` to `bottom` (px)."""
        return self.beside(side)(top, bottom)

    def paint(self, token: str) -> str:
        return paint(token, self.theme)

    def px(self, length: float) -> str:
        """A length in pixels, written in units of the drawing."""
        return f"{length / self.unit:.4g}"

    def definitions(self, patterns: str) -> str:
        """The outline unless it stands elsewhere, its clip and the patterns, each named with this drawing's prefix."""
        outline = "" if self.apart else f'<path id="{self.prefix}-o" d="{self.shown.figure.outline}"/>'
        clip = self._line("shade") if self.shown.figure.shade else f'<use href="#{self._outline}"/>'
        return f'<defs>{outline}<clipPath id="{self.prefix}-c">{clip}</clipPath>{patterns}</defs>'

    def body(self, inside: str, *, shade: float, numb: Iterable[str] = ()) -> str:
        """The figure itself: skin, the region shapes given, soft edge (opacity of one stroke), detail, outline.

        Round all `numb` regions together runs a dashed line, outside the outline so that it hides nothing.
        """
        name, own = self._outline, self.shown
        strokes = "".join(f'<use href="#{name}" stroke-width="{self.px(width)}"/>' for width in _SHADE_WIDTHS)
        soft = (
            f'<g clip-path="url(#{self.prefix}-c)" fill="none" stroke="{self.paint("shade")}"'
            f' stroke-opacity="{shade:g}" stroke-linejoin="round">{strokes}</g>'
        )
        fine = f'stroke="{self.paint("detail")}" stroke-width="{self.px(STROKE / 2)}"'
        detail = self._line("detail", f' fill="none" {fine} stroke-linecap="round"')
        nails = (
            self._line("nails", f' fill="{self.paint("nail")}" fill-opacity=".5" {fine}') if own.figure.nails else ""
        )
        under, over = self._numb(tuple(numb))
        across = f"-{self.unit:.5g} {self.unit:.5g}" if own.mirrored else f"{self.unit:.5g}"
        return (
            f'<g transform="translate({self.left:.2f} {self.top:.2f}) scale({across})">'
            f'{under}<use href="#{name}" fill="{self.paint("gap")}"/>{inside}'
            f'<g pointer-events="none">{soft}{detail}{nails}'
            f'<use href="#{name}" fill="none" stroke="{self.paint("outline")}"'
            f' stroke-width="{self.px(STROKE)}" stroke-linejoin="round" stroke-linecap="round"/>{over}</g></g>'
        )

    @property
    def _outline(self) -> str:
        """The id of the outline."""
        return line_id(self.shown.source, "outline") if self.apart else f"{self.prefix}-o"

    def _line(self, part: str, look: str = "") -> str:
        """The shade, detail or nails of the figure, or a reference to them."""
        if self.apart:
            return f'<use href="#{line_id(self.shown.source, part)}"{look}/>'
        return f'<path d="{getattr(self.shown.figure, part)}"{look}/>'

    def region(self, region: str, fill: str, words: str) -> str:
        """One region, its words as a tool tip and for whoever reads the markup."""
        own, title = self.shown, f"<title>{escape(words)}</title>"
        if self.apart:
            drawn = line_id(own.source, own.numbers[region])
            return f'<use data-region="{region}" href="#{drawn}" fill="{fill}">{title}</use>'
        return f'<path data-region="{region}" d="{own.region(region)}" fill="{fill}">{title}</path>'

    def dashed(self, part: tuple[str, ...], number: int, colour: str) -> str:
        """A dashed line just inside these regions together: what they show is provisional."""
        name = f"{self.prefix}-k{number}"
        return (
            f'<clipPath id="{name}"><path id="{name}-b" d="{self.shown.border(part)}"/></clipPath>'
            f'<use href="#{name}-b" clip-path="url(#{name})" fill="none" stroke="{colour}"'
            f' stroke-width="{self.px(4.4)}" stroke-dasharray="{self.px(6)} {self.px(4)}"/>'
        )

    def _numb(self, regions: tuple[str, ...]) -> tuple[str, str]:
        """The dashed line round everything numb: what goes under the figure, beside its outline, and what over it."""
        if not regions:
            return "", ""
        dash = f'stroke="{self.paint("numb-line")}" stroke-dasharray="{self.px(6)} {self.px(4)}"'
        halo = f'stroke="{self.paint("halo")}"'
        around, across = f"{self.prefix}-n", f"{self.prefix}-m"
        under = (
            f'<defs><path id="{around}" d="{self.shown.border(regions)}"/></defs>'
            f'<g fill="none" stroke-linejoin="round"><use href="#{around}" {dash} stroke-width="{self.px(10.4)}"/>'
            f'<use href="#{around}" {halo} stroke-width="{self.px(6)}"/></g>'
        )
        inner = self.shown.border(regions, inner=True)
        if not inner:
            return under, ""
        over = (
            f'<defs><path id="{across}" d="{inner}"/></defs>'
            f'<g fill="none"><use href="#{across}" {halo} stroke-width="{self.px(4.6)}"/>'
            f'<use href="#{across}" {dash} stroke-width="{self.px(2.4)}"/></g>'
        )
        return under, over

    def text(self, lines: Sequence[str], x: float, y: float, anchor: str = "middle", *, strong: int = 1) -> str:
        """Lines of type from the base line `y` down; the first `strong` of them in semi-bold ink."""
        if not lines:
            return ""
        spans = [
            f'<tspan x="{x:.1f}" y="{y + n * LINE:.1f}"'
            + (f' font-weight="620" fill="{self.paint("text")}"' if n < strong else f' fill="{self.paint("text-2")}"')
            + f">{escape(line, quote=False)}</tspan>"
            for n, line in enumerate(lines)
        ]
        return f'<text text-anchor="{anchor}">{"".join(spans)}</text>'

    def pill(self, side: str, lines: tuple[str, ...], x: float, y: float, width: float) -> str:
        """Whose side this is, in words; centred on `x`, upper edge at `y`. The tint only repeats the word."""
        high = PILL + LINE * (len(lines) - 1)
        words = "".join(
            f'<tspan x="{x:.1f}" y="{y + 20.6 + n * LINE:.1f}">{escape(line, quote=False)}</tspan>'
            for n, line in enumerate(lines)
        )
        return (
            f'<rect x="{x - width / 2:.1f}" y="{y:.1f}" width="{width:.1f}" height="{high}" rx="{PILL / 2:g}"'
            f' fill="{self.paint(side)}" stroke="{self.paint("pill-edge")}"/>'
            f'<text text-anchor="middle" font-weight="700" letter-spacing=".5" fill="{self.paint("pill-text")}">'
            f"{words}</text>"
        )

    def page(self, content: str, title: str, description: str, height: float) -> str:
        """The whole `<svg>`: an image with a name and a description."""
        name = self.prefix
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{name}-t" aria-describedby="{name}-d"'
            f' data-figure="{self.figure.id}" viewBox="0 0 {self.width:g} {height:g}" width="{self.width:g}"'
            f' height="{height:g}" font-family="{escape(FONT)}" font-size="{TYPE}">'
            f'<title id="{name}-t">{escape(title)}</title><desc id="{name}-d">{escape(description)}</desc>'
            f"{content}</svg>"
        )


_PARTS: Final = ("outline", "shade", "detail", "nails")


def line_id(source: str, part: str | int) -> str:
    """The id under which a line of a figure, or the shape of a region by its number, stands once on a page."""
    return f"{source.replace('.', '-')}-{part}"


@cache
def lines_svg(figures: tuple[str, ...]) -> str:
    """The lines and shapes of these figures, once: for drawings made with `apart`. It shows nothing by itself.

    Never `display: none`, in which some browsers lose what is referred to.
    """
    found = ""
    for source in dict.fromkeys(shown(figure).source for figure in figures):
        drawn = shown(source).figure
        parts: list[tuple[str | int, str]] = [(part, getattr(drawn, part)) for part in _PARTS]
        parts += [(number, shape.drawn) for number, shape in enumerate(drawn.regions)]
        found += "".join(f'<path id="{line_id(source, part)}" d="{data}"/>' for part, data in parts if data)
    return f'<svg class="unseen" aria-hidden="true" width="0" height="0"><defs>{found}</defs></svg>'
