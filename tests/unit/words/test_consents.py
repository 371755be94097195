"""How a consent stands, as it is said."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from afferent.knowledge import load
from afferent.records.consent import ConsentEntry, Standing
from afferent.words.consents import again_words, state_words, told

CONSENTS = load().consents


def entry(**changed: Any) -> ConsentEntry:
    stated = {"purpose": "heat_cold", "given": True, "on": dt.date(2026, 11, 22), "version": 2, "by": "client"}
    return ConsentEntry(**stated | changed)


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (Standing("given", entry()), "Agreed on 22 November 2026, wording 2"),
        (Standing("given", entry(by="helper")), "Agreed on 22 November 2026, wording 2, said with a helper"),
        (
            Standing("given", entry(by="therapist for the client")),
            "Agreed on 22 November 2026, wording 2, entered by the therapist for the client",
        ),
        (Standing("withdrawn", entry(given=False), agreed_before=True), "Withdrawn on 22 November 2026"),
        (Standing("withdrawn", entry(given=False)), "Said no on 22 November 2026"),
        (Standing("not_asked"), "Not asked yet"),
        (Standing("ask_again", entry(), ("the numb places changed",)), "Asked again: the numb places changed"),
        (
            Standing("ask_again", entry(), ("the wording changed", "the numb places changed", "a year has passed")),
            "Asked again: the wording changed, the numb places changed and a year has passed",
        ),
    ],
)
def test_one_sentence_for_each_state(one: Standing, words: str) -> None:
    assert state_words(one) == words


def test_the_clinics_own_words_take_their_place() -> None:
    treatment = CONSENTS["treatment"]
    plain, own = told(treatment, {}), told(treatment, {"cost": "A visit costs 60 euros.", "retention": " "})
    assert [one.title for one in own] == [one.title for one in plain]
    assert own[-1].says == "A visit costs 60 euros."
    assert plain[-1].says == "Ask us what a visit costs before you say yes."
    assert own[:-1] == plain[:-1]


def test_when_it_is_asked_again() -> None:
    assert again_words(CONSENTS["photos"]) == "We ask you again when this wording changes and after a year."
