"""Words beside a medicine's name must never make a taken medicine disappear."""

from __future__ import annotations

import pytest

from afferent.knowledge.concepts import matcher


def concepts(text: str) -> set[str]:
    return {hit.concept.id for hit in matcher().drug(text)}


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("warfarin free sample", "anticoagulant_inr"),
        ("warfarin (free)", "anticoagulant_inr"),
        ("heparin 5000 units s.c., flush line", "anticoagulant"),
        ("Clexane 40 mg", "anticoagulant"),
        ("Marcumar", "anticoagulant_inr"),
        ("blood thinner", "anticoagulant"),
    ],
)
def test_a_medicine_is_found_whatever_stands_beside_it(text: str, concept: str) -> None:
    assert concept in concepts(text)


@pytest.mark.parametrize("text", ["heparin flush 10 units/mL", "Excedrin Aspirin Free", "aspirin-free"])
def test_what_treats_nobody_is_not_found(text: str) -> None:
    assert not concepts(text) & {"anticoagulant", "antiplatelet"}


def test_a_misspelt_name_points_to_the_known_one() -> None:
    assert matcher().misspelt("apixiban 5 mg") == "apixaban"
    assert matcher().misspelt("apixaban 5 mg") == ""
    assert matcher().misspelt("vitamin C") == ""
