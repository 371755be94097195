"""A yes holds until it is taken back, or until what it was said about is another thing. In doubt it is no yes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afferent.knowledge import load
from afferent.knowledge.model import Consent
from afferent.records.consent import ConsentEntry, Standing, standing

CONSENTS = load().consents
HEAT = CONSENTS["heat_cold"]
PHOTOS = CONSENTS["photos"]
TODAY = dt.date(2026, 11, 22)
FEET = ("foot.left", "foot.right")


def yes(on: dt.date = TODAY, consent: Consent = HEAT, **changed: Any) -> ConsentEntry:
    stated = {"given": True, "version": consent.version, "by": "client", "numb": FEET} | changed
    return ConsentEntry(purpose=consent.id, on=on, **stated)


def no(on: dt.date = TODAY, **changed: Any) -> ConsentEntry:
    return yes(on, given=False, **changed)


def days(count: int) -> dt.date:
    return TODAY + dt.timedelta(days=count)


def now(*entries: ConsentEntry, consent: Consent = HEAT, today: dt.date = TODAY, numb: Any = FEET) -> Standing:
    return standing(entries, consent, today, numb)


def test_a_yes_of_today_is_given() -> None:
    assert now(yes()).given
    assert now(yes()) == Standing("given", yes())


def test_nothing_entered_is_not_asked() -> None:
    assert now() == Standing("not_asked")
    assert now(yes(consent=PHOTOS)).state == "not_asked"


@pytest.mark.parametrize(
    ("entries", "agreed_before"),
    [
        ([yes(days(-9)), no()], True),
        ([no()], False),
        ([yes(), no()], True),
        ([no(days(-1)), yes(days(-9))], True),  # a form found later, signed earlier
        ([yes(days(-9)), no(days(3))], True),  # a clock that is ahead takes nothing away
    ],
)
def test_a_no_stands(entries: list[ConsentEntry], agreed_before: bool) -> None:
    found = now(*entries)
    assert (found.state, found.agreed_before) == ("withdrawn", agreed_before)
    assert not found.given


def test_a_yes_after_a_no_counts_again() -> None:
    assert now(no(days(-1)), yes()).given
    assert now(no(), yes()).given


def test_a_yes_of_tomorrow_is_none_yet() -> None:
    assert now(yes(days(1))).state == "not_asked"
    assert now(yes(days(-9)), yes(days(1))).entry == yes(days(-9))


@pytest.mark.parametrize(("age", "given"), [(0, True), (364, True), (365, False), (4000, False)])
def test_after_a_year_it_is_asked_again(age: int, given: bool) -> None:
    found = now(yes(days(-age)))
    assert found.given is given
    assert found.reasons == (() if given else ("a year has passed",))


@pytest.mark.parametrize("version", [HEAT.version - 1, HEAT.version + 1])
def test_another_wording_is_asked_again(version: int) -> None:
    assert now(yes(version=version)).reasons == ("the wording changed",)


@pytest.mark.parametrize("numb", [(), ("foot.left",), (*FEET, "hand.left.palm"), ("tail",)])
def test_other_numb_places_are_asked_again(numb: tuple[str, ...]) -> None:
    assert now(yes(), numb=numb) == Standing("ask_again", yes(), ("the numb places changed",))
    assert now(yes(consent=PHOTOS), consent=PHOTOS, numb=numb).given


@pytest.mark.parametrize(
    "numb", [("foot.right", "foot.left"), ("foot",), ("foot.left", "foot.right.sole", "foot.right.top"), (*FEET, *FEET)]
)
def test_the_same_places_in_other_words_are_the_same(numb: tuple[str, ...]) -> None:
    assert now(yes(), numb=iter(numb)).given


def test_a_place_that_no_longer_exists_is_compared_by_name() -> None:
    assert now(yes(numb=("tail",)), numb=("tail",)).given
    assert not now(yes(numb=("tail",)), numb=()).given


def test_every_reason_is_told() -> None:
    assert now(yes(days(-400), version=9), numb=()).reasons == HEAT.asked_again_when


ENTRIES = st.lists(
    st.builds(
        yes,
        on=st.integers(-800, 5).map(days),
        consent=st.sampled_from(list(CONSENTS.values())),
        given=st.booleans(),
        version=st.integers(1, 2),
        numb=st.sampled_from([(), FEET]),
    ),
    max_size=8,
)


@given(ENTRIES, st.sampled_from(list(CONSENTS.values())))
def test_a_no_added_today_always_ends_it(entries: list[ConsentEntry], consent: Consent) -> None:
    assert not standing([*entries, no(consent=consent)], consent, TODAY, FEET).given


@given(ENTRIES, st.sampled_from(list(CONSENTS.values())))
def test_nothing_is_given_that_was_not_said_within_a_year(entries: list[ConsentEntry], consent: Consent) -> None:
    found = standing(entries, consent, TODAY, FEET)
    assert not found.given or (found.entry in entries and found.entry.given and found.entry.on > days(-365))
    assert (found.state == "ask_again") == bool(found.reasons)
