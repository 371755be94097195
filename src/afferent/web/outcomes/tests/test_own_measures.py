"""A measure of the clinic's own is one TOML entry."""

from __future__ import annotations

from pathlib import Path

import pytest

from afferent.errors import InputError
from afferent.knowledge import load
from afferent.web.clinics.knowledge import in_force, with_own_measures

ENTRY = """
[itch]
title = "Itch"
scale = "0–10 numeric rating, itch on average, last 24 hours"
recall = "the last 24 hours"
scoring = "one"
range = [0, 10]
better = "lower"
asked = ["daily", "start", "end"]
item = [{ id = "itch", ask = "How strong was the itch?", kind = "0-10", lo = "no itch", hi = "worst possible itch" }]
columns = ["itch"]

[itch.change]
says = "Not validated."

[itch.licence]
embed = "yes"
says = "Ours."

[[itch.example]]
say = "Four"
answers = { itch = 4 }
then = { score = 4 }
"""


@pytest.fixture
def own(tmp_path: Path, settings) -> Path:
    path = tmp_path / "own.toml"
    path.write_text(ENTRY, "utf-8")
    settings.MEASURES = path
    return path


def test_one_entry_adds_a_measure_and_changes_no_rule(own, clinic) -> None:
    found = in_force(clinic)
    assert found.measures["itch"].title == "Itch"
    assert set(found.measures) - set(load().measures) == {"itch"}
    assert found.rules is load().rules
    assert in_force(clinic) is found


def test_it_can_be_agreed_on(own, ada, ruth) -> None:
    assert "Itch" in ada.get(f"/clients/{ruth.pk}/outcome/agree").content.decode()


def test_what_is_wrong_with_it_is_one_sentence(tmp_path) -> None:
    path = tmp_path / "own.toml"
    path.write_text("[nrs_pain]\ntitle = 'Ours'\n", "utf-8")
    with pytest.raises(InputError, match=r"own\.toml"):
        with_own_measures(load(), path)
