"""Answers as big buttons that work without script. The report has none; the web puts them under every question.

Ask here: `AnswerForm` (where answers go, what was answered, what was wrong) and `controls` for one fact. The names of
the fields are fixed: `answer.FACT`, `where.FACT`, `unit.FACT`, `on.FACT`, `none_of` (a group), and `asked` (the facts
that stood on the card: "none of these" speaks of them and of no other).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from html import escape
from typing import Final

from msgspec import Struct

from afferent.body.names import name
from afferent.body.regions import SIDES
from afferent.knowledge.model import Fact
from afferent.page.icons import icon
from afferent.page.markup import Html, el, join
from afferent.words.vocabulary import capital

# Where a finding without a part of its own may be: heading -> regions, S for the side.
PLACES: Final[dict[str, tuple[str, ...]]] = {
    "Foot": ("foot.S.sole", "foot.S.top", "ankle.S"),
    "Leg": ("leg.S.front", "leg.S.back", "knee.S", "thigh.S"),
    "Hand": ("hand.S.palm", "hand.S.back", "wrist.S"),
    "Arm": ("forearm.S", "elbow.S", "upper_arm.S", "shoulder.S"),
    "Trunk": ("chest.S", "abdomen.S", "back.S", "pelvis.S"),
    "Head": ("head_neck.S",),
}
UNITS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "10*3/uL": (("10*3/uL", "thousand per µL"), ("10*9/L", "× 10⁹ per litre"), ("/uL", "per µL")),
    "/uL": (("/uL", "per µL"), ("10*3/uL", "thousand per µL"), ("10*9/L", "× 10⁹ per litre")),
    "mg/dL": (("mg/dL", "mg/dL"), ("mmol/L", "mmol/L")),
    "Cel": (("Cel", "°C"), ("[degF]", "°F")),
    "%": (("%", "%"), ("mmol/mol", "mmol/mol")),
    "mm[Hg]": (("mm[Hg]", "mmHg"), ("kPa", "kPa")),
}  # fmt: skip


class AnswerForm(Struct, frozen=True):
    """Where answers are sent. `token`: the hidden field against forged requests. `given`: fact -> answers so far.

    `faults`: fact -> the sentence that says what was wrong with an answer. `none_of`: groups denied as a whole.
    """

    action: str
    token: str
    given: Mapping[str, tuple[str, ...]] = {}
    faults: Mapping[str, str] = {}
    none_of: tuple[str, ...] = ()


def hidden(form: AnswerForm) -> Html:
    return el("input", type="hidden", name="csrfmiddlewaretoken", value=form.token)


def controls(fact: Fact, form: AnswerForm) -> Html:
    """The answers to one question. "Not sure" is always among them."""
    given = form.given.get(fact.id, ())
    match fact.kind:
        case "number":
            return join(_number(fact, given))
        case "date":
            return join(_date(fact, given))
        case "choice":
            answers = [*fact.options.items(), ("unknown", "Not sure")]
            return _buttons(fact, [(value, capital(words)) for value, words in answers], given)
        case "finding":
            return join(_buttons(fact, _yes_no(fact), given), _where(fact, given))
        case _:
            return _buttons(fact, _yes_no(fact), given)


def _yes_no(fact: Fact) -> list[tuple[str, str]]:
    unsure = "Not seen" if fact.group == "skin" else "Not sure"
    return [("yes", "Yes"), ("no", "No"), ("unknown", unsure)]


def _buttons(fact: Fact, answers: list[tuple[str, str]], given: tuple[str, ...]) -> Html:
    look = "answers answers-three" if len(answers) == 3 else "answers"
    return _filled(_choices("radio", f"answer.{_NAME}", tuple(answers), look), fact, given)


def _where(fact: Fact, given: tuple[str, ...]) -> Html:
    """Which side or place; shown once "yes" is chosen."""
    if fact.part:
        return _filled(_which_side(), fact, given)
    marked = any(f'value="{escape(one)}"' in _which_place(False) for one in given)
    return _filled(_which_place(marked), fact, given)


# What is the same under every question but for the fact's name is built once, with `_NAME` where the name belongs.
_NAME: Final = "\0"


def _filled(template: str, fact: Fact, given: tuple[str, ...]) -> Html:
    """The template of this fact, with what was given chosen."""
    for value in given:
        choice = f'value="{escape(value)}"'
        template = template.replace(f"{choice}>", f"{choice} checked>")
    return Html(template.replace(_NAME, escape(fact.id)))


@lru_cache(maxsize=512)
def _choices(kind: str, field: str, answers: tuple[tuple[str, str], ...], look: str) -> Html:
    """Boxes or buttons, none of them chosen."""
    return el(
        "div",
        [
            el("label", el("input", type=kind, name=field, value=value), el("span", words), class_="answer")
            for value, words in answers
        ],
        class_=look,
    )


def _ticks(places: Iterable[tuple[str, str]]) -> Html:
    return _choices("checkbox", f"where.{_NAME}", tuple(places), "answers places")


@cache
def _which_side() -> Html:
    places = [(side, side.capitalize()) for side in SIDES]
    return el("fieldset", el("legend", "Which side? Choose both if both."), _ticks(places), class_="where")


@cache
def _which_place(marked: bool) -> Html:
    """Every place, by part of the body; open if one is `marked`."""
    groups = [
        el("fieldset", el("legend", heading), _ticks((r, capital(name(r))) for p in regions for r in _sides(p)))
        for heading, regions in PLACES.items()
    ]
    return el(
        "details",
        el("summary", icon("open", "turn"), el("span", "Where? Choose every place. Choose none if nobody knows.")),
        groups,
        class_="where",
        open=marked,
    )


def _sides(pattern: str) -> Iterator[str]:
    return (pattern.replace(".S", f".{side}") for side in SIDES)


def _number(fact: Fact, given: tuple[str, ...]) -> Iterator[Html]:
    value, chosen, day, *_ = (*given, "", "", "") if given != ("unknown",) else ("", "", "")
    units = UNITS.get(fact.unit, ())
    yield el(
        "div",
        el(
            "label",
            el("span", "Value"),
            el("input", type="text", inputmode="decimal", name=f"answer.{fact.id}", value=value, size=8),
            class_="field",
        ),
        el(
            "label",
            el("span", "Unit"),
            el(
                "select",
                [el("option", words, value=unit, selected=unit == chosen) for unit, words in units],
                name=f"unit.{fact.id}",
            ),
            class_="field",
        )
        if len(units) > 1 and not fact.plain
        else el("span", units[0][1] if units else "years" if fact.unit == "a" else "", class_="unit"),
        el("label", el("span", "Measured on"), el("input", type="date", name=f"on.{fact.id}", value=day or None),
           class_="field")
        if fact.counts_for
        else None,
        class_="fields",
    )  # fmt: skip


def _date(fact: Fact, given: tuple[str, ...]) -> Iterator[Html]:
    value = next((one for one in given if one not in ("unknown", "no")), "")
    yield el(
        "div",
        el(
            "label",
            el("span", "When? A year, a month or a day: 2026, 2026-11, 2026-11-05"),
            el("input", type="text", name=f"on.{fact.id}", value=value, size=12),
            class_="field",
        ),
        class_="fields",
    )
    yield _buttons(fact, [("no", "Never"), ("unknown", "Not sure")], given)
