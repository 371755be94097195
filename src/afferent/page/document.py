"""One self-contained page: inline style, inline drawings, no script, nothing fetched.

Ask here: `page`, the whole HTML document, and `parts`, its pieces in order for whoever frames them otherwise (the web).
"""

from __future__ import annotations

from msgspec import Struct

from afferent.knowledge import Knowledge
from afferent.page.banner import decision_banner
from afferent.page.controls import AnswerForm
from afferent.page.frame import footer, who
from afferent.page.icons import mark
from afferent.page.markup import Html, el, join
from afferent.page.options import what_you_could_do
from afferent.page.questions import ask_first, worth_asking
from afferent.page.record import clearances, not_understood
from afferent.page.styles import Theme, style_sheet
from afferent.page.where import where_and_how_hard
from afferent.page.why import why
from afferent.safety.screening import Screening
from afferent.words.headline import headline
from afferent.words.session import Visit
from afferent.words.standing import standing

# Nothing may be loaded, run or sent from this page, whatever a record may carry.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


class Parts(Struct, frozen=True):
    """The pieces of a screening in the order they are read. Where nobody lays hands on today, what could
    be done instead stands right below the banner: it is `first`, and `options` is empty."""

    who: Html
    banner: Html
    first: Html
    ask: Html
    where: Html
    why: Html
    record: Html
    options: Html
    footer: Html

    def main(self) -> Html:
        """Everything between head and footer."""
        return join(self.who, self.banner, self.first, self.ask, self.where, self.why, self.record, self.options)


def parts(
    screening: Screening,
    knowledge: Knowledge,
    *,
    title: str = "",
    about: str = "",
    form: AnswerForm | None = None,
    further: bool = True,
    visit: Visit = "any",
) -> Parts:
    """A screening in pieces. With `form` its questions can be answered. A stop comes before any question. `visit`: a
    first one is shorter.

    Without `further` nothing is "also worth asking": whoever wants that later asks `worth_asking_cards`.
    """
    stands = standing(screening, knowledge)
    asks = join(
        ask_first(screening, knowledge, form, closed=stands.closed),
        worth_asking(screening, knowledge, form) if further else None,
    )
    could = what_you_could_do(stands, screening, knowledge, visit)
    return Parts(
        who=who(screening, title, about),
        banner=decision_banner(screening, knowledge, visit),
        first=could if stands.closed else Html(""),
        ask=Html("") if stands.closed else asks,
        where=where_and_how_hard(stands, screening, knowledge),
        why=why(screening, knowledge),
        record=join(not_understood(screening), clearances(screening, knowledge), asks if stands.closed else None),
        options=Html("") if stands.closed else could,
        footer=footer(screening),
    )


def page(
    screening: Screening,
    knowledge: Knowledge,
    *,
    title: str = "",
    about: str = "",
    theme: Theme = "auto",
    invented: bool = False,
    visit: Visit = "any",
) -> str:
    """The whole document. `title`: what the client is called on it; `invented`: says that nobody real is meant."""
    pieces = parts(screening, knowledge, title=title, about=about, visit=visit)
    body = join(
        el("a", "To the decision", href="#decision", class_="skip"),
        el("header", el("div", mark(), invented_pill() if invented else None), class_="top"),
        el("main", pieces.main(), class_="page"),
        el("div", pieces.footer, class_="page"),
    )
    return document(headline(screening), body, theme=theme)


def invented_pill() -> Html:
    """So that no picture of the product is taken for a real client."""
    return el("p", "Invented people", class_="pill pill-dashed")


def document(title: str, body: Html, *, theme: Theme = "auto", lang: str = "en") -> str:
    """A document with its style inside. The title of the window is the decision, without any name."""
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="referrer", content="no-referrer"),
        el("meta", name="robots", content="noindex"),
        el("title", f"{title} – Afferent"),
        Html(f"<style>{style_sheet()}</style>"),
    )
    root = el("html", head, el("body", body), lang=lang, data_theme=None if theme == "auto" else theme)
    return f"<!doctype html>\n{root}\n"
