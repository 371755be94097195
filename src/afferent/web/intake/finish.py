"""The end of an intake: said to be right, it is written – all or nothing, and once however often it is pressed."""

from __future__ import annotations

from typing import Any, Final

import msgspec
from django.db import transaction
from django.utils import timezone

from afferent.records.body_map import raised
from afferent.records.gathering import dated_by_the_client
from afferent.records.intake import Intake
from afferent.safety.evidence import Evidence
from afferent.web.audit.chain import note
from afferent.web.clients.knowing import write
from afferent.web.clients.models import Client
from afferent.web.consents.asking import give, numb_now, withdraw
from afferent.web.intake import medicines
from afferent.web.intake.drafts import Over, held, so_far
from afferent.web.intake.links import name
from afferent.web.intake.marked import whole_map
from afferent.web.intake.models import Link
from afferent.web.intake.path import Step, path, stated
from afferent.web.intake.so_far import SoFar, written

SOURCE: Final = "the intake, by link"
_MEDICINES: Final = "medicine_names"


@transaction.atomic
def finish(link: Link) -> bool:
    """Write everything. False where it was written already, or something on the way is still open."""
    try:
        draft = held(link)
    except Over:
        return False
    current = Link.objects.get(pk=link.pk)
    answers = so_far(link, draft)
    steps = path(answers)
    if any(step.id not in answers.answers for step in steps):
        return False
    client = Client.objects.get(pk=link.client_id)
    said = intake(steps, answers)
    record = write(client, "intake", said, on=answers.today, helper=_helper(answers), source=SOURCE,
                   body=_body(steps, answers))  # fmt: skip
    _consents(client, answers, link)
    draft.finished_at, draft.answers, draft.helper = timezone.now(), {}, ""  # all of it stands in the record now
    draft.save()
    current.used_at = draft.finished_at
    current.save(update_fields=["used_at"])
    note(name(link), "intake.finished", f"record:{record.pk}", record.digest)
    return True


def intake(steps: tuple[Step, ...], answers: SoFar) -> Intake:
    """What the answers on the way state, medicines too."""
    given, told = answers.given(_MEDICINES), answers.told(_MEDICINES)
    taken = medicines.read(given["lines"], told, answers.knowledge)
    return Intake(
        subject="",
        as_of=answers.today,
        statements=dated_by_the_client((*_with_marks(stated(steps, answers), answers), *taken.statements)),
        not_understood=taken.not_understood,
        notes=taken.notes,
        antiplatelets=taken.antiplatelets,
    )


def _with_marks(said: list[Evidence], answers: SoFar) -> list[Evidence]:
    """What a mark on the map asks about is not denied by a "none of these" beside it: the therapist looks."""
    marks = raised(whole_map(answers), answers.knowledge, answers.today, _origin(said))
    opened = {one.fact for one in marks}
    return [*(one for one in said if one.fact not in opened or one.value is not False), *marks]


def _origin(said: list[Evidence]) -> str:
    return said[-1].origin if said else "answer"


def _helper(answers: SoFar) -> str:
    return answers.helper if any(one.helper for one in answers.answers.values()) else ""


def _body(steps: tuple[Step, ...], answers: SoFar) -> dict[str, Any]:
    """The whole draft as it was confirmed: also what states no fact."""
    on_the_way = {step.id: answers.answers[step.id] for step in steps}
    drawn = msgspec.to_builtins(whole_map(answers))
    return {"answers": written(on_the_way), "map": drawn, "knowledge": answers.knowledge.version}


def _consents(client: Client, answers: SoFar, link: Link) -> None:
    """One entry for each purpose that was answered yes or not now. "To be talked about" is no answer yet."""
    numb = numb_now(client, answers.today) or ()
    for purpose in answers.consents:
        one, told = answers.answers[f"agree-{purpose}"], answers.told(f"agree-{purpose}")
        helper = answers.helper if one.helper else ""
        match one.given["answer"]:
            case "yes":
                version = one.given["version"]
                give(client, purpose, version, on=told.day, actor=name(link), helper=helper, numb=numb)
            case "no":
                withdraw(client, purpose, on=told.day, actor=name(link), helper=helper, numb=numb)
