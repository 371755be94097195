"""One sender: looks for what is due, clinic by clinic, and sends it, one message after the other.

Ask here: `Post(...).look()`, once around; it gives how many messages were dealt with. Time and chance are passed in.
What is asked at the very moment of sending, under one lock with a client's stop: does the client still want it, does
the consent stand, is it quiet there now, is it too late, where does it go. Between two steps the process may die at any
point; see `claims` for what is then known.
"""

from __future__ import annotations

import datetime as dt
import logging
import random
from collections.abc import Callable
from typing import Final
from uuid import UUID

from django.db import DatabaseError, transaction
from msgspec import Struct

from afferent.web.clinics.models import Clinic
from afferent.web.post.claims import Outcome, begin, claim, doubt, drop, finish, let_go
from afferent.web.post.kinds import NotNow
from afferent.web.post.letters import LATER, Later, letter
from afferent.web.post.models import Message
from afferent.web.post.senders import Letter, NotSent, Sender, Unknown, sender
from afferent.web.scope import inside

AT_A_TIME: Final = 50  # of one clinic, before the next has its turn
_LOG: Final = logging.getLogger("django.afferent.post")


class Post(Struct):
    """`who`: a name that no other sender has. `clock`: now, in UTC. `senders`: the one of a channel, or None."""

    who: str
    clock: Callable[[], dt.datetime]
    chance: random.Random
    senders: Callable[[str], Sender | None] = sender

    def look(self) -> int:
        """Everything that is due now, in all clinics."""
        done = 0
        for clinic in Clinic.objects.order_by("pk").values_list("pk", flat=True):
            done += self._in(clinic)
        return done

    def _in(self, clinic: UUID) -> int:
        with inside(clinic):
            doubt(self.clock())
            for number in range(AT_A_TIME):
                message = claim(self.who, self.clock())
                if message is None:
                    return number
                self._one(message)
        return AT_A_TIME

    def _one(self, message: Message) -> None:
        way = self.senders(message.channel)
        if way is None:  # perhaps it is named again when the server is next started
            self._later(message, self.clock() + LATER)
            return
        try:
            ready = self._begun(message)
        except DatabaseError:
            raise
        except Exception as error:  # one that cannot be made ready holds none of the others back
            _LOG.error("a message could not be made ready: %s", type(error).__name__)
            self._later(message, self.clock() + LATER)
            return
        if ready is not None:
            outcome, why = hand_over(way, ready)
            finish(message, outcome, why, self.clock(), self.chance)

    @transaction.atomic
    def _begun(self, message: Message) -> Letter | None:
        """Its letter, and that it may have gone from here on; both or neither."""
        now = self.clock()
        try:
            with transaction.atomic():
                made = letter(message, now)
                return made if begin(message, made.to, now) else None
        except NotNow as why:
            drop(message, str(why), now)
        except Later as at:
            self._later(message, at.until)
        return None

    def _later(self, message: Message, until: dt.datetime) -> None:
        """Not now; and not at all where it would be too late then."""
        if until > message.not_after:
            drop(message, "It would have come too late", self.clock())
        else:
            let_go(message, until)


def hand_over(way: Sender, ready: Letter) -> tuple[Outcome, str]:
    """What became of it. Whatever a sender raises that is not its word for "not sent" leaves it in doubt."""
    try:
        way.send(ready)
    except NotSent as why:
        return ("again" if why.again else "failed"), str(why)[:200]
    except Unknown as why:
        return "in_doubt", str(why)[:200]
    except Exception as error:
        _LOG.error("a sender failed: %s", type(error).__name__)
        return "in_doubt", f"The sender failed ({type(error).__name__})"
    return "sent", ""
