"""The form with which the staff marks what it has checked.

Ask here: `Checking(therapist, sent)`, its `change(clinic)`.
"""

from __future__ import annotations

import hashlib
from typing import Any, Final

import msgspec
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from afferent.directory.change import Change
from afferent.directory.explain import fact_words
from afferent.directory.model import Known, Licence, LicenceStatus, Therapist
from afferent.directory.published import published

STATUS: Final[tuple[LicenceStatus, ...]] = ("active", "lapsed", "suspended", "revoked")


def _print(therapist: Therapist) -> str:
    """Of what the therapist says: another one as soon as any of it is said otherwise."""
    said = {name: fact.value for name, fact in sorted(therapist.facts.items()) if fact.standing == "declared"}
    return hashlib.sha256(msgspec.json.encode(said)).hexdigest()


class Checking(forms.Form):
    """Which facts that were said are so; or a licence with its status; the day, and the way it was checked."""

    facts = forms.MultipleChoiceField(required=False)
    seen = forms.CharField(max_length=64, required=False)
    licence_state = forms.CharField(max_length=2, required=False)
    licence_number = forms.CharField(max_length=40, required=False)
    licence_status = forms.ChoiceField(choices=[("", "–"), *((one, one) for one in STATUS)], required=False)
    on = forms.DateField(error_messages={"required": "Write the day on which it was checked."})
    how = forms.CharField(max_length=120, error_messages={"required": "Write how it was checked."})

    def __init__(self, therapist: Therapist, sent: Any = None) -> None:
        super().__init__(sent, initial={"on": timezone.now().date().isoformat(), "seen": _print(therapist)})
        self.therapist = therapist
        tables = published()
        said = [name for name in tables.facts if therapist.fact(name).standing == "declared"]
        words = {name: fact_words(name, therapist.fact(name), tables) or tables.facts[name].title for name in said}
        self.fields["facts"] = forms.MultipleChoiceField(required=False, choices=list(words.items()))

    def clean_on(self) -> Any:
        if self.cleaned_data["on"] > timezone.now().date():
            raise ValidationError("This day has not come yet.")
        return self.cleaned_data["on"]

    def clean_licence_state(self) -> str:
        state = str(self.cleaned_data["licence_state"]).strip().upper()
        if state and state not in published().jurisdictions:
            raise ValidationError("Write two letters, such as MN.")
        return state

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if bool(given.get("licence_state")) != bool(given.get("licence_status")):
            self.add_error("licence_status", "A licence needs its state and its status.")
        if given.get("facts") and given["seen"] != _print(self.therapist):
            raise ValidationError("What the therapist says has changed since this page was opened. Look at it again.")
        if not given.get("facts") and not given.get("licence_state"):
            raise ValidationError("Tick what you have checked, or write down a licence.")
        return given

    def change(self, clinic: str) -> Change:
        """As it is kept; the way names the clinic, for whoever reads the profile."""
        given = self.cleaned_data
        how = f"{given['how']} – {clinic}"
        more: dict[str, Any] = {}
        if given["licence_state"]:
            status: LicenceStatus = given["licence_status"]
            more["licence"] = Licence(
                given["licence_state"], given["licence_number"], status, "verified", given["on"], how
            )
        checked = {
            name: Known(self.therapist.fact(name).value, "verified", given["on"], how) for name in given["facts"]
        }
        return Change(checked=checked, **more)
