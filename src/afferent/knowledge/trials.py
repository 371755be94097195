"""Published trials of massage and its kin in neuropathy: one row for each outcome of each trial.

Ask here: `TrialRow`, whose fields are the columns of trials.csv, each with its meaning. An empty cell means "not seen",
never "not reported" and never nought. `trials_reader` reads and checks the table.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct

Condition = Literal["diabetic", "diabetes_other", "cipn", "hiv", "carpal_tunnel", "other"]
Technique = Literal["massage", "aroma_massage", "thai_massage", "reflexology", "acupressure", "bath", "other"]
Comparator = Literal["none", "usual", "active", "sham", "unstated", "uncontrolled", "unseen"]
Outcome = Literal[
    "pain", "neuropathy", "sensation", "function", "conduction", "skin", "heart", "mood", "sleep", "fatigue",
    "quality_of_life", "glucose", "feasibility",
]  # fmt: skip
Direction = Literal["better", "no_difference", "worse", "unclear", "within", "forms", "unseen"]
Kind = Literal["g", "points", "rr", "or", "rank_biserial", "within"]

Word: TypeAlias = Annotated[str, Meta(max_length=2000)]
Number: TypeAlias = Annotated[float, Meta(ge=-1e9, le=1e9)]
Spread: TypeAlias = Annotated[float, Meta(ge=1e-6, le=1e9)]
People: TypeAlias = Annotated[int, Meta(ge=1, le=10_000_000)]
Count: TypeAlias = Annotated[int, Meta(ge=0, le=10_000_000)]
Year: TypeAlias = Annotated[int, Meta(ge=1900, le=2100)]
Amount: TypeAlias = Annotated[float, Meta(ge=0, le=1e4)]


def _(text: str) -> Meta:
    return Meta(description=text)


class TrialRow(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One outcome of one trial. Only `trial`, `condition`, `technique`, `comparator` and `outcome` must be there."""

    trial: Annotated[Word, _("one name for one trial: all its rows have it, and count as one")]
    label: Annotated[Word, _("how it is called on a page; without one, by `trial`")] = ""
    author: Annotated[Word, _("first author, or who registered it")] = ""
    year: Annotated[Year | None, _("of publication")] = None
    country: Annotated[Word, _("where")] = ""
    registration: Annotated[Word, _("number in a registry")] = ""
    design: Annotated[Word, _("as the source calls it")] = ""
    randomised: Annotated[Literal["yes", "quasi", "no", "unclear"], _("were people drawn by lot")] = "unclear"
    blinding: Annotated[Word, _("who did not know, as the source says; empty: nothing seen")] = ""
    condition: Annotated[Condition, _("diabetes_other: people with diabetes in whom no neuropathy was asked for")]
    condition_said: Annotated[Word, _("the same more closely")] = ""
    population: Annotated[Word, _("who took part")] = ""
    people: Annotated[People | None, _("who took part in all arms together; for a plan, how many are wanted")] = None
    technique: Annotated[
        Technique, _("the class of what is asked about; tui na, connective tissue and Swedish: massage")
    ]
    technique_said: Annotated[Word, _("what was done, as the source says")] = ""
    comparator: Annotated[
        Comparator,
        _(
            "the class of what it was set against: none, usual care, another active thing (another site or form of "
            "massage too), a sham; unstated: a control nobody describes; uncontrolled: no comparison; unseen: not read"
        ),
    ]
    arm: Annotated[Word, _("the group that had it")] = ""
    arm_people: Annotated[People | None, _("how many were in it")] = None
    against: Annotated[Word, _("the group it was set against")] = ""
    against_people: Annotated[People | None, _("how many were in that")] = None
    region: Annotated[Word, _("where on the body")] = ""
    minutes: Annotated[Amount | None, _("a session")] = None
    per_week: Annotated[Amount | None, _("sessions a week")] = None
    weeks: Annotated[Amount | None, _("for how long")] = None
    sessions: Annotated[Count | None, _("altogether")] = None
    pressure: Annotated[Word, _("as the source says")] = ""
    by: Annotated[Word, _("whose hands")] = ""
    outcome: Annotated[tuple[Outcome, ...], _("the classes of what was measured, parted by ;")]
    outcome_said: Annotated[Word, _("the same as the source says")] = ""
    measure: Annotated[Word, _("the instrument; several parted by ;")] = ""
    scale: Annotated[Word, _("the family of instruments that may be pooled; without one, the instrument itself")] = ""
    better: Annotated[Literal["lower", "higher", ""], _("which way is better on it")] = ""
    when: Annotated[Word, _("at which time")] = ""
    mean_before: Annotated[Number | None, _("the arm before")] = None
    sd_before: Annotated[Spread | None, _("its standard deviation")] = None
    mean_after: Annotated[Number | None, _("the arm at that time")] = None
    sd_after: Annotated[Spread | None, _("its standard deviation")] = None
    against_mean_before: Annotated[Number | None, _("the other group before")] = None
    against_sd_before: Annotated[Spread | None, _("its standard deviation")] = None
    against_mean_after: Annotated[Number | None, _("the other group at that time")] = None
    against_sd_after: Annotated[Spread | None, _("its standard deviation")] = None
    change: Annotated[Number | None, _("after less before in the arm")] = None
    against_change: Annotated[Number | None, _("after less before in the other group")] = None
    change_in: Annotated[Literal["points", "percent", ""], _("what the changes are in")] = ""
    events: Annotated[Count | None, _("people in the arm who had what was counted")] = None
    against_events: Annotated[Count | None, _("people in the other group who had it")] = None
    t: Annotated[Number | None, _("t of the unpaired test between the groups, arm less the other")] = None
    u: Annotated[Number | None, _("U of the rank test between the groups")] = None
    kind: Annotated[
        Literal["g", "points", "rr", "or", "rank_biserial", "within", ""],
        _(
            "what `effect` is: standardised mean difference; points of the scale; ratio of risks or odds; "
            "rank-biserial correlation; within: a change in one group alone, in points"
        ),
    ] = ""
    effect: Annotated[Number | None, _("arm less the other group; a ratio as it is, not its logarithm")] = None
    low: Annotated[Number | None, _("lower end of its 95 % interval")] = None
    high: Annotated[Number | None, _("upper end")] = None
    derived: Annotated[Word, _("how the effect was worked out, where the source does not print it")] = ""
    p: Annotated[Word, _("as reported")] = ""
    direction: Annotated[
        Direction,
        _(
            "what the row says of the technique against its comparison: better, no_difference, worse; unclear: "
            "reported, but not settled; within: of one group alone; forms: of two forms or doses of it; unseen: no "
            "result was seen"
        ),
    ] = "unseen"
    found: Annotated[Word, _("the same in words")] = ""
    harms: Annotated[Word, _("what was reported of harm; empty: nothing seen")] = ""
    pool: Annotated[Literal["yes", "no"], _("may its figures be pooled with others of their kind")] = "yes"
    pool_why: Annotated[Word, _("why not, or with which reserve")] = ""
    read_from: Annotated[Word, _("abstract, registry, tables: what was read")] = ""
    notes: Annotated[Word, _("anything else that bears on it")] = ""
    source: Annotated[Word, _("key in sources.toml; in a table of one's own any reference")] = ""
    always: Annotated[
        Literal["yes", ""], _("shown on every page about the evidence: what speaks against is never left out")
    ] = ""

    @property
    def name(self) -> str:
        """How the trial is called on a page."""
        return self.label or self.trial

    @property
    def key(self) -> tuple[str, ...]:
        """What makes the row: no table may hold two with the same."""
        return (self.trial, self.arm, self.against, ";".join(self.outcome), self.measure, self.when)
