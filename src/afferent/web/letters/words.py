"""What a request says, as a few lines for a screen: the same as on its page, in fewer words. Pure.

Ask here: `lines_of`. It says nothing that the printed page does not say.
"""

from __future__ import annotations

from afferent.records.letters.pages.parts import how_hard, left_alone, person
from afferent.records.letters.request import Request
from afferent.records.letters.text import sentence
from afferent.words.consents import long_day
from afferent.words.letters import say
from afferent.words.vocabulary import listed


def lines_of(one: Request, *, short: bool = False) -> tuple[tuple[str, str], ...]:
    """(label, text), in the order of the page; what is empty is left out. `short`: for a telephone, without what is
    done meanwhile."""
    plan = [say("plan_minutes", minutes=one.plan.minutes, rhythm=one.plan.rhythm)]
    if one.plan.positions:
        plan.append(say("not_lying", positions=listed(one.plan.positions, "or")))
    where = say("plan_places", places="; ".join(one.plan.places)) if one.plan.places else say("plan_open")
    hard = " ".join(filter(None, [how_hard(one.hard), left_alone(one.shut)]))
    found = (
        (say("person"), person(one.client)),
        (say("why_massage"), f"{sentence(one.why)} {say('no_repair')}".strip()),
        (say("known"), ". ".join(one.known)),
        (say("plan"), " ".join(plan)),
        (say("where"), where),
        (say("how_hard"), hard),
        ("Heat, cold", say("some_heat") if one.plan.warm else say("no_heat")),
        (say("meanwhile"), "" if short else one.meanwhile),
        ("Release", f"Signed by the client on {long_day(one.consent)}." if one.consent else ""),
    )
    return tuple((label, text) for label, text in found if text)
