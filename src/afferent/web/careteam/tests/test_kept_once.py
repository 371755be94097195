"""Two tabs with the same letter in the same words keep one of it."""

from __future__ import annotations

import uuid

from django.urls import reverse

from afferent.web.careteam.tests.test_writing import looked
from afferent.web.letters.models import Letter


def test_the_same_words_from_two_tabs_are_one_letter(ada, series, shares, joan) -> None:
    shares()
    where = reverse("careteam_write", args=[joan.pk, "progress"])
    sent = looked(ada, where)
    first = ada.post(where, sent)
    second = ada.post(where, sent | {"key": str(uuid.uuid4())})
    assert first["Location"] == second["Location"]
    assert Letter.objects.count() == 1
