"""The words of the intake: every fact a client can know is asked once, and no wording is long."""

from collections.abc import Iterator

import msgspec
import pytest

from afferent.errors import KnowledgeError
from afferent.knowledge import load
from afferent.knowledge.intake import LINES, intake_form
from afferent.knowledge.loader import FOLDER

KNOWLEDGE = load()
FORM = intake_form(KNOWLEDGE)
LONGEST = 20


def asked() -> list[str]:
    listed = [fact for screen in FORM.health.values() for fact in screen.items]
    alone = [name for name, screen in FORM.health.items() if not screen.items and name != LINES]
    return [*listed, *alone, *(layer.fact for layer in KNOWLEDGE.layers.values())]


def wordings(value, place: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, msgspec.Struct):
        yield from wordings(msgspec.structs.asdict(value), place)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in ("id", "when", "places"):
                yield from wordings(inner, f"{place}.{key}")


def test_every_critical_fact_is_asked_once_or_left_to_the_visit_with_a_reason() -> None:
    critical = [fact.id for fact in KNOWLEDGE.facts.values() if fact.critical and fact.kind != "derived"]
    assert critical
    for name in critical:
        assert asked().count(name) + (name in FORM.not_asked) == 1, name
    left = {name for name in critical if name in FORM.not_asked}
    assert left == {"platelets"}  # a blood test; everything else critical a client can tell


def test_nothing_is_asked_twice() -> None:
    assert len(asked()) == len(set(asked()))
    assert not set(asked()) & set(FORM.not_asked)


@pytest.mark.parametrize("part", ["parts", "help", "unsure", "ask", "cue", "layers", "layer", "health"])
def test_no_wording_is_long(part: str) -> None:
    for place, words in wordings(getattr(FORM, part), part):
        assert len(words.split()) <= LONGEST, (place, words)


def test_places_are_said_with_their_side() -> None:
    assert list(FORM.where("clot"))[-1] == ("lung", "A lung")
    assert ("pelvis.left.groin", "LEFT groin") in FORM.where("line")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('diabetes = "Diabetes"\n', ""), "diabetes: asked 0 times"),
        (('hba1c = "a blood test"', 'hba1c = "a blood test"\ndiabetes = "no"'), "diabetes: asked 2 times"),
        (('when = "kidney_failure"', 'when = "kidney_failur"'), "there is no fact 'kidney_failur'"),
        (('when = "kidney_failure"', 'when = "kidney_failure or"'), "end_stage_kidney"),
        (('then = "Which leg hurts?"\nplaces = "leg"', ""), "is a finding"),
        (('places = "chest" }', 'places = "breast" }'), "there are no places 'breast'"),
        (("\nleg_whole = \"groin\"", "\nleg_hole = \"groin\""), "leg_hole.left"),
    ],
)  # fmt: skip
def test_a_fault_is_named(tmp_path, change: tuple[str, str], says: str) -> None:
    text = (FOLDER / "intake.toml").read_text("utf-8")
    assert change[0] in text
    (tmp_path / "intake.toml").write_text(text.replace(*change), "utf-8")
    with pytest.raises(KnowledgeError, match=says):
        intake_form(KNOWLEDGE, tmp_path)
