"""A section of a page: heading, a quiet word beside it, content."""

from __future__ import annotations

from afferent.page.markup import Child, Html, el


def section(title: str, beside: str, *content: Child, class_: str = "") -> Html:
    """One section, named by its heading."""
    own = title.lower().replace(",", "").replace(" ", "-")
    return el(
        "section",
        el("header", el("h2", title, id=own), el("p", beside) if beside else None, class_="heading"),
        content,
        class_=f"part {class_}".strip(),
        aria_labelledby=own,
    )
