"""The pages made of the knowledge are what the knowledge would make of them today."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from afferent.cli import VERBS
from afferent.knowledge import load
from afferent.records.own_measures import own_measures
from docs import build, evidence, outcomes, physiology

ROOT = Path(__file__).parent.parent.parent
KNOWLEDGE = load()


@pytest.mark.parametrize(
    ("page", "make"),
    [
        ("rules.md", build.rules),
        ("facts.md", build.facts),
        ("claims.md", build.claims),
        ("consents.md", build.consents),
        ("outcomes.md", outcomes.page),
    ],
)
def test_a_generated_page_is_up_to_date(page: str, make) -> None:
    assert (ROOT / "docs" / page).read_text("utf-8") == make(KNOWLEDGE), "run `make docs`"


def test_the_page_of_physiology_and_its_figures_are_up_to_date() -> None:
    assert (ROOT / "docs" / "physiology.md").read_text("utf-8") == physiology.page(KNOWLEDGE), "run `make docs`"
    for name, text in physiology.pictures().items():
        assert (ROOT / "docs" / "pictures" / f"{name}.svg").read_text("utf-8") == text, f"{name}: run `make docs`"


def test_the_page_of_the_trials_is_up_to_date() -> None:
    assert (ROOT / "docs" / "evidence.md").read_text("utf-8") == evidence.page(), "run `make docs`"


def test_a_measure_of_ones_own_is_read_as_it_is_printed(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(re.search(r"```toml\n(.*?)```", outcomes.page(KNOWLEDGE), re.DOTALL)[1], "utf-8")
    assert list(own_measures(tmp_path, KNOWLEDGE)) == ["warm_feet"]


def test_the_table_of_records_is_up_to_date() -> None:
    if not build.SYNTHEA.is_dir():
        pytest.skip("../shared/data/synthea is not here")
    assert (ROOT / "docs" / "records.md").read_text("utf-8") == build.records(KNOWLEDGE), "run `make docs`"


def test_every_verb_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert all(f"afferent {verb}" in readme for verb in VERBS)


@pytest.mark.parametrize("page", ["docs/premise.md", "CONTRIBUTING.md", "README.md", "GLOSSARY.md"])
def test_rules_and_advice_named_in_prose_exist(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    named = set(re.findall(r"`([A-Z]{2,}(?:-[A-Z0-9]+)+)`", text))
    sources = set(KNOWLEDGE.sources) | {"CARE-SVT"}
    unknown = {name for name in named if name not in KNOWLEDGE.rules and name not in sources}
    assert not unknown


def test_every_setting_of_the_clinic_is_explained() -> None:
    told = (ROOT / "docs" / "clinic.md").read_text("utf-8")
    read = "".join(
        path.read_text("utf-8") for path in (ROOT / "src" / "afferent").rglob("*.py") if "testing" not in path.parts
    )
    names = set(re.findall(r"environ(?:\.get\(|\[|\.setdefault\()\"((?:AFFERENT_|DATABASE)\w+)\"", read))
    assert names
    assert {name for name in names if f"`{name}`" not in told} == set()
