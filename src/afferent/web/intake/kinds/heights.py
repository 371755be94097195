"""How far up it is numb, on one foot or hand: a picture to press."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import QueryDict
from msgspec import Struct

from afferent.body.heights import HEIGHTS, NOT, Limb
from afferent.page.heights import UNSURE, height_choices, height_picture
from afferent.page.markup import Html
from afferent.safety.evidence import Evidence
from afferent.web.intake.kinds import Line
from afferent.web.intake.kinds.press import next_button, not_pressed
from afferent.web.intake.so_far import SoFar, Told


class HowFarUp(Struct, frozen=True):
    """One limb of one side. What it states is part of the map (see `marked`)."""

    limb: Limb
    side: str
    ask: str
    hint: str
    cue: str
    title: str = ""

    @property
    def tag(self) -> str:
        return f"{self.side.upper()} {self.limb}"

    def body(self, given: Any, so_far: SoFar) -> Html:
        return height_choices("answer", self.limb, self.side, given)

    def buttons(self, given: Any) -> Html:
        return next_button()

    def read(self, sent: QueryDict, so_far: SoFar) -> Any:
        answer = sent.get("answer", "")
        if answer != UNSURE and answer not in [one.id for one in HEIGHTS[self.limb]]:
            raise not_pressed(so_far.form.unsure["says"])
        return answer

    def again(self, sent: QueryDict) -> Any:
        return sent.get("answer")

    def said(self, given: Any, so_far: SoFar) -> list[Line]:
        if given == UNSURE:
            return [Line(f"{self.tag}: you are not sure if it is numb")]
        if given == NOT:
            return [Line(f"{self.tag}: not numb")]
        height = next(one for one in HEIGHTS[self.limb] if one.id == given)
        how = f" up {height.said}" if height.said.startswith("to ") else f", {height.said}"
        return [Line(f"{self.tag}: numb{how}", height_picture(self.limb, self.side, given))]

    def states(self, given: Any, told: Told, so_far: SoFar) -> Iterator[Evidence]:
        yield from ()
