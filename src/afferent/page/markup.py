"""HTML as values: text is escaped where it enters, and only there.

Ask here: `el` (an element), `join`, and `Html`, a string that is markup already. Django knows it by `__html__`.
"""

from __future__ import annotations

from collections.abc import Iterable
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
    parts: list[str] = []
    for child in children:
        if isinstance(child, Html):
            parts.append(child)
        elif isinstance(child, str | int):
            parts.append(escape(str(child), quote=False))
        elif child is not None:
            parts.append(join(*child))
    return Html("".join(parts))


def el(name: str, /, *children: Child, **attributes: Attribute) -> Html:
    """One element. `class_` loses its underscore, `aria_label` becomes `aria-label`; False and None leave out."""
    spelled = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in _VOID:
        return Html(f"<{name}{spelled}>")
    return Html(f"<{name}{spelled}>{join(*children)}</{name}>")


def _attribute(key: str, value: Attribute) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'


def quiet(words: str) -> Html:
    """Words for a screen reader only."""
    return el("span", words, class_="unseen")
