"""A draft letter of medical necessity: what was measured, the agreed goal, progress. A clinician states the rest.

Ask here: `NeedFields`, `necessity`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from afferent.records.letters.necessity import Necessity
from afferent.web.careteam import said
from afferent.web.careteam.case import Case, sealed
from afferent.web.careteam.fields import Fields, words
from afferent.words.consents import long_day
from afferent.words.letters import say
from afferent.words.outcome import about
from afferent.words.outline import frequency
from afferent.words.vocabulary import capital, counted

_THEIRS = "Only as the clinician stated it. Empty: a line for them to fill."


class NeedFields(Fields):
    """What the clinician stated, and how often for how long."""

    why = words("Why massage", 300, rows=2)
    condition = words("Condition", 150, hint=_THEIRS)
    code = words("Code", 60, hint=_THEIRS)
    impaired = words("More that is impaired", 200, rows=2, hint="What the client cannot do because of it.")
    rhythm = words("How often", 120, rows=2)
    duration = words("For how long", 80, hint="Such as “six weeks”.")
    own = ("why", "condition", "code", "impaired", "rhythm", "duration")

    def begins(self, case: Case) -> dict[str, Any]:
        return {"why": said.why(case), "rhythm": capital(frequency(case.knowledge).rstrip("."))}


def necessity(case: Case, form: Fields) -> Necessity:
    """The letter as it would be kept now."""
    given = form.said
    impaired = [*_impaired(case), *([given["impaired"]] if given.get("impaired") else [])]
    return sealed(
        case, Necessity, form.to, said.facts(case), why=given.get("why") or "", condition=given.get("condition") or "",
        code=given.get("code") or "", impairment=" ".join(impaired), goal=_goal(case),
        frequency=given.get("rhythm") or "", duration=given.get("duration") or "", progress=_progress(case),
        studies=tuple(_studies(case)),
    )  # fmt: skip


def _impaired(case: Case) -> Iterator[str]:
    """Each measure as it was first scored."""
    for one in said.scores(case):
        day, value = one.points[0]
        yield say("impaired_line", title=one.title, value=f"{value:g}", high=f"{one.high:g}", day=long_day(day))


def _goal(case: Case) -> str:
    standing, measure = case.outcome.standing, said.judged(case)
    if standing is None or measure is None:
        return ""
    points = about(measure).size(standing.agreement.points)
    visits = counted(standing.agreement.visits, "visit")
    return say("goal_line", title=measure.title, points=points, visits=visits)


def _progress(case: Case) -> str:
    """First and last score of each measure, and what the agreed rule says."""
    lines = [
        say("score_line", title=one.title, first=f"{one.points[0][1]:g}", first_day=long_day(one.points[0][0]),
            last=f"{one.points[-1][1]:g}", last_day=long_day(one.points[-1][0]))
        for one in said.scores(case)
        if len(one.points) > 1
    ]  # fmt: skip
    return "\n".join(part for part in (f"{'; '.join(lines)}." if lines else "", said.verdict(case)) if part)


def _studies(case: Case) -> Iterator[str]:
    """What studies found of the work that was done here, with how certain it is."""
    done = dict.fromkeys(one.work for each in case.series.ledgers for one in each.doses)
    for name in done or ("effleurage",):
        work = case.knowledge.library.get(name)
        if work is not None and work.evidence:
            yield say("study_line", work=capital(work.title), says=work.evidence, certainty=work.certainty)
