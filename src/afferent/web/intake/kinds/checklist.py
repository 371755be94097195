"""A list to tick. What is not ticked is only denied by the answer that says so; each line may be "not sure".

That answer is chosen like every other, and stands where answers stand; "Next" alone denies nothing. It changes with
what is ticked, by style alone: "None of these" while nothing is, then "Only what I ticked".
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
from afferent.web.intake.kinds.press import UNSURE, group, next_button, one, tick
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
        done = _done(given)
        ends = [
            one("none", self.screen.none, done, name="done", look="end-none"),
            one("others", self.screen.others, done, name="done", look="end-others"),
            one("rest", self.screen.rest, done, name="done", unsure=True),
        ]
        return join(
            el("fieldset", el("legend", self.ask, class_="unseen"), el("ul", rows, class_="tick-list")),
            group("And the rest of this list?", *ends),
        )

    def buttons(self, given: Any) -> Html:
        return next_button()

    def read(self, sent: QueryDict, so_far: SoFar) -> Any:
        """A line that is both ticked and "not sure" is ticked: what may be there counts."""
        yes = [fact for fact in self.screen.items if fact in sent.getlist("yes")]
        unsure = [fact for fact in self.screen.items if fact in sent.getlist(UNSURE) and fact not in yes]
        match sent.get("done", ""):
            case "none" if yes or unsure:
                raise InputError(f"Something is ticked. Choose “{self.screen.others}”, or take the tick away.")
            case "others" if not yes and not unsure:
                raise InputError(f"Nothing is ticked. If that is right, choose “{self.screen.none}”.")
            case "none" | "others":
                rest = NO
            case "rest":
                rest = UNSURE
            case _:
                raise InputError(f"Tick what is so, or choose “{self.screen.none}”. Then press Next.")
        return {"yes": yes, UNSURE: unsure, "rest": rest}

    def again(self, sent: QueryDict) -> Any:
        return {"yes": sent.getlist("yes"), UNSURE: sent.getlist(UNSURE), "done": sent.get("done", "")}

    def said(self, given: Any, so_far: SoFar) -> list[Line]:
        """What is so, what may be, and by name what was said not to be: nobody denies what they did not read."""
        items = self.screen.items
        lines = [Line(items[fact].words) for fact in given["yes"]]
        lines += [Line(f"Not sure: {items[fact].words}") for fact in given[UNSURE]]
        rest = "; ".join(item.words for fact, item in items.items() if fact not in (*given["yes"], *given[UNSURE]))
        if not rest:
            return lines
        if given["rest"] == UNSURE:
            return [*lines, Line(f"{self.screen.rest}: {rest}")]
        return [*lines, Line(f"{'None of the others' if lines else 'None of these'}: {rest}")]

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


def _done(given: Any) -> str:
    """The answer for the rest of the list, as it was sent or kept."""
    if "done" in given or "rest" not in given:
        return str(given.get("done", ""))
    if given["rest"] == UNSURE:
        return "rest"
    return "others" if given["yes"] or given[UNSURE] else "none"


def _words(words: str, more: str) -> Html:
    return join(words, el("small", more) if more else None)
