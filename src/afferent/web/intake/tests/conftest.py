"""A client with a phone on the first question."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from afferent.web.intake.tests.walk import Phone, begun


@pytest.fixture
def ruth(a_client: Callable[..., Any]) -> Any:
    return a_client("Ruth", "Amsler")


@pytest.fixture
def phone(ruth: Any) -> Phone:
    """Ruth's phone, begun."""
    return begun(ruth)
