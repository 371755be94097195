"""Where something is: places to tick, LEFT and RIGHT in words. Also what a ticked line of a list states."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.http import QueryDict
from msgspec import Struct

from afferent.errors import InputError
from afferent.knowledge.model import Fact
from afferent.page.markup import Html
from afferent.records.answers import statement
from afferent.safety.evidence import Evidence
from afferent.web.intake.kinds import Line
from afferent.web.intake.kinds.press import UNSURE, group, next_button, not_pressed, tick
from afferent.web.intake.so_far import SoFar, Told

NO: Final = "no"


class Where(Struct, frozen=True):
    """`places`: the answers, as `IntakeForm.where` gives them. `no`: the words of "nowhere".

    `listed`: it was ticked in a list, and the list states it.
    """

    fact: str
    ask: str
    title: str
    places: tuple[tuple[str, str], ...]
    unsure: str
    hint: str = "Tick every place."
    no: str = ""
    listed: bool = False

    def body(self, given: Any, so_far: SoFar) -> Html:
        on = given or []
        boxes = [tick("where", place, words, place in on) for place, words in self.places]
        more = [tick("where", NO, self.no, NO in on)] if self.no else []
        more.append(tick("where", UNSURE, self.unsure, UNSURE in on, unsure=True))
        return group(self.ask, more, two=boxes)

    def buttons(self, given: Any) -> Html:
        return next_button()

    def read(self, sent: QueryDict, so_far: SoFar) -> Any:
        """With a place ticked, "not sure" beside it gives way; "nowhere" beside a place is asked again."""
        ticked = sent.getlist("where")
        places = [place for place, _ in self.places if place in ticked]
        if self.no and NO in ticked and (places or UNSURE in ticked):
            raise InputError(f"A place is ticked, and “{self.no}” too. Take one of them away.")
        if not places and not (self.no and NO in ticked) and UNSURE not in ticked:
            raise not_pressed(self.unsure)
        return places or [NO if NO in ticked else UNSURE]

    def again(self, sent: QueryDict) -> Any:
        return sent.getlist("where")

    def said(self, given: Any, so_far: SoFar) -> list[Line]:
        words = dict(self.places) | {NO: self.no, UNSURE: self.unsure}
        return [Line(", ".join(words[one] for one in given))]

    def states(self, given: Any, told: Told, so_far: SoFar) -> Iterator[Evidence]:
        if self.listed:
            return
        fact = so_far.knowledge.facts[self.fact]
        if given == [NO]:
            yield from statement(fact, NO, told.day, origin=told.origin)
        elif given != [UNSURE]:
            yield placed(fact, given, told)


def placed(fact: Fact, given: Any, told: Told) -> Evidence:
    """Yes, there – or somewhere. Of a date that nobody remembers: nothing but that it must be asked."""
    if fact.kind == "date" and given in (None, UNSURE):
        return Evidence(fact.id, None, told.day, told.origin, "Yes, but when is not known")
    answer = "yes" if given in (None, [UNSURE]) else given
    return next(iter(statement(fact, answer, told.day, origin=told.origin)))
