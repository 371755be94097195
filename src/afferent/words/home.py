"""The home-touch card in words for the client and whoever touches them: where, how lightly, how long, when to stop.

Ask here: `card_words`. Short sentences, your LEFT and your RIGHT in capitals, no promise. Where the card names no place
it says why.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from afferent.body.regions import area
from afferent.visit.home import Because, HomeCard, HomePlace
from afferent.visit.sides import each_of_yours, loud, yours
from afferent.words.places import phrase
from afferent.words.vocabulary import LEVEL_MEANING, capital, counted, level

_WHY_NONE: Final[dict[Because, str]] = {
    "closed": "No touch at home for now. Something must be looked at first; your therapist has told you what.",
    "ask_first": "No touch at home yet. A question is still open; ask your therapist when it is answered.",
    "limits": "No place is open for touch at home today.",
    "numb": "No touch at home yet. Ask your clinician first whether a numb place may be touched at home.",
}
_OURS: Final = "How light and how long is our default: no published source was found."
_HOW: Final = (
    "With the whole, warm, dry hand and a plain lotion. Never between the toes.",
    "Slowly. Never press, rub, knead or use a tool, even if more seems fine.",
)
_STOP: Final = (
    "At once when you say stop, pull away or hold your breath. No reason is needed.",
    "At new tingling, burning, numbness or pain, anywhere.",
    "When the skin turns red, white, hot or swollen, or opens. Leave it alone and call your clinician today.",
    "When one leg or arm is newly swollen, hot or painful, or at a fever: no touch, and call your clinician today.",
    "At breathlessness, chest pain, a faint, sudden weakness or a drooping face: call the emergency number.",
)
_NEVER: Final = (
    "No heat and no cold: no hot-water bottle, no heat pad, no foot soak, no ice.",
    "No touch on open skin, on a blister, or on a leg or arm that is newly swollen, hot or painful.",
)
_NUMB: Final = "Where it is numb, feeling is not a guide. It does not tell you when it is too much, so the eyes must."
_NUMB_TOO: Final = ("Look again the next morning. A mirror or a second person helps.",)
_ASK_NUMB: Final = (
    "{}: not yet. Where it is numb, feeling is not a guide; ask your clinician first whether it may be touched at home."
)


class Part(Struct, frozen=True):
    """A heading and its lines."""

    title: str
    lines: tuple[str, ...]


class CardWords(Struct, frozen=True):
    """The card: `lead`, then its parts; without a place the lead alone."""

    title: str
    lead: str
    parts: tuple[Part, ...]


def card_words(card: HomeCard) -> CardWords:
    """The card in words."""
    if not card.places:
        return CardWords("Touch at home", _WHY_NONE[card.because], ())
    alone = [f"Leave alone: {loud(phrase(area(card.excluded), spans=False))}."] if card.excluded else []
    parts = (
        Part("Where, and how long", (*_where(card), *_waiting(card), *alone)),
        Part("How", (_how_light(card.places), *_HOW, _OURS)),
        Part("Look, before and after", tuple(_look(card))),
        Part("Stop", _STOP),
        Part("Never", _NEVER),
    )
    return CardWords("Touch at home", "Light touch may feel good. It does not repair nerves.", parts)


def _where(card: HomeCard) -> list[str]:
    """One line for each place that people call by one name."""
    by_minutes: dict[int, list[str]] = {}
    for place in card.places:
        by_minutes.setdefault(place.minutes, []).append(place.region)
    return [
        f"{capital(place)}: at most {counted(minutes, 'minute')} a day{', on each' * place.startswith('BOTH')}."
        for minutes, regions in by_minutes.items()
        for place in each_of_yours(regions)
    ]


def _waiting(card: HomeCard) -> list[str]:
    return [_ASK_NUMB.format(capital(yours(card.ask_numb)))] if card.ask_numb else []


def _how_light(places: tuple[HomePlace, ...]) -> str:
    most = min(place.level for place in places)
    return f"{capital(level(most))}: {LEVEL_MEANING[most]}."


def _look(card: HomeCard) -> list[str]:
    numb = tuple(place.region for place in card.places if place.numb)
    lines = ["Look at the skin on all sides: soles, between the toes, palms and between the fingers."]
    if numb:
        lines += [f"Numb: {yours(numb)}. {_NUMB}", *_NUMB_TOO]
    return lines
