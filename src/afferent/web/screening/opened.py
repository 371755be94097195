"""What is being screened right now: what was read, and what has been answered since. In memory, for a while.

Ask here: `opened` (what this browser has open), `keep`, `close`, and of an `Opened` its screening. Nothing goes to
disk, and nothing but a random key goes to the browser.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from msgspec import Struct, structs

from afferent.knowledge import Knowledge
from afferent.records.answers import statements
from afferent.records.intake import Intake, adults_only
from afferent.safety import Screening, resolve, screen

_KEY = "opened"


class Opened(Struct, frozen=True):
    """One person's intake and today's answers. `given`: the answers as they were chosen, to be shown again.

    `title` what the page calls the client; `invented` that nobody real is meant.
    """

    intake: Intake
    title: str = ""
    about: str = ""
    invented: bool = False
    answers: dict[str, Any] = {}
    given: dict[str, tuple[str, ...]] = {}

    def answered(self, answers: dict[str, Any], given: dict[str, tuple[str, ...]]) -> Opened:
        """With further answers; the latest to each question holds."""
        return structs.replace(self, answers=self.answers | answers, given=self.given | given)

    def without(self, fact: str) -> Opened:
        """With one answer taken back."""
        answers = {name: value for name, value in self.answers.items() if name != fact}
        given = {name: value for name, value in self.given.items() if name != fact}
        return structs.replace(self, answers=answers, given=given)

    def screening(self, knowledge: Knowledge) -> Screening:
        """Screened afresh from everything known. Raises Refusal for a child, also one who has only just said so."""
        said = tuple(statements(self.answers, knowledge, self.intake.as_of))
        whole = self.intake.with_answers(Intake(self.intake.subject, self.intake.as_of, said))
        adults_only(whole.statements, whole.as_of)
        person = resolve(
            whole.statements,
            knowledge,
            whole.as_of,
            id=whole.subject,
            clearances=whole.clearances,
            not_understood=whole.not_understood,
        )
        return screen(person, knowledge)


def opened(request: HttpRequest) -> Opened | None:
    """What this browser has open."""
    found = request.session.get(_KEY)
    return found if isinstance(found, Opened) else None


def keep(request: HttpRequest, one: Opened) -> None:
    """Keep it until it is closed, replaced, or an hour old."""
    request.session[_KEY] = one


def close(request: HttpRequest) -> None:
    """Forget everything."""
    request.session.flush()
