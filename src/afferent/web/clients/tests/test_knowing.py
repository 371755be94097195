"""What is known about a client: the newest answer holds, nothing is overwritten, every screening is kept."""

from __future__ import annotations

import datetime as dt

import pytest

from afferent.knowledge import load
from afferent.records.answers import statements
from afferent.records.read import read
from afferent.safety.evidence import Evidence
from afferent.web.clients.current import current, currents, whole
from afferent.web.clients.knowing import history, known, write
from afferent.web.clients.models import Client, Screened, Statement
from afferent.web.clinics.knowledge import in_force

TODAY = dt.date(2026, 11, 22)
EARLIER = dt.date(2026, 11, 3)
KNOWLEDGE = load()


def say(client, on: dt.date, **answers):
    return write(client, "answers", list(statements(answers, KNOWLEDGE, on)), on=on)


def value(client, fact: str, today: dt.date = TODAY):
    held = known([client], KNOWLEDGE, today)[client.pk].intake.statements
    return [one.value for one in held if one.fact == fact]


def test_what_is_written_comes_back_as_it_was(a_client, examples) -> None:
    ruth = a_client()
    intake = read(examples / "client.yaml", as_of=None, knowledge=KNOWLEDGE)
    write(ruth, "import", intake, on=intake.as_of)
    back = known([ruth], KNOWLEDGE, intake.as_of)[ruth.pk].intake
    assert set(back.statements) == set(intake.statements)
    assert back.clearances == intake.clearances
    assert back.not_understood == intake.not_understood


def test_the_newest_answer_holds_and_the_older_stays_legible(a_client) -> None:
    ruth = a_client()
    say(ruth, EARLIER, numb=["foot.left.sole"])
    say(ruth, TODAY, numb=["foot.right.sole"])
    assert value(ruth, "numb") == [("foot.right.sole",)]
    rows = [row for row in history(ruth) if row.fact == "numb"]
    assert [(row.evidence.value, row.over) for row in rows] == [
        (("foot.right.sole",), ""),
        (("foot.left.sole",), "answered again"),
    ]


def test_two_answers_on_one_day_leave_the_later_one(a_client) -> None:
    ruth = a_client()
    say(ruth, TODAY, fever_symptoms="yes")
    say(ruth, TODAY, fever_symptoms="no")
    assert value(ruth, "fever_symptoms") == [False]


def test_a_no_of_an_earlier_day_is_asked_again(a_client) -> None:
    ruth = a_client()
    say(ruth, EARLIER, clot_ever="no", numb=["foot.left.sole"])
    told = known([ruth], KNOWLEDGE, TODAY)[ruth.pk]
    assert [one.fact for one in told.intake.statements] == ["numb"]
    assert set(told.lapsed) == {"clot_ever"}


def test_a_screening_is_stored_once_as_long_as_it_says_the_same(a_client) -> None:
    ruth = a_client()
    say(ruth, EARLIER, numb=["foot.left.sole"])
    first = current(ruth, EARLIER)
    again = current(ruth, EARLIER)
    assert first == again
    next_day = current(ruth, EARLIER + dt.timedelta(days=1))
    assert next_day == first, "the same words on another day are no new screening"
    say(ruth, TODAY, numb=["foot.left.sole", "foot.right.sole"])
    assert current(ruth, TODAY) != first
    assert Screened.objects.count() == 2
    assert whole(first).numb != whole(current(ruth, TODAY)).numb


def test_a_new_hazard_reaches_the_screening_at_once(a_client) -> None:
    ruth = a_client()
    assert current(ruth, TODAY).state == "ask"
    say(ruth, TODAY, breathless_or_chest_pain="yes")
    assert current(ruth, TODAY).state == "closed"


@pytest.mark.parametrize("count", [1, 7])
def test_many_clients_cost_as_many_queries_as_one(clinic, a_client, count, django_assert_max_num_queries) -> None:
    in_force(clinic)  # the first time, the knowledge is kept
    for number in range(count):
        say(a_client(family=f"Amsler {number}"), TODAY, numb=["foot.left.sole"])
    people = list(Client.objects.select_related("screened"))
    with django_assert_max_num_queries(8 + count):  # one INSERT for each that is new
        currents(people, TODAY)
    people = list(Client.objects.select_related("screened"))
    with django_assert_max_num_queries(1):
        currents(people, TODAY)


def test_imports_replace_entry_by_entry(a_client) -> None:
    ruth = a_client()
    old = Evidence("diabetes", True, EARLIER, "Condition/1", "Type 2 diabetes", "code")
    kept = Evidence("clot_ever", ("leg_whole.right",), EARLIER, "Condition/2", "DVT", "code")
    write(ruth, "import", [old, kept], on=EARLIER, body={"entries": {"Condition/1": "a", "Condition/2": "b"}})
    write(ruth, "import", [], on=TODAY, body={"entries": {"Condition/1": "a"}})
    assert value(ruth, "diabetes") == []
    assert value(ruth, "clot_ever") == [("leg_whole.right",)]
    assert Statement.objects.count() == 2


@pytest.mark.parametrize("entries", [{"Condition/1": "another"}, {"Condition/1": ""}, ["Condition/1"], {}])
def test_the_same_id_in_another_record_replaces_nothing(a_client, entries) -> None:
    ruth = a_client()
    clot = Evidence("clot_ever", ("leg_whole.right",), EARLIER, "Condition/1", "DVT", "code")
    write(ruth, "import", [clot], on=EARLIER, body={"entries": {"Condition/1": "a"}})
    write(ruth, "import", [], on=TODAY, body={"entries": entries})
    assert value(ruth, "clot_ever") == [("leg_whole.right",)]


@pytest.mark.parametrize("answer", [False, None])
def test_a_no_said_earlier_and_written_later_lifts_no_hazard(a_client, answer) -> None:
    """An intake that lay open on a phone, a case file of last month."""
    ruth = a_client()
    say(ruth, EARLIER, clot_ever="yes")
    write(ruth, "import", [Evidence("clot_ever", answer, EARLIER - dt.timedelta(days=1))], on=TODAY)
    assert value(ruth, "clot_ever") == [True]
    assert not known([ruth], KNOWLEDGE, TODAY)[ruth.pk].lapsed, "nor is it offered as answered"


@pytest.mark.parametrize("answer", [False, None])
def test_what_the_staff_found_is_not_lifted_from_a_phone(a_client, answer) -> None:
    ruth = a_client()
    say(ruth, EARLIER, clot_ever="yes")
    write(ruth, "intake", [Evidence("clot_ever", answer, TODAY)], on=TODAY)
    assert value(ruth, "clot_ever") == [True]
    assert history(ruth)[0].over == "a hazard told otherwise stands"
    say(ruth, TODAY, clot_ever="no")
    assert value(ruth, "clot_ever") == [False], "asked by the staff, it holds"


def test_what_the_client_told_the_client_may_take_back(a_client) -> None:
    ruth = a_client()
    write(ruth, "intake", list(statements({"clot_ever": "yes"}, KNOWLEDGE, EARLIER)), on=EARLIER)
    write(ruth, "intake", list(statements({"clot_ever": "no"}, KNOWLEDGE, TODAY)), on=TODAY)
    assert value(ruth, "clot_ever") == [False]
