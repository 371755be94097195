"""A change of a profile, and weights of one's own: what may be said, what stands, what adds up."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as some

from afferent.directory.change import Change, applied, checked
from afferent.directory.model import Badge, Known, Licence
from afferent.directory.published import published
from afferent.directory.weighing import of_parts, weighed
from afferent.errors import InputError
from tests.unit.directory.people import DAY, known, therapist

BEFORE = therapist("own:1", licences=(Licence("MN", "1", "active", "verified", DAY, "board"),), price=known(60))


def test_what_is_said_never_replaces_what_was_checked() -> None:
    said = Change(said={"price": Known(10, "verified", DAY, "trust me"), "chair": Known(True, "verified", DAY, "x")})
    after = applied(BEFORE, said)
    assert after.fact("price").value == 60
    assert (after.fact("chair").standing, after.fact("chair").how) == ("declared", "")
    assert applied(after, said) == after
    assert applied(after, Change(said={"chair": None, "price": None})) == BEFORE


def test_a_licence_that_is_said_never_replaces_one_that_was_checked() -> None:
    assert applied(BEFORE, Change(licence=Licence("MN", "2"))).licences == BEFORE.licences
    assert applied(BEFORE, Change(licence=Licence("WI", "2"))).licences[0].number == "2"
    gone = Licence("MN", "1", "revoked", "verified", DAY, "board")
    assert applied(BEFORE, Change(licence=gone)).licences == (gone,)


def test_what_is_left_out_stays() -> None:
    badge = Badge(DAY, DAY + dt.timedelta(365), 9, 10)
    after = applied(BEFORE, Change(claimed=True, street="9 Own Street", badge=badge))
    assert (after.claimed, after.street, after.badge) == (True, "9 Own Street", badge)
    assert applied(after, Change()) == after
    assert applied(after, Change(street="")).street == ""


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (Change(said={"nonsense": Known(True)}), "there is no fact"),
        (Change(said={"neuropathy_sessions": Known(900)}), "are counted, not said"),
        (Change(checked={"chair": Known(True, "verified", None, "seen")}), "the day and the way"),
        (Change(checked={"chair": Known(True, "verified", DAY)}), "the day and the way"),
        (Change(checked={"chair": Known(True, "verified", DAY + dt.timedelta(1), "x")}), "has not come yet"),
        (Change(licence=Licence("ZZ", "1")), "is no state"),
        (Change(licence=Licence("MN", "1", "active", "verified")), "the day and the way"),
    ],
)
def test_what_may_not_be_kept_is_refused(change, says) -> None:
    with pytest.raises(InputError, match=says):
        checked(change, DAY)


PARTS = tuple(published().parts)


@given(some.dictionaries(some.sampled_from(PARTS), some.sampled_from((0, 1, 2))))
def test_own_weights_make_a_hundred_or_are_refused(factors) -> None:
    if all(factors.get(part, 1) == 0 for part in PARTS):
        with pytest.raises(InputError, match="something must count"):
            weighed(published(), factors)
        return
    found = of_parts(weighed(published(), factors).lines)
    assert sum(found.values()) == 100
    assert all((found[part] == 0) == (factors.get(part, 1) == 0) for part in PARTS)


def test_weights_as_published_are_the_published_ones() -> None:
    same = weighed(published(), dict.fromkeys(PARTS, 1))
    assert same.lines == published().lines
    for wrong in ({"nonsense": 1}, {"fit": 3}):
        with pytest.raises(InputError):
            weighed(published(), wrong)
