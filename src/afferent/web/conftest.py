"""Django for the tests of the web slices; nothing else needs to know."""

from __future__ import annotations

import os
from collections.abc import Iterator

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "afferent.web.settings")

import django
import pytest
from django.test import Client
from django.test.utils import setup_test_environment, teardown_test_environment

django.setup()


@pytest.fixture(autouse=True, scope="session")
def _test_environment() -> Iterator[None]:
    setup_test_environment()
    yield
    teardown_test_environment()


@pytest.fixture
def client() -> Client:
    """A browser without script."""
    return Client()
