"""The chosen outline: changed by buttons, never beyond what nothing opens, otherwise with a reason; then the visit."""

from __future__ import annotations

import html
import random
import re

import msgspec
import pytest

from afferent.outline import settled
from afferent.outline.model import Crossing, Outline, Wish
from afferent.visit.events import Opened
from afferent.web.audit.models import Entry
from afferent.web.live.models import Session
from afferent.web.live.store import stream
from afferent.web.outlines.models import Chosen
from afferent.web.outlines.today import today
from afferent.web.outlines.views.visits import booked


@pytest.fixture
def chosen(ada, numb_feet):
    ada.post(f"/visit/{numb_feet.pk}/outline/", {"kind": "with_affected", "aim": "ease_pain"})
    return numb_feet


def outline(visit) -> Outline:
    return msgspec.convert(Chosen.objects.get(visit=visit).outline, Outline)


def do(browser, visit, name: str, step: int = 0, **more):
    return browser.post(f"/visit/{visit.pk}/outline/steps", {"do": name, "step": step, **more})


def standing(visit, clinic, day) -> tuple:
    row, mine = Chosen.objects.get(visit=visit), today(booked(visit.pk), clinic, day)
    crossings = msgspec.convert(row.crossings, tuple[Crossing, ...])
    wish = msgspec.structs.replace(mine.wish, aims=msgspec.convert(row.wish, Wish).aims)
    return settled(outline(visit), mine.screening, mine.knowledge, wish, crossings)


def affected(visit) -> int:
    return next(n for n, step in enumerate(outline(visit).steps) if step.affected)


def test_each_button_changes_what_it_says(ada, chosen) -> None:
    before = outline(chosen)
    do(ada, chosen, "shorter", 0)
    assert outline(chosen).steps[0].minutes == before.steps[0].minutes - 1
    do(ada, chosen, "later", 0)
    assert outline(chosen).steps[1].regions == before.steps[0].regions
    do(ada, chosen, "remove", 1)
    assert len(outline(chosen).steps) == len(before.steps) - 1
    do(ada, chosen, "add", 40, place="hands.both")
    assert outline(chosen).steps[-1].regions[-1].startswith("hand.")


def test_firmer_on_a_numb_foot_is_impossible_and_said_in_a_sentence(ada, chosen) -> None:
    number = affected(chosen)
    for _ in range(6):
        answer = do(ada, chosen, "firmer", number)
        if answer.status_code == 409:
            break
    assert answer.status_code == 409
    assert 'role="alert"' in answer.content.decode()
    assert outline(chosen).steps[number].level <= 2


def test_longer_on_a_numb_foot_takes_a_reason(ada, chosen, clinic) -> None:
    from afferent.web.clinics.clock import today as day_of

    number, day = affected(chosen), day_of(clinic)
    for _ in range(12):
        if do(ada, chosen, "longer", number).status_code != 302:
            break
    open_ = standing(chosen, clinic, day)
    assert open_
    assert ada.post(f"/visit/{chosen.pk}/outline/begin").status_code == 409
    assert not Session.objects.exists()
    for _ in range(len(open_)):
        found = re.search(
            r'name="beyond" value="([^"]+)"', ada.get(f"/visit/{chosen.pk}/outline/steps").content.decode()
        )
        if found is None:
            break
        ada.post(f"/visit/{chosen.pk}/outline/reason", {"beyond": html.unescape(found[1]), "reason": "time_needed"})
    assert not standing(chosen, clinic, day)
    assert Entry.objects.filter(action="visit.crossed").exists()


def test_another_reason_needs_words(ada, chosen) -> None:
    number = affected(chosen)
    for _ in range(12):
        do(ada, chosen, "longer", number)
    page = ada.get(f"/visit/{chosen.pk}/outline/steps").content.decode()
    which = html.unescape(re.search(r'name="beyond" value="([^"]+)"', page)[1])
    assert ada.post(f"/visit/{chosen.pk}/outline/reason", {"beyond": which, "reason": "other"}).status_code == 400
    assert ada.post(f"/visit/{chosen.pk}/outline/reason", {"beyond": "²", "reason": "time_needed"}).status_code == 409


def test_beginning_opens_the_visit_with_all_of_it(ada, chosen) -> None:
    answer = ada.post(f"/visit/{chosen.pk}/outline/begin")
    session = Session.objects.get(visit=chosen)
    assert answer["Location"] == f"/live/{session.pk}"
    (first,) = stream(session.pk)
    assert isinstance(first.event, Opened)
    assert first.event.outline == outline(chosen)
    assert set(first.event.ceilings) >= {region for step in outline(chosen).steps for region in step.regions}
    assert all(first.event.ceilings[region] >= step.level for step in outline(chosen).steps for region in step.regions)
    face = ada.get(answer["Location"]).content.decode()
    assert "Link Ruth" in face
    assert ada.get(f"/visit/{chosen.pk}/outline/")["Location"] == f"/live/{session.pk}"
    ada.post(f"/visit/{chosen.pk}/outline/begin")
    assert Session.objects.count() == 1


def test_without_consent_nothing_begins(ada, visit_of) -> None:
    visit = visit_of("numb-feet.yaml", agreed=())
    ada.post(f"/visit/{visit.pk}/outline/", {"kind": "elsewhere"})
    assert ada.post(f"/visit/{visit.pk}/outline/begin").status_code == 409
    assert "not agreed yet" in ada.get(f"/visit/{visit.pk}/outline/steps").content.decode()


def test_while_a_question_comes_first_nothing_begins(ada, visit_of) -> None:
    from django.utils import timezone

    from afferent.safety.evidence import Evidence
    from afferent.web.clients.knowing import write

    visit = visit_of("numb-feet.yaml")
    ada.post(f"/visit/{visit.pk}/outline/", {"kind": "elsewhere"})
    day = timezone.now().date()
    write(visit.client, "answers", [Evidence("fever_symptoms", None, day, "answer", "not sure", "answer")], on=day)
    assert ada.post(f"/visit/{visit.pk}/outline/begin").status_code == 409


@pytest.mark.parametrize("seed", range(6))
def test_any_path_of_buttons_ends_inside_the_limits_or_begins_nothing(ada, chosen, clinic, seed) -> None:
    from afferent.web.clinics.clock import today as day_of

    chance, day = random.Random(seed), day_of(clinic)
    names = ("firmer", "softer", "longer", "shorter", "earlier", "later", "remove", "work", "add")
    works = ("effleurage", "petrissage", "holding", "friction", "nonsense")
    stations = ("back.both", "feet.left", "hands.right", "nowhere.both", "lower_legs.both")
    for _ in range(25):
        more = {"work": chance.choice(works), "place": chance.choice(stations)}
        assert do(ada, chosen, chance.choice(names), chance.randrange(9), **more).status_code in (302, 400, 409)
    answer = ada.post(f"/visit/{chosen.pk}/outline/begin")
    assert (answer.status_code == 302) == (not standing(chosen, clinic, day))


STRANGE = (
    {}, {"do": "drop"}, {"do": "firmer", "step": "-1"}, {"do": "add", "place": "<b>"},
    {"do": "work", "step": "0", "work": ""},
)  # fmt: skip


@pytest.mark.parametrize("sent", STRANGE)
def test_what_no_button_sends_changes_nothing(ada, chosen, sent) -> None:
    before = outline(chosen)
    assert ada.post(f"/visit/{chosen.pk}/outline/steps", sent).status_code in (400, 409)
    assert outline(chosen) == before


def test_while_an_unsent_intake_calls_for_help_nothing_begins(ada, chosen) -> None:
    from afferent.web.intake.models import Draft

    Draft.objects.create(client=chosen.client, alarm=True)
    assert ada.post(f"/visit/{chosen.pk}/outline/begin").status_code == 409
    assert "calls for help now" in ada.get(f"/visit/{chosen.pk}/outline/").content.decode()
    assert not Session.objects.exists()
