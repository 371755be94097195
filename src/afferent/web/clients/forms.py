"""A client's name, birth date and how to reach them. Nothing clinical, and nothing that is not needed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from afferent.records.dates import Span, age
from afferent.web.clients.models import Client

_REQUIRED = {"required": "Write the name the client goes by."}


class ClientForm(forms.ModelForm):
    """Only the given name must be known. `today` is passed in."""

    class Meta:
        model = Client
        fields = ["given", "family", "called", "born", "phone", "email"]
        labels = {
            "given": "Given name",
            "family": "Family name",
            "called": "Called",
            "born": "Birth date",
            "phone": "Telephone",
            "email": "E-mail",
        }
        help_texts = {
            "called": "What they like to be called, if it is another name.",
            "born": "Told apart by it when a record is brought. Leave empty if it is not known.",
            "email": "Not needed: links can be shown as a code or read aloud.",
        }
        widgets = {"born": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        error_messages = {"given": _REQUIRED}

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_born(self) -> dt.date | None:
        born = self.cleaned_data["born"]
        if born is None:
            return None
        if not dt.date(1900, 1, 1) <= born <= self.today:
            raise forms.ValidationError("This birth date cannot be right; write it like 1964-05-31.")
        if age(Span(born, born).last, self.today) < 18:
            raise forms.ValidationError("Afferent is for adults: nothing is worked out for a child.")
        return born
