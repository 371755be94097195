"""The lines of a note, out of the course and the ledger of a visit.

Used by `note` alone: `heard`, `seen`, `done`, `assessed`, `next_time`, in the order in which they are read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from afferent.body.regions import SIDES
from afferent.safety.screening import Screening
from afferent.visit import note_lines as say
from afferent.visit.after import STEP
from afferent.visit.around import answers
from afferent.visit.around import told as around_told
from afferent.visit.course import Course, Moment
from afferent.visit.events import (
    Drilled,
    Ended,
    Found,
    Linked,
    Look,
    Lost,
    Moved,
    Noted,
    Opened,
    Rescreened,
    Said,
    SkinChecked,
    Turned,
    Warmed,
    WarmedOff,
    When,
    Word,
)
from afferent.visit.ledger import CheckIn, Dose, Highest, Ledger, Press
from afferent.visit.looked import findings, left_alone, records_due, worked_unseen
from afferent.visit.order import moment
from afferent.visit.pain import told as pain_told
from afferent.visit.skin import HARMLESS, tally
from afferent.visit.where import area_of, together

AGAINST: Final = frozenset({"stop", "ease_off", "less", "changed"})
_LESS: Final = frozenset({"stop", "ease_off", "less"})
_REPORTS: Final[tuple[say.Telling, ...]] = (
    "call_emergency", "medical_care_same_day", "new_wound_seen_today", "advise_offload", "tell_foot_care_team",
    "tell_clinician",
)  # fmt: skip
_GAPS: Final = {
    side: tuple(f"foot.{side}.top.web{gap}" for gap in ("12", "23", "34", "45")) for side in SIDES
}  # fmt: skip
_UNLESS: Final = {"new_wound_seen_today": "medical_care_same_day"}  # said already


def heard(visit: Course, found: Ledger) -> Iterator[say.Line]:
    """The client's words: those against what was done one by one, the others counted by place."""
    if not found.presses and not found.check_ins and not answers(visit):
        yield say.NothingSaid()
    for press in found.presses:
        if press.word in AGAINST:
            yield say.Heard(
                word=press.word, detail=press.detail, aloud=press.aloud, place=press.place, numb=press.numb,
                after=press.after, asked=press.why is not None, ids=(press.id,),
            )  # fmt: skip
    yield from _answers(found.check_ins)
    yield from _unasked(found.presses)
    yield from around_told(visit)
    yield from pain_told(visit)


def _answers(check_ins: Iterable[CheckIn]) -> Iterator[say.Line]:
    """What came of the check-ins on each place, but for those that `Heard` tells."""
    by_place: dict[tuple[tuple[str, ...], bool], list[CheckIn]] = {}
    for one in check_ins:
        if one.answer is None or one.answer.word not in AGAINST:
            by_place.setdefault((together(one.regions), one.numb), []).append(one)
    for (regions, numb), those in by_place.items():
        words = [one.answer.word for one in those if one.answer is not None]
        ids = tuple(id for one in those for id in one.ids)
        none = sum(not one.answered for one in those)
        yield say.Answers(
            regions=regions, numb=numb, asked=len(those), words=_counted(words), no_answer=none, ids=ids
        )  # fmt: skip


def _unasked(presses: Iterable[Press]) -> Iterator[say.Line]:
    by_place: dict[tuple[tuple[str, ...], bool], list[Press]] = {}
    for one in presses:
        if one.why is None and one.word not in AGAINST:
            regions = together(one.place.regions) if one.place else ()
            by_place.setdefault((regions, one.numb), []).append(one)
    for (regions, numb), those in by_place.items():
        ids = tuple(one.id for one in those)
        yield say.Answers(regions=regions, numb=numb, asked=0, words=_counted([one.word for one in those]), ids=ids)


def _counted(words: list[Word]) -> tuple[tuple[Word, int], ...]:
    """Each word with how often, in the order in which they were first said."""
    return tuple((word, words.count(word)) for word in dict.fromkeys(words))


def seen(visit: Course) -> Iterator[say.Line]:
    """The skin, before, meanwhile and after; and the buttons that were tried."""
    checks = [(one.id, one.kept.event) for one in visit.moments if isinstance(one.kept.event, SkinChecked)]
    fresh = {(one.id, one.look.region, one.look.found) for one in findings(visit) if one.new}
    whens: tuple[When, ...] = ("before", "during", "after")
    for when in whens:
        those = [(id, event) for id, event in checks if event.when == when]
        if not those and when != "during":
            yield say.NotLooked(when=when)
        for id, event in those:
            yield from _looked(id, event.when, event.looks, fresh)
    yield from _practised(visit)


def _looked(id: str, when: When, looks: tuple[Look, ...], fresh: set[tuple[str, str, Found]]) -> Iterator[say.Line]:
    whole = together(look.region for look in looks if look.found == "intact")
    unseen = together(look.region for look in looks if look.found == "not_looked")
    if whole or unseen or not looks:
        between = tuple(f"foot.{side}" for side in SIDES if _between_the_toes(looks, side))
        yield say.SkinLooked(when=when, intact=whole, not_looked=unseen, between=between, ids=(id,))
    for look in looks:
        if look.found not in HARMLESS:
            new = (id, look.region, look.found) in fresh
            yield say.SkinFound(when=when, region=look.region, found=look.found, felt=look.felt, new=new, ids=(id,))


def _between_the_toes(looks: tuple[Look, ...], side: str) -> bool:
    """Did somebody look into all four gaps, each on its own?"""
    seen = {look.region for look in looks if look.found != "not_looked"}
    return set(_GAPS[side]) <= seen


def _practised(visit: Course) -> Iterator[say.Line]:
    tried = [(one.id, one.kept.event.word) for one in visit.moments if isinstance(one.kept.event, Drilled)]
    linked = tuple(one.id for one in visit.moments if isinstance(one.kept.event, Linked))
    if tried or linked:
        words = tuple(dict.fromkeys(word for _, word in tried))
        yield say.Practised(words=words, ids=tuple(id for id, _ in tried) or linked[:1])


def done(visit: Course, found: Ledger) -> Iterator[say.Line]:
    """Time, places, positions, warmth; what went wrong with the link; the therapist's words; slips."""
    yield say.HandsOn(
        seconds=found.seconds, open_end=visit.open_end, stray=len(visit.stray), adrift=len(visit.adrift),
        ids=(*visit.stray, *visit.adrift),
    )  # fmt: skip
    by_place: dict[tuple[str, ...], list[Dose]] = {}
    for dose in found.doses:
        by_place.setdefault(dose.regions, []).append(dose)
    for regions, doses in by_place.items():
        ids = tuple(dict.fromkeys(id for dose in doses for id in dose.ids))
        yield say.Done(regions=regions, doses=tuple((one.work, one.level, one.seconds) for one in doses), ids=ids)
    for one in visit.moments:
        if isinstance(one.kept.event, Turned):
            yield say.Lay(position=one.kept.event.position, after=one.after, ids=(one.id,))
    yield from _warm(visit)
    yield from _link(visit)
    whose = _marked(visit)
    for one in visit.moments:
        if isinstance(one.kept.event, Noted):
            who = one.kept.who if len(whose) > 1 else ""
            yield say.Written(words=one.kept.event.words, after=one.after, who=who, ids=(one.id,))
    if len(whose) > 1:
        for who, those in whose.items():
            kinds = [str(one.kept.event.__struct_config__.tag) for one in those]
            marked = tuple((kind, kinds.count(kind)) for kind in dict.fromkeys(kinds))
            yield say.MarkedBy(who=who, marked=marked, ids=tuple(one.id for one in those))
    yield from _slips(visit)


def _marked(visit: Course) -> dict[str, list[Moment]]:
    """By whoever sent it: the opening, and all that a hand marked."""
    found: dict[str, list[Moment]] = {}
    for one in visit.moments:
        if one.kept.who and (one.kept.event.by == "therapist" or isinstance(one.kept.event, Opened)):
            found.setdefault(one.kept.who, []).append(one)
    return found


def _warm(visit: Course) -> Iterator[say.Line]:
    off = {
        one.kept.event.to: one.kept.event for one in reversed(visit.moments) if isinstance(one.kept.event, WarmedOff)
    }
    for one in visit.moments:
        event = one.kept.event
        if isinstance(event, Warmed):
            taken = off.get(event.id)
            lay = None if taken is None else max(0.0, (moment(taken.at) - moment(event.at)).total_seconds())
            yield say.WarmLaid(
                regions=together(event.regions), source=event.source, celsius=event.celsius, clock=event.seconds,
                seconds=lay, early=taken is not None and taken.early, ids=(event.id, *((taken.id,) if taken else ())),
            )  # fmt: skip


def _link(visit: Course) -> Iterator[say.Line]:
    """The link was lost from a `Lost` to the next `Linked`."""
    since: Moment | None = None
    times, away, ids = 0, 0.0, []
    for one in visit.moments:
        if isinstance(one.kept.event, Lost) and since is None:
            since, times = one, times + 1
            ids.append(one.id)
        elif isinstance(one.kept.event, Linked) and since is not None:
            away += max(0.0, (moment(one.kept.event.at) - moment(since.kept.event.at)).total_seconds())
            since = None
            ids.append(one.id)
    if times:
        yield say.LinkLost(times=times, seconds=None if since else away, ids=tuple(ids))


def _slips(visit: Course) -> Iterator[say.Line]:
    for kept in visit.taken_back:
        event = kept.event
        if event.__struct_config__.tag != "taken_back":
            word = event.word if isinstance(event, Said | Drilled) else None
            yield say.Slip(kind=str(event.__struct_config__.tag), word=word, ids=(event.id,))


def assessed(visit: Course, found: Ledger) -> Iterator[say.Line]:
    """How it was answered, which limits held, what was gone beyond, what was found without having been felt."""
    yield from _check_ins(found.check_ins)
    for stop in visit.stops:
        yield say.Stopped(
            after=stop.after, seconds=stop.seconds, again=len(stop.again), detail=stop.detail, words=stop.words,
            went_on=stop.went_on, hands=stop.place is not None, late=stop.late, ids=(stop.id, *stop.ids),
        )  # fmt: skip
    yield from _moved_on(visit, found.check_ins)
    for one in visit.moments:
        event = one.kept.event
        if isinstance(event, Rescreened):
            yield say.FoundMeanwhile(headline=event.headline, closed=event.closed, after=one.after, ids=(one.id,))
        elif isinstance(event, Ended) and event.why != "done":
            yield say.EndedEarly(why=event.why, ids=(one.id,))
    if visit.opened is not None and visit.opened.rules:
        yield say.RulesHeld(rules=visit.opened.rules, ids=(visit.opened.id,))
    yield from _levels(found)
    yield from worked_unseen(visit)
    yield from _not_felt(visit)


def _moved_on(visit: Course, check_ins: tuple[CheckIn, ...]) -> Iterator[say.Line]:
    """A silence that stayed one, and the hands went on all the same."""
    numbers = {one.id: number for number, one in enumerate(visit.moments)}
    for asked in check_ins:
        if asked.answered or asked.outcome != "silent":
            continue
        here = together(asked.regions)
        for one in visit.moments[numbers[asked.id] + 1 :]:
            event = one.kept.event
            if isinstance(event, Ended) or (isinstance(event, Moved) and together(event.regions) != here):
                to = together(event.regions) if isinstance(event, Moved) else ()
                ids = (*asked.ids, one.id)
                yield say.MovedOn(regions=here, to=to, numb=asked.numb, after=one.after, ids=ids)
                break


def _not_felt(visit: Course) -> Iterator[say.Line]:
    """Each finding once, however often it was looked at; one that was not felt stays so."""
    found: dict[tuple[str, Found], Look] = {}
    ids: dict[str, None] = {}
    for one in visit.moments:
        for look in one.kept.event.looks if isinstance(one.kept.event, SkinChecked) else ():
            if look.found not in HARMLESS:
                before = found.get((look.region, look.found))
                if before is None or look.felt is False or before.felt is None:
                    found[look.region, look.found] = look
                ids[one.id] = None
    total = tally(found.values())
    if total.found:
        yield say.FoundNotFelt(
            found=total.found, not_felt=total.not_felt, not_asked=total.not_asked, ids=tuple(ids)
        )  # fmt: skip


def _check_ins(those: tuple[CheckIn, ...]) -> Iterator[say.Line]:
    if those:
        count = [one.outcome for one in those].count
        yield say.CheckIns(
            asked=len(those), button=count("button"), aloud=count("aloud"), late=count("late"),
            none=count("silent") + count("open"), numb=sum(one.numb for one in those),
            ids=tuple(id for one in those for id in one.ids),
        )  # fmt: skip


def _levels(found: Ledger) -> Iterator[say.Line]:
    """The highest level of each place, places alike together; then what was beyond, and other limits set aside."""
    alike: dict[tuple[int, int | None], list[Highest]] = {}
    for one in found.highest:
        if not one.beyond:
            alike.setdefault((one.level, one.ceiling), []).append(one)
    for (level, ceiling), those in alike.items():
        regions = together(region for one in those for region in one.regions)
        yield say.Used(regions=regions, level=level, ceiling=ceiling, ids=tuple(id for one in those for id in one.ids))
    for one in found.beyond:
        yield say.WentBeyond(
            regions=one.regions, level=one.level, ceiling=one.ceiling or 0, crossing=one.crossing, ids=one.ids
        )  # fmt: skip
    shown = [one.crossing for one in found.beyond]
    for id, crossing in found.crossings:
        if crossing not in shown:
            yield say.SetAside(crossing=crossing, ids=(id,))


def next_time(visit: Course, found: Ledger, screening: Screening | None) -> Iterator[say.Line]:
    """Who must hear of it, lighter where less was asked for, the check on the next day, and the look at home."""
    advised = {one.id for one in screening.advice} if screening else set()
    reports = [name for name in _REPORTS if name in advised and _UNLESS.get(name) not in advised]
    yield from (say.Report(advice=name) for name in reports)
    if not reports:
        yield from _untold(visit)
    alone = tuple(left_alone(visit, screening.excluded if screening else ()))
    yield from alone
    yield from records_due(visit)
    yield from _lighter(visit, found, area_of(tuple(region for one in alone for region in one.regions)))
    if found.doses:
        yield say.AskTomorrow(levels=STEP["levels"].value, minutes=STEP["minutes"].value)
    numb = together(region for spell in visit.spells if spell.place.numb for region in spell.place.regions)
    if numb:
        yield say.LookAtHome(regions=numb)


def _lighter(visit: Course, found: Ledger, alone: int) -> Iterator[say.Line]:
    """One level below the lowest at which less was asked for. A STOP that was only for a pause asks for no less.

    `alone`: what is left alone next time anyhow; there the level holds once hands are back.
    """
    paused = {stop.id for stop in visit.stops if stop.detail == "pause"}
    lowest: dict[tuple[str, ...], Press] = {}
    for press in found.presses:
        if press.word in _LESS and press.place is not None and press.id not in paused:
            regions = together(press.place.regions)
            before = lowest.get(regions)
            if before is None or before.place is None or press.place.level < before.place.level:
                lowest[regions] = press
    for regions, press in lowest.items():
        if press.place is not None:
            at, later = press.place.level, _within(regions, alone)
            lighter = at - 1 if at else None
            yield say.NextLevel(
                regions=regions, level=lighter, at=at, word=press.word, later=later, ids=(press.id,)
            )  # fmt: skip


def _within(regions: tuple[str, ...], bits: int) -> bool:
    """Does all of it lie there? A region that nobody knows lies nowhere."""
    here = area_of(regions)
    return bool(here) and not here & ~bits


def _untold(visit: Course) -> Iterator[say.Line]:
    """What was found, where no screening has said whom to tell."""
    looks = [
        (one.id, look)
        for one in visit.moments
        if isinstance(one.kept.event, SkinChecked)
        for look in one.kept.event.looks
        if look.found not in HARMLESS
    ]
    if looks:
        ids = tuple(dict.fromkeys(id for id, _ in looks))
        yield say.TellFinding(regions=together(look.region for _, look in looks), ids=ids)
