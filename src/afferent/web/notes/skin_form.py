"""The look at the skin as a form: one card for each place, groups for each side, nothing chosen beforehand.

Ask here: `groups(touched)` (what the page shows) and `read(sent, groups, when)` (what was chosen, as looks, with a
sentence beside each card that cannot be read). It knows neither request nor database, and it takes nothing for granted:
a place that nobody chose anything for was not looked at, and a place that hands will be on must be answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, get_args

from msgspec import Struct
from msgspec.structs import replace

from afferent.body.names import short_name
from afferent.body.regions import AREA, LEAVES
from afferent.visit.events import Found, Look, When
from afferent.visit.sides import place
from afferent.visit.skin import HARMLESS, Spot, checklist
from afferent.visit.where import area_of, touches
from afferent.words.vocabulary import capital

WORDS: Final[dict[Found, str]] = {
    "intact": "Intact", "red": "Red", "open": "Open", "blister": "Blister", "swollen": "Swollen", "hot": "Hot",
    "callus": "Callus", "bruise": "Bruise, red dots", "pale": "Pale, blue or cold", "black": "Black",
    "wet": "Wet or split", "not_looked": "Not looked",
}  # fmt: skip
FELT: Final = {"yes": "Yes", "no": "No", "": "Not asked"}
MOST: Final = 60  # looks in one event
_PARTS: Final = {"foot": "foot", "hand": "hand"}
_BOTH: Final = "Choose what you saw, or “intact”, or “not looked”: not both."
_TOUCHED: Final = "Choose what you saw, or that nobody looked."
_NOTHING: Final = "Nothing is chosen yet. Open a place and choose what you saw."
_TOO_MANY: Final = "These are too many exact places for one look. Name fewer of them."


class Card(Struct, frozen=True):
    """One place. `parts`: where in it, as far as names go; `touched`: hands will be, or were, here."""

    key: str
    title: str
    regions: tuple[str, ...]
    parts: tuple[tuple[str, str], ...]
    touched: bool
    chosen: frozenset[str] = frozenset()
    felt: str | None = None
    at: frozenset[str] = frozenset()
    fault: str = ""


class Group(Struct, frozen=True):
    """The cards of one foot, one hand, or what else is touched."""

    key: str
    title: str
    cards: tuple[Card, ...]
    whole: bool = False

    @property
    def told(self) -> bool:
        """Is anything chosen, or wrong, in here?"""
        return self.whole or any(card.chosen or card.fault for card in self.cards)

    @property
    def touched(self) -> bool:
        return any(card.touched for card in self.cards)

    @property
    def all_touched(self) -> bool:
        return all(card.touched for card in self.cards)


class Sent(Struct, frozen=True):
    """What was read: the looks, or why not. `groups`: the form again, as it was sent."""

    looks: tuple[Look, ...]
    groups: tuple[Group, ...]
    fault: str = ""


def groups(touched: Iterable[str]) -> tuple[Group, ...]:
    """The form with nothing chosen."""
    here = tuple(touched)
    cards: dict[str, list[Card]] = {}
    titles: dict[str, str] = {}
    for spot in checklist(here):
        part = _PARTS.get(spot.id.partition("_")[0], "") if spot.side else ""
        key = f"{part}_{spot.side}" if part else "others"
        titles[key] = f"{spot.side.upper()} {part}" if part else "Other places"
        cards.setdefault(key, []).append(_card(spot, here))
    order = sorted(cards, key=lambda key: (key == "others", key.startswith("hand")))
    return tuple(Group(key, titles[key], tuple(cards[key])) for key in order)


def _card(spot: Spot, touched: tuple[str, ...]) -> Card:
    bits = area_of(spot.regions)
    inner = [leaf for leaf in LEAVES if not AREA[leaf] & ~bits]
    taken = "between" in spot.title
    parts = spot.regions if taken else [leaf for leaf in inner if not (spot.id == "foot_top" and ".web" in leaf)]
    named = tuple((region, capital(_named(region, spot))) for region in parts) if len(parts) > 1 else ()
    title = capital(spot.title or place(spot.regions))
    key = f"{spot.side}_{spot.id}" if spot.side else spot.id
    return Card(key, title, spot.regions, named, touches(spot.regions, touched))


def _named(region: str, spot: Spot) -> str:
    """ "heel", where the card says which sole; where it is wider, with the side."""
    if spot.side:
        return short_name(region)
    return place((region,))


def read(sent: Mapping[str, list[str]], form: Iterable[Group], when: When, *, marked: bool = False) -> Sent:
    """What was sent. `sent`: name of a field -> what was chosen in it. `marked`: findings wait already, so that nothing
    more needs to be chosen."""
    found: list[Look] = []
    again: list[Group] = []
    for group in form:
        whole = group.key in sent.get("whole", ())
        cards = []
        for card in group.cards:
            filled = _filled(card, sent)
            filled = replace(filled, fault=_fault(filled, whole, when))
            cards.append(filled)
            found += [] if filled.fault else _looks(filled, whole, when)
        again.append(replace(group, cards=tuple(cards), whole=whole))
    made = tuple(again)
    wrong = sum(bool(card.fault) for group in made for card in group.cards)
    fault = _summed(wrong) if wrong else "" if marked or _anything(made) else _NOTHING
    fault = _TOO_MANY if len(found) > MOST else fault
    return Sent(() if fault else tuple(found), made, fault)


def _summed(wrong: int) -> str:
    return (
        f"{'One place' if wrong == 1 else f'{wrong} places'} below still {'needs' if wrong == 1 else 'need'} an answer."
    )


def _anything(form: tuple[Group, ...]) -> bool:
    return any(group.whole or card.chosen for group in form for card in group.cards)


def _filled(card: Card, sent: Mapping[str, list[str]]) -> Card:
    felt = next(iter(sent.get(f"felt.{card.key}", ())), None)
    return replace(
        card,
        chosen=frozenset(sent.get(f"found.{card.key}", ())) & frozenset(get_args(Found)),
        felt=felt if felt in FELT else None,
        at=frozenset(sent.get(f"at.{card.key}", ())) & {region for region, _ in card.parts},
    )


def _fault(card: Card, whole: bool, when: When) -> str:
    if len(card.chosen) > 1 and card.chosen & HARMLESS:
        return _BOTH
    asked = card.touched and when != "during"  # in the middle of a visit only what is seen is written down
    return _TOUCHED if asked and not card.chosen and not whole else ""


def _looks(card: Card, whole: bool, when: When) -> Iterator[Look]:
    """One look for each region; a finding only at the exact places, where they were named."""
    found = [one for one in WORDS if one in card.chosen]
    if not found:
        if whole or when != "during":
            yield from (Look(region, "intact" if whole else "not_looked") for region in card.regions)
        return
    felt = {"yes": True, "no": False}.get(card.felt or "")
    for one in found:
        exact = [region for region, _ in card.parts if region in card.at] if one not in HARMLESS else []
        for region in exact or card.regions:
            yield Look(region, one, None if one in HARMLESS else felt)
