"""YAML and JSON written by hand: plain values with lines, and nothing clever."""

from __future__ import annotations

import pytest

from afferent.errors import InputError
from afferent.records import handwritten


def yaml(text: str):
    return handwritten.read("case.yaml", text.encode())


def test_words_stay_words_and_numbers_only_plain_ones():
    value = yaml("a: yes\nb: No\nc: 012\nd: 1:30\ne: 2026-11-05\nf: 62\ng: 2.5\nh:\ni: '62'\nj: ~\nk: 1e3\n").value
    assert value == {
        "a": "yes", "b": "No", "c": "012", "d": "1:30", "e": "2026-11-05", "f": 62, "g": 2.5, "h": None, "i": "62",
        "j": None, "k": 1000.0,
    }  # fmt: skip


def test_every_value_knows_its_line():
    written = yaml("client:\n  id: alice\nlabs:\n- test: inr\n  value: 2\n")
    assert written.at("$.labs[0].value") == "case.yaml, line 5"
    assert written.at("$.labs[0].unit") == "case.yaml, line 4"  # not there: the nearest thing around it
    assert written.at("$.nothing") == "case.yaml, line 1"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("a: &x [1]\nb: *x", "line 1: anchors"),
        ("a: *x", "aliases|alias"),
        ("a: !!python/object/apply:os.system [ls]", "tags"),
        ("a: !include secret", "tags"),
        ("a: 1\na: 2", "line 2: 'a' stands twice"),
        ("a: 1\n---\nb: 2", "line 2: a second document"),
        ("[" * 100_000, "nested deeper"),
        ("- " * 100_000, "nested deeper"),
        ("? [a]\n: b", "key must be a plain word"),
        ("a: [1,\n b: }", "line 2, column 5: not valid YAML"),
        ("a: '", "not valid YAML"),
        ("a: \x07", "no text may hold"),
        ("\n".join(f"k{n}: {n}" for n in range(30_000)), "more than"),
        ("a" * 2_000_000, "larger than 1 MB"),
    ],
)
def test_traps_of_yaml_are_refused(text, word):
    with pytest.raises(InputError, match=word):
        yaml(text)


def test_a_bomb_of_aliases_builds_nothing():
    layers = "\n".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9) if n else 'lol'}]" for n in range(9))
    with pytest.raises(InputError, match="line 1: anchors"):
        yaml(layers)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ('{"a": 1', "line 1, column 8: not valid JSON"),
        ('{"a": 1, "a": 2}', "'a' stands twice"),
        ('{"a": NaN}', "NaN is no number"),
        ('{"a": -Infinity}', "Infinity is no number"),
        ('{"a": 1e999}', "too large"),
        ('{"a": ' + "9" * 5000 + "}", "too many digits"),
        ('{"a": ' + "[" * 100_000, "nested"),
        ('{"a": ' + "[" * 20 + "]" * 20 + "}", "nested deeper"),
        ('{"a": "\\ud800"}', "half a character"),
        ('{"\\udfff": 1}', "half a character"),
    ],
)
def test_traps_of_json_are_refused(text, word):
    with pytest.raises(InputError, match=word):
        handwritten.read("case.json", text.encode())
