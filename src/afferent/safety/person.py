"""From statements to what is known: one value per fact, or unknown.

The stricter statement holds where two differ; a "no" against a drug, a code or a valid lab is a conflict that must
be asked about [safety-clarifications.md 15, 17]. A result that is too old, or dated in the future, is unknown. Where
only a hazard (chemotherapy) lets it count for less long, it is unknown too and clears nobody; but what it showed still
holds (`Person.last`), or one hazard more would make light of another [safety-clarifications.md 18].
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from afferent.body import areas
from afferent.body.regions import WHOLE
from afferent.knowledge import Knowledge
from afferent.knowledge.model import Fact
from afferent.safety.evidence import ELSEWHERE, NONE_OF_THESE, RECORDED, Clearance, Evidence
from afferent.safety.logic import Known, View, test
from afferent.safety.readings import TESTED, by_date, counted, worst

NEVER: Final = 10**7  # days since something that never happened: further back than any rule looks
LOW_PLATELETS: Final = 100  # 10*3/uL; below it a stale count still says "known low" [safety-clarifications.md 18]


class Person(Struct, frozen=True):
    """One person as known on one day. Values by fact id; a fact that is not in `values` is unknown.

    `values`: bool, number (unit of the fact), option, or whole days since a date. `places`: areas of each finding,
    one mask per place found; 0 among them, or none at all, means: (also) somewhere unknown. `raised`: facts that an
    entry brings up without settling. `last`: numbers that a hazard alone has made too old; they hold, and clear
    nothing. `conflicts`: facts on which statements contradict each other.
    """

    as_of: dt.date
    id: str = ""
    values: dict[str, Known] = {}
    places: dict[str, tuple[int, ...]] = {}
    evidence: dict[str, tuple[Evidence, ...]] = {}
    raised: dict[str, tuple[Evidence, ...]] = {}
    stale: dict[str, tuple[Evidence, ...]] = {}
    last: dict[str, float] = {}
    conflicts: frozenset[str] = frozenset()
    clearances: tuple[Clearance, ...] = ()
    not_understood: tuple[str, ...] = ()


def resolve(
    statements: Iterable[Evidence],
    knowledge: Knowledge,
    as_of: dt.date,
    *,
    id: str = "",
    clearances: Iterable[Clearance] = (),
    not_understood: Iterable[str] = (),
) -> Person:
    """What is known about one person on `as_of`, from everything stated. Order of the statements does not matter."""
    by_fact: dict[str, list[Evidence]] = {}
    for statement in statements:
        if statement.date is None or statement.date <= as_of:
            by_fact.setdefault(statement.fact, []).append(statement)
    table = _Table(knowledge, as_of)
    for name, found in by_fact.items():
        if knowledge.facts[name].kind != "number" and not knowledge.facts[name].detail_of:
            table.settle(knowledge.facts[name], found)
    for name, found in by_fact.items():  # details once it is known what they tell more of
        if knowledge.facts[name].kind != "number" and knowledge.facts[name].detail_of:
            table.settle(knowledge.facts[name], table.meant(knowledge.facts[name], found))
    for fact in knowledge.facts.values():
        if fact.implied_by:
            table.imply(fact)
    table.values["answers_conflict"] = bool(table.conflicts)
    for name, found in by_fact.items():  # numbers last: how long they count may hang on dates
        if knowledge.facts[name].kind == "number":
            table.settle(knowledge.facts[name], found)
    return Person(
        as_of=as_of, id=id, values=table.values, places=table.places, evidence=table.evidence, raised=table.raised,
        stale=table.stale, last=table.last, conflicts=frozenset(table.conflicts), clearances=tuple(clearances),
        not_understood=tuple(not_understood),
    )  # fmt: skip


class _Table:
    """Collects one value per fact while the statements are settled."""

    def __init__(self, knowledge: Knowledge, as_of: dt.date) -> None:
        self.knowledge = knowledge
        self.as_of = as_of
        self.values: dict[str, Known] = {}
        self.places: dict[str, tuple[int, ...]] = {}
        self.evidence: dict[str, tuple[Evidence, ...]] = {}
        self.raised: dict[str, tuple[Evidence, ...]] = {}
        self.stale: dict[str, tuple[Evidence, ...]] = {}
        self.last: dict[str, float] = {}
        self.conflicts: set[str] = set()

    def settle(self, fact: Fact, found: list[Evidence]) -> None:
        """Decide the value of one fact; leave it unknown where nothing that counts was said."""
        asking = tuple(e for e in found if e.value is None)
        said = _latest_answers([e for e in found if e.value is not None])
        if asking:
            self.raised[fact.id] = asking
        if fact.counts_for:
            fresh = [e for e in said if self._counts(fact, e)]
            if len(fresh) < len(said):
                self._too_old(fact, [e for e in said if e not in fresh])
                if fact.kind == "number" and len(fact.counts_for) > 1:
                    self._still_holds(fact, sorted(said, key=by_date), sorted(fresh, key=by_date))
            said = fresh
        if not said:
            return
        said.sort(key=by_date)
        match fact.kind:
            case "number":
                self._number(fact, said)
            case "date":
                self._date(fact, said)
            case "choice":
                worse = [e for e in said if e.value in fact.worse_options]
                self._keep(fact.id, (worse or said)[-1].value, worse or said[-1:])
            case _:
                self._yes_no(fact, said)

    def meant(self, fact: Fact, found: list[Evidence]) -> list[Evidence]:
        """ "None of these" said of a group does not deny a detail of something that is so: the detail is still open."""
        parent = self.values.get(fact.detail_of)
        if parent is None or parent is False or parent == NEVER:  # nought days since is not "no"
            return found
        return [one for one in found if one.value is not False or one.said != NONE_OF_THESE]

    def imply(self, fact: Fact) -> None:
        """Say yes to a fact that follows from others; a "no" to it is then a conflict."""
        if self.values.get(fact.id) is True or not test(fact.implied_by, self.knowledge)(
            View(self.values, self.places)
        ):
            return
        inputs = self.knowledge.inputs(fact.implied_by)
        if any(e.said != NONE_OF_THESE or e.kind != "answer" for e in self.evidence.get(fact.id, ())):
            self.conflicts.add(fact.id)
        self._keep(
            fact.id, True, [*self.evidence.get(fact.id, ()), *(e for n in inputs for e in self.evidence.get(n, ()))]
        )

    def _days(self, statement: Evidence) -> int:
        return (self.as_of - (statement.date or self.as_of)).days

    def _counts(self, fact: Fact, statement: Evidence) -> bool:
        days = self._days(statement)
        for age in fact.counts_for:
            if not age.when or test(age.when, self.knowledge)(View(self.values, self.places)):
                return days <= age.days
        return True

    def _too_old(self, fact: Fact, old: list[Evidence]) -> None:
        self.stale[fact.id] = tuple(old)
        low = [e for e in old if fact.id == "platelets" and e.number < LOW_PLATELETS]
        if low and self.values.get("low_platelets") is not True:
            self._keep("low_platelets", True, low)

    def _still_holds(self, fact: Fact, said: list[Evidence], fresh: list[Evidence]) -> None:
        """What would count if no hazard let it count for less long."""
        longest = fact.counts_for[-1]
        young = [e for e in said if self._days(e) <= longest.days]
        if young and not longest.when and (not fresh or worst(fact, young) != worst(fact, fresh)):
            self.last[fact.id] = worst(fact, young)

    def _keep(self, name: str, value: object, evidence: list[Evidence]) -> None:
        self.values[name] = value  # type: ignore[assignment]
        self.evidence[name] = tuple(evidence)

    def _number(self, fact: Fact, said: list[Evidence]) -> None:
        reading = counted(fact, said)
        self._keep(fact.id, reading.number, [reading])
        self._told(fact, reading, said)

    def _told(self, fact: Fact, reading: Evidence, said: list[Evidence]) -> None:
        """What was only told of a blood test never outweighs a result that still counts: the two are a conflict."""
        told = [e for e in said if e.kind not in RECORDED and e.value != reading.value]
        if fact.group == TESTED and reading.kind in RECORDED and told:
            worse = max if fact.worse == "high" else min
            if worse(e.number for e in told) != worse(e.number for e in (*told, reading)):
                self.conflicts.add(fact.id)
                self.evidence[fact.id] = (reading, *told)
            else:
                self._keep(fact.id, worse(e.number for e in told), told)

    def _date(self, fact: Fact, said: list[Evidence]) -> None:
        dates = [e for e in said if isinstance(e.value, dt.date) and e.value <= self.as_of]
        if not dates:
            if any(e.value is False for e in said):
                self._keep(fact.id, NEVER, [e for e in said if e.value is False])
            return
        latest = max(dates, key=lambda e: e.value)  # type: ignore[arg-type,return-value]
        self._keep(fact.id, (self.as_of - latest.value).days, [latest])  # type: ignore[operator]
        self._differ(fact.id, [e for e in said if e.value is False], dates)

    def _yes_no(self, fact: Fact, said: list[Evidence]) -> None:
        no = [e for e in said if e.value is False]
        yes = [e for e in said if e.value is not False]
        strict, mild = (no, yes) if fact.worse == "no" else (yes, no)
        self._keep(fact.id, (strict or mild) is yes, strict or mild)
        if strict and mild:
            self._differ(fact.id, mild, strict)
        if fact.kind == "finding" and self.values[fact.id] is True:
            self.places[fact.id] = _places(yes, fact)

    def _differ(self, name: str, no: list[Evidence], yes: list[Evidence]) -> None:
        """A client's "no" against something recorded. A normal test against felt numbness is no conflict."""
        if any(e.kind == "answer" for e in no) and any(e.kind in RECORDED for e in yes):
            self.conflicts.add(name)
            self.evidence[name] = tuple(yes + no)


def _latest_answers(said: list[Evidence]) -> list[Evidence]:
    """What was said last replaces what the same teller said before; other tellers and records stand beside it."""
    answers = [e for e in said if e.kind == "answer"]
    if len(answers) < 2:
        return said
    last: dict[str, dt.date] = {}
    for e in answers:
        last[e.teller] = max(by_date(e), last.get(e.teller, dt.date.min))
    return [e for e in said if e.kind != "answer" or by_date(e) == last[e.teller]]


def _places(yes: list[Evidence], fact: Fact) -> tuple[int, ...]:
    bounds = areas.part(fact.within) if fact.within else WHOLE
    masks: dict[int, None] = {}
    for statement in yes:
        if isinstance(statement.value, tuple):
            for place in statement.value:
                masks[_place(place, fact) & bounds] = None
        elif statement.teller:
            masks[0] = None  # a place that somebody else named does not say where this one is
    return tuple(masks)


def _place(place: str, fact: Fact) -> int:
    """A place by name; a bare side means that side of the fact's own part; `elsewhere` is somewhere, in no mask."""
    if place == ELSEWHERE:
        return 0
    if place in ("left", "right", "both"):
        return areas.part(fact.part, None if place == "both" else place)
    return areas.PLACES[place]
