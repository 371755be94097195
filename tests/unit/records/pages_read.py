"""A PDF looked at as a reader does: its words, whether any of them leaves the page, and how it looks by fax."""

from __future__ import annotations

import re

import pytest

from afferent.records.letters.text import BREAK

pdfium = pytest.importorskip("pypdfium2", reason="NOT TESTED: pypdfium2 is not installed")

EDGE = 20  # points: no word comes nearer to the edge of the page
DOTS = 100  # of a coarse fax, to the inch


def words(data: bytes) -> list[str]:
    """The words of each page, on one line."""
    return [plain(page.get_textpage().get_text_range()) for page in pdfium.PdfDocument(data)]


def plain(text: str) -> str:
    """Without breaks of lines or words."""
    return re.sub(r"\s+", "", text.replace(BREAK, "").replace("\u00ad", "").replace("\ufffe", ""))


def says(page: str, text: str) -> bool:
    """Does the page say this, wherever its lines break?"""
    return plain(text) in page


def outside(data: bytes) -> list[str]:
    """Words that leave the page, or come too near to its edge."""
    found = []
    for page in pdfium.PdfDocument(data):
        wide, high = page.get_size()
        text = page.get_textpage()
        for n in range(text.count_rects()):
            left, low, right, top = text.get_rect(n)
            if left < EDGE or low < EDGE or right > wide - EDGE or top > high - EDGE:
                found.append(text.get_text_bounded(left, low, right, top))
    return found


def faxed(data: bytes, page: int = 0):
    """The page in black and white at 100 dots to the inch: True where there is ink."""
    import numpy as np

    grey = pdfium.PdfDocument(data)[page].render(scale=DOTS / 72, grayscale=True).to_numpy()
    return np.squeeze(grey) < 140


def box_before(data: bytes, word: str, nth: int = 0):
    """The faxed square of a box to tick that stands before a word: inner share of ink, and ink of its four sides."""
    page = pdfium.PdfDocument(data)[0]
    text = page.get_textpage()
    search = text.search(word, match_case=True)
    for _ in range(nth + 1):
        index, _ = search.get_next()
    left, low, _, _ = text.get_charbox(index)
    ink = faxed(data)
    scale, high = DOTS / 72, page.get_size()[1]
    right = round((left - 1.3 * 72 / 25.4) * scale)
    bottom = round((high - low) * scale) + 2
    size = round(3.6 / 25.4 * DOTS)
    area = ink[bottom - size - 3 : bottom + 3, right - size - 3 : right + 3]
    middle = area[6:-6, 6:-6]
    sides = [area[:7].any(0).mean(), area[-7:].any(0).mean(), area[:, :7].any(1).mean(), area[:, -7:].any(1).mean()]
    return float(middle.mean()), min(map(float, sides))
