"""The one style sheet: design tokens and figure colours per theme, then the components of `page.css` and of
the sheets beside it.

Ask here: `style_sheet()` for report and web alike, and `tokens()` for whoever measures them. A theme follows the system
of whoever reads; `data-theme` on the root fixes it; print is always black on white.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from typing import Final, Literal

import tomli

from afferent.body.colours import declarations

Theme = Literal["auto", "light", "dark", "contrast"]
THEMES: Final[tuple[Theme, ...]] = ("auto", "light", "dark", "contrast")

_AUTO: Final = ":root:not([data-theme])"
_SHEETS: Final = (
    "page.css",
    "staff.css",
    "clock.css",
    "chart.css",
    "book.css",
    "clinic.css",
    "foot.css",
    "intake.css",
    "steps.css",
    "papers.css",
    "live.css",
    "notes.css",
    "outline.css",
    "outcome.css",
    "scores.css",
    "evidence.css",
    "post.css",
    "letters.css",
    "programme.css",
    "find.css",
    "careteam.css",
)


@cache
def tokens() -> dict[str, dict[str, str]]:
    """Theme -> token -> colour."""
    return tomli.loads(files("afferent.page").joinpath("tokens.toml").read_text("utf-8"))


@cache
def style_sheet() -> str:
    """All of it, as text."""
    themes = "".join((
        f":root{{{_own('light')}{declarations('light')}}}\n",
        f"@media (prefers-color-scheme:dark){{{_AUTO}{{{_own('dark')}{declarations('dark')}}}}}\n",
        f":root[data-theme=dark]{{{_own('dark')}{declarations('dark')}}}\n",
        f"@media (prefers-contrast:more){{{_AUTO}{{{_own('contrast')}{declarations('contrast')}}}}}\n",
        f":root[data-theme=contrast]{{{_own('contrast')}{declarations('contrast')}}}\n",
        f"@media print{{{_AUTO},:root[data-theme]{{{_own('print')}{declarations('print')}}}}}\n",
    ))  # fmt: skip
    return themes + "".join(files("afferent.page").joinpath(sheet).read_text("utf-8") for sheet in _SHEETS)


@cache
def digest() -> str:
    """Changes whenever the style sheet does."""
    return hashlib.sha256(style_sheet().encode()).hexdigest()[:12]


def _own(theme: str) -> str:
    own = {("color-scheme" if token == "scheme" else f"--{token}"): value for token, value in tokens()[theme].items()}
    return "".join(f"{name}:{value};" for name, value in own.items())
