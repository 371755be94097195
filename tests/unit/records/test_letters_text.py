"""What people wrote, made fit for a page: nothing lost in silence, nothing hidden, nothing that runs off the edge."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afferent.records.letters.text import BREAK, MISSING, glyphs, lines, printable, sentence, shortened


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Zoë Żółć-Nguyễn", "Zoë Żółć-Nguyễn"),
        ("  a\tb\nc  ", "a b c"),
        ("abc\u202edcba", "abcdcba"),
        ("a\x00b\x1b", "ab"),
        ("王", MISSING),
        ("\ud800", MISSING),
        ("Ева שלום", "Ева שלום"),
        ("e\u0301", "é"),
    ],
)
def test_a_line(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_a_name_that_cannot_be_printed_is_never_silently_shorter() -> None:
    assert printable("Li 王伟").count(MISSING) == 2
    assert MISSING in printable("王" * 500)


def test_a_word_without_end_may_break() -> None:
    assert BREAK in printable("x" * 200)
    assert max(map(len, printable("x" * 200).split(BREAK))) < 30
    assert BREAK not in printable("Krankenversicherungskarte")


def test_what_is_too_long_says_how_much_more_there_is() -> None:
    assert shortened("one two three", 100) == "one two three"
    assert shortened("word " * 100, 120).endswith("more letters, on request)")
    assert shortened("a long name of somebody", 8) == "a long…"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Burning feet", "Burning feet."),
        ("Burning feet (both)", "Burning feet (both)."),
        ("Pain 7/10!", "Pain 7/10!"),
        ("He said “stop.” ", "He said “stop.”"),
        ("", ""),
    ],
)
def test_a_sentence_ends_before_the_next_begins(text: str, shown: str) -> None:
    assert sentence(text) == shown


def test_lines_stay_lines() -> None:
    assert lines("one\r\n\ntwo\u2028three", 100) == ("one", "two", "three")


@given(st.text(max_size=400))
def test_only_what_the_typeface_has_comes_out(text: str) -> None:
    assert set(printable(text, 200)) <= glyphs() | {BREAK, MISSING, " ", "…"}
