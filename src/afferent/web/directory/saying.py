"""The form of what a therapist says of themselves, made from the facts as they are published.

Ask here: `Saying(therapist, sent)`: `parts` for the page, `is_valid`, `change()` with what is different from before.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django import forms
from django.utils import timezone

from afferent.directory.change import Change
from afferent.directory.model import Known, Licence, Therapist
from afferent.directory.published import FactOf, published
from afferent.errors import InputError
from afferent.web.directory.shown import facts as shown_facts

_YES_NO: Final = (("", "Not said"), ("yes", "Yes"), ("no", "No"))
_WORDS: Final = {"True": "yes", "False": "no"}
_MOST: Final = 9999


class Saying(forms.Form):
    """One field for each fact that is not checked, and for the licence and the street."""

    street = forms.CharField(max_length=120, required=False)
    licence_state = forms.CharField(max_length=2, required=False)
    licence_number = forms.CharField(max_length=40, required=False)

    def __init__(self, therapist: Therapist, sent: Any = None) -> None:
        super().__init__(sent, initial=_before(therapist))
        self.therapist = therapist
        for name in _sayable(therapist):
            self.fields[name] = _field(published().facts[name])

    def clean_licence_state(self) -> str:
        state = str(self.cleaned_data["licence_state"]).strip().upper()
        if state and state not in published().jurisdictions:
            raise forms.ValidationError("Write two letters, such as MN.")
        return state

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("licence_number") and not given.get("licence_state"):
            self.add_error("licence_state", "Write which state gave the licence, such as MN.")
        return given

    @property
    def parts(self) -> list[dict[str, Any]]:
        """For the page: by part of the score, what can be said, and what was checked."""
        checked = {
            part["title"]: [one for one in part["known"] if one["stand"]["kind"] == "verified"]
            for part in shown_facts(self.therapist)
        }
        tables = published()
        of_part = {name: line.part for line in reversed(tables.lines.values()) for name in line.facts}
        return [
            {
                "title": title, "checked": checked[title],
                "fields": [
                    (self[name], tables.facts[name]) for name in tables.facts
                    if name in self.fields and of_part.get(name, next(iter(tables.parts))) == part
                ],
            }
            for part, title in tables.parts.items()
        ]  # fmt: skip

    def change(self) -> Change:
        """What is said otherwise than before."""
        today, said = timezone.now().date(), dict[str, Known | None]()
        for name in _sayable(self.therapist):
            value = _value(self.cleaned_data.get(name), published().facts[name])
            if value != _plain(self.therapist.fact(name)):
                said[name] = None if value is None else Known(value, "declared", today)
        more: dict[str, Any] = {}
        if self.cleaned_data["street"] != self.therapist.street:
            more["street"] = self.cleaned_data["street"]
        state, number = self.cleaned_data["licence_state"], self.cleaned_data["licence_number"]
        if (
            state
            and number
            and (state, number) not in [(one.jurisdiction, one.number) for one in self.therapist.licences]
        ):
            more["licence"] = Licence(state, number, "not known", "declared", today)
        return Change(said=said, **more)

    @staticmethod
    def email(text: str) -> str:
        """An address as it was typed. Raises InputError."""
        try:
            return str(forms.EmailField(max_length=254).clean(text.strip()))
        except forms.ValidationError:
            raise InputError("That is no e-mail address") from None


def _sayable(therapist: Therapist) -> list[str]:
    tables = published()
    return [name for name, of in tables.facts.items() if not of.counted and therapist.fact(name).standing != "verified"]


def _before(therapist: Therapist) -> dict[str, Any]:
    said = {name: _shown(therapist.fact(name)) for name in _sayable(therapist)}
    own = next((one for one in therapist.licences if one.standing == "declared"), None)
    licence = {"licence_state": own.jurisdiction, "licence_number": own.number} if own else {}
    return {"street": therapist.street, **licence, **said}


def _plain(known: Known) -> Any:
    """The value as a form gives it back, so that what was not touched is not said again."""
    return known.value if known.known else None


def _shown(known: Known) -> str:
    if not known.known:
        return ""
    if isinstance(known.value, tuple):
        return ", ".join(known.value)
    return _WORDS.get(str(known.value), str(known.value))


def _field(of: FactOf) -> forms.Field:
    if of.kind == "number":
        return forms.IntegerField(min_value=0, max_value=_MOST, required=False)
    if of.kind == "date":
        return forms.DateField(required=False)
    if of.kind == "words":
        return forms.CharField(max_length=200, required=False)
    choices = _YES_NO if of.kind == "yes_no" else (("", "Not said"), *((one, one) for one in of.options))
    return forms.ChoiceField(choices=choices, required=False)


def _value(given: Any, of: FactOf) -> Any:
    if given in (None, ""):
        return None
    if of.kind == "yes_no":
        return given == "yes"
    if of.kind == "words":
        return tuple(one.strip() for one in str(given).replace(";", ",").split(",") if one.strip())
    return given.isoformat() if isinstance(given, dt.date) else given
