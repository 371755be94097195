"""Every colour of the figures: one palette per theme, as CSS custom properties with the light theme as fallback.

Ask here: `paint(token, theme)` for an SVG attribute, `declarations(theme)` for the properties a page sets per theme,
and contrast and lightness of any colour. On light ground darker and denser means stricter; on dark ground lighter does.
Colour is never alone: patterns and words say the same.
"""

from __future__ import annotations

from typing import Final, Literal

Theme = Literal["css", "light", "dark", "contrast", "print"]

# Token -> sRGB. Fill and ink of the six limits (`open`: held back only until answered) and of the eight findings.
# Measured ink:fill, L* of the fill: off 9.2, 30 · holding 5.5, 68 · light lotioning 5.5, 83 · heavy lotioning 5.7, 87
# · medium 5.9, 90 · no limit blank, 96. Open variants 6.5 or more; findings 6.2 to 6.9. A test measures them again.
LIGHT: Final[dict[str, str]] = {
    "off-fill": "#77303C", "off-ink": "#FFFFFF", "off-open-fill": "#E3BFC3", "off-open-ink": "#6B2431",
    "0-fill": "#DA9864", "0-ink": "#4C2409", "0-open-fill": "#F1D3B6", "0-open-ink": "#6B3A17",
    "1-fill": "#ECCC86", "1-ink": "#664609", "1-open-fill": "#F7E7BF", "1-open-ink": "#664609",
    "2-fill": "#D6DDB0", "2-ink": "#43561D", "2-open-fill": "#E9EFD2", "2-open-ink": "#43561D",
    "3-fill": "#D3E7E1", "3-ink": "#265C57", "3-open-fill": "#E6F2EE", "3-open-ink": "#265C57",
    "none-fill": "#F8F4ED", "none-ink": "#5B544B", "none-open-fill": "#F8F4ED", "none-open-ink": "#5B544B",
    "numb-fill": "#CDD5E8", "numb-ink": "#2F3F73", "tingling-fill": "#DDD1EA", "tingling-ink": "#55307F",
    "burning-fill": "#F6D3C0", "burning-ink": "#8A2A12", "dont_touch-fill": "#F0C4C8", "dont_touch-ink": "#7E1029",
    "weak-fill": "#DEDCD6", "weak-ink": "#474A4C", "tight-fill": "#F1D0E3", "tight-ink": "#7C1F5C",
    "skin-fill": "#EEE0A2", "skin-ink": "#5B4A06", "swelling-fill": "#B9DFE8", "swelling-ink": "#124D5E",
    "gap": "#FFFDFA", "outline": "#857569", "detail": "#A8988A", "nail": "#FBF8F3", "shade": "#8F6A40",
    "text": "#1F2425", "text-2": "#494843", "leader": "#3B3733", "halo": "#FBF8F3", "numb-line": "#3E5578",
    "right": "#DEECE7", "left": "#E8E2F1", "pill-text": "#1F2425", "pill-edge": "#D6CFC4",
}  # fmt: skip

DARK: Final[dict[str, str]] = LIGHT | {
    "off-fill": "#FFB9B0", "off-ink": "#5E0A10", "off-open-fill": "#5A2A2E", "off-open-ink": "#FFB9B0",
    "0-fill": "#DA9864", "0-ink": "#3A1A04", "0-open-fill": "#4A311B", "0-open-ink": "#F0B58A",
    "1-fill": "#7A5A14", "1-ink": "#FFEFC4", "1-open-fill": "#3D3110", "1-open-ink": "#F0D48E",
    "2-fill": "#465428", "2-ink": "#E6F0BE", "2-open-fill": "#2F3820", "2-open-ink": "#CBDB9C",
    "3-fill": "#1E3F3B", "3-ink": "#A5DCD2", "3-open-fill": "#1F3331", "3-open-ink": "#A5DCD2",
    "none-fill": "#2B302E", "none-ink": "#CBC5BA", "none-open-fill": "#2B302E", "none-open-ink": "#CBC5BA",
    "numb-fill": "#2C3A63", "numb-ink": "#D5DEF7", "tingling-fill": "#43305E", "tingling-ink": "#E6D8F7",
    "burning-fill": "#5E2A1A", "burning-ink": "#FFD2BD", "dont_touch-fill": "#5F1B2B", "dont_touch-ink": "#FFCBD2",
    "weak-fill": "#40464A", "weak-ink": "#E2E7EA", "tight-fill": "#5B2148", "tight-ink": "#FAD2EA",
    "skin-fill": "#4F430F", "skin-ink": "#F6E9A8", "swelling-fill": "#1B4653", "swelling-ink": "#C2EAF3",
    "gap": "#0E1110", "outline": "#9A9186", "detail": "#7D766C", "nail": "#3A403D", "shade": "#000000",
    "text": "#F4EFE6", "text-2": "#CBC5BA", "leader": "#D8D2C6", "halo": "#151716", "numb-line": "#A9C0EA",
    "right": "#193431", "left": "#322B45", "pill-text": "#F4EFE6", "pill-edge": "#4A4F4C",
}  # fmt: skip

_WHITE, _BLACK, _YELLOW = "#FFFFFF", "#000000", "#FFE04A"


def _two_tone(ground: str, ink: str, warn: str) -> dict[str, str]:
    """Pattern alone tells the classes apart: ink on the page's own ground, `off` reversed."""
    tones = dict.fromkeys(LIGHT, ink)
    tones |= {token: ground for token in LIGHT if token.endswith("-fill")}
    tones |= {"off-fill": ink, "off-ink": ground, "0-ink": warn, "1-ink": warn, "0-open-ink": warn, "1-open-ink": warn}
    tones |= dict.fromkeys(("nail", "halo", "right", "left", "shade"), ground)
    return tones


# High contrast: black, white and one yellow. Print: black on white and nothing else; survives fax.
CONTRAST: Final = _two_tone(_BLACK, _WHITE, _YELLOW)
PRINT: Final = _two_tone(_WHITE, _BLACK, _BLACK) | {"gap": _WHITE}
PALETTES: Final[dict[str, dict[str, str]]] = {
    "light": LIGHT, "dark": DARK, "contrast": CONTRAST, "print": PRINT,
}  # fmt: skip


def paint(token: str, theme: Theme = "css") -> str:
    """An SVG paint: `var(--fig-1-fill,#ECCC86)` for pages, the plain colour for a fixed theme."""
    if theme == "css":
        return f"var(--fig-{token},{LIGHT[token]})"
    return PALETTES[theme][token]


def declarations(theme: Theme) -> str:
    """The custom properties of one theme, for a page's style sheet: `--fig-off-fill:#77303C;...`."""
    return "".join(f"--fig-{token}:{colour};" for token, colour in PALETTES[theme].items())


def contrast(a: str, b: str) -> float:
    """Contrast ratio of two colours, 1 to 21 [WCAG 2.2]."""
    low, high = sorted((_luminance(a), _luminance(b)))
    return (high + 0.05) / (low + 0.05)


def lightness(colour: str) -> float:
    """CIE L*, 0 black to 100 white: how light it looks, also once printed in grey."""
    y = _luminance(colour)
    return 116 * y ** (1 / 3) - 16 if y > 216 / 24389 else y * 24389 / 27


def _luminance(colour: str) -> float:
    channels = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
