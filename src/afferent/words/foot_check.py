"""The foot check in words: what each test found on each foot, how warm the feet are, and the foot category.

Ask here: `found` (one line for each test and side), `warmth`, `last_time` and `category_words`. "RIGHT foot 2.6 °C
warmer at the arch: have it looked at today." Never what a client has: a therapist tests to adapt, a physician names.
"""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

from afferent.knowledge import Knowledge
from afferent.records.foot_check import SIDES, FootCheck
from afferent.records.foot_results import FEELING, Difference, answers, differences, felt, lost, not_felt, one_sided
from afferent.safety.foot_category import FootCategory
from afferent.words.vocabulary import capital, listed

# lost: a finding that the rules read. well: nothing found. open: not known, or too little for either.
State = Literal["lost", "well", "open"]
FOOT: Final = {"left": "LEFT foot", "right": "RIGHT foot"}
ACROSS: Final = ("right", "left")  # as the soles face you
NEVER_CLEARS: Final = "Felt everywhere does not mean that nothing is numb: what the client says of numbness stands."
SEEN: Final = {
    "pulses": "Foot pulses, as a clinician found them",
    "deformity": "Deformity, or joints that hardly move",
    "past_ulcer": "An ulcer in the past",
    "amputation": "Something amputated",
}
VALUES: Final = {
    "felt": "felt", "not_felt": "not felt", "not_tested": "not tested", "unknown": "not known", "yes": "yes",
    "no": "no", "part_of_foot": "toes or part of the foot", "higher": "the foot or more of the leg",
}  # fmt: skip
_LOST: Final = {"not_felt", "yes", "part_of_foot", "higher"}
_DEFINED: Final = (
    "feeling and blood flow are good",
    "lost feeling or poor blood flow",
    "two of lost feeling, poor blood flow and deformity",
    "lost feeling or poor blood flow, and a past ulcer, an amputation or end-stage kidney disease",
)
_ASKED: Final = {
    "diabetes": "whether there is diabetes", "numb": "where it is numb", "monofilament_lost": "the monofilament",
    "touch_test_lost": "light touch on the toes", "vibration_lost": "the tuning fork",
    "pad_diagnosed": "narrowed leg arteries", "walking_leg_pain": "leg pain on walking", "foot_pulses": "foot pulses",
    "foot_deformity": "deformity", "past_foot_ulcer": "a past ulcer", "amputation": "an amputation",
    "end_stage_kidney": "end-stage kidney disease",
}  # fmt: skip


class FoundLine(Struct, frozen=True):
    """One test on one foot, or one place of warmth: `side` (empty: both feet together), `title`, `text`, `state`.

    `numb`: the test was lost, and the rules take the whole foot for numb.
    """

    side: str
    title: str
    text: str
    state: State
    numb: bool = False

    def __str__(self) -> str:
        return f"{FOOT[self.side]}, {self.title}: {self.text}" if self.side else self.text


class CategoryWords(Struct, frozen=True):
    """`sentence`, and what is not known (`open`, empty where nothing is)."""

    sentence: str
    open: str = ""


def found(check: FootCheck, knowledge: Knowledge) -> tuple[FoundLine, ...]:
    """One line for each test of each foot, then what was seen and told. What was not tested says so."""
    lines = [_feeling(check, name, side, knowledge) for name in FEELING for side in SIDES]
    return (*lines, *(_seen(check, field, side) for field in SEEN for side in SIDES))


def _feeling(check: FootCheck, name: str, side: str, knowledge: Knowledge) -> FoundLine:
    test = knowledge.foot_tests[name]
    by_answer: dict[str, list[str]] = {"not felt": [], "felt": [], "not tested": []}
    for place, answer in answers(check, name, side).items():
        word = {True: "felt", False: "not felt", None: "not tested"}[felt(answer, test)]
        by_answer[word].append(test.places[place].words)
    text = _together({word: places for word, places in by_answer.items() if places})
    if side in lost(check, name, knowledge):
        return FoundLine(side, test.title, f"{text}. The whole foot counts as numb.", "lost", numb=True)
    if not_felt(check, name, side, knowledge):
        return FoundLine(side, test.title, f"{text}. One toe alone is neither lost nor normal.", "open")
    return FoundLine(side, test.title, f"{text}.", "open" if by_answer["not tested"] else "well")


def _together(told: dict[str, list[str]]) -> str:
    """ "felt" where it was so everywhere; otherwise "not felt at: arch; felt at: heel"."""
    if len(told) == 1:
        return next(iter(told))
    return "; ".join(f"{word} at: {', '.join(places)}" for word, places in told.items())


def _seen(check: FootCheck, field: str, side: str) -> FoundLine:
    value = getattr(check.foot(side), field)
    state: State = "open" if value == "unknown" else "lost" if value in _LOST else "well"
    return FoundLine(side, SEEN[field], f"{VALUES[value]}.", state)


def warmth(check: FootCheck, knowledge: Knowledge) -> tuple[FoundLine, ...]:
    """Place by place: which foot is warmer and by how much. One measured on one foot only is named, not compared."""
    test = knowledge.foot_tests["skin_temperature"]
    lines = [
        FoundLine(
            "",
            test.title,
            _warmer(one, test.places[one.place].words, check) + _looked_at(one, test.threshold),
            "lost" if one.celsius > test.threshold else "well",
        )
        for one in differences(check)
    ]
    lines += [
        FoundLine("", test.title, f"{capital(test.places[place].words)}: measured on the {FOOT[side]} only.", "open")
        for place, side in one_sided(check).items()
    ]
    if lines and len(differences(check)) < len(test.places):
        lines.append(FoundLine("", test.title, "Not every place was measured on both feet.", "open"))
    return tuple(lines) or (FoundLine("", test.title, "Not measured.", "open"),)


def _warmer(one: Difference, place: str, check: FootCheck) -> str:
    if not one.warmer:
        return f"Both feet alike at the {place}"
    apart = f"{one.celsius:.1f} °C"
    if check.temperature_unit == "[degF]":
        apart += f" ({one.celsius * 9 / 5:.1f} °F)"
    return f"{FOOT[one.warmer]} {apart} warmer at the {place}"


def _looked_at(one: Difference, threshold: float) -> str:
    """A difference beyond the threshold is a reason to have it looked at, and no name for it."""
    return ": no massage; have it looked at today." if one.celsius > threshold else "."


def last_time(check: FootCheck | None, field: str) -> str:
    """What an earlier check holds in a field: "not felt", "31.5 °C"; empty where it holds nothing."""
    value: object = check
    for step in field.split("."):
        value = getattr(value, step, None)
    if check is None or value in (None, "", "not_tested", "unknown"):
        return ""
    if ".temperature." in field:
        return f"{value:g} {'°C' if check.temperature_unit == 'Cel' else '°F'}"
    return f"{value} of 3 answers wrong" if isinstance(value, int) else VALUES.get(str(value), str(value))


def category_words(of: FootCategory) -> CategoryWords:
    """The category in a sentence, and what may still raise it."""
    names = listed(_ASKED.get(name, name) for name in of.unknown)
    still = f"Not known yet: {names}." if names else ""
    match of.state:
        case "no_diabetes":
            return CategoryWords("The foot category of the IWGDF speaks of diabetes only.")
        case "known":
            return CategoryWords(f"IWGDF foot category {of.number}: {_DEFINED[of.number or 0]}.")
        case "at_least":
            higher = f"It may be up to {of.up_to}."
            return CategoryWords(
                f"IWGDF foot category {of.number} at least: {_DEFINED[of.number or 0]}.", f"{higher} {still}".strip()
            )
        case _:
            first = "Not known yet: whether there is diabetes." if "diabetes" in of.unknown else still
            return CategoryWords("The foot category of the IWGDF cannot be told yet.", first)
