"""What stands before reading: the file, its size, its encoding, its kind."""

from __future__ import annotations

import io
import sys

import pytest

from afferent.errors import InputError
from afferent.records import source
from afferent.records.read import read
from tests.unit.records.made import ALICE, AS_OF, KNOWLEDGE, bundle, taken

CASE = "client: {id: alice, age: 62}\n"


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\x1f\x8b\x08rest", "gzip"),
        (b"PK\x03\x04rest", "zip"),
        (b"BZh9", "bzip2"),
        (b"%PDF-1.7", "PDF"),
        (b"<?xml version='1.0'?><Patient/>", "XML"),
        (CASE.encode("utf-16"), "UTF-16"),
        (CASE.encode("utf-16-le"), "UTF-16"),
        (CASE.encode("utf-32"), "UTF-32"),
        (CASE.encode() + "name: Jürgen".encode("latin-1"), "line 2, column 8: not UTF-8"),
        (b"client: \x00", "zero byte"),
        (b"[]", "list"),
    ],
)
def test_what_cannot_be_a_record_is_refused_in_one_sentence(data, word):
    with pytest.raises(InputError, match=word) as caught:
        taken(data)
    assert str(caught.value).startswith("test.json")
    assert "\n" not in str(caught.value)


def test_a_byte_order_mark_is_no_fault():
    assert taken(b"\xef\xbb\xbf" + CASE.encode(), name="a.yaml").subject == "alice"
    assert taken(b"\xef\xbb\xbf" + bundle(ALICE)).subject == "alice"


def test_files_that_cannot_be_opened(tmp_path):
    for path, word in [(tmp_path, "folder"), (tmp_path / "none", "no such file"), ("a\0b", "cannot be opened")]:
        with pytest.raises(InputError, match=word):
            read(path, as_of=AS_OF, knowledge=KNOWLEDGE)


def test_too_large_is_refused_before_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(source, "LARGEST", 10)
    (tmp_path / "big").write_bytes(b"client: {id: alice}")
    with pytest.raises(InputError, match="larger than"):
        read(tmp_path / "big", as_of=AS_OF, knowledge=KNOWLEDGE)


def test_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(CASE.encode())))
    assert read("-", as_of=AS_OF, knowledge=KNOWLEDGE).subject == "alice"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    with pytest.raises(InputError, match="standard input: the file is empty"):
        read("-", as_of=AS_OF, knowledge=KNOWLEDGE)
