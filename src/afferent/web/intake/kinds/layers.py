"""One layer of the neuropathy map: is it there at all, and then where, on the figure or in its list.

What the layers state is worked out by `marked`, together with how far up it is numb.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.http import QueryDict
from msgspec import Struct

from afferent.body.regions import AREA
from afferent.errors import InputError
from afferent.knowledge.model import Layer
from afferent.page.body_map import map_picker
from afferent.page.markup import Html, join
from afferent.records.body_map import NONE, UNSURE, BodyMap, answered, body_map
from afferent.records.map_words import layer_words
from afferent.safety.evidence import Evidence
from afferent.web.intake.kinds import Line
from afferent.web.intake.kinds.press import next_button
from afferent.web.intake.so_far import SoFar, Told
from afferent.words.vocabulary import capital

YES = "yes"


class Mark(Struct, frozen=True):
    """Where, once it was said to be there. `before`: marked already by other answers."""

    layer: Layer
    before: BodyMap
    hint: str = ""

    @property
    def ask(self) -> str:
        return self.layer.ask

    @property
    def title(self) -> str:
        return self.layer.title

    def body(self, given: Any, so_far: SoFar) -> Html:
        return map_picker(self.layer, self.before if given is None else body_map(given, so_far.knowledge))

    def buttons(self, given: Any) -> Html:
        return join(next_button())

    def read(self, sent: QueryDict, so_far: SoFar) -> Any:
        zones = list(dict.fromkeys(sent.getlist("zone")))
        strengths = {zone: sent.get(f"strength.{zone}", "") for zone in zones}
        try:
            found = answered(BodyMap(), self.layer.id, zones, strengths, sent.get("answer", ""), so_far.knowledge)
        except InputError:
            raise InputError("Places are ticked, and “None of these” is pressed. Take one of them away.") from None
        if not (found.zones or found.none or found.unsure):
            raise InputError("Nothing is ticked yet. Tick a place, or press “None of these” or “I am not sure”.")
        return kept(found)

    def again(self, sent: QueryDict) -> Any:
        zones = {zone: None for zone in sent.getlist("zone") if zone in AREA}
        return {"zones": {self.layer.id: zones} if zones else {}}

    def said(self, given: Any, so_far: SoFar) -> list[Line]:
        words = layer_words(body_map(given, so_far.knowledge), self.layer)
        return [Line(capital(sided(words.removeprefix(f"{self.layer.title}: "))))]

    def states(self, given: Any, told: Told, so_far: SoFar) -> Iterator[Evidence]:
        yield from ()


def kept(found: BodyMap) -> dict[str, Any]:
    """As a draft keeps it."""
    return {"zones": found.zones, NONE: list(found.none), UNSURE: list(found.unsure)}


def sided(words: str) -> str:
    """LEFT and RIGHT as they stand everywhere on a client's pages."""
    return re.sub(r"\b(left|right)\b", lambda found: found[0].upper(), words)
