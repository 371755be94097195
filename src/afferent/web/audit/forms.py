"""What the viewer may be asked for."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django import forms

from afferent.web.audit.actions import ACTIONS
from afferent.web.audit.lines import Wanted
from afferent.web.clinics.models import Clinic

_CLIENT: Final = {"invalid": "This is not the id of a client. It stands in the address of their page."}
_HASH: Final = {"invalid": "Type eight letters or more of the hash: 0–9 and a–f."}


class Filter(forms.Form):
    """By person, action, client and day; each may stay open."""

    person = forms.ChoiceField(required=False)
    action = forms.ChoiceField(required=False, choices=[("", "Everything"), *ACTIONS.items()])
    client = forms.UUIDField(required=False, error_messages=_CLIENT)
    day = forms.DateField(required=False, error_messages={"invalid": "Write the day as 2026-11-24."})
    before = forms.IntegerField(required=False, min_value=1)

    def __init__(self, clinic: Clinic, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = clinic.staff.select_related("user").order_by("user__name")
        everybody = [("", "Everybody"), *((f"user:{one.user_id}", one.user.name) for one in people)]
        self.fields["person"].choices = [*everybody, ("program", "The program")]

    def clean_day(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["day"]
        if day is not None and not 2000 <= day.year < 2100:
            raise forms.ValidationError("Write a day of this century, as 2026-11-24.")
        return day

    def wanted(self) -> Wanted:
        given = self.cleaned_data
        return Wanted(given.get("person", ""), given.get("action", ""), given.get("client"), given.get("day"))


class Written(forms.Form):
    """Number and hash of an entry that the owner wrote down earlier."""

    number = forms.IntegerField(required=False, min_value=1)
    hash = forms.RegexField("^[0-9a-f]{8,64}$", required=False, error_messages=_HASH)
