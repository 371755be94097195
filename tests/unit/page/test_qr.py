"""The drawing shows exactly the squares of the code, and nothing else is in it."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from afferent.errors import InputError
from afferent.page.markup import Html
from afferent.page.qr import QUIET, qr

ADDRESS = "https://clinic.example/answer/7Hq2-9KfM"


def drawn(svg: str) -> list[list[int]]:
    """The squares that the path fills, quiet zone included."""
    side = int(re.search(r'viewBox="0 0 (\d+) ', svg)[1])
    squares = [[0] * side for _ in range(side)]
    path = re.search(r' d="([^"]*)"', svg)[1]
    bars = re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", path)
    assert "".join("M{} {}h{}v1h-{}z".format(*bar) for bar in bars) == path
    for x, y, length, back in ((int(n) for n in bar) for bar in bars):
        assert length == back
        for n in range(length):
            squares[y][x + n] += 1
    return squares


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=200) | st.just(ADDRESS))
def test_the_squares_are_those_of_the_code(text: str) -> None:
    code = segno.make(text, error="m", boost_error=False, micro=False)
    assert code.error == "M"
    assert not code.is_micro
    assert drawn(qr(text, "A code")) == [list(row) for row in code.matrix_iter(border=QUIET)]


def test_only_a_ground_and_a_path_black_on_white() -> None:
    svg = qr(ADDRESS, 'Answer "here" & now')
    assert isinstance(svg, Html)
    root = ElementTree.fromstring(svg)
    assert root.tag == "svg"
    assert (root.get("role"), root.get("aria-label")) == ("img", 'Answer "here" & now')
    assert [child.tag for child in root] == ["rect", "path"]
    assert [child.get("fill") for child in root] == ["#fff", "#000"]
    assert not {"style", "onload", "href"} & {key for child in root.iter() for key in child.attrib}
    assert ADDRESS not in svg


def test_a_text_that_does_not_fit_is_refused() -> None:
    with pytest.raises(InputError, match=r"this text has 5,000\. Shorten it"):
        qr("x" * 5000, "A code")
