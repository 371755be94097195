"""What must hold of every match: gates, sums, order, and what a check is worth."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from afferent.directory import Known, Licence, Needs, Therapist, match
from afferent.directory.gates import Shut
from afferent.directory.match import look
from afferent.directory.model import Spot, trained
from afferent.directory.published import published
from afferent.directory.score import Scale

DAY = dt.date(2026, 11, 22)
TABLES = published()
STANDINGS = st.sampled_from(("verified", "declared"))
STATES = st.sampled_from(("MN", "MO", "CA", "VT", "PR"))
VALUES = {
    "yes_no": st.booleans(),
    "number": st.integers(0, 3000),
    "choice": st.sampled_from(("female", "male", "other")),
    "words": st.lists(st.sampled_from(("English", "Spanish", "Hmong")), max_size=3).map(tuple),
    "date": st.integers(-20, 90).map(lambda days: (DAY + dt.timedelta(days)).isoformat()),
}


@st.composite
def facts(draw) -> dict[str, Known]:
    names = draw(st.lists(st.sampled_from(sorted(TABLES.facts)), unique=True, max_size=12))
    return {name: Known(draw(VALUES[TABLES.facts[name].kind]), draw(STANDINGS), DAY, "seen") for name in names}


@st.composite
def licences(draw) -> tuple[Licence, ...]:
    status = st.sampled_from(("active", "lapsed", "suspended", "revoked", "not known"))
    return tuple(
        Licence(draw(STATES), "1", draw(status), draw(STANDINGS), DAY, "seen") for _ in range(draw(st.integers(0, 2)))
    )


@st.composite
def therapists(draw, most: int = 8) -> list[Therapist]:
    found = []
    for n in range(draw(st.integers(1, most))):
        where = st.floats(-0.8, 0.8, allow_nan=False)
        spot = Spot("Town", draw(STATES), "00000", 45 + draw(where), -93 + draw(where))
        found.append(Therapist(f"t{n}", f"T {n}", (spot,), draw(facts()), draw(licences()), draw(st.just(False))))
    return found


@st.composite
def needs(draw) -> Needs:
    return Needs(
        lat=45.0, lon=-93.0, as_of=DAY,
        travel_km=draw(st.sampled_from((5, 10, 25, 60, 100))), at_home=draw(st.booleans()),
        must=tuple(draw(st.lists(st.sampled_from(("step_free", "visits_home", "gender", "languages")), max_size=2))),
        training=draw(st.sampled_from(((), (), ("oncology",), ("lymphatic",)))),
        licence_checked=draw(st.booleans()), per_week=draw(st.integers(1, 5)),
        price_limit=draw(st.sampled_from((None, 0, 60, 200))), gender=draw(st.sampled_from(("", "female"))),
        language=draw(st.sampled_from(("", "Spanish"))), receipts=draw(st.booleans()),
        quiet_room=draw(st.booleans()),
    )  # fmt: skip


def order(wanted: Needs, those: list[Therapist]) -> list[str]:
    return [one.id for one in match(wanted, those, shown=99).matches]


@given(needs(), therapists(), st.data())
def test_one_more_therapist_never_changes_the_order_of_the_others(wanted, those, data) -> None:
    left_out = data.draw(st.sampled_from(those))
    others = [one for one in those if one is not left_out]
    assert [id for id in order(wanted, those) if id != left_out.id] == order(wanted, others)


@given(needs(), therapists(), st.randoms(use_true_random=False))
def test_the_order_in_which_they_come_does_not_matter(wanted, those, random) -> None:
    mixed = those[:]
    random.shuffle(mixed)
    assert match(wanted, mixed, shown=99).matches == match(wanted, those, shown=99).matches


@given(needs(), therapists())
def test_reasons_lines_and_parts_add_up_to_the_score(wanted, those) -> None:
    for one in match(wanted, those, shown=99).matches:
        assert sum(reason.tenths for reason in one.reasons) + one.rest == one.tenths
        assert sum(line.tenths for line in one.lines) == one.tenths
        assert sum(share.tenths for share in one.parts.values()) == one.tenths
        assert 0 <= one.tenths <= 1000
        assert all(0 <= line.tenths <= line.of for line in one.lines)
        assert len(one.reasons) <= 3


@given(needs(), therapists())
def test_the_quick_sum_is_the_sum_of_the_lines(wanted, those) -> None:
    scale = Scale(wanted, TABLES)
    for one in those:
        for distance in (0.0, 7.3, 31.0, 500.0):
            assert scale.score(one, distance) == sum(mark.tenths for mark in scale.marks(one, distance))


@given(needs(), therapists(most=1), st.data())
def test_a_check_never_costs_a_point_nor_a_gate(wanted, those, data) -> None:
    one = those[0]
    if not one.facts:
        return
    name = data.draw(st.sampled_from(sorted(one.facts)))
    said = replace(one, facts={**one.facts, name: replace(one.facts[name], standing="declared")})
    seen = replace(one, facts={**one.facts, name: replace(one.facts[name], standing="verified")})
    said, seen = replace(said, id="a said"), replace(seen, id="b seen")
    found = {one.id: one.tenths for one in match(wanted, [said, seen], shown=9).matches}
    assert ("a said" in found) <= ("b seen" in found)
    assert found.get("b seen", 0) >= found.get("a said", 0)


@given(needs(), therapists(most=1))
def test_a_licence_that_was_checked_is_never_worse_than_one_that_is_said(wanted, those) -> None:
    one = those[0]
    said = replace(one, licences=tuple(replace(of, standing="declared") for of in one.licences))
    seen = replace(one, licences=tuple(replace(of, standing="verified") for of in one.licences))
    assert bool(order(wanted, [said])) <= bool(order(wanted, [seen]))


@given(needs(), therapists())
def test_a_gate_is_never_crossed(wanted, those) -> None:
    """Said anew here, in the plainest way, so that the gates cannot agree with themselves."""
    shown = match(wanted, those, shown=99)
    passed = {one.id for one in shown.matches}
    for one in those:
        if one.id not in passed:
            continue
        state, distance = one.spots[0].state, look(one, wanted, TABLES).km
        here = [of for of in one.licences if of.jurisdiction == state]
        assert not any(of.status in ("suspended", "revoked") for of in one.licences)
        if TABLES.regime(state) in ("licensed", "unknown"):
            assert any(of.status in ("active", "not known") for of in here)
        if wanted.licence_checked:
            assert any(of.status == "active" and of.standing == "verified" for of in here)
        for training in wanted.training:
            assert one.fact(TABLES.training[training].fact).value is True
        for name in ("step_free", "visits_home"):
            assert name not in wanted.must or one.fact(name).value is not False
        if "gender" in wanted.must and wanted.gender:
            assert one.fact("gender").value in (None, wanted.gender)
        visits = [one.fact("visits_home").value, one.fact("visits_hospital").value]
        assert distance <= wanted.travel_km or True in visits or (wanted.at_home and None in visits)
    assert shown.suitable + sum(one.count for one in shown.refused) == shown.looked_at == len(those)
    assert bool(shown.nobody) == (not passed)


@given(needs(), therapists())
def test_who_is_shut_out_stays_out_whatever_the_score(wanted, those) -> None:
    best = {name: Known(True, "verified", DAY, "seen") for name, of in TABLES.facts.items() if of.kind == "yes_no"}
    for one in those:
        if isinstance(look(one, wanted, TABLES).gate, Shut):
            known = {name: fact for name, fact in best.items() if name in ("quiet_room", "board_certified", "chair")}
            assert not order(wanted, [replace(one, facts={**known, **one.facts})])


@given(needs(), therapists())
def test_only_those_who_were_checked_are_the_same_list_without_the_others(wanted, those) -> None:
    fewer = order(replace(wanted, training_checked=True), those)
    checked = {one.id for one in those if trained(one) == "verified"}
    assert fewer == [id for id in order(wanted, those) if id in checked]
