"""Pages are packed for whoever can unpack them, and come out as they were."""

from __future__ import annotations

import gzip

from django.test import Client


def test_a_page_comes_out_as_it_was(db) -> None:
    plain = Client().get("/claims")
    packed = Client().get("/claims", HTTP_ACCEPT_ENCODING="gzip, br")
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 2
    assert "Accept-Encoding" in plain["Vary"]
    assert "Content-Encoding" not in plain


def test_its_length_tells_nothing(db) -> None:
    lengths = {len(Client().get("/claims", HTTP_ACCEPT_ENCODING="gzip").content) for _ in range(8)}
    assert len(lengths) > 1


def test_what_is_short_is_left_alone(db) -> None:
    assert "Content-Encoding" not in Client().get("/today", HTTP_ACCEPT_ENCODING="gzip")
