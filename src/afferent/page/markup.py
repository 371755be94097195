"""HTML as values: text is escaped where it enters, and only there.

Ask here: `el` (an element), `join`, and `Html`, a string that is markup already. Django knows it by `__html__`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from html import escape
from typing import TypeAlias

Attribute: TypeAlias = str | int | bool | None
Child: TypeAlias = "str | int | Iterable[Child] | None"

_VOID = frozenset({"input", "br", "meta", "link", "hr"})


class Html(str):
    """A piece of markup. Plain strings are text and are escaped; this is not."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


EMPTY = Html("")


def join(*children: Child) -> Html:
    """Children one after another: text escaped, markup as it is, None left out."""
    return Html(_joined(children))


def _joined(children: Iterable[Child]) -> str:
    parts: list[str] = []
    for child in children:
        if isinstance(child, Html):
            parts.append(child)
        elif isinstance(child, str):
            parts.append(escape(child, quote=False))
        elif isinstance(child, int):
            parts.append(str(child))
        elif child is not None:
            parts.append(_joined(child))
    return "".join(parts)


def el(name: str, /, *children: Child, **attributes: Attribute) -> Html:
    """One element. `class_` loses its underscore, `aria_label` becomes `aria-label`; False and None leave out."""
    opened = name
    for key, value in attributes.items():
        if value is not None and value is not False:
            opened += f" {_spelled(key)}" if value is True else f' {_spelled(key)}="{_quoted(str(value))}"'
    if name in _VOID:
        return Html(f"<{opened}>")
    return Html(f"<{opened}>{_joined(children)}</{name}>")


def _quoted(value: str) -> str:
    return value if value.isalnum() else escape(value)


@cache
def _spelled(key: str) -> str:
    """The name of an attribute as markup has it."""
    return key.rstrip("_").replace("_", "-")


def quiet(words: str) -> Html:
    """Words for a screen reader only."""
    return el("span", words, class_="unseen")
