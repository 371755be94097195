"""What a page about the evidence must show, what it may put together, and what it refuses."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import product
from pathlib import Path

import msgspec
import pytest

from afferent.errors import InputError
from afferent.knowledge.reviews import reviews
from afferent.knowledge.trials import TrialRow
from afferent.knowledge.trials_reader import trials
from afferent.outcomes.evidence import Asked, about, evidence, merged
from afferent.outcomes.figures import figure
from afferent.outcomes.meta import effects, random_effects
from afferent.outcomes.pooling import MIXES, pooled
from afferent.outcomes.refused import Refused
from afferent.words.pooled import group_lines, group_title
from afferent.words.trials import pool_size, yardstick_line

CONDITIONS = list(reviews().conditions)


def row(trial: str, y: float = -0.5, **more) -> TrialRow:
    """A trial of massage against usual care on pain, with an effect."""
    given = {
        "condition": "cipn", "technique": "massage", "comparator": "usual", "outcome": ("pain",), "measure": "VAS",
        "better": "lower", "kind": "g", "effect": y, "low": y - 0.4, "high": y + 0.4, "direction": "better",
    }  # fmt: skip
    return TrialRow(trial=trial, **{**given, **more})


def of(trial: str) -> list[TrialRow]:
    return [one for one in trials() if one.trial == trial]


@pytest.mark.parametrize(
    ("word", "id"),
    [("Chemo", "cipn"), ("carpal tunnel", "carpal_tunnel"), ("carpal_tunnel", "carpal_tunnel"), ("DPN", "diabetic"),
     ("shingles", "post_herpetic"), ("all", "all"), ("  hiv ", "hiv"), ("Guillain-Barré", "inflammatory")],
)  # fmt: skip
def test_a_condition_is_understood_by_the_words_people_use(word: str, id: str) -> None:
    assert about(word) == id


def test_a_condition_nobody_knows_is_named() -> None:
    with pytest.raises(InputError, match="nothing is known about the condition 'gout'; there are all, diabetic"):
        about("gout")


@pytest.mark.parametrize(("condition", "outcome"), list(product(CONDITIONS, [None, "pain", "sleep"])))
def test_what_speaks_against_is_always_there(condition: str, outcome: str | None) -> None:
    found = evidence(Asked(condition, outcome), trials())
    shown = {(seen.trial, seen.direction) for seen in (*found.against, *found.elsewhere)}
    assert {("Lopez2022", "no_difference"), ("ParkPark2015", "worse"), ("PRHSJ3441", "no_difference")} <= shown
    here = {
        row.trial
        for row in trials()
        if row.condition in found.about.classes and row.direction in ("worse", "no_difference")
    }
    assert here <= {trial for trial, _ in shown}
    assert found.yardsticks
    assert found.unknowns
    assert found.harms


def test_temperature_and_the_second_pain_score_are_not_hidden() -> None:
    found = evidence(Asked("diabetic", "pain"), trials())
    assert {"DN4", "peripheral skin temperature"} <= {seen.measure for seen in found.against}


@pytest.mark.parametrize("condition", CONDITIONS)
def test_no_answer_promises_or_diagnoses(condition: str) -> None:
    answer = reviews().conditions[condition].answer.lower()
    assert not re.search(r"\b(you have|heals?|cures?|will help|proven)\b", answer)
    assert "repair" not in answer or "not been shown to repair" in answer


@pytest.mark.parametrize("condition", ["post_herpetic", "hereditary", "inflammatory", "alcohol", "b12", "idiopathic"])
def test_no_trials_found_is_not_the_same_as_does_not_work(condition: str) -> None:
    found = evidence(Asked(condition), trials())
    assert (found.found, found.counts, found.groups) == (0, (), ())
    assert "not the same as “does not work”" in found.about.answer


def test_trials_are_counted_once_and_outcomes_by_direction() -> None:
    found = evidence(Asked("cipn"), trials())
    assert (found.found, found.with_result) == (15, 12)
    with_result = {seen.trial for seen in found.trials if seen.direction != "unseen"}
    assert found.people == sum(max(one.people or 0 for one in of(trial)) for trial in with_result)
    massage = next(one for one in found.counts if (one.comparator, one.technique) == ("active", "massage"))
    assert (massage.trials, massage.better, massage.no_difference, massage.worse) == (2, 0, 1, 1)


def test_asked_for_one_outcome_only_its_trials_are_counted() -> None:
    found = evidence(Asked("all", "sleep"), trials())
    those = [one for one in trials() if "sleep" in one.outcome]
    seen = {one.trial for one in those if one.direction != "unseen"}
    assert found.found == len({one.trial for one in those}) < len({one.trial for one in trials()})
    assert found.with_result == len(seen)
    assert found.people == sum(max(one.people or 0 for one in those if one.trial == trial) for trial in seen)
    assert found.against  # what speaks against is not narrowed by it


@pytest.mark.parametrize(
    ("condition", "outcome", "id"),
    [
        ("all", None, "pain"), ("all", "pain", "pain"), ("all", "mood", "mood"), ("all", "sleep", None),
        ("all", "function", "balance"), ("all", "conduction", None), ("hiv", "pain", "hiv"), ("hiv", None, "hiv"),
        ("hiv", "mood", "mood"), ("carpal_tunnel", "function", "carpal_tunnel"), ("cipn", "sleep", None),
        ("post_herpetic", None, None),
    ],
)  # fmt: skip
def test_how_certain_is_said_of_what_was_asked(condition: str, outcome: str | None, id: str | None) -> None:
    chief = evidence(Asked(condition, outcome), trials()).chief
    assert (chief.id if chief else None) == id


def test_how_many_trials_a_judgement_rests_on_is_counted() -> None:
    why = reviews().certainty["carpal_tunnel"].why
    rows = [one for one in trials() if one.condition == "carpal_tunnel" and one.direction != "unseen"]
    people = [max(one.people or 0 for one in rows if one.trial == trial) for trial in {one.trial for one in rows}]
    assert why.startswith(f"{len(people)} trials of {min(people)} to {max(people)} people, ")
    assert not any("{" in one.why for one in reviews().certainty.values())


def test_the_size_of_a_review_is_not_that_of_its_pool() -> None:
    pools = reviews().pools
    assert pool_size(pools["reflexology_sleep"]) == "Wang 2020; one pool of a review of 26 trials, 2,366 people"
    assert pool_size(pools["manual_cipn"]) == "Lee and Kim 2023; 4 trials, 165 people"
    # Two pools of one review cannot both hold all of it.
    by_source: dict[str, list] = {}
    for pool in pools.values():
        by_source.setdefault(pool.source, []).append(pool)
    assert all(pool.size_of == "review" for some in by_source.values() if len(some) > 1 for pool in some)


def test_an_interval_that_is_narrower_than_it_can_be_is_marked() -> None:
    assert yardstick_line(reviews().yardsticks["placebo_points"]).endswith(
        "(1.52 to 1.56) as printed (21 trials, 2,425 people)."
    )


@pytest.mark.parametrize(
    "place", ["src/afferent/knowledge", "docs", "src/afferent/words", "src/afferent/outline", "src/afferent/web"]
)
def test_no_difference_found_is_nowhere_made_into_just_as_good(place: str) -> None:
    """71 people and no untreated group cannot show that two places are equal."""
    folder = Path(__file__).parents[3] / place
    files = [one for one in folder.rglob("*") if one.suffix in (".toml", ".py", ".md", ".html", ".csv")]
    assert files
    for file in files:
        text = " ".join(file.read_text("utf-8").split())
        assert not re.search(
            r"did (?:just )?as (?:well|much|good)|(?:works?|was|were) (?:just )?as well as", text, re.I
        ), file


# What stands in the table and was worked out by us comes out of our own formulas.


def test_g_from_a_reported_t() -> None:
    for one in of("GunduzOruc2025")[:3]:
        exact, printed = figure(one, exact=True), figure(one)
        assert [exact.y, exact.low, exact.high] == pytest.approx([printed.y, printed.low, printed.high], abs=0.006)


def test_g_from_scores_afterwards() -> None:
    one = of("Gholamzadeh2023")[0]
    exact = figure(one, exact=True)
    assert [exact.y, exact.low, exact.high] == pytest.approx([one.effect, one.low, one.high], abs=0.005)


def test_the_risk_ratio_from_counts() -> None:
    one = of("Izgu2019aroma")[0]
    assert figure(one, exact=True).natural() == pytest.approx((0.40, 0.15, 1.06), abs=0.005)


def test_a_row_without_figures_has_none() -> None:
    assert figure(of("Rivaz2021")[0]) is None


# Putting together.


def test_nothing_of_ours_can_be_pooled_yet_whatever_is_mixed() -> None:
    for condition in CONDITIONS:
        for mix in ((), MIXES):
            groups = evidence(Asked(condition, mix=mix), trials()).groups
            assert all(isinstance(group.result, Refused) for group in groups)


def test_three_outcomes_of_one_trial_are_one() -> None:
    (group,) = pooled([row("A", measure=name, scale="PQAS") for name in ("deep", "surface", "paroxysmal")])
    assert isinstance(group.result, Refused)
    assert "1 trial; its outcomes count once" in group.result.why
    several = [row("A", when=str(n)) for n in range(5)]
    (alone,) = pooled([row("A"), row("B"), row("C", -0.2)])
    (repeated,) = pooled([*several, row("B"), row("C", -0.2)])
    assert repeated.result.se == pytest.approx(alone.result.se)
    assert repeated.members[0].outcomes == 5


def test_three_comparable_trials_are_pooled_as_the_formula_says() -> None:
    rows = [row("A", -0.3), row("B", -0.6), row("C", -0.9)]
    (group,) = pooled(rows)
    v = effects.from_interval([-0.3], [-0.7], [0.1]).v[0]
    expected = random_effects([-0.3, -0.6, -0.9], [v] * 3)
    assert [group.result.estimate, group.result.se, group.result.tau2] == pytest.approx(
        [expected.estimate, expected.se, expected.tau2]
    )
    assert (group.better, group.kind, group.influence.without_low) == ("lower", "g", "A")
    assert group.influence.lean_p is None


@pytest.mark.parametrize(
    ("change", "mix"),
    [
        ({"comparator": "none"}, "comparators"),
        ({"technique": "bath"}, "techniques"),
        ({"technique": "acupressure"}, "techniques"),
        ({"measure": "DN4"}, "measures"),
        ({"condition": "hiv"}, "conditions"),
    ],
)
def test_what_differs_is_pooled_only_on_request(change: dict, mix: str) -> None:
    rows = [row("A"), row("B"), row("C", **change)]
    assert all(isinstance(group.result, Refused) for group in pooled(rows))
    (group,) = pooled(rows, (mix,))
    assert group.result.k == 3
    found = evidence(Asked("all"), rows)
    assert found.could_mix == (mix,)


def test_two_trials_are_refused_even_on_request() -> None:
    (group,) = pooled([row("A"), row("B", comparator="none")], MIXES)
    assert group.result == Refused("2 trials, and pooling needs three that are comparable")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"comparator": "unstated"}, "what the control was given is not described"),
        ({"comparator": "uncontrolled"}, "no comparison group"),
    ],
)
def test_what_nobody_describes_is_no_company(change: dict, why: str) -> None:
    (group,) = pooled([row(name, **change) for name in "ABCD"])
    assert why in group.result.why


@pytest.mark.parametrize("without", ["uncontrolled", "unseen"])
def test_a_change_without_a_comparison_is_never_mixed_with_one_that_has_it(without: str) -> None:
    rows = [row("A"), row("B", comparator="none"), row("C", -2.2, comparator=without)]
    for mix in (("comparators",), MIXES):
        groups = pooled(rows, mix)
        assert sorted(group.comparators for group in groups) == sorted([("usual", "none"), (without,)])
        assert all(isinstance(group.result, Refused) for group in groups)
    assert evidence(Asked("all"), rows).could_mix == ()
    (alone,) = pooled([row(name, comparator=without) for name in "ABCD"], MIXES)
    assert alone.result == Refused("there was no comparison group that could be read")
    four = [*rows, row("D")]
    assert {group.result.k for group in pooled(four, MIXES) if not isinstance(group.result, Refused)} == {3}


def test_a_group_without_a_comparison_is_not_set_against_nothing() -> None:
    (group,) = pooled([row(name, comparator="uncontrolled") for name in "ABC"])
    assert group_title(group).startswith("Pain: massage, without a comparison group (")


def test_the_range_of_next_trials_holds_95_of_100() -> None:
    found = evidence(Asked("cipn", "pain"), [row("A", -0.3), row("B", -0.6), row("C", -0.9)])
    (line,) = [line for line in group_lines(found.groups[0], found) if "next" in line]
    assert re.fullmatch(
        r"In 95 of 100 next trials like these the true effect would lie between .+ and .+; put together from so few "
        r"trials, in somewhat fewer\.",
        line,
    )


@pytest.mark.parametrize(
    "change",
    [
        {"pool": "no"}, {"direction": "forms"}, {"outcome": ("pain", "mood")}, {"better": ""}, {"kind": "within"},
        {"low": None, "high": None}, {"kind": "rank_biserial"},
    ],
)  # fmt: skip
def test_some_figures_are_shown_and_never_pooled(change: dict) -> None:
    rows = [row(name, **change) for name in "ABC"]
    assert pooled(rows) == ()
    assert len(evidence(Asked("cipn"), rows).effects) == 3


def test_kinds_of_effect_are_never_mixed() -> None:
    ratio = {"kind": "rr", "effect": 0.5, "low": 0.3, "high": 0.9}
    groups = pooled([row("A"), row("B"), row("C", **ratio)], MIXES)
    assert {group.kind for group in groups} == {"g", "rr"}
    assert all(isinstance(group.result, Refused) for group in groups)


def test_scales_that_disagree_about_better_are_turned_first() -> None:
    rows = [row("A"), row("B"), row("C", 0.5, measure="function", better="higher")]
    (group,) = pooled(rows, ("measures",))
    assert group.better == "higher"
    assert group.result.estimate == pytest.approx(0.5)


def test_ratios_are_pooled_as_logarithms() -> None:
    ratio = {"kind": "rr", "effect": 0.5, "low": 0.25, "high": 1.0}
    (group,) = pooled([row(name, **ratio) for name in "ABC"])
    assert group.result.estimate == pytest.approx(-0.6931, abs=0.0001)


def test_raw_numbers_come_before_a_rounded_effect() -> None:
    raw = {
        "mean_after": 4.0, "sd_after": 2.0, "arm_people": 30, "against_mean_after": 5.0, "against_sd_after": 2.0,
        "against_people": 30, "effect": -0.5, "low": -1.0, "high": 0.0,
    }  # fmt: skip
    (group,) = pooled([row(name, **raw) for name in "ABC"])
    assert group.members[0].y == pytest.approx(effects.hedges_g(4, 2, 30, 5, 2, 30).y[0])


def test_ten_trials_are_asked_whether_small_ones_lean() -> None:
    rows = [row(str(n), -0.1 * n, low=-0.1 * n - 0.2 - 0.05 * n, high=-0.1 * n + 0.2 + 0.05 * n) for n in range(1, 11)]
    (group,) = pooled(rows)
    assert group.influence.lean_p is not None


def test_an_own_row_takes_the_place_of_ours_and_no_other() -> None:
    ours = of("GokMetin2017")[0]
    own = msgspec.structs.replace(ours, effect=-0.4, low=-1.0, high=0.2, kind="g", pool="yes")
    rows = merged(trials(), [own, row("X")])
    assert len(rows) == 88
    assert [one.effect for one in rows if one.key == ours.key] == [-0.4]


def test_counts_that_cannot_be_name_their_trial() -> None:
    with pytest.raises(InputError, match="trial 'A': a trial in which the event met nobody, or everybody"):
        evidence(
            Asked("cipn"),
            [
                row(
                    "A",
                    kind="",
                    effect=None,
                    low=None,
                    high=None,
                    events=0,
                    arm_people=9,
                    against_events=0,
                    against_people=9,
                )
            ],
        )


def test_without_anything_to_pool_no_numpy_is_loaded() -> None:
    code = (
        "import sys; from afferent.outcomes.evidence import Asked, evidence; "
        "from afferent.knowledge.trials_reader import trials; evidence(Asked(), trials()); "
        "sys.exit('numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
