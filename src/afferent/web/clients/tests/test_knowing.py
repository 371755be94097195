"""What is known about a client: the newest answer holds, nothing is overwritten, every screening is kept."""

from __future__ import annotations

import datetime as dt

import pytest

from afferent.body.areas import PLACES
from afferent.knowledge import load
from afferent.records.answers import statements
from afferent.records.read import read
from afferent.safety import resolve
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
    assert history(ruth)[0].over == "what was told otherwise stands"
    say(ruth, TODAY, clot_ever="no")
    assert value(ruth, "clot_ever") == [False], "asked by the staff, it holds"


def test_what_the_client_told_the_client_may_take_back(a_client) -> None:
    ruth = a_client()
    write(ruth, "intake", list(statements({"clot_ever": "yes"}, KNOWLEDGE, EARLIER)), on=EARLIER)
    write(ruth, "intake", list(statements({"clot_ever": "no"}, KNOWLEDGE, TODAY)), on=TODAY)
    assert value(ruth, "clot_ever") == [False]


def by_phone(client, on: dt.date, **answers):
    return write(client, "intake", list(statements(answers, KNOWLEDGE, on, origin="the client")), on=on)


def person(client, today: dt.date = TODAY):
    return resolve(known([client], KNOWLEDGE, today)[client.pk].intake.statements, KNOWLEDGE, today)


def found(client, fact: str) -> set[int]:
    return set(person(client).places[fact])


@pytest.mark.parametrize(
    ("staff", "phone"),
    [
        (["foot.left", "foot.right"], ["foot.left"]),
        (["foot.left"], ["foot.left", "foot.right"]),
        (["foot.left"], ["foot.right"]),
    ],
)
@pytest.mark.parametrize("day", [EARLIER, TODAY])
def test_places_told_by_phone_stand_beside_those_that_the_staff_wrote(a_client, staff, phone, day) -> None:
    ruth = a_client()
    say(ruth, EARLIER, numb=staff)
    by_phone(ruth, day, numb=phone)
    assert found(ruth, "numb") == {PLACES["foot.left"], PLACES["foot.right"]}
    assert not any(row.over for row in history(ruth))


@pytest.mark.parametrize(("staff", "phone"), [("yes", ["foot.left"]), (["foot.left"], "yes")])
def test_a_place_told_beside_a_place_unknown_does_not_say_where_that_is(a_client, staff, phone) -> None:
    ruth = a_client()
    say(ruth, EARLIER, numb=staff)
    by_phone(ruth, TODAY, numb=phone)
    assert found(ruth, "numb") == {PLACES["foot.left"], 0}


@pytest.mark.parametrize(
    ("fact", "staff", "phone", "holds"),
    [
        ("inr", 5, 2, 5),
        ("inr", 5, 8, 8),
        ("standing_drop_systolic", 40, 10, 40),
        ("age_years", 40, 80, 40),
        ("clot_date", "2026-10-01", "2010", dt.date(2026, 10, 1)),
        ("clot_date", "2010-01-01", "2026-10-01", dt.date(2026, 10, 1)),
        ("anticoagulant_reason", "clot", "valve", "clot"),
        ("anticoagulant_reason", "valve", "clot", "clot"),
        ("anticoagulant_reason", "valve", "rhythm", "valve"),
        ("foot_pulses", "no", "yes", False),
        ("foot_pulses", "yes", "no", False),
    ],
)
def test_of_what_can_be_worse_the_worse_holds(a_client, fact, staff, phone, holds) -> None:
    ruth = a_client()
    say(ruth, EARLIER, **{fact: staff})
    by_phone(ruth, TODAY, **{fact: phone})
    days = (TODAY - holds).days if isinstance(holds, dt.date) else holds
    assert person(ruth).values[fact] == days
    say(ruth, TODAY, **{fact: phone})
    assert len(value(ruth, fact)) == 1, "asked by the staff, the answer holds alone"


def test_a_milder_number_says_in_the_history_why_it_does_not_hold(a_client) -> None:
    ruth = a_client()
    say(ruth, EARLIER, inr=5)
    by_phone(ruth, TODAY, inr=2)
    assert [row.over for row in history(ruth)] == ["what was told otherwise stands", ""]


def test_a_number_of_today_holds_where_the_one_before_has_become_too_old(a_client) -> None:
    ruth = a_client()
    say(ruth, EARLIER, systolic=190, platelets={"value": "60 10*3/uL", "date": "2026-04-01"})
    by_phone(ruth, TODAY, systolic=120, platelets="250 10*3/uL")
    told = person(ruth).values
    assert told["systolic"] == 120
    assert told["platelets"] == 250
    assert told["low_platelets"] is True, "a count that was low once stays known"


def test_a_low_and_a_high_sugar_are_not_weighed_against_each_other(a_client) -> None:
    ruth = a_client()
    say(ruth, TODAY, glucose="50 mg/dL")
    by_phone(ruth, TODAY, glucose="320 mg/dL")
    assert person(ruth).values["glucose"] == 50


@pytest.mark.parametrize(
    ("fact", "staff", "phone"),
    [("weakness_onset", "days", "longer"), ("hot_cold_intact", ["foot.left"], ["foot.left", "foot.right"])],
)
def test_what_is_well_is_on_its_day_not_made_better_by_phone(a_client, fact, staff, phone) -> None:
    ruth = a_client()
    say(ruth, TODAY, **{fact: staff})
    before = value(ruth, fact)
    by_phone(ruth, TODAY, **{fact: phone})
    assert value(ruth, fact) == before


def test_an_option_said_earlier_and_written_later_takes_no_later_one_away(a_client) -> None:
    ruth = a_client()
    by_phone(ruth, TODAY, weakness_onset="days")
    by_phone(ruth, EARLIER, weakness_onset="longer")
    assert value(ruth, "weakness_onset") == ["days"]


def test_what_was_well_on_another_day_is_told_anew_by_phone(a_client) -> None:
    ruth = a_client()
    say(ruth, EARLIER, weakness_onset="longer")
    by_phone(ruth, TODAY, weakness_onset="days")
    assert value(ruth, "weakness_onset") == ["days"]


def test_no_second_answer_by_phone_lifts_what_the_first_could_not(a_client) -> None:
    ruth = a_client()
    say(ruth, EARLIER, clot_ever="both")
    by_phone(ruth, TODAY, clot_ever="left")
    by_phone(ruth, TODAY, clot_ever="no")
    assert found(ruth, "clot_ever") >= {PLACES["leg_whole"]}


def test_what_the_client_told_by_phone_the_client_may_tell_anew(a_client) -> None:
    ruth = a_client()
    say(ruth, EARLIER, numb=["foot.left"])
    by_phone(ruth, TODAY, numb=["hand.left"])
    by_phone(ruth, TODAY, numb=["hand.right"])
    assert found(ruth, "numb") == {PLACES["foot.left"], PLACES["hand.right"]}
    assert [row.over for row in history(ruth)] == ["", "answered again", ""]


def test_what_the_staff_asks_again_holds_alone(a_client) -> None:
    ruth = a_client()
    say(ruth, EARLIER, numb=["foot.left"])
    by_phone(ruth, EARLIER, numb=["hand.left"])
    say(ruth, TODAY, numb=["foot.right"])
    assert found(ruth, "numb") == {PLACES["foot.right"]}
    assert [row.over for row in history(ruth)] == ["", "answered again", "answered again"]


def test_an_answer_taken_back_by_the_staff_no_longer_stands_beside(a_client) -> None:
    ruth = a_client()
    say(ruth, EARLIER, numb=["foot.left"])
    by_phone(ruth, TODAY, numb=["hand.left"])
    wrong = history(ruth)[-1]
    record = write(ruth, "correction", on=TODAY)
    Statement.objects.create(client=ruth, record=record, kind="withdrawn", fact="numb", body={}, replaces_id=wrong.id)
    assert found(ruth, "numb") == {PLACES["hand.left"]}


@pytest.mark.parametrize("phone", ["no", ["foot.left"]])
def test_what_the_staff_brought_in_a_case_file_is_not_loosened_by_phone(a_client, phone) -> None:
    ruth = a_client()
    write(ruth, "import", list(statements({"numb": ["foot.left", "foot.right"]}, KNOWLEDGE, EARLIER)), on=EARLIER)
    by_phone(ruth, TODAY, numb=phone)
    assert found(ruth, "numb") == {PLACES["foot.left"], PLACES["foot.right"]}


@pytest.mark.parametrize("first", ["answers", "intake"])
@pytest.mark.parametrize("then", ["answers", "intake", "import"])
def test_what_was_said_earlier_and_written_later_loosens_nothing(a_client, first, then) -> None:
    """Nor is what was said later, and holds, lost beside it."""
    ruth = a_client()
    later = {"numb": ["foot.left", "foot.right"], "clot_date": "2026-10-01", "inr": 5}
    earlier = {"numb": ["hand.left"], "clot_date": "2010", "inr": 2}
    write(ruth, first, list(statements(later, KNOWLEDGE, TODAY)), on=TODAY)
    write(ruth, then, list(statements(earlier, KNOWLEDGE, EARLIER)), on=TODAY)
    told = person(ruth)
    assert found(ruth, "numb") == {PLACES["foot.left"], PLACES["foot.right"], PLACES["hand.left"]}
    assert told.values["clot_date"] == (TODAY - dt.date(2026, 10, 1)).days
    assert told.values["inr"] == 5


def test_an_answer_that_its_record_took_back_stands_against_nothing(a_client) -> None:
    ruth = a_client()
    told = Evidence("clot_ever", True, EARLIER, "QuestionnaireResponse/1")
    write(ruth, "import", [told], on=EARLIER, body={"entries": {told.origin: "a"}})
    write(ruth, "import", [], on=EARLIER, body={"entries": {told.origin: "a"}})
    by_phone(ruth, TODAY, clot_ever="no")
    assert value(ruth, "clot_ever") == [False]
    assert history(ruth)[1].over == "imported again"


def test_the_page_shows_both_answers_that_hold(a_client) -> None:
    ruth = a_client()
    say(ruth, EARLIER, numb=["foot.left"])
    by_phone(ruth, TODAY, numb=["foot.right"])
    fired = {rule.id: rule for rule in whole(current(ruth, TODAY)).rules}["LOPS"]
    assert [(one.origin, one.date) for one in fired.facts] == [("answer", EARLIER), ("the client", TODAY)]
