"""What every template may use."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from afferent.knowledge import load
from afferent.page.frame import footer
from afferent.page.icons import mark
from afferent.page.styles import digest


def shown_everywhere(request: HttpRequest) -> dict[str, Any]:
    """The sign, the style sheet's address, the footer."""
    return {
        "open_door": settings.OPEN, "mark": mark(), "style_digest": digest(), "footer": footer(version=load().version),
    }  # fmt: skip
