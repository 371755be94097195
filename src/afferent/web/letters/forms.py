"""What a therapist fills in: whom a request goes to, how a letter went out; and an owner: the head of the letters."""

from __future__ import annotations

from typing import Any, Final

from django import forms

from afferent.errors import InputError
from afferent.records.letters.pdf import LOGO
from afferent.web.documents.pictures import clean_picture
from afferent.web.letters.making import To
from afferent.web.letters.models import HOW, Head

_TOO_LARGE: Final = (
    f"As it would be printed the logo has more than {LOGO // 1000} kilobytes. Make it smaller, such as 600 dots wide, "
    "and try again."
)


class ToForm(forms.Form):
    """The receiver of a request, why massage, and how often."""

    name = forms.CharField(max_length=80, error_messages={"required": "Write who it goes to."})
    role = forms.CharField(max_length=80, required=False)
    fax = forms.CharField(max_length=40, required=False)
    phone = forms.CharField(max_length=40, required=False)
    email = forms.EmailField(required=False, error_messages={"invalid": "That is no e-mail address."})
    why = forms.CharField(max_length=200, required=False)
    rhythm = forms.CharField(max_length=80, required=False)

    @property
    def to(self) -> To:
        return To(**self.cleaned_data)


class SentForm(forms.Form):
    """How a letter went out, and to whom."""

    how = forms.ChoiceField(
        choices=[(name, words) for name, words in HOW.items() if name != "emailed"],
        error_messages={"required": "Choose how it went out.", "invalid_choice": "Choose how it went out."},
    )
    to = forms.CharField(max_length=200, error_messages={"required": "Write whom it went to."})


class HeadForm(forms.Form):
    """What stands at the head of the clinic's letters."""

    address = forms.CharField(max_length=300, required=False)
    phone = forms.CharField(max_length=40, required=False)
    fax = forms.CharField(max_length=40, required=False)
    email = forms.EmailField(required=False, error_messages={"invalid": "That is no e-mail address."})
    licences = forms.CharField(max_length=200, required=False)
    jurisdiction = forms.CharField(max_length=80, required=False)
    logo = forms.FileField(required=False)
    no_logo = forms.BooleanField(required=False)

    def clean_logo(self) -> bytes:
        sent: Any = self.cleaned_data["logo"]
        if not sent:
            return b""
        try:
            kept = clean_picture(sent.read()).bytes
        except InputError as error:
            raise forms.ValidationError(str(error)) from None
        if len(kept) > LOGO:  # as it will be printed: a picture made anew may be larger than the one that was sent
            raise forms.ValidationError(_TOO_LARGE)
        return kept

    def into(self, row: Head) -> None:
        """Set what was sent. A logo stays unless another one came, or none is wanted."""
        for name in ("address", "phone", "fax", "email", "licences", "jurisdiction"):
            setattr(row, name, self.cleaned_data[name])
        if self.cleaned_data["no_logo"]:
            row.logo = b""
        elif self.cleaned_data["logo"]:
            row.logo = self.cleaned_data["logo"]
