"""What a password may be: long, not among the common ones, and not made of the person's name or address."""

from __future__ import annotations

from typing import Final

from django.contrib.auth.password_validation import (
    UserAttributeSimilarityValidator,
    get_default_password_validators,
    validate_password,
)

from afferent.web.accounts.models import User

_NAMED: Final = UserAttributeSimilarityValidator(user_attributes=("name", "email"))  # Django's own knows no `name`


def check(password: str, user: User | None) -> None:
    """Raises Django's ValidationError, with a sentence for each thing that is wrong."""
    validate_password(password, user, [*get_default_password_validators(), _NAMED] if user else None)
