"""What an owner fills in: the clinic, its staff. And what somebody fills in who comes by a link."""

from __future__ import annotations

import zoneinfo
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from afferent.web.accounts.models import User
from afferent.web.accounts.passwords import check
from afferent.web.clinics.models import LANGUAGES, MODES, ROLES, Clinic

_AREAS: Final = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
ZONES: Final = ["UTC", *sorted(name for name in zoneinfo.available_timezones() if name.split("/")[0] in _AREAS)]
_ZONE = {"required": "Choose where the clinic is.", "invalid_choice": "Choose one of the list."}
_MODE = {"required": "Choose one of the two."}


class Password(forms.Form):
    """A new password, twice."""

    password = forms.CharField(strip=False, max_length=200)
    again = forms.CharField(strip=False, max_length=200)

    def _about(self) -> User:
        return User(email=self.cleaned_data.get("email", ""), name=self.cleaned_data.get("name", ""))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        password = given.get("password")
        if password and given.get("again") and password != given["again"]:
            self.add_error("again", "The two are not the same. Type both again.")
        elif password:
            try:
                check(password, self._about())
            except ValidationError as error:
                self.add_error("password", error)
        return given


class NewPassword(Password):
    """A new password for somebody who has an account."""

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def _about(self) -> User:
        return self.user


class Join(Password):
    """Somebody new: their name and a password."""

    name = forms.CharField(max_length=120)
    field_order = ["name", "password", "again"]

    def __init__(self, email: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def _about(self) -> User:
        return User(email=self.email, name=self.cleaned_data.get("name", ""))


class First(Password):
    """The first clinic, and its owner."""

    clinic = forms.CharField(max_length=120)
    time_zone = forms.ChoiceField(choices=[(zone, zone) for zone in ZONES], error_messages=_ZONE)
    languages = forms.MultipleChoiceField(choices=list(LANGUAGES.items()))
    mode = forms.ChoiceField(choices=list(MODES.items()), error_messages=_MODE)
    name = forms.CharField(max_length=120)
    email = forms.EmailField(max_length=254)
    treats = forms.BooleanField(required=False)

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).strip().lower()
        if User.objects.filter(email=email).exists():
            raise ValidationError("There is an account with this address already. Use another one.")
        return email


class Settings(forms.ModelForm):
    """What the owner sets."""

    time_zone = forms.ChoiceField(choices=[(zone, zone) for zone in ZONES], error_messages=_ZONE)
    languages = forms.MultipleChoiceField(
        choices=list(LANGUAGES.items()), error_messages={"required": "Keep at least one language."}
    )
    retention_years = forms.IntegerField(min_value=1, max_value=100)
    lock_minutes = forms.IntegerField(min_value=5, max_value=60)

    class Meta:
        model = Clinic
        fields = ["name", "time_zone", "languages", "mode", "retention_years", "lock_minutes", "second_factor"]


class Member(forms.Form):
    """What somebody may do, and their licence."""

    roles = forms.MultipleChoiceField(
        choices=list(ROLES.items()), error_messages={"required": "Tick at least one role."}
    )
    licence = forms.CharField(max_length=120, required=False)
    checked_on = forms.DateField(required=False)

    def clean_checked_on(self) -> Any:
        day = self.cleaned_data["checked_on"]
        if day and day > timezone.localdate():
            raise ValidationError("This day has not come yet.")
        return day


class Invite(forms.Form):
    """Somebody to be invited."""

    name = forms.CharField(max_length=120)
    email = forms.EmailField(max_length=254)
    roles = forms.MultipleChoiceField(
        choices=list(ROLES.items()), error_messages={"required": "Tick at least one role."}
    )
    licence = forms.CharField(max_length=120, required=False)

    def __init__(self, clinic: Clinic, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clinic = clinic

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).strip().lower()
        if self.clinic.staff.filter(user__email=email, left_at=None).exists():
            raise ValidationError("Somebody with this address works here already.")
        return email
