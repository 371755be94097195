"""What the consents must satisfy: every purpose is there, says what it asks, and promises nothing.

Ask here: `faults`. Nothing here reads a file or raises; `checks` does that.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from typing import Final, get_args

from afferent.knowledge.model import Consent, Purpose

PURPOSES: Final[tuple[Purpose, ...]] = get_args(Purpose)
_PROMISES: Final = re.compile(r"\b(heals?|healing|cures?|cured|always works|safe for you|guaranteed?)\b", re.IGNORECASE)


def faults(consents: Mapping[str, Consent], sources: Container[str]) -> Iterator[str]:
    """One sentence for each fault, beginning with the key."""
    for purpose in PURPOSES:
        if purpose not in consents:
            yield f"{purpose}: is missing"
    for consent in consents.values():
        yield from (f"{consent.id}: {fault}" for fault in _faults(consent, sources))


def _faults(consent: Consent, sources: Container[str]) -> Iterator[str]:
    for field in ("title", "ask", "if_no"):
        if not getattr(consent, field).strip():
            yield f"has no `{field}`"
    if consent.ask.count("?") != 1 or not consent.ask.endswith("?"):
        yield "`ask` must be one question"
    if consent.version < 1:
        yield "wordings count from 1"
    if "the wording changed" not in consent.asked_again_when:
        yield "must be asked again when the wording changed"
    if not consent.topics:
        yield "says nothing before it asks (`topics`)"
    for topic in consent.topics:
        if not (topic.title.strip() and topic.says.strip()):
            yield "a topic without title or words"
        for source in topic.sources:
            if source not in sources:
                yield f"source {source!r} does not exist"
    for text in (consent.ask, consent.if_no, *(topic.says for topic in consent.topics)):
        if promise := _PROMISES.search(text):
            yield f"promises too much: {promise[0]!r} in {text!r}"
