"""What stands round every screening: who and when above, what it is and is not below."""

from __future__ import annotations

from afferent.page.markup import Html, el
from afferent.safety.screening import Screening
from afferent.words.dates import day


def who(screening: Screening, title: str = "", about: str = "") -> Html:
    """Client, age, day and knowledge version."""
    name = title or (f"Client {screening.subject.id}" if screening.subject.id else "A client")
    age = screening.subject.age
    return el(
        "header",
        el("div", el("h1", name, f", {age}" if age is not None else ""), el("p", about or _about(screening))),
        el(
            "p",
            f"Screened for {day(screening.as_of)}",
            el("br"),
            f"Knowledge version {screening.knowledge}",
            class_="stamp",
        ),
        class_="who",
    )


def _about(screening: Screening) -> str:
    parts = [f"Record {screening.subject.id}"] if screening.subject.id else []
    if screening.subject.age is None:
        parts.append("age not known")
    return " · ".join(parts)


def footer(screening: Screening | None = None, version: str = "") -> Html:
    """For whom this is, and what it is not."""
    knowledge = screening.knowledge if screening else version
    return el(
        "footer",
        el(
            "p",
            "For licensed or certified massage and health professionals adapting massage for adults ",
            "with peripheral neuropathy. Not for emergencies. Not a diagnosis. You decide.",
        ),
        el("p", f"Afferent, knowledge {knowledge}. No clinician has reviewed these rules yet."),
        class_="closing",
    )
