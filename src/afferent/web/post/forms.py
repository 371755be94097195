"""What is filled in about messages: by the owner for the clinic, by the staff for one client."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from afferent.web.clinics.forms import ZONES
from afferent.web.post.models import CHANNELS, KINDS, NAMES, Manner
from afferent.web.post.plain import telling
from afferent.web.post.quiet import Quiet

_PHONE: Final = re.compile(r"\+?[0-9][0-9 ()/\-]{3,28}")
_TICK: Final = {"invalid_choice": "Choose one of the list."}
_WALL: Final = {"invalid": "Write a time such as 10:00.", "required": "Write a time such as 10:00."}


class Wall(forms.TimeField):
    """A time on the wall."""

    def __init__(self) -> None:
        super().__init__(input_formats=["%H:%M", "%H:%M:%S"], error_messages=_WALL)


class MannerForm(forms.ModelForm):
    """How the clinic sends."""

    days_before = forms.IntegerField(min_value=0, max_value=7)
    at = Wall()
    quiet_from = Wall()
    quiet_until = Wall()
    names = forms.ChoiceField(choices=list(NAMES.items()), error_messages=_TICK)

    class Meta:
        model = Manner
        fields = ["signs_as", "phone", "country", "remind", "days_before", "at", "quiet_from", "quiet_until", "names"]

    def clean_signs_as(self) -> str:
        name = " ".join(str(self.cleaned_data["signs_as"]).split())
        if found := telling(name):
            words = ", ".join(f"“{word}”" for word in dict.fromkeys(found))
            raise ValidationError(f"Whoever sees the telephone would learn something from {words}. Write it without.")
        if not name.isprintable():
            raise ValidationError("This name holds something that cannot be printed. Type it again.")
        return name

    def clean_phone(self) -> str:
        phone = str(self.cleaned_data["phone"]).strip()
        if phone and not _PHONE.fullmatch(phone):
            raise ValidationError("Write a telephone number, such as +49 30 1234567.")
        return phone

    def clean_country(self) -> str:
        code = str(self.cleaned_data["country"]).strip()
        if code and not re.fullmatch(r"\+[1-9][0-9]{0,3}", code):
            raise ValidationError("Write a country's code, such as +49 or +1.")
        return code

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        at, starts, ends = (given.get(name) for name in ("at", "quiet_from", "quiet_until"))
        if at and starts and ends and Quiet(starts, ends).covers(at):
            self.add_error("at", "This lies in the quiet hours. Choose a time outside them.")
        return given


class Wishes(forms.Form):
    """How a client wants messages. None ticked: none."""

    channels = forms.MultipleChoiceField(choices=list(CHANNELS.items()), required=False, error_messages=_TICK)
    kinds = forms.MultipleChoiceField(choices=list(KINDS.items()), required=False, error_messages=_TICK)
    zone = forms.ChoiceField(
        choices=[("", ""), *((zone, zone) for zone in ZONES)], required=False, error_messages=_TICK
    )
