"""One person's trial in words: what it came to, how sure that is, what would change it.

Ask here: `outcome_words`. The words follow the design of the trial: after a simple before-and-after nothing here says
that massage did it; only blocks in a drawn order, repeated, let it be said that the weeks with massage were the
better ones because of what was done in them, and even then hope and attention are part of it, as nobody can be
massaged without knowing.
"""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

from afferent.knowledge.measures import Measure
from afferent.outcomes.person.outcome import Outcome
from afferent.outcomes.person.rules import RULES
from afferent.outcomes.person.trial import ADVISED_BASELINE, Agreement
from afferent.words.vocabulary import capital, counted, in_words

Sign = Literal["better", "half", "open", "same", "worse"]
# What an option does. as_agreed: nothing new; go_on, pause: on from this trial; wait: a pause before it is judged; new:
# another trial; the rest: it ends.
Does = Literal["as_agreed", "go_on", "pause", "wait", "new", "stopped", "physician", "pleasant"]


class About(Struct, frozen=True):
    """Whose it is and what was asked. noun: "pain", "numbness", "sleep"; your: is it read by the person themselves?
    unit: what one of the scale is called; said: did somebody say what would matter, or is it our default? See
    `about`."""

    noun: str = "pain"
    your: bool = False
    unit: str = "point"
    said: bool = True

    @property
    def subject(self) -> str:
        return f"your {self.noun}" if self.your else self.noun

    def size(self, value: float) -> str:
        """ "1 point", "1.2 points", "400 steps": a length, without a sign."""
        number = f"{abs(value):.0f}" if abs(value) >= 100 else f"{abs(value):.1f}".removesuffix(".0")
        return f"{number} {self.unit if number == '1' else self.unit + 's'}"

    @property
    def who(self) -> str:
        return "you" if self.your else "the client"


_UNITS: Final[dict[str, str]] = {"minutes": "minute", "steps": "step", "count": "time"}


def about(measure: Measure, *, your: bool = False, said: bool = True) -> About:
    """How a measure is spoken of in a sentence."""
    title = measure.title
    noun = title if title[1:2].isupper() else title[:1].lower() + title[1:]
    return About(noun, your, _UNITS.get(measure.items[0].kind, "point"), said)


class OutcomeWords(Struct, frozen=True):
    """Sentences in the order of the page. `sign`: the shape beside the headline, never colour alone; `does`: what each
    of the `options` does."""

    sign: Sign
    headline: str
    lead: str
    sure: str
    sure_why: str
    yardstick: str
    change_it: tuple[str, ...]
    options: tuple[str, ...]
    always: tuple[str, ...]
    does: tuple[Does, ...]


_SIGNS: Final[dict[str, Sign]] = {
    "enough": "better", "lower_unclear": "half", "unclear": "open", "visits_to_come": "open", "few_days_before": "open",
    "few_days_during": "open", "no_more_than_nothing": "same", "no_room": "open", "rose": "worse", "flares": "worse",
}  # fmt: skip
_PLAIN: Final = (
    "A before-and-after chart cannot tell massage from time, season, attention or a change of medicine; and people "
    "begin when it is bad, after which it mostly gets better by itself."
)
_HOPE: Final = "Massage cannot be hidden from the person who has it: hope and attention are part of this number."
_MANY_PAIRS: Final = 4  # from here on chance alone makes an order look as good in one of sixteen trials at most
_ROOM: Final = 4.0  # of 10: what trials of pain usually ask for at the start, to leave room [evidence.md 4.1]
ALWAYS: Final = (
    "Massage may ease; it is not known to repair nerves. It stands beside medical care, not in its place.",
    "Nobody can be massaged without knowing it, so no chart like this is blind.",
)


def outcome_words(found: Outcome, about: About = About()) -> OutcomeWords:  # noqa: B008
    """All sentences of the page, for the therapist or for the person."""
    verdict = found.verdict
    does, options = zip(*_options(found, about), strict=True)
    return OutcomeWords(
        _SIGNS[verdict.why], _headline(found), _lead(found, about), _sure(found, about), _sure_why(found, about),
        _yardstick(found, about), tuple(_change_it(found)), options, ALWAYS, does,
    )  # fmt: skip


def in_100(share: float) -> str:
    """ "71 in 100"; never 0 or 100, as nothing here is certain."""
    if share > 0.99:
        return "over 99 in 100"
    if share < 0.01:
        return "under 1 in 100"
    return f"{round(100 * share)} in 100"


def signed(value: float) -> str:
    """ "−1.2", "+0.4", "0": with a real minus."""
    size = f"{abs(value):.0f}" if abs(value) >= 100 else f"{abs(value):.1f}"
    return "0" if size == "0.0" else f"{'−' if value < 0 else '+'}{size}"


def _headline(found: Outcome) -> str:
    match found.verdict.why:
        case "enough" if _is_drawn(found):
            return "Helping."
        case "enough":
            return "Better while having massage."
        case "lower_unclear":
            return "Better than before. Not clear why."
        case "unclear":
            return "Not clear yet."
        case "no_room":
            return "There was no room for a fall."
        case "no_more_than_nothing":
            return "Not helping, as far as can be told."
        case "rose":
            return "Getting worse."
        case "flares":
            return "Worse after visits."
        case _:
            return "Too early to say."


def _lead(found: Outcome, about: About) -> str:
    verdict = found.verdict
    if verdict.why == "flares":
        return (
            f"{capital(counted(found.flares.count, 'visit'))} of {found.flares.known} were followed by a worse day. "
            "That is where this trial stops."
        )
    if verdict.why == "few_days_before":
        return (
            f"There {_are(len(found.course.scores(False)), 'day')} from before the first visit. {RULES.days_before} "
            f"are the least to compare with, {ADVISED_BASELINE[0]} to {ADVISED_BASELINE[1]} are better."
        )
    if verdict.why == "few_days_during" or found.change is None:
        days = _are(len(found.course.scores(True)), "day")
        return f"There {days} with massage so far; {RULES.days_during} are the least."
    return f"{_moved(found, about)} {_reading(found, about)}"


def _are(number: int, one: str) -> str:
    return f"{'is' if number == 1 else 'are'} {counted(number, one)}"


def seen(found: Outcome) -> float:
    """The change as it was scored, average with less average without: what a reader can check on the chart. How sure it
    is, is said by the model, whose own middle may lie beside it where days were missed or drifted within a phase."""
    assert found.before is not None
    assert found.during is not None
    return found.during.average - found.before.average


def _moved(found: Outcome, about: About) -> str:
    change = seen(found)
    if abs(change) < 0.05:
        return f"{capital(about.subject)} stayed where it was."
    if _is_drawn(found):
        where = "lower" if change < 0 else "higher"
        return f"{capital(about.subject)} was {about.size(change)} {where} in the weeks with massage."
    way = ("fell" if change < 0 else "rose") if about.unit == "point" else ("went down" if change < 0 else "went up")
    return f"{capital(about.subject)} {way} by {about.size(change)} while {about.who} had massage."


def _reading(found: Outcome, about: About) -> str:
    verdict = found.verdict
    match verdict.why:
        case "enough":
            return _helped(found)
        case "lower_unclear" | "visits_to_come" if verdict.within_placebo and _better(found):
            return f"That is {_than_placebo(found)}, so this chart cannot yet say it was the massage."
        case "lower_unclear" | "visits_to_come" if verdict.on_the_way and _better(found):
            return f"{_heading(found)}, so this chart cannot say it was the massage."
        case "visits_to_come":
            done = capital(counted(_done(found), "visit"))
            return f"{done} of {found.agreement.visits} done; it is judged after the last."
        case "no_more_than_nothing":
            return f"A change that would matter to {about.who} is unlikely."
        case "lower_unclear":
            return "Whether by as much as was agreed to matter is not settled."
        case "no_room":
            return (
                f"Before the first visit it was lower than the {about.size(found.agreement.points)} that would matter."
            )
        case "rose":
            return "Pause, look at skin and pressure together, and let the physician know." if not about.your else (
                "Pause, and talk it over with your therapist and your physician."
            )  # fmt: skip
        case _:
            return "That is too little to tell from the ups and downs of the days."


def _heading(found: Outcome) -> str:
    past = found.change.past_trend if found.change else 1.0
    if past < 0.5:
        return "The days before the first visit were already heading there"
    return "The days before are too few to tell whether it was falling by itself"


def _than_placebo(found: Outcome) -> str:
    past = found.change.past_placebo if found.change else None
    if past is not None and past >= 0.5:
        return "not surely more than dummy treatment alone brings"
    return "within what dummy treatment alone brings"


def _helped(found: Outcome) -> str:
    if _is_drawn(found):
        pairs = counted(found.course.phases // 2, "pair")
        return f"With and without stood side by side in {pairs} of blocks, in the order that was drawn by lot."
    if found.change is None or found.change.past_placebo is None:
        return "One before-and-after chart cannot show that the massage did it."
    return (
        "That is more than dummy treatment brings on average. One before-and-after chart still cannot show that the "
        "massage did it."
    )


def _sure(found: Outcome, about: About) -> str:
    change = found.change
    if change is None:
        return "Nothing can be said yet."
    mattered = f"the change {about.who} said would matter" if about.said else "our default of what would matter"
    if found.verdict.why == "rose":
        return (
            f"It is {in_100(change.higher)} that {about.subject} got worse, and {in_100(change.worse)} that it got "
            f"worse by {about.size(found.agreement.points)} or more."
        )
    way = "lower" if found.better == "lower" else "higher"
    return (
        f"It is {in_100(change.lower)} that {about.subject} was {way} with massage, and {in_100(change.enough)} that "
        f"it was {way} by {about.size(found.agreement.points)} or more – {mattered}."
    )


def _sure_why(found: Outcome, about: About) -> str:
    change = found.change
    why = _by_lot(found) if _is_drawn(found) else _PLAIN
    if change is None:
        return why
    near, far = sorted((change.low, change.high), key=abs)
    likely = (
        f"Likely change: {signed(near)} to {signed(far)} {about.unit}s, allowing for days that resemble each other."
    )
    if abs(seen(found) - change.points) > 0.3 * max(1.0, abs(found.agreement.points)):
        likely += f" Allowing for them and for drifts within a phase, its middle is {signed(change.points)}."
    if change.sceptic is not None:
        likely += f" Somebody who expects nothing of massage would put the second at {in_100(change.sceptic)}."
    return f"{likely} {why}"


def _by_lot(found: Outcome) -> str:
    pairs = found.course.phases // 2
    if pairs >= _MANY_PAIRS:
        return f"The order was drawn by lot and repeated, so time and season are unlikely to explain it. {_HOPE}"
    return f"The order was drawn by lot, but with {counted(pairs, 'pair')} chance may still have made it. {_HOPE}"


def _yardstick(found: Outcome, about: About) -> str:
    if found.change is None or found.change.past_placebo is None:
        return ""
    own = f"{capital(about.subject)}: {signed(seen(found))}"
    percent = found.sizes.percent if found.sizes else None
    share = f", {signed_percent(percent)}" if percent is not None else ""
    return f"{own}{share}."


def signed_percent(value: float) -> str:
    """ "−19 %"."""
    return f"{'−' if value < 0 else '+'}{abs(value):.0f} %"


def _change_it(found: Outcome) -> list[str]:
    verdict, out = found.verdict, []
    if verdict.why == "few_days_before":
        out.append("Score every day for a week or two before the next visit.")
    if verdict.why in ("few_days_during", "visits_to_come"):
        left = max(found.agreement.visits - _done(found), 1)
        out.append(f"{capital(counted(left, 'more visit'))}, and a score on most days.")
    if verdict.more_days:
        out.append(f"About {verdict.more_days} more scored days with massage, if they are like these, might settle it.")
    if verdict.why in ("lower_unclear", "unclear", "enough") and not _is_drawn(found):
        out.append("Weeks with and without massage in an order drawn by lot would say more than any longer chart.")
    if found.measure in RULES.placebo_for and found.before is not None and found.before.average < _ROOM:
        out.append("Trials of pain usually begin at 4 or more, to leave room for a change.")
    if found.flares.count and verdict.why != "flares":
        out.append(f"A visit that is followed by a worse day: so far {found.flares.count} of {found.flares.known}.")
    return out


def _options(found: Outcome, about: About) -> list[tuple[Does, str]]:
    """Of equal weight, none chosen; to stop is always among them."""
    stop: tuple[Does, str] = ("stopped", "Stop. That is a fair answer too.")
    visits = found.agreement.visits
    match found.verdict.why:
        case "rose" | "flares":
            return [
                ("physician", "Pause, and ask the physician before the next visit."),
                (
                    "new",
                    "Work away from where it hurts; one small trial found no difference (Lopez 2022).",
                ),
                stop,
            ]
        case "no_more_than_nothing":
            return [
                stop,
                ("pleasant", "Go on because it is pleasant. That is a reason too."),
                ("new", "Try another place or a lighter touch, as a new trial."),
            ]
        case "few_days_before" | "few_days_during" | "visits_to_come":
            as_agreed = f"Go on as agreed. Judge after {visits} visits."
            return [("as_agreed", as_agreed), ("wait", "Pause and go on scoring."), stop]
        case "enough" if _is_drawn(found):
            again = f"Go on as now. Judge again after {visits} more visits."
            return [("go_on", again), ("new", "Try whether less often is as good."), stop]
        case _:
            return [
                (
                    "pause",
                    f"Pause two weeks, then {_few(visits)} more visits. If {about.subject} rises and falls again, that "
                    "says more.",
                ),
                ("go_on", f"Go on as now. Judge again after {visits} more visits."),
                stop,
            ]  # fmt: skip


def _few(visits: int) -> str:
    return in_words(max(visits // 2, 2))


def _done(found: Outcome) -> int:
    return len({one.day for one in found.visits})


def _better(found: Outcome) -> bool:
    return found.change is not None and found.change.lower >= RULES.surely_lower


def _is_drawn(found: Outcome) -> bool:
    agreement: Agreement = found.agreement
    return agreement.randomised and found.course.repeated
