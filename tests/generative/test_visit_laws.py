"""The laws of a visit, on any events at all: out of order, doubled, cut off, from clocks that lie.

Nothing is lost, nothing counts twice, no time is made, no silence becomes an answer, no look clears anybody, and what
is offered afterwards stays inside the limits.
"""

from __future__ import annotations

import datetime as dt
import random
import re
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afferent.body.regions import AREA, LEAVES, REGIONS
from afferent.knowledge import load
from afferent.outline.crossings import ceilings
from afferent.outline.model import Crossing, Outline, Step
from afferent.records.answers import none_of, statements
from afferent.safety import Screening, resolve, screen
from afferent.visit import events as ev
from afferent.visit.after import NextDay, step_down
from afferent.visit.checkins import due
from afferent.visit.course import Course
from afferent.visit.events import Kept, Look, Said, decode, encode
from afferent.visit.fold import course
from afferent.visit.home import barred, home_card
from afferent.visit.incident import prefill
from afferent.visit.last_time import Earlier, last_time
from afferent.visit.ledger import ledger
from afferent.visit.note import Names, note
from afferent.visit.note_lines import Answers, Heard, PainNow
from afferent.visit.order import moment
from afferent.visit.plan import live_plan
from afferent.visit.skin import HARMLESS, facts, rescreening
from afferent.visit.stopping import Stopping
from afferent.words.last_time import last_time_words
from afferent.words.note import plain
from tests.generative.people import AS_OF, numbers, person

KNOWLEDGE = load()
NEAR = numbers(KNOWLEDGE)
SOME = settings(max_examples=min(2000, settings().max_examples // 3))  # each example screens a person
START = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
NAMES = Names("Joan", "Mae")

ids = st.integers(1, 14).map("event-{:04d}".format)  # few, so that they meet
regions = st.one_of(st.sampled_from(REGIONS), st.sampled_from(("foot.left", "foot.left.sole", "back", "nowhere")))
some_regions = st.lists(regions, min_size=1, max_size=3).map(tuple)
levels = st.integers(0, 5)
measures = st.sampled_from((ev.PAIN_NOW, "nrs_numbness_now"))
seconds = st.one_of(st.integers(-600, 4000), st.integers(-(10**9), 10**9))
times = st.builds(lambda n: START + dt.timedelta(seconds=n), seconds)
looks = st.lists(
    st.builds(Look, regions, st.sampled_from(get_args(ev.Found)), st.sampled_from((None, True, False))), max_size=4
).map(tuple)
crossings = st.builds(
    Crossing,
    st.sampled_from(("pressure", "minutes")),
    some_regions,
    st.just("more"),
    st.just(("LOPS",)),
    st.just("other"),
)
outlines = st.lists(
    st.builds(Step, some_regions, st.just("effleurage"), levels, st.integers(1, 9), st.booleans()), max_size=3
).map(lambda steps: Outline("with_affected", tuple(steps)))


def _of(kind: type, **fields: st.SearchStrategy) -> st.SearchStrategy:
    who = st.sampled_from(get_args(ev.By))
    return st.builds(kind, id=ids, at=times, by=who, **fields)


EVENTS = st.one_of(
    _of(ev.Opened, outline=outlines, screened=st.just("x"), knowledge=st.just("2026.11"),
        ceilings=st.dictionaries(regions, levels, max_size=3), numb=st.lists(regions, max_size=2).map(tuple),
        rules=st.just(("LOPS",)), crossings=st.lists(crossings, max_size=1).map(tuple)),
    _of(ev.Linked, again=st.booleans()), _of(ev.Lost), _of(ev.Drilled, word=st.sampled_from(get_args(ev.Word))),
    _of(ev.SkinChecked, when=st.sampled_from(get_args(ev.When)), looks=looks),
    _of(ev.Began), _of(ev.Moved, regions=some_regions, work=st.just("effleurage"), level=levels),
    _of(ev.Moved, regions=some_regions, work=st.just("holding"), level=levels), _of(ev.Pressed, level=levels),
    _of(ev.Asked, why=st.sampled_from(get_args(ev.Why)), regions=some_regions, numb=st.booleans()),
    _of(ev.Silent, to=ids), _of(ev.Scored, value=st.integers(0, 10), to=st.one_of(st.just(""), ids)),
    _of(ev.Scored, value=st.integers(0, 10), measure=measures, asked=st.sampled_from(("", *get_args(ev.Around)))),
    _of(ev.Skipped, measure=measures, asked=st.sampled_from(get_args(ev.Around))),
    _of(ev.Said, word=st.sampled_from(get_args(ev.Word)), detail=st.sampled_from(get_args(ev.Detail)),
        aloud=st.booleans(), to=st.one_of(st.just(""), ids)),
    _of(ev.Said, word=st.just("stop")), _of(ev.HandsOff), _of(ev.HandsOff),
    _of(ev.StopBecause, detail=st.sampled_from(get_args(ev.Detail))), _of(ev.WentOn), _of(ev.WentOn),
    _of(ev.Warmed, regions=some_regions, source=st.just("warm_pack"), celsius=st.floats(0, 60),
        seconds=st.integers(0, 900)),
    _of(ev.WarmedOff, to=ids, early=st.booleans()), _of(ev.Turned, position=st.just("side_lying")),
    _of(ev.Noted, words=st.text(max_size=40)), _of(ev.Crossed, crossing=crossings),
    _of(ev.Rescreened, screened=st.just("y"), headline=st.just("Not today."), closed=st.booleans()),
    _of(ev.TakenBack, of=ids), _of(ev.Ended, why=st.sampled_from(("done", "stopped", "rescreened", "other"))),
)  # fmt: skip
STREAMS = st.lists(st.builds(Kept, st.integers(1, 40), times, EVENTS), max_size=40)
days = st.builds(
    NextDay,
    st.just(AS_OF),
    **{
        name: st.sampled_from(answers)
        for name, answers in {
            "sore": ("no", "a_little", "a_lot", "unknown"),
            "mark": ("no", "yes", "unknown"),
            "blister": ("no", "yes", "unknown"),
            "worse": ("no", "short", "longer", "still", "unknown"),
            "swollen": ("no", "yes", "unknown", "not_asked"),
            "breathless": ("no", "yes", "unknown", "not_asked"),
            "fall": ("no", "fall", "faint", "unknown", "not_asked"),
        }.items()
    },
)
histories = st.lists(st.one_of(st.none(), days), max_size=8)


def wall(kept: list[Kept]) -> dt.timedelta:
    at = [moment(one.event.at) for one in kept]
    return max(at) - min(at) if at else dt.timedelta()


def time_on(visit: Course) -> dt.timedelta:
    return sum((one.until - one.since for one in visit.spells), dt.timedelta())


@given(STREAMS)
def test_no_event_is_lost_and_each_counts_once(kept: list[Kept]) -> None:
    visit = course(kept)
    wanted = {one.event.id for one in kept}
    assert [one.event.id for one in visit.events] == list(dict.fromkeys(one.event.id for one in visit.events))
    assert {one.event.id for one in visit.events} == wanted
    counted = [one.id for one in visit.moments]
    apart = [one.event.id for one in visit.taken_back]
    assert sorted(counted + apart) == sorted(wanted)


@given(STREAMS)
def test_no_time_is_made(kept: list[Kept]) -> None:
    visit = course(kept)
    assert all(one.until >= one.since for one in visit.spells)
    assert all(before.until <= after.since for before, after in zip(visit.spells, visit.spells[1:], strict=False))
    assert time_on(visit) <= wall(kept)
    assert ledger(visit).seconds == pytest.approx(visit.seconds)


@given(STREAMS, st.randoms(use_true_random=False))
def test_order_of_arrival_and_repetition_change_nothing(kept: list[Kept], rng: random.Random) -> None:
    mixed = [*kept, *kept]
    rng.shuffle(mixed)
    assert course(mixed) == course(kept)
    assert plain(note(mixed, None, NAMES)) == plain(note(kept, None, NAMES))


@given(STREAMS)
def test_kept_and_read_again_it_is_the_same_note(kept: list[Kept]) -> None:
    again = [Kept(one.seq, one.received, decode(encode(one.event))) for one in kept]
    assert note(again, None, NAMES) == note(kept, None, NAMES)


@given(STREAMS)
def test_hands_are_off_from_hands_off_until_both_said_that_it_goes_on(kept: list[Kept]) -> None:
    stands, off = Stopping(), False
    for one in course(kept).moments:
        event = one.kept.event
        stands.learn(event)
        off = bool(stands.stop) and (off or isinstance(event, ev.HandsOff))
        if off or isinstance(event, ev.HandsOff):
            assert not one.hands_on


@given(STREAMS)
def test_nothing_is_touched_after_the_end(kept: list[Kept]) -> None:
    over = False
    for one in course(kept).moments:
        over = over or isinstance(one.kept.event, ev.Ended)
        assert not (over and one.hands_on)


@given(STREAMS)
def test_no_word_of_the_client_is_unsaid_by_another_hand(kept: list[Kept]) -> None:
    visit = course(kept)
    own = [one.event.id for one in visit.events if isinstance(one.event, Said) and one.event.by == "client"]
    assert set(own) <= {one.id for one in ledger(visit).presses}
    ill = {one.event.id for one in visit.events if isinstance(one.event, ev.StopBecause)}  # which may begin one too
    stops = {one.id for one in visit.stops} | {id for one in visit.stops for id in one.again}
    drilled = {one.event.id for one in visit.events if isinstance(one.event, ev.Drilled)}  # that were no practice
    assert {one.id for one in ledger(visit).presses if one.word == "stop"} == stops - ill - drilled


@given(STREAMS)
def test_no_silence_becomes_an_answer(kept: list[Kept]) -> None:
    visit = course(kept)
    named = {one.kept.event.to for one in visit.moments if isinstance(one.kept.event, Said)}
    for one in ledger(visit).check_ins:
        assert one.answered == (one.id in named)
        assert one.seconds is None or one.seconds >= 0


@given(STREAMS)
def test_the_note_says_every_line_once_in_either_view_and_never_that_it_was_borne_well(kept: list[Kept]) -> None:
    made = note([one for one in kept if not isinstance(one.event, ev.Noted)], None, NAMES)
    for view in (made.soap, made.care):
        assert sorted(map(repr, (one for those in view.values() for one in those))) == sorted(map(repr, made.lines))
    text = plain(made) + plain(made, "care")
    assert not re.search(r"tolerat|well\b|\bfine\b|comfortab|no problem", text)
    rested = {id for one in made.lines for id in one.ids}
    assert rested <= {one.event.id for one in kept}


@given(STREAMS)
def test_what_is_said_over_a_numb_place_always_carries_its_mark(kept: list[Kept]) -> None:
    made = note(kept, None, NAMES)
    for one in made.lines:
        if isinstance(one, Heard | Answers | PainNow) and one.numb:
            text = plain(type(made)(NAMES, None, "", (one,))).replace("\n  ", " ")
            assert "Feeling is no guide there." in text


@given(STREAMS, st.one_of(st.none(), days), some_regions)
def test_everything_else_bears_any_events_too(kept: list[Kept], day: NextDay | None, where: tuple[str, ...]) -> None:
    visit = course(kept)
    found = due(kept)
    assert found is None or visit.hands_on
    prefill(kept)
    then = last_time([Earlier(visit, day)], where)
    assert last_time_words(then)
    if day is None or not day.was_fine:
        assert not any(one.how == "fine" for one in then.levels), "nobody said that it was fine"


@given(histories)
def test_a_bad_day_never_makes_the_next_visit_stronger(history: list[NextDay | None]) -> None:
    before = step_down(history)
    assert before.levels >= 0
    assert before.minutes == min(60, 5 * before.levels) or before.levels == 5
    for bad in (NextDay(AS_OF, worse="longer"), NextDay(AS_OF, worse="still"), NextDay(AS_OF, blister="yes")):
        after = step_down([*history, bad])
        assert (after.levels, after.minutes) > (before.levels, before.minutes) or before.levels == 5
    for silent in (None, NextDay(AS_OF)):
        assert step_down([*history, silent]) == before, "no answer gives nothing back"


def somebody(seed: int) -> Screening:
    rng = random.Random(seed)
    return screen(person(KNOWLEDGE, rng, NEAR, known=rng.choice((0.5, 0.95, 1.0)), hazard=0.05), KNOWLEDGE)


def strict(screening: Screening) -> dict[str, tuple[bool, int]]:
    """Leaf -> left alone, and the level."""
    found = dict.fromkeys(LEAVES, (False, 5))
    for region, limit in screening.effective.items():
        for leaf in LEAVES:
            if AREA[leaf] & AREA[region]:
                found[leaf] = (limit.excluded, limit.pressure)
    closed = screening.excluded == ("body",)
    return {leaf: (out or closed, 0 if out or closed else level) for leaf, (out, level) in found.items()}


@SOME
@given(st.integers(0, 2**48), looks)
def test_a_look_at_the_skin_only_ever_tightens(seed: int, seen: tuple[Look, ...]) -> None:
    rng = random.Random(seed)
    hazards = [
        fact for fact in KNOWLEDGE.facts.values() if fact.kind == "finding" and fact.worse == "yes" and not fact.part
    ]
    given_facts = {fact.id: [rng.choice(REGIONS)] for fact in rng.sample(hazards, 2)}
    held = [*statements({"age_years": 60, "foot_pulses": "yes", **given_facts}, KNOWLEDGE, AS_OF)]
    held += none_of(list(KNOWLEDGE.groups), KNOWLEDGE, AS_OF, {"age_years", *given_facts})
    found = facts(seen, START, held)
    assert not any(one.value is False for one in found), "a look never says no"
    assert not found or any(look.found not in HARMLESS for look in seen)
    before = strict(screen(resolve(held, KNOWLEDGE, AS_OF), KNOWLEDGE))
    after = strict(screen(resolve(rescreening(held, found), KNOWLEDGE, AS_OF), KNOWLEDGE))
    for leaf, (out, level) in before.items():
        assert after[leaf][0] >= out
        assert after[leaf][1] <= level


@SOME
@given(st.integers(0, 2**48))
def test_the_home_card_stays_inside_the_limits(seed: int) -> None:
    screening = somebody(seed)
    card = home_card(screening, numb_agreed=True)
    held = strict(screening)
    assert not any(place.numb for place in home_card(screening).places), "numb places wait for a clinician's yes"
    assert not card.area & barred(screening)
    for place in card.places:
        here = [held[leaf] for leaf in LEAVES if AREA[leaf] & AREA[place.region]]
        assert all(not out and level >= place.level for out, level in here)
        assert place.level <= 1
        assert place.minutes <= 5
    assert not (card.places and screening.ask_first)


@SOME
@given(st.integers(0, 2**48), outlines)
def test_what_the_faces_show_is_never_above_the_limits(seed: int, outline: Outline) -> None:
    known = tuple(step for step in outline.steps if all(region in AREA for region in step.regions))
    outline = Outline("with_affected", known)
    screening = somebody(seed)
    held = strict(screening)
    bounds = ceilings(outline, screening)
    for step in live_plan(outline, screening, KNOWLEDGE, "Joan").steps:
        here = [held[leaf] for leaf in LEAVES for region in step.regions if AREA[leaf] & AREA[region]]
        if screening.excluded != ("body",):
            assert step.ceiling == min(level for _, level in here)
            assert step.ceiling == min(bounds[region] for region in step.regions)
        numb = any(AREA[region] & AREA[own] for own in screening.numb for region in step.regions)
        assert not numb or step.numb.startswith("NUMB")
        assert not (step.numb and " more" in step.ask), "nobody is asked for more where feeling is no guide"
