"""The face in the browser counts check-ins and judges pain as Python does, out of the same events, after each."""

from __future__ import annotations

import random

import msgspec
import pytest

from afferent.visit.around import answers
from afferent.visit.checkins import due
from afferent.visit.events import PAIN_NOW, Kept
from afferent.visit.fold import course
from afferent.visit.over import Over
from afferent.visit.pain import scores, start
from afferent.visit.plan import live_plan
from tests.browser.test_relay import blank, may_use_databases, room, sqlite
from tests.unit.visit.made import OUTLINE, START, Tape
from tests.unit.words.made import KNOWLEDGE, screened

__all__ = ["blank", "may_use_databases", "room", "sqlite"]

pytestmark = pytest.mark.browser

FOLD = """async ([plan, visits]) => {
  const { fresh, apply } = await import('/static/live/fold.js');
  const { due, reason } = await import('/static/live/checkins.js');
  const { judge, standing } = await import('/static/live/pain.js');
  return visits.map((events) => {
    const state = fresh();
    return events.map(({ second, event }) => {
      apply(state, event, 1000 * second);
      const left = due(state, plan, 1000 * second);
      return [left === null ? null : left / 1000, left === null ? null : reason(state, plan),
        state.scores.map((one) => judge(one.value, state.pain, plan.pain)),
        standing(state, plan)?.verdict ?? '', state.pain,
        Object.entries(state.around).map(([key, one]) => `${key} ${one.value}`).sort()];
    });
  });
}"""


def a_visit(rng: random.Random) -> Tape:
    """A visit as two devices tell it: check-ins, answers, silences, words, numbers, STOP and on again."""
    tape, second = Tape(), 0.0
    tape.opened()
    for value in rng.sample(range(11), rng.randrange(3)):
        tape.put(second, "Scored", value=value)
    rate(tape, second, "before_visit", rng)
    tape.put(second, "Began")
    number, level, waits = 0, OUTLINE.steps[0].level, ""
    move(tape, second, number)
    for _ in range(rng.randrange(25)):
        second += rng.choice((2, 17, 61, 333))
        what = rng.choice(
            ("move", "press", "ask", "answer", "silent", "word", "aloud", "score", "score", "stop", "turn", "late")
        )
        place = OUTLINE.steps[number].regions
        match what:
            case "move":
                number = rng.randrange(3)
                level = OUTLINE.steps[number].level
                move(tape, second, number)
            case "press":
                level = rng.randrange(4)
                tape.put(second, "Pressed", level=level)
            case "ask" if not waits:
                waits = tape.asked(second, place[0], "clock", numb=number == 2)
            case "silent" if waits:
                tape.put(second, "Silent", to=waits, by="program")
            case "answer" if waits:
                tape.said(second, rng.choice(("same", "changed", "less")), to=waits)
                waits = ""
            case "word":
                tape.said(second, rng.choice(("good", "changed", "ease_off", "more")))
            case "aloud":
                tape.said(second, "more", aloud=True, by="therapist", to=waits)
                waits = ""
            case "score":
                tape.put(second, "Scored", value=rng.randrange(11))
            case "late":
                rate(tape, second, "before_visit", rng)  # from a device that was away
            case "turn":
                tape.put(second, "Turned", position="on_side")
            case "stop":
                tape.said(second, "stop")
                waits = ""
                if rng.random() < 0.7:
                    tape.put(second + 1, "HandsOff")
                    tape.put(second + 2, "WentOn")
            case _:
                pass
    if rng.random() < 0.3:
        tape.put(second + 3, "Ended")
        rate(tape, second + 9, "after_visit", rng)
    return tape


def rate(tape: Tape, second: float, asked: str, rng: random.Random) -> None:
    for measure in rng.choices((PAIN_NOW, "nrs_numbness_now"), k=rng.randrange(4)):
        if rng.random() < 0.3:
            tape.put(second, "Skipped", measure=measure, asked=asked, by="client")
        else:
            tape.put(second, "Scored", value=rng.randrange(11), measure=measure, asked=asked, by="client")


def move(tape: Tape, second: float, number: int) -> None:
    step = OUTLINE.steps[number]
    tape.put(second, "Moved", regions=step.regions, work=step.work, level=step.level, step=number)


def by_python(kept: list[Kept]) -> list:
    """Seconds until the next check-in and why; every verdict so far; what the last number still asks for here."""
    visit, found = course(kept), due(kept)
    now = (kept[-1].event.at - START).total_seconds()
    told = scores(visit)
    asks: list = [None, None]
    if found is not None and not found.aloud:
        asks = [max(0.0, (found.at - START).total_seconds() - now), found.why]
    begun = start(visit)
    rated = sorted(f"{when} {measure} {'null' if one.value is None else one.value}"
                   for (when, measure), one in answers(visit).items())  # fmt: skip
    return [*asks, [one.verdict for one in told], begun and begun[1], rated]


@pytest.mark.parametrize("seed", [0, *(pytest.param(one, marks=pytest.mark.nightly) for one in range(1, 6))])
def test_the_two_folds_agree_after_every_event(room, seed) -> None:
    rng = random.Random(seed)
    screening = screened({"age_years": 60, "foot_pulses": "yes", "numb": ["foot.left"]}, tuple(KNOWLEDGE.groups))
    plan = msgspec.to_builtins(live_plan(OUTLINE, screening, KNOWLEDGE, "Joan"))
    tapes = [a_visit(rng) for _ in range(120)]
    visits = [
        [{"second": (one.event.at - START).total_seconds(), "event": msgspec.to_builtins(one.event)}
         for one in tape.kept]
        for tape in tapes
    ]  # fmt: skip
    page = room.window()
    page.goto(f"{room.site}/live/join")
    told = page.evaluate(FOLD, [plan, visits])
    seen = set()
    for tape, states in zip(tapes, told, strict=True):
        over = Over()
        for number, state in enumerate(states):
            over.learn(tape.kept[number].event)
            assert over.over(over.here) <= (state[3] == "leave"), "a place that is over stays so"
            wanted = by_python(tape.kept[: number + 1])
            assert [*state[:3], *state[4:]] == wanted, [
                msgspec.to_builtins(one.event) for one in tape.kept[: number + 1]
            ]
            seen |= {wanted[1], *wanted[2], state[3]}
    assert {"first", "clock", "region", "pressure", "turn", None, "", "over", "lighten", "leave"} <= seen
