"""A list to tick. What is not ticked is only denied by the button that says so; each line may be "not sure".

The button changes with what is ticked, by style alone: "None of these" while nothing is, then "Only what I ticked".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.http import QueryDict
from msgspec import Struct
from msgspec.structs import replace

from afferent.errors import InputError
from afferent.knowledge.intake import Screen
from afferent.page.markup import Html, el, join
from afferent.records.answers import none_of
from afferent.safety.evidence import Evidence
from afferent.web.intake.kinds import Line
from afferent.web.intake.kinds.place import placed
from afferent.web.intake.kinds.press import UNSURE, pressed_by_enter, tick, way_on
from afferent.web.intake.so_far import SoFar, Told

NO: Final = "no"


class Checklist(Struct, frozen=True):
    """The facts of one screen. Given: {yes: [fact], unsure: [fact], rest: "no" or "unsure"}."""

    screen: Screen
    hint: str
    unsure: str = "Not sure"

    @property
    def ask(self) -> str:
        return self.screen.ask

    @property
    def title(self) -> str:
        return self.screen.title

    def body(self, given: Any, so_far: SoFar) -> Html:
        given = given or {"yes": [], UNSURE: []}
        rows = [
            el(
                "li",
                tick("yes", fact, _words(item.words, item.more), fact in given["yes"]),
                tick(UNSURE, fact, (el("span", f"{item.words}: ", class_="unseen"), self.unsure),
                     fact in given[UNSURE], unsure=True),
                class_="tick-row",
            )
            for fact, item in self.screen.items.items()
        ]  # fmt: skip
        return el("fieldset", el("legend", self.ask, class_="unseen"), el("ul", rows, class_="tick-list"))

    def buttons(self, given: Any) -> Html:
        return join(
            pressed_by_enter(),
            way_on("none", self.screen.none, "go-none"),
            way_on("others", self.screen.others, "go-others"),
            way_on("rest", self.screen.rest, "go-unsure"),
        )

    def read(self, sent: QueryDict, so_far: SoFar) -> Any:
        """A line that is both ticked and "not sure" is ticked: what may be there counts."""
        yes = [fact for fact in self.screen.items if fact in sent.getlist("yes")]
        unsure = [fact for fact in self.screen.items if fact in sent.getlist(UNSURE) and fact not in yes]
        match sent.get("done", ""):
            case "none" if yes or unsure:
                raise InputError(f"Something is ticked. Press “{self.screen.others}”, or take the tick away.")
            case "others" if not yes and not unsure:
                raise InputError(f"Nothing is ticked. If that is right, press “{self.screen.none}”.")
            case "none" | "others":
                rest = NO
            case "rest":
                rest = UNSURE
            case _:
                raise InputError("Tick what is so. Then press one of the big buttons at the end.")
        return {"yes": yes, UNSURE: unsure, "rest": rest}

    def again(self, sent: QueryDict) -> Any:
        return {"yes": sent.getlist("yes"), UNSURE: sent.getlist(UNSURE)}

    def said(self, given: Any, so_far: SoFar) -> list[Line]:
        items = self.screen.items
        lines = [Line(items[fact].words) for fact in given["yes"]]
        lines += [Line(f"Not sure: {items[fact].words}") for fact in given[UNSURE]]
        if given["rest"] == UNSURE:
            return [*lines, Line(self.screen.rest)]
        return [*lines, Line("None of the others" if lines else "None of these")]

    def states(self, given: Any, told: Told, so_far: SoFar) -> Iterator[Evidence]:
        facts = so_far.knowledge.facts
        for fact in given["yes"]:
            yield placed(facts[fact], so_far.given(fact), told)
        if given["rest"] == NO:
            said = {*given["yes"], *given[UNSURE]}
            groups = list(dict.fromkeys(facts[name].group for name in self.screen.items))
            for one in none_of(groups, so_far.knowledge, told.day, said):
                if one.fact in self.screen.items:
                    yield replace(one, origin=told.origin)


def _words(words: str, more: str) -> Html:
    return join(words, el("small", more) if more else None)
