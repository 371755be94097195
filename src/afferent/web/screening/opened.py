"""What is being screened right now: what was read, and what has been answered since. In memory, for a while.

Ask here: `opened` (what this browser has open under a random key), `latest`, `last_opened`, `keep`, `close`, and of an
`Opened` its screening. A browser may have several open, one per tab, each under a key of its own: what is answered on a
page goes to the record of that page and to no other. Nothing goes to disk, and nothing but random keys goes to the
browser.
"""

from __future__ import annotations

import secrets
from typing import Any, Final

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from msgspec import Struct, structs

from afferent.knowledge import Knowledge
from afferent.records.answers import statements
from afferent.records.intake import Intake
from afferent.records.screened import screening
from afferent.safety import Screening

MOST: Final = 12  # records that one browser keeps open; the one opened first is forgotten first
cache: Final = caches["screenings"]
_KEYS: Final = "opened"  # in the session: the keys of what is open, the latest last


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
        return screening(whole, knowledge)


def opened(request: HttpRequest, key: str) -> Opened | None:
    """What this browser has open under this key; None for a key that is closed, forgotten or somebody else's."""
    found = cache.get(_place(key)) if key in _keys(request) else None
    return found if isinstance(found, Opened) else None


def latest(request: HttpRequest) -> str:
    """The key of what was opened or answered last; empty where nothing is open."""
    return next((key for key in reversed(_keys(request)) if opened(request, key) is not None), "")


def last_opened(request: HttpRequest) -> tuple[str, str] | None:
    """Key and title of what was opened or answered last: to be offered, never chosen by itself."""
    key = latest(request)
    one = opened(request, key) if key else None
    return (key, one.title or "the record that is open") if one else None


def keep(request: HttpRequest, one: Opened, key: str = "") -> str:
    """Keep it under its key, or a new one, until it is closed, twelve more are opened, or an hour has passed."""
    key = key or secrets.token_urlsafe(12)
    keys = [*(other for other in _keys(request) if other != key), key]
    cache.delete_many([_place(old) for old in keys[:-MOST]])
    cache.set(_place(key), one, settings.OPENED_AGE)
    request.session[_KEYS] = keys[-MOST:]
    return key


def close(request: HttpRequest, key: str) -> None:
    """Forget this one; with the last one everything."""
    keys = _keys(request)
    if key in keys:
        cache.delete(_place(key))
    rest = [other for other in keys if other != key]
    if rest:
        request.session[_KEYS] = rest
    elif request.user.is_authenticated:  # whoever works here stays signed in
        request.session.pop(_KEYS, None)
    else:
        request.session.flush()


def _keys(request: HttpRequest) -> list[str]:
    return list(request.session.get(_KEYS, []))


def _place(key: str) -> str:
    return f"opened:{key}"
