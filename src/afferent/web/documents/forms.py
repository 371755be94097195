"""What is asked when a picture is added: what it shows, and the picture. What its file is called is never looked at."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from afferent.errors import InputError
from afferent.web.documents.pictures import MOST_BYTES, Picture, clean_picture

_NONE: Final = "Choose a picture: JPEG, PNG or WebP."
_LARGE: Final = f"The picture has more than {MOST_BYTES // 1024**2} megabytes. Make it smaller and try again."


class PictureForm(forms.Form):
    """A title and one picture. `cleaned_data["picture"]` is the picture made anew."""

    title = forms.CharField(
        max_length=120,
        error_messages={
            "required": "Write in a few words what the picture shows.",
            "max_length": "Write at most 120 letters.",
        },
    )
    picture = forms.FileField(
        max_length=None,
        allow_empty_file=False,
        error_messages={"required": _NONE, "invalid": _NONE, "empty": "This file is empty."},
    )

    def __init__(self, *args: Any, length: str = "", **kwargs: Any) -> None:
        """`length`: of the whole request. A file larger than may be held in memory never reaches the form."""
        super().__init__(*args, **kwargs)
        if length.isdecimal() and int(length) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
            self.fields["picture"].error_messages["required"] = _LARGE

    def clean_picture(self) -> Picture:
        sent: UploadedFile = self.cleaned_data["picture"]
        if sent.size is not None and sent.size > MOST_BYTES:
            raise forms.ValidationError(_LARGE)
        try:
            return clean_picture(sent.read())
        except InputError as error:
            raise forms.ValidationError(str(error)) from None
