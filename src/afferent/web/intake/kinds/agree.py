"""One purpose to agree to, or not now. A no never stops the intake; what is not agreed to is not done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.http import QueryDict
from msgspec import Struct

from afferent.knowledge.model import Consent
from afferent.page.markup import Html, el, join
from afferent.safety.evidence import Evidence
from afferent.web.intake.kinds import Line
from afferent.web.intake.kinds.press import UNSURE, group, next_button, not_pressed, one
from afferent.web.intake.so_far import SoFar, Told
from afferent.words.consents import told as topics

ANSWERS: Final = {"yes": "I agree", "no": "Not now"}
TALK: Final = "I want to talk about it first"


class Agree(Struct, frozen=True):
    """Given: {answer, version}: the wording that was read stands beside the answer."""

    consent: Consent
    hint: str = "You can change this at any time. Just tell us."

    @property
    def ask(self) -> str:
        return self.consent.ask

    @property
    def title(self) -> str:
        return self.consent.title

    def body(self, given: Any, so_far: SoFar) -> Html:
        value = given["answer"] if given else None
        told = [
            join(el("dt", topic.title), el("dd", topic.says)) for topic in topics(self.consent, so_far.clinic_words)
        ]
        answers = [one(name, words, value) for name, words in ANSWERS.items()]
        return join(
            el("dl", told, class_="topics"),
            el("p", el("strong", "If you say no: "), self.consent.if_no, class_="if-no"),
            el("h2", self.ask, class_="ask-again"),
            group(self.ask, answers, one(UNSURE, TALK, value, unsure=True)),
        )

    def buttons(self, given: Any) -> Html:
        return next_button()

    def read(self, sent: QueryDict, so_far: SoFar) -> Any:
        answer = sent.get("answer", "")
        if answer not in (*ANSWERS, UNSURE):
            raise not_pressed(TALK)
        return {"answer": answer, "version": self.consent.version}

    def again(self, sent: QueryDict) -> Any:
        return {"answer": sent.get("answer")}

    def said(self, given: Any, so_far: SoFar) -> list[Line]:
        return [Line(ANSWERS.get(given["answer"], TALK))]

    def states(self, given: Any, told: Told, so_far: SoFar) -> Iterator[Evidence]:
        yield from ()
