"""A letter on the screen: what stands on its page, out of the same pieces that the PDF is laid of.

Ask here: `sheets(letter)`, for `careteam/sheet.html`. Nothing is worded here; drawings are those of the page.
"""

from __future__ import annotations

from typing import Any

from afferent.page.markup import Html
from afferent.records.letters.pdf import Letter, laid


def sheets(letter: Letter) -> list[dict[str, Any]]:
    """Each page as a template shows it."""
    return [{**one, "blocks": [_block(block) for block in one["blocks"]]} for one in laid(letter)[1]]


def _block(block: dict[str, Any]) -> dict[str, Any]:
    if block["kind"] == "figures":
        return {**block, "figures": [{**one, "svg": Html(one["svg"])} for one in block["figures"]]}
    return {**block, "rest": block["all"] - len(block["entries"])} if block["kind"] == "list" else block
