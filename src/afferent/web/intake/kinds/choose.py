"""One answer of several: yes or no, a choice, who answers. One of them may ask for words beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.http import QueryDict
from msgspec import Struct

from afferent.errors import InputError
from afferent.page.markup import Html
from afferent.records.answers import statement
from afferent.safety.evidence import Evidence
from afferent.web.intake.kinds import Line
from afferent.web.intake.kinds.press import LONGEST, UNSURE, field, group, next_button, not_pressed, one
from afferent.web.intake.so_far import SoFar, Told

SOME: Final = "some"  # the answer that asks for words


class Choose(Struct, frozen=True):
    """`options`: value -> words. `unsure`: the words of "I am not sure"; empty: it makes no sense here.

    `fact`: what the answer states. `label`: of the field for words beside "some". `leads`: the answer that says
    nothing by itself, for the next screen does.
    """

    ask: str
    options: dict[str, str]
    hint: str = ""
    title: str = ""
    unsure: str = ""
    fact: str = ""
    label: str = ""
    leads: str = ""

    def body(self, given: Any, so_far: SoFar) -> Html:
        value, words = _parted(given)
        answers = [one(name, text, value) for name, text in self.options.items()]
        written = field(self.label, "words", words) if self.label else None
        unsure = one(UNSURE, self.unsure, value, unsure=True) if self.unsure else None
        return group(self.ask, answers, written, unsure)

    def buttons(self, given: Any) -> Html:
        return next_button()

    def read(self, sent: QueryDict, so_far: SoFar) -> Any:
        value, words = sent.get("answer", ""), " ".join(sent.get("words", "").split())[:LONGEST]
        if value not in self.options and not (value == UNSURE and self.unsure):
            raise not_pressed(self.unsure)
        if not self.label:
            return value
        if value == SOME and not words:
            raise InputError("Please write which, or press “I am not sure”.")
        if value != SOME and words:
            raise InputError("You wrote something and pressed another answer. Press “Yes”, or take the words away.")
        return {"value": value, "words": words}

    def again(self, sent: QueryDict) -> Any:
        value = sent.get("answer") or None
        return {"value": value, "words": sent.get("words", "")} if self.label else value

    def said(self, given: Any, so_far: SoFar) -> list[Line]:
        value, words = _parted(given)
        said = words or (self.unsure if value == UNSURE else self.options[value])
        return [] if value == self.leads else [Line(said)]

    def states(self, given: Any, told: Told, so_far: SoFar) -> Iterator[Evidence]:
        if self.fact and given != UNSURE:
            yield from statement(so_far.knowledge.facts[self.fact], given, told.day, origin=told.origin)


def _parted(given: Any) -> tuple[Any, str]:
    return (given["value"], given["words"]) if isinstance(given, dict) else (given, "")
