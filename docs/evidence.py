"""docs/evidence.md: what the trials say, and how they may be put together, made of the tables themselves.

Ask here: `page`. The prose stands in docs/templates/evidence.md; here are the tables. Written by `python -m
docs.build`; a test fails while it is not what this would write.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from afferent.knowledge.reviews import reviews
from afferent.knowledge.trials import TrialRow
from afferent.knowledge.trials_reader import columns, trials
from afferent.words.trial_terms import COMPARATOR, CONDITION, TECHNIQUE
from afferent.words.trials import judged_line, pool_size, pool_words, yardstick_line

TEMPLATE = Path(__file__).parent / "templates" / "evidence.md"


def page() -> str:
    """The whole page."""
    text = TEMPLATE.read_text("utf-8")
    return "# What the trials say\n\nMade by `make docs`.\n\n" + re.sub(r"\{\{(\w+)\}\}", lambda m: PARTS[m[1]](), text)


def _answers() -> str:
    return "\n".join(f"- **{one.title}.** {one.answer}" for one in reviews().conditions.values())


def _placebo() -> str:
    return " ".join(
        yardstick_line(one) for one in reviews().yardsticks.values() if one.measure in ("points", "percent")
    )


def _trials() -> str:
    by_trial: dict[str, list[TrialRow]] = {}
    for row in trials():
        by_trial.setdefault(row.trial, []).append(row)
    lines = ["| trial | people | condition | what | against | found | read from |", "|---|---|---|---|---|---|---|"]
    return "\n".join([*lines, *(_trial(rows) for rows in by_trial.values())])


def _trial(rows: list[TrialRow]) -> str:
    first = rows[0]
    found = "; ".join(dict.fromkeys(f"{_measured(row)}: {row.found}" for row in rows if row.found)) or "no result seen"
    sources = " ".join(dict.fromkeys(_link(row.source) for row in rows))
    cells = (
        first.name, str(first.people or ""), CONDITION[first.condition], TECHNIQUE[first.technique],
        first.against or COMPARATOR[first.comparator], found, sources,
    )  # fmt: skip
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _measured(row: TrialRow) -> str:
    return row.measure or row.outcome_said


def _link(key: str) -> str:
    return f"[{key}]({reviews().sources[key].url})"


def _pools() -> str:
    lines = ["| what | against | effect | | |", "|---|---|---|---|---|"]
    for pool in reviews().pools.values():
        against = "not seen" if pool.comparator == "unstated" else COMPARATOR[pool.comparator]
        effect = f"{pool_words(pool)}, {pool.better} is better"
        lines.append(f"| {pool.title} | {against} | {effect} | {pool_size(pool)}. {pool.says} | {_link(pool.source)} |")
    return "\n".join(lines)


def _yardsticks() -> str:
    return "\n".join(f"- {yardstick_line(one)} {_link(one.source)}" for one in reviews().yardsticks.values())


def _certainty() -> str:
    return "\n".join(f"- {judged_line(one)}" for one in reviews().certainty.values())


def _columns() -> str:
    return "\n".join(["| column | |", "|---|---|", *(f"| `{name}` | {says} |" for name, says in columns().items())])


PARTS: dict[str, Callable[[], str]] = {
    "answers": _answers,
    "placebo": _placebo,
    "trials": _trials,
    "pools": _pools,
    "yardsticks": _yardsticks,
    "certainty": _certainty,
    "columns": _columns,
}
