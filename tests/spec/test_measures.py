"""Every worked example that stands beside a measure, run. `then` says score, missing (ids) or refused (words of the
fault)."""

from __future__ import annotations

import pytest

from afferent.knowledge import load
from afferent.knowledge.measures import Measure, MeasureExample
from afferent.outcomes.scoring import disagreement

EXAMPLES = [
    pytest.param(measure, example, id=f"{measure.id}: {example.say}")
    for measure in load().measures.values()
    for example in measure.examples
]


@pytest.mark.parametrize(("measure", "example"), EXAMPLES)
def test_example(measure: Measure, example: MeasureExample) -> None:
    assert disagreement(measure, example) == ""
