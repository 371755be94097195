"""The foot check as a form for the therapist's tablet: both feet side by side, big answers, no script.

Ask here: `foot_check_form`, and `foot_check_card` for a recorded one. Fields are named as `records.foot_check` reads
them: `left.monofilament.big_toe`. Nothing is chosen beforehand; what is left open was not tested. The feet stand as
their soles face you, and each says its side.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Final

from msgspec import Struct

from afferent.knowledge import Knowledge
from afferent.knowledge.foot_tests import FootTest
from afferent.page.foot_card import foot_check_card
from afferent.page.foot_sole import sole
from afferent.page.icons import icon
from afferent.page.markup import EMPTY, Html, el, join
from afferent.records.foot_check import FootCheck
from afferent.records.foot_results import FEELING
from afferent.words.dates import day
from afferent.words.foot_check import ACROSS, FOOT, NEVER_CLEARS, SEEN, last_time
from afferent.words.vocabulary import STRENGTH, capital, counted

__all__ = ["FootForm", "foot_check_card", "foot_check_form"]

_TESTED: Final = (("felt", "Felt"), ("not_felt", "Not felt"), ("not_tested", "Not tested"))
_PULSES: Final = (("felt", "Felt"), ("not_felt", "Not felt"), ("unknown", "Not known"))
_YES_NO: Final = (("yes", "Yes"), ("no", "No"), ("unknown", "Not known"))
_GONE: Final = (("no", "Nothing"), ("part_of_foot", "Toes or part of the foot"), ("higher", "The foot or more"),
                ("unknown", "Not known"))  # fmt: skip
_ANSWERS: Final = {"pulses": _PULSES, "deformity": _YES_NO, "past_ulcer": _YES_NO, "amputation": _GONE}
_UNITS: Final = (("Cel", "°C"), ("[degF]", "°F"))
_HELP: Final = {
    "pulses": "Ask the clinic’s record; felt means both pulses of the foot. You are not expected to feel for them.",
    "deformity": "Claw toes, a fallen arch, a bunion, or joints that hardly move.",
    "past_ulcer": "An open sore on the foot that healed.",
    "amputation": "",
}


class FootForm(Struct, frozen=True):
    """Where the check is sent. `token`: the hidden field against forged requests. `given`: field -> what was sent.

    `faults`: field -> the sentence that says what was wrong. `last`: the check before this one.
    """

    action: str
    token: str
    given: Mapping[str, str] = {}
    faults: Mapping[str, str] = {}
    last: FootCheck | None = None


def foot_check_form(form: FootForm, knowledge: Knowledge, today: dt.date) -> Html:
    """The whole form. `today` stands in the field of the day until something else was sent."""
    return el(
        "form",
        el("input", type="hidden", name="csrfmiddlewaretoken", value=form.token),
        _faults(form),
        el("p", NEVER_CLEARS, class_="aside"),
        _who(form, today),
        [_feeling(form, name, knowledge) for name in FEELING],
        _temperature(form, knowledge),
        _seen(form),
        el("p", el("button", "Save the foot check", type="submit", class_="save")),
        class_="foot-check",
        method="post",
        action=form.action,
    )


def _faults(form: FootForm) -> Html:
    if not form.faults:
        return EMPTY
    text = f"{capital(counted(len(form.faults), 'field'))} to look at again. What you entered is kept."
    return el("p", text, class_="fault", role="alert")


def _who(form: FootForm, today: dt.date) -> Html:
    return _card(
        "Who looked, and when",
        "",
        el(
            "div",
            _field(form, "looked_by", "Who looked at the feet", form.given.get("looked_by", "")),
            _field(form, "date", "On which day", form.given.get("date") or today.isoformat(), type_="date"),
            _field(form, "helper", "Who helped, if somebody did", form.given.get("helper", "")),
            class_="fields",
        ),
    )


def _feeling(form: FootForm, name: str, knowledge: Knowledge) -> Html:
    test = knowledge.foot_tests[name]
    drawn = name != "tuning_fork"  # its place is on top of the toe

    def foot(side: str) -> Html:
        fields = [
            _asked(form, f"{side}.{name}.{place}" if drawn else f"{side}.{name}", number * drawn, one.words, _TESTED)
            for number, (place, one) in enumerate(test.places.items(), start=1)
        ]
        picture = sole(side, test.places, f"sole-{side}-{name}") if drawn else None
        return _foot(side, picture, fields)

    return _card(test.title, test.how, _feet(foot), _basis(test, knowledge))


def _temperature(form: FootForm, knowledge: Knowledge) -> Html:
    test = knowledge.foot_tests["skin_temperature"]

    def foot(side: str) -> Html:
        fields = []
        for number, (place, one) in enumerate(test.places.items(), start=1):
            field = f"{side}.temperature.{place}"
            fields.append(_field(form, field, _numbered(number, one.words), form.given.get(field, ""), decimal=True))
        return _foot(side, sole(side, test.places, f"sole-{side}-temperature"), [el("div", fields, class_="degrees")])

    unit = el(
        "fieldset",
        el("legend", "What does the thermometer show?"),
        _fault(form, "temperature_unit"),
        _radios(form, "temperature_unit", _UNITS),
        class_="question",
    )
    return _card(test.title, test.how, unit, _feet(foot), _basis(test, knowledge))


def _seen(form: FootForm) -> Html:
    def foot(side: str) -> Html:
        return _foot(
            side,
            None,
            [_asked(form, f"{side}.{field}", 0, title, _ANSWERS[field], _HELP[field]) for field, title in SEEN.items()],
        )

    return _card("Seen and told", "Look at sole and toes, ask the client and the clinic’s record.", _feet(foot))


def _card(title: str, how: str, *content: Html) -> Html:
    return el("section", el("h2", title), el("p", how, class_="aside") if how else None, content, class_="card")


def _feet(foot: Callable[[str], Html]) -> Html:
    return el("div", [foot(side) for side in ACROSS], class_="feet")


def _foot(side: str, picture: Html | None, fields: list[Html]) -> Html:
    return el("fieldset", el("legend", el("span", FOOT[side], class_="foot-side")), picture, fields, class_="foot")


def _asked(
    form: FootForm, field: str, number: int, words: str, choices: tuple[tuple[str, str], ...], helps: str = ""
) -> Html:
    return el(
        "fieldset",
        el("legend", _numbered(number, words)),
        el("p", helps, class_="changes") if helps else None,
        _before(form, field),
        _fault(form, field),
        _radios(form, field, choices),
        class_="question",
        aria_describedby=_fault_id(field) if field in form.faults else None,
    )


def _numbered(number: int, words: str) -> Html:
    """A place with its number on the sole; without one where no sole is drawn."""
    return join(el("span", str(number), class_="foot-place") if number else None, " ", capital(words))


def _radios(form: FootForm, field: str, choices: tuple[tuple[str, str], ...]) -> Html:
    return el(
        "div",
        [
            el(
                "label",
                el("input", type="radio", name=field, value=value, checked=form.given.get(field) == value),
                el("span", words),
                class_="answer",
            )
            for value, words in choices
        ],
        class_="answers answers-three" if len(choices) == 3 else "answers",
    )


def _field(
    form: FootForm, field: str, words: str | Html, value: str, *, type_: str = "text", decimal: bool = False
) -> Html:
    wrong = field in form.faults
    return el(
        "div",
        el(
            "label",
            el("span", words),
            el(
                "input", type=type_, name=field, value=value or None, size=8 if decimal else None,
                inputmode="decimal" if decimal else None, autocomplete="off",
                aria_invalid="true" if wrong else None, aria_describedby=_fault_id(field) if wrong else None,
            ),
            class_="field",
        ),
        _before(form, field) if decimal else None,
        _fault(form, field),
    )  # fmt: skip


def _before(form: FootForm, field: str) -> Html | None:
    told = last_time(form.last, field)
    return el("p", f"Last time, {day(form.last.date)}: {told}", class_="record") if form.last and told else None


def _fault(form: FootForm, field: str) -> Html | None:
    sentence = form.faults.get(field)
    return el("p", capital(sentence), class_="fault", id=_fault_id(field)) if sentence else None


def _fault_id(field: str) -> str:
    return f"fault-{field.replace('.', '-')}"


def _basis(test: FootTest, knowledge: Knowledge) -> Html:
    """From where on a result counts, and who says so."""
    sources = [
        el("li", el("a", knowledge.sources[key].title, href=knowledge.sources[key].url, rel="noreferrer"))
        for key in test.sources
    ]
    return el(
        "details",
        el("summary", icon("open", "turn"), el("span", "Where this comes from")),
        el("p", f"Counts {'from' if test.of else 'above'} {test.threshold:g} {test.says}."),
        el("p", f"Strength {test.strength}: {STRENGTH[test.strength]}."),
        el("p", f"Our default, no published source found: {test.ours}.") if test.ours else None,
        el("ul", sources, class_="sources"),
        class_="more",
    )
