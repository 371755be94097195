"""Small drawings of the book beside those of every page. Decoration: the word beside each says it all."""

from __future__ import annotations

from typing import Final

from afferent.page.icons import icon
from afferent.page.markup import Html

_LINE: Final = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
_CUT: Final = _LINE.replace("currentColor", "var(--on-shape)")
_OWN: Final = {
    "letter": '<rect x="2" y="4.5" width="20" height="15" rx="2.5" fill="currentColor"/>'
    f'<path d="M5.5 9l6.5 4.6L18.5 9" {_CUT}/>',
    "add": f'<path d="M12 4v16M4 12h16" {_LINE} stroke-width="2.6"/>',
    "form": f'<path d="M6 2.5h8.5L19 7v14.5H6zM9 12l2 2 4-4.4M9 18h6" {_LINE}/>',
    "none": f'<path d="M6 2.5h8.5L19 7v14.5H6z" {_LINE} stroke-dasharray="2.5 3.5"/>',
    "cross": f'<path d="M5 5l14 14M19 5 5 19" {_LINE} stroke-width="2.6"/>',
    "moved": f'<path d="M3 12h17M14 6l6 6-6 6" {_LINE} stroke-width="2.4"/>',
    "tick": f'<path d="M4 12.5l5 5L20 6.5" {_LINE} stroke-width="2.6"/>',
}


def sign(name: str) -> Html:
    """One drawing, hidden from whoever listens."""
    if name not in _OWN:
        return icon(name)
    return Html(
        f'<svg class="icon icon-{name}" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true"'
        f' focusable="false">{_OWN[name]}</svg>'
    )
