"""A screening as HTML: one self-contained page, and the same pieces for the web.

Plain strings with escaping, one style sheet from the design tokens, drawings as inline SVG. No framework, no script,
nothing fetched. Words come from `afferent.words`; nothing here decides.
"""

from afferent.page.controls import AnswerForm
from afferent.page.document import Parts, document, page, parts
from afferent.page.markup import Html
from afferent.page.styles import THEMES, Theme, style_sheet

__all__ = ["THEMES", "AnswerForm", "Html", "Parts", "Theme", "document", "page", "parts", "style_sheet"]
