"""Consents as they are written and read, without a page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from afferent.body.regions import area
from afferent.errors import InputError
from afferent.records.consent import Standing
from afferent.safety.evidence import Evidence
from afferent.web.audit.chain import faults
from afferent.web.audit.models import Entry
from afferent.web.clients.knowing import write
from afferent.web.clients.models import Client
from afferent.web.clinics.models import Clinic
from afferent.web.consents import asking
from afferent.web.consents.about import lines, places_words, sentence
from afferent.web.consents.models import Consent
from afferent.web.scope import Unchangeable

Make = Callable[..., Any]

TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def ruth(a_client: Make) -> Client:
    return a_client()


def say(client: Client, *found: Evidence) -> None:
    write(client, "answers", found, on=TODAY)


def yes(client: Client, purpose: str = "heat_cold", on: dt.date = TODAY, **more: Any) -> Consent:
    version = asking.knowledge_of(client).consents[purpose].version
    return asking.give(client, purpose, version, on=on, actor="user:1", **more)


def no(client: Client, purpose: str = "heat_cold", on: dt.date = TODAY, **more: Any) -> Consent:
    return asking.withdraw(client, purpose, on=on, actor="user:1", **more)


def stands(
    client: Client, purpose: str = "heat_cold", today: dt.date = TODAY, numb: asking.Numb | None = ()
) -> Standing:
    asked = asking.knowledge_of(client).consents
    return asking.standings(asking.entries(client), asked.values(), today, numb)[purpose]


def test_nobody_asked_means_five_open_purposes(ruth: Client) -> None:
    names = [one.id for one in asking.open_purposes(ruth, TODAY, ())]
    assert names == ["treatment", "heat_cold", "photos", "care_team", "reminders"]


def test_a_yes_counts(ruth: Client) -> None:
    yes(ruth)
    assert asking.agreed(ruth, "heat_cold", TODAY)


def test_a_no_takes_the_yes_back(ruth: Client) -> None:
    yes(ruth)
    no(ruth)
    assert stands(ruth).state == "withdrawn"
    assert stands(ruth).agreed_before


def test_a_no_is_not_asked_again_by_itself(ruth: Client) -> None:
    no(ruth)
    assert "heat_cold" not in [one.id for one in asking.open_purposes(ruth, TODAY, ())]


def test_a_year_later_it_is_asked_again(ruth: Client) -> None:
    yes(ruth, on=TODAY - dt.timedelta(days=365))
    assert stands(ruth).reasons == ("a year has passed",)


def test_a_new_numb_place_asks_again(ruth: Client) -> None:
    yes(ruth, numb=("foot.left",))
    assert stands(ruth, numb=("foot.left",)).given
    assert stands(ruth, numb=("foot.left", "hand.right")).reasons == ("the numb places changed",)


def test_where_places_are_not_compared_they_end_nothing(ruth: Client) -> None:
    yes(ruth, numb=("foot.left",))
    assert stands(ruth, numb=None).given


def test_old_wording_is_not_agreed_to(ruth: Client) -> None:
    with pytest.raises(asking.WordingChanged):
        asking.give(ruth, "photos", 0, on=TODAY, actor="user:1")
    assert not Consent.objects.exists()


def test_an_unknown_purpose_is_refused(ruth: Client) -> None:
    with pytest.raises(InputError, match="no consent named"):
        no(ruth, "marketing")


def test_a_second_tap_is_no_second_answer(ruth: Client) -> None:
    assert yes(ruth).pk == yes(ruth).pk
    assert Consent.objects.count() == 1


def test_the_same_answer_on_another_day_is_kept(ruth: Client) -> None:
    yes(ruth)
    yes(ruth, on=TODAY + dt.timedelta(days=1))
    assert Consent.objects.count() == 2


def test_yes_no_yes_on_one_day_ends_with_yes(ruth: Client) -> None:
    yes(ruth)
    no(ruth)
    yes(ruth)
    assert stands(ruth).given
    assert Consent.objects.count() == 3


def test_an_entry_is_never_changed(ruth: Client) -> None:
    made = yes(ruth)
    made.given = False
    with pytest.raises(Unchangeable):
        made.save()


def test_each_entry_is_in_the_audit(ruth: Client) -> None:
    made = yes(ruth)
    taken = no(ruth)
    acts = list(Entry.objects.order_by("seq").values_list("action", "subject"))
    assert acts[-2:] == [("consent.given", f"consent:{made.pk}"), ("consent.withdrawn", f"consent:{taken.pk}")]
    assert not list(faults())


def test_a_helper_is_named(ruth: Client) -> None:
    yes(ruth, helper="  Jo Amsler ")
    assert Consent.objects.get().helper == "Jo Amsler"
    assert asking.entries(ruth)[0].by == "helper"


def test_the_client_takes_back_alone(ruth: Client) -> None:
    yes(ruth, "photos")
    made = asking.withdraw_alone(ruth, "photos", on=TODAY)
    assert made.by is None
    assert not asking.agreed(ruth, "photos", TODAY)
    assert Entry.objects.order_by("-seq").first().actor == f"client:{ruth.pk}"


def test_numb_places_are_those_said(ruth: Client) -> None:
    say(ruth, Evidence("numb", ("foot.left", "foot.right.sole"), TODAY))
    assert area(asking.numb_places(ruth, TODAY)) == area(["foot.left", "foot.right.sole"])


def test_a_lost_foot_test_makes_the_foot_numb(ruth: Client) -> None:
    write(ruth, "foot_check", [Evidence("monofilament_lost", ("left",), TODAY, "foot check", "", "test")], on=TODAY)
    assert area(asking.numb_places(ruth, TODAY)) == area(["foot.left"])


def test_numb_nobody_said_where_is_a_place_too(ruth: Client) -> None:
    say(ruth, Evidence("numb", True, TODAY))
    assert asking.numb_places(ruth, TODAY) == (asking.SOMEWHERE,)


def test_numb_denied_is_no_place(ruth: Client) -> None:
    say(ruth, Evidence("numb", False, TODAY))
    assert asking.numb_places(ruth, TODAY) == ()


def test_a_child_has_no_screening_and_breaks_nothing(a_client: Make) -> None:
    child = a_client("Tim", born=dt.date(2020, 1, 1))
    assert asking.numb_places(child, TODAY) == ()


def test_a_clinic_that_keeps_records_compares_nothing(ruth: Client, clinic: Clinic) -> None:
    say(ruth, Evidence("numb", ("foot.left",), TODAY))
    clinic.mode = "record"
    clinic.save()
    ruth.clinic.refresh_from_db()
    assert asking.numb_now(ruth, TODAY) is None


def test_lines_name_only_what_is_not_agreed(ruth: Client) -> None:
    for purpose in ("treatment", "heat_cold", "photos", "care_team"):
        yes(ruth, purpose)
    no(ruth, "photos")
    told = [(one.title, one.words) for one in lines(ruth, TODAY, ())]
    assert told == [("Photos", "withdrawn on 22 November 2026"), ("Reminders", "not asked yet")]


def test_lines_name_no_place_to_the_desk(ruth: Client) -> None:
    yes(ruth, numb=("foot.left",))
    words = {one.purpose: one.words for one in lines(ruth, TODAY, (), clinical=False)}
    assert words["heat_cold"] == "to be asked again: something about the feeling changed"


def test_all_agreed_is_one_sentence(ruth: Client) -> None:
    asked = asking.knowledge_of(ruth).consents
    for purpose in asked:
        yes(ruth, purpose)
    found = asking.standings(asking.entries(ruth), asked.values(), TODAY, ())
    assert sentence(found, asked) == "All of it is agreed."


def test_places_in_words() -> None:
    assert places_words(("foot.left", "somewhere")) == "the left foot and somewhere"
    assert places_words(()) == "nowhere that is known"
