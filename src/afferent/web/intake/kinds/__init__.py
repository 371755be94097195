"""The kinds of questions. Each can draw itself, read what was sent, read itself back, and state what it means.

A kind is a frozen value with `ask`, `hint`, `title` and these: `body` (the answers, none chosen beforehand but what
was given), `buttons` (below it), `read` (raises InputError with a sentence for the client), `again` (what was sent,
right or not, to be shown once more), `said` (lines to read back) and `states` (statements about facts). A new kind is
one module here and one line in `path`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, Protocol

from django.http import QueryDict

from afferent.page.markup import Html
from afferent.safety.evidence import Evidence
from afferent.web.intake.so_far import SoFar, Told


class Line(NamedTuple):
    """One line to read back, under the title of its question, with a picture where there is one."""

    words: str
    picture: Html | None = None


class Question(Protocol):
    """One question on one screen."""

    @property
    def ask(self) -> str: ...
    @property
    def hint(self) -> str: ...
    @property
    def title(self) -> str: ...
    def body(self, given: Any, so_far: SoFar) -> Html: ...
    def buttons(self, given: Any) -> Html: ...
    def read(self, sent: QueryDict, so_far: SoFar) -> Any: ...
    def again(self, sent: QueryDict) -> Any: ...
    def said(self, given: Any, so_far: SoFar) -> list[Line]: ...
    def states(self, given: Any, told: Told, so_far: SoFar) -> Iterator[Evidence]: ...
