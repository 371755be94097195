"""Ruth, who agreed to photos; a therapist; and a picture of hers that is kept."""

from __future__ import annotations

import pytest
from django.test import Client as Browser

from afferent.web.clients.models import Client
from afferent.web.clinics.clock import today
from afferent.web.clinics.models import Clinic
from afferent.web.consents import asking
from afferent.web.documents.models import Document
from afferent.web.documents.tests.made import Make, add


@pytest.fixture
def ruth(a_client: Make, clinic: Clinic) -> Client:
    """Ruth agreed to photos."""
    made = a_client()
    asking.give(made, "photos", 1, on=today(clinic), actor="user:1")
    return made


@pytest.fixture
def browser(signed_in: Make) -> Browser:
    return signed_in("therapist")


@pytest.fixture
def kept(browser: Browser, ruth: Client) -> Document:
    add(browser, ruth)
    return Document.objects.get()
