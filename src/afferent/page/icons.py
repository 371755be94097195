"""Small drawings beside words, our own. Every one is decoration: the word says it all."""

from __future__ import annotations

from typing import Final

from afferent.page.markup import Html, el
from afferent.words.vocabulary import LEVELS

_LINE: Final = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
_HOLE: Final = 'fill="none" stroke="var(--on-shape)" stroke-linecap="round" stroke-linejoin="round"'


def _line(path: str) -> str:
    return f'<path d="{path}" {_LINE}/>'


def _cut(path: str, width: float) -> str:
    return f'<path d="{path}" {_HOLE} stroke-width="{width:g}"/>'


def _disc(x: float, y: float, radius: float, colour: str = "currentColor") -> str:
    return f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="{colour}"/>'


# Shapes of the banner and of the smaller marks: name -> content of a 24 by 24 picture.
_SHAPES: Final[dict[str, str]] = {
    "ask": '<path d="M13.6 1.3l9.1 9.1a2.3 2.3 0 010 3.2l-9.1 9.1a2.3 2.3 0 01-3.2 0l-9.1-9.1a2.3 2.3 0 010-3.2l9.1-9.1'
    'a2.3 2.3 0 013.2 0z" fill="currentColor"/>'
    + _cut("M9.1 9.3a2.9 2.9 0 115.2 1.9c-.9 1.1-2.3 1.4-2.3 2.9", 2.3)
    + _disc(12, 17.6, 1.5, "var(--on-shape)"),
    "stop": '<path d="M7.5 1.5h9l6 6v9l-6 6h-9l-6-6v-9z" fill="currentColor"/>' + _cut("M8 8l8 8m0-8-8 8", 2.8),
    "ready": _disc(12, 12, 11) + _cut("M7 12.4l3.5 3.5 6.6-7.4", 2.6),
    "half": _line("M2 12a10 10 0 1020 0 10 10 0 10-20 0z") + '<path d="M12 2a10 10 0 010 20z" fill="currentColor"/>',
    "waiting": _line("M2 12a10 10 0 1020 0 10 10 0 10-20 0z") + "".join(_disc(x, 12, 1.5) for x in (7.5, 12, 16.5)),
    "same": _line("M2 12a10 10 0 1020 0 10 10 0 10-20 0zM8 9.8h8M8 14.2h8"),
    "eye": _line("M1.8 12C5 7 8.3 5.2 12 5.2S19 7 22.2 12C19 17 15.7 18.8 12 18.8S5 17 1.8 12z") + _disc(12, 12, 3.4),
    "heat": _line("M10 13.7V5.5a2.2 2.2 0 014.4 0v8.2a4.2 4.2 0 11-4.4 0zM3.5 21 20.5 3"),
    "warm": _line("M10 13.7V5.5a2.2 2.2 0 014.4 0v8.2a4.2 4.2 0 11-4.4 0zM12.2 8v9"),
    "numb": "".join(_disc(x, y, 1.7) for y in (5, 12, 19) for x in (5, 12, 19)),
    "clock": _line("M2.5 12a9.5 9.5 0 1019 0 9.5 9.5 0 10-19 0zM12 6.5V12l4 2.5"),
    "position": _disc(5, 11, 2.3) + _line("M9 13h12M2 18h20M4.5 5l15 15"),
    "point": _line("M3.5 12a8.5 8.5 0 1017 0 8.5 8.5 0 10-17 0zM5 19 19 5") + _disc(12, 12, 2),
    "hand": _line(
        "M6 12.5V6.5a1.6 1.6 0 013.2 0V11M9.2 11V4.6a1.6 1.6 0 013.2 0V11m0-5.4a1.6 1.6 0 013.2 0V12m0-3.5a1.6 1.6 0 "
        "013.2 0V15c0 4-2.6 7-6.6 7-3.2 0-4.8-1.5-6.6-4.6L3.2 13.7c-.9-1.7 1.3-2.9 2.4-1.5L7 14"
    ),
    "open": _line("M8 4l8 8-8 8"),
    "down": _line("M4 8l8 8 8-8"),
    "up": _line("M4 16l8-8 8 8"),
    "changed": _line("M2 15l4-6 3 8 4-12 4 13 4-6"),
    "alert": '<path d="M12 2.5 22.5 21h-21z" fill="currentColor"/>'
    + _cut("M12 9v6", 2.4)
    + _disc(12, 18, 1.3, "var(--on-shape)"),
    "pause": _line("M8.5 5v14M15.5 5v14"),
    "link": _line("M9.5 14.5l5-5M8 11l-3 3a3.5 3.5 0 005 5l3-3M16 13l3-3a3.5 3.5 0 00-5-5l-3 3"),
    "note": _line("M5 3.5h14v17H5zM8.5 9h7M8.5 13h7M8.5 17h4"),
}


# Beside words the diamond is an outline: small and filled it would look like the sign for a letter that is missing.
_SMALL: Final[dict[str, str]] = {
    "ask": _line(
        "M13.4 1.9l8.7 8.7a2 2 0 010 2.8l-8.7 8.7a2 2 0 01-2.8 0l-8.7-8.7a2 2 0 010-2.8l8.7-8.7a2 2 0 012.8 0z"
    )
    + _line("M9.4 9.6a2.7 2.7 0 115 1.5c-.8 1.1-2.3 1.4-2.3 2.8")
    + _disc(12.1, 17, 1.3),
}


def icon(name: str, class_: str = "icon") -> Html:
    """One drawing, hidden from whoever listens."""
    drawn = _SMALL.get(name, _SHAPES[name]) if class_ == "icon" else _SHAPES[name]
    return Html(
        f'<svg class="{class_} {class_}-{name}" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true"'
        f' focusable="false">{drawn}</svg>'
    )


def mark() -> Html:
    """The name with its sign: three fibres that run into one."""
    sign = Html(
        '<svg class="sign" viewBox="0 0 40 26" width="40" height="26" aria-hidden="true" focusable="false">'
        f'<path d="M2 3c13 0 13 10 24 10M2 13h24M2 23c13 0 13-10 24-10" {_LINE} stroke-width="3"/>'
        '<circle cx="32" cy="13" r="6.5" fill="currentColor"/></svg>'
    )
    return el("span", sign, "afferent", class_="mark")


def ladder(level: int) -> Html:
    """Six bars, the lowest filled up to the level. The number and the name stand beside it."""
    bars = []
    for step in range(len(LEVELS)):
        high = 7 + 7 * step
        box = f'x="{1 + 15 * step}" y="{44 - high}" width="11" height="{high}" rx="2"'
        look = 'class="bar"' if step <= level else 'class="bar-off"'
        bars.append(f"<rect {box} {look}/>")
    return Html(
        f'<svg class="ladder" viewBox="0 0 90 46" width="90" height="46" aria-hidden="true" focusable="false">'
        f"{''.join(bars)}</svg>"
    )
