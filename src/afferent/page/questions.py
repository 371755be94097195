"""The questions: one card per group, each question verbatim, what each answer changes, and what the record said."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from afferent.knowledge import Knowledge
from afferent.page.controls import AnswerForm, controls, hidden
from afferent.page.icons import icon
from afferent.page.markup import Html, el, join
from afferent.page.section import section
from afferent.safety.screening import Screening
from afferent.words.questions import Asked, Card, cards, further
from afferent.words.vocabulary import counted, sentence

_DENIED: Final = ("yes_no", "finding", "date")


def ask_first(
    screening: Screening, knowledge: Knowledge, form: AnswerForm | None = None, *, closed: bool = False
) -> Html:
    """What must be asked before anything; nothing where nothing is open. A closed visit waits for no question."""
    open_cards = cards(screening, knowledge)
    if not open_cards:
        return Html("")
    title, beside = "Ask first", "Until answered, the stricter answer holds."
    if closed:
        title, beside = "Not asked yet", "None of this changes what holds today."
    return section(title, beside, question_cards(open_cards, knowledge, form))


def worth_asking(screening: Screening, knowledge: Knowledge, form: AnswerForm | None = None) -> Html:
    """Further questions on which a rule hangs, closed."""
    more = further(screening, knowledge)
    if not more:
        return Html("")
    number = sum(len(card.questions) for card in more)
    return el(
        "details",
        el("summary", icon("open", "turn"), el("span", f"Also worth asking: {counted(number, 'question')}")),
        _worth_asking(more, knowledge, form),
        class_="more further",
        open=form is not None and any(one.fact in form.faults for card in more for one in card.questions),
    )


def worth_asking_cards(screening: Screening, knowledge: Knowledge, form: AnswerForm | None = None) -> Html:
    """What opens under "Also worth asking", for a page that fetches it later; nothing where nothing is."""
    more = further(screening, knowledge)
    return _worth_asking(more, knowledge, form) if more else Html("")


def _worth_asking(more: Iterable[Card], knowledge: Knowledge, form: AnswerForm | None) -> Html:
    return join(
        el("p", "A rule hangs on each. Nobody needs to wait for them.", class_="aside"),
        question_cards(more, knowledge, form, brief=True),
    )


def question_cards(
    shown: Iterable[Card], knowledge: Knowledge, form: AnswerForm | None = None, *, brief: bool = False
) -> Html:
    """Cards for the groups given. With `brief` nothing but the questions."""
    kind = "cards" if form is None else "cards cards-form"
    return el("div", [_card(card, knowledge, form, brief) for card in shown], class_=kind)


def intake_cards(shown: Iterable[Card], knowledge: Knowledge, form: AnswerForm) -> Html:
    """The same cards inside one form that somebody else opens and closes: a card is a group, nothing is sent alone."""
    return el(
        "div",
        [
            el(
                "section",
                _heading(card, "h2"),
                _none_of(card, knowledge, tick=True, chosen=card.group in form.none_of),
                _asked(card, knowledge, form, brief=False),
                class_=f"card {_size(card)}",
                id=f"group-{card.group}",
            )
            for card in shown
        ],
        class_="cards",
    )


def _card(card: Card, knowledge: Knowledge, form: AnswerForm | None, brief: bool) -> Html:
    asked = _asked(card, knowledge, form, brief)
    if form is None:
        return el("article", _heading(card), asked, class_=f"card {_size(card)}")
    return el(
        "form",
        _heading(card),
        hidden(form),
        [el("input", type="hidden", name="asked", value=one.fact) for one in card.questions],
        el("button", type="submit", hidden=True),  # what Enter in a field presses: save, never "none of these"
        _none_of(card, knowledge),
        asked,
        el("p", el("button", "Save these answers", type="submit", class_="save")),
        class_=f"card {_size(card)}",
        method="post",
        action=form.action,
        id=f"{'more' if brief else 'group'}-{card.group}",
    )


def _heading(card: Card, level: str = "h3") -> Html:
    """The group, and what is asked of all of it together."""
    return join(
        el(level, icon("eye" if card.look else "ask"), el("span", card.title), class_="when"),
        el("p", card.ask, class_="ask") if len(card.questions) > 1 else None,
    )


def _size(card: Card) -> str:
    return "card-one" if len(card.questions) == 1 else "card-many"


def _asked(card: Card, knowledge: Knowledge, form: AnswerForm | None, brief: bool) -> Html:
    questions = [_question(one, knowledge, form, brief) for one in card.questions]
    if form is None:
        return el("ul", [el("li", one) for one in questions], class_="asked")
    return el("div", questions, class_="asked")


def _none_of(card: Card, knowledge: Knowledge, *, tick: bool = False, chosen: bool = False) -> Html | None:
    """One answer for the whole group; only where its questions are hazards that can be denied."""
    facts = [knowledge.facts[one.fact] for one in card.questions]
    if len(facts) < 2 or not any(fact.kind in _DENIED and fact.worse != "no" for fact in facts):
        return None
    meant = el("small", "each was asked, and the answer is no")
    if not tick:
        return el("button", "None of these", meant, type="submit", name="none_of", value=card.group, class_="none")
    box = el("input", type="checkbox", name="none_of", value=card.group, checked=chosen)
    return el("label", box, el("span", "None of these", meant), class_="answer none-tick")


def _question(one: Asked, knowledge: Knowledge, form: AnswerForm | None, brief: bool) -> Html:
    fault = form.faults.get(one.fact) if form else None
    about = join(
        el("p", one.why_open, class_="why-open") if one.why_open else None,
        [el("p", line, class_="record") for line in one.record],
        None if brief else _changes(one),
        el("p", fault, class_="fault", id=f"fault-{one.fact}") if fault else None,
    )
    if form is None:
        return join(el("h4", one.text), about, _paper_boxes(knowledge, one.fact))
    return el(
        "fieldset",
        el("legend", one.text),
        about,
        controls(knowledge.facts[one.fact], form),
        class_="question",
        aria_describedby=f"fault-{one.fact}" if fault else None,
    )


def _changes(one: Asked) -> Html | None:
    if not one.changes:
        return None
    more = f" And {counted(one.more, 'more rule')}." if one.more else ""
    return el("p", sentence(f"{one.when}: {'; '.join(one.changes)}"), more, class_="changes")


def _paper_boxes(knowledge: Knowledge, name: str) -> Html:
    """Boxes to tick by hand, seen only on paper."""
    fact = knowledge.facts[name]
    if fact.kind in ("number", "date"):
        return el("p", "_____________   ☐ not sure", class_="paper", aria_hidden="true")
    words = [*fact.options.values(), "not sure"] if fact.kind == "choice" else ["yes", "no", "not sure"]
    return el("p", "   ".join(f"☐ {word}" for word in words), class_="paper", aria_hidden="true")
