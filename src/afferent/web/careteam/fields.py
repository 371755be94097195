"""The few fields in which a therapist chooses, or adds words: what every letter asks, and the kinds of field.

Ask here: `Fields` (the base of each letter's form: to whom it goes) and `words`, `choice`, `several`. Everything else
a letter says is composed. Nobody is asked to type what is stored.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from django import forms

from afferent.records.letters.paper import Recipient
from afferent.web.careteam.case import Case
from afferent.web.letters.models import Letter

_NAME: Final = {"required": "Say to whom it goes.", "max_length": "Write at most 80 letters."}


def words(label: str, most: int, *, rows: int = 1, hint: str = "", required: bool = False) -> forms.CharField:
    """A line, or a box with several."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows > 1 else forms.TextInput()
    faults = {"max_length": f"Write at most {most} letters: a letter is one page.", "required": "Write a few words."}
    return forms.CharField(
        label=label, max_length=most, required=required, help_text=hint, widget=widget, error_messages=faults,
    )  # fmt: skip


def choice(label: str, options: Iterable[tuple[str, str]] = (), *, hint: str = "", ask: str = "") -> forms.ChoiceField:
    """One of several. `ask`: what is said where nothing is chosen; without it nothing need be."""
    return forms.ChoiceField(
        label=label, choices=tuple(options), required=bool(ask), help_text=hint, widget=forms.RadioSelect(),
        error_messages={"required": ask, "invalid_choice": "Choose one of those shown."},
    )  # fmt: skip


def several(
    label: str, options: Iterable[tuple[str, str]] = (), *, hint: str = "", ask: str = ""
) -> forms.MultipleChoiceField:
    """Any of several."""
    return forms.MultipleChoiceField(
        label=label, choices=tuple(options), required=bool(ask), help_text=hint, widget=forms.CheckboxSelectMultiple(),
        error_messages={"required": ask, "invalid_choice": "Choose among those shown."},
    )  # fmt: skip


class Fold(NamedTuple):
    """Fields that stand behind one line until it is opened. `says`: what is filled in there, if it is short."""

    title: str
    fields: list[forms.BoundField]
    opened: bool
    says: str = ""


class Fields(forms.Form):
    """To whom it goes; filled in from the last letter of this client. `own`: the names of the letter's own fields.

    `folds`: those that few letters need, each few behind a line that says what they are, so that a phone shows first
    what every letter needs."""

    to_name = forms.CharField(label="Name", max_length=80, error_messages=_NAME)
    to_role = words("Role", 80, hint="Such as internal medicine.")
    to_address = words("Address", 200, rows=2)
    to_phone = words("Telephone", 40)
    to_fax = words("Fax", 40)
    to_email = forms.EmailField(label="E-mail", required=False)

    own: tuple[str, ...] = ()
    folds: tuple[tuple[str, tuple[str, ...]], ...] = ()
    TO: Final = ("to_name", "to_role", "to_address", "to_phone", "to_fax", "to_email")

    def __init__(self, case: Case, data: Any = None, start: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=last_receiver(case) | self.begins(case) | (start or {}))
        self.case = case

    def begins(self, case: Case) -> dict[str, Any]:
        """What stands in the letter's own fields at first."""
        return {}

    @property
    def folded(self) -> list[Fold]:
        """Open where something is filled in already, or cannot be."""
        rows = [(title, [self[one] for one in names]) for title, names in self.folds]
        return [Fold(title, of, any(one.errors or one.value() for one in of)) for title, of in rows]

    @property
    def reach(self) -> Fold:
        """How to reach whom it goes to: closed, and what is filled in stands on its line."""
        fields = [self[one] for one in self.TO[2:]]
        says = " · ".join(" ".join(str(one.value()).split()) for one in fields if one.value())
        return Fold("Address, telephone, fax, e-mail", fields, any(one.errors for one in fields), says)

    @property
    def said(self) -> dict[str, Any]:
        """What was filled in so far; what it began with where nothing was sent. Faulty fields are left out."""
        if self.is_bound:
            self.is_valid()
            return {name: self.cleaned_data.get(name) for name in self.fields}
        return {name: self.get_initial_for_field(one, name) for name, one in self.fields.items()}

    @property
    def to(self) -> Recipient:
        got = {key: " ".join(str(self.said.get(f"to_{key}") or "").split()) for key in ("name", "role", "phone", "fax")}
        lines = str(self.said.get("to_address") or "").splitlines()
        return Recipient(address=tuple(one.strip() for one in lines if one.strip()), **got)


def last_receiver(case: Case) -> dict[str, str]:
    """Of the last letter to the care team about this client; nothing where there is none."""
    row = Letter.objects.filter(client=case.client).exclude(kind="receipt").order_by("-made_at").first()
    if row is None:
        return {}
    to = row.body["to"] or {}
    told = {f"to_{key}": to.get(key, "") for key in ("name", "role", "phone", "fax")}
    return told | {"to_address": "\n".join(to.get("address", ())), "to_email": row.to_email}
