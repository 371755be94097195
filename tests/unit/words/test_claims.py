"""The words around a claim that is not made."""

from __future__ import annotations

import pytest

from afferent.knowledge import load
from afferent.words.claims import ABOUT, how_certain, in_short, rests_on, said_instead

CLAIMS = load().claims


def test_certainty_is_ours_and_says_so() -> None:
    assert in_short(CLAIMS["lactate"]) == "Evidence: low certainty"
    assert how_certain(CLAIMS["lactate"]) == "Low: new studies are likely to change it (our reading)."


def test_nothing_found_is_not_called_a_certainty() -> None:
    assert in_short(CLAIMS["time_of_day"]) == "Evidence: none found"
    assert "Nothing was found" in how_certain(CLAIMS["time_of_day"])


def test_our_own_default_is_called_that() -> None:
    assert rests_on(CLAIMS["pressure_in_newtons"]) == "N – our default – no published source found"


def test_what_is_said_instead_may_be_nothing() -> None:
    assert said_instead(CLAIMS["lactate"]) == "nothing."
    assert said_instead(CLAIMS["blood_flow"]) == "Massage warms and reddens the skin for a while."


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=list(CLAIMS))
def test_every_claim_stands_under_a_heading_and_has_one_sentence(claim) -> None:
    assert claim.about in ABOUT
    assert said_instead(claim).count(". ") == 0
    assert said_instead(claim).endswith(".")
