"""The shapes of a measure: what is asked, how the answers become one number, and what that number may be used for.

The entries stand in `measures.toml`; `importable.toml` holds what a clinic may load under a licence of its own
(`records.own_measures`), `left_out.toml` what is not here and why. Nothing here scores (`outcomes.scoring`) or asks.
"""

from __future__ import annotations

from typing import Any, Final, Literal

from msgspec import Struct

Kind = Literal["0-10", "yes_no", "levels", "count", "minutes", "steps"]
Scoring = Literal["one", "sum", "mean", "key", "table"]
Better = Literal["lower", "higher", "none"]
Asked = Literal["before_visit", "after_visit", "daily", "weekly", "start", "end"]
Embed = Literal["yes", "likely", "definition only", "no"]

COUNTED: Final[frozenset[Kind]] = frozenset({"count", "minutes", "steps"})
ASKED_WORDS: Final[dict[Asked, str]] = {
    "before_visit": "before a visit", "after_visit": "after a visit", "daily": "each day", "weekly": "each week",
    "start": "at the start", "end": "at the end",
}  # fmt: skip


class Item(Struct, frozen=True, forbid_unknown_fields=True):
    """One question of a measure.

    `lo`, `hi`: the words at 0 and at 10. `levels`: the answers in order, numbered from `first`. `counts`: in a key, the
    answer that counts one point; without it the question is asked and not scored. `hint`: our words below the question.
    """

    id: str
    ask: str
    kind: Kind
    lo: str = ""
    hi: str = ""
    levels: tuple[str, ...] = ()
    first: int = 1
    counts: Literal["", "yes", "no"] = ""
    hint: str = ""


class Change(Struct, frozen=True, forbid_unknown_fields=True):
    """How large a change people call meaningful. Not `validated`: nobody has shown it for this measure, and it says so.

    `points` and `percent`: the least change that carries each word (percent of the score before). `reached`: where the
    score is itself a change, the worst score that counts as an important one.
    """

    says: str
    validated: bool = False
    points: dict[str, float] = {}
    percent: dict[str, float] = {}
    reached: float | None = None
    sources: tuple[str, ...] = ()


class Licence(Struct, frozen=True, forbid_unknown_fields=True):
    """May its words stand in open software? Without a source, `says` names it as our reading."""

    embed: Embed
    says: str
    sources: tuple[str, ...] = ()


class MeasureExample(Struct, frozen=True, forbid_unknown_fields=True):
    """Answers, and what must come of them: `then` holds `score`, `missing` (ids) or `refused` (a word of the fault)."""

    say: str
    answers: dict[str, Any]
    then: dict[str, Any]


class Measure(
    Struct, frozen=True, eq=False, forbid_unknown_fields=True, rename={"items": "item", "examples": "example"}
):
    """One measure; see measures.toml for every field.

    `scale`: recorded beside each score, for scores of two scales are never compared. `range`: the least and the most a
    score can be, from `times` the sum or the mean. `better`: which way is better for the person, "none" where a score
    judges nothing. `columns`: names of it in a table. `use`: what it is not for.
    """

    title: str
    scale: str
    recall: str
    scoring: Scoring
    range: tuple[float, float]
    better: Better
    asked: tuple[Asked, ...]
    items: tuple[Item, ...]
    change: Change
    licence: Licence
    examples: tuple[MeasureExample, ...]
    sources: tuple[str, ...] = ()
    times: float = 1
    table: dict[str, float] = {}
    intro: str = ""
    loinc: str = ""
    columns: tuple[str, ...] = ()
    use: str = ""
    id: str = ""

    @property
    def whole(self) -> bool:
        """Is a score always a whole number?"""
        return self.scoring not in ("mean", "table") and float(self.times).is_integer()

    def scored(self, item: Item) -> bool:
        """Does the answer to this question enter the score?"""
        return self.scoring != "key" or bool(item.counts)


class Importable(Struct, frozen=True, forbid_unknown_fields=True):
    """A published measure whose words are not here: how it is scored, so that a clinic cannot score it otherwise.

    `questions`: how many it has. The rest as in a `Measure`.
    """

    title: str
    questions: int
    scoring: Scoring
    range: tuple[float, float]
    better: Better
    says: str
    licence: Licence
    times: float = 1
    sources: tuple[str, ...] = ()
    id: str = ""


class LeftOut(Struct, frozen=True, forbid_unknown_fields=True):
    """A measure that is neither here nor importable, and why."""

    title: str
    why: str
    sources: tuple[str, ...] = ()
    id: str = ""
