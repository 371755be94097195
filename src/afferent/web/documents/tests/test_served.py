"""Pictures that are kept: who may see them, how they are served and listed, and what the audit says of it."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client as Browser
from django.urls import reverse

from afferent.web.audit.chain import digest
from afferent.web.audit.models import Entry
from afferent.web.clients.models import Client
from afferent.web.clinics.models import Clinic
from afferent.web.documents.keeping import keep
from afferent.web.documents.models import Document
from afferent.web.documents.pictures import clean_picture
from afferent.web.documents.sealing import is_sealed, seal
from afferent.web.documents.tests.made import Make, add, photo
from afferent.web.scope import inside


@pytest.mark.parametrize("role", ["desk", "owner"])
def test_only_therapists(role: str, signed_in: Make, kept: Document, ruth: Client) -> None:
    other = signed_in(role)
    sealed = seal(kept, other.member.user.pk)
    for address in (
        reverse("documents", args=[ruth.pk]),
        reverse("document", args=[ruth.pk, kept.pk]),
        reverse("picture", args=[ruth.pk, kept.pk]),
        reverse("preview", args=[ruth.pk, kept.pk, sealed]),
    ):
        assert other.get(address).status_code == 403
    assert add(other, ruth, photo((1, 2, 3))).status_code == 403
    assert Document.objects.count() == 1


def test_a_stranger_signs_in_first(client: Browser, kept: Document, ruth: Client) -> None:
    assert client.get(reverse("document", args=[ruth.pk, kept.pk])).status_code == 302


def test_another_clinic_finds_nothing(signed_in: Make, kept: Document, ruth: Client, a_client: Make) -> None:
    other = Clinic.objects.create(name="Elsewhere", second_factor=False)
    with inside(other.id):
        browser = signed_in("therapist", clinic=other)
        theirs = a_client("Otto")
    sealed = seal(kept, browser.member.user.pk)
    for who in (ruth, theirs):
        for address in (
            reverse("document", args=[who.pk, kept.pk]),
            reverse("picture", args=[who.pk, kept.pk]),
            reverse("preview", args=[who.pk, kept.pk, sealed]),
        ):
            assert browser.get(address).status_code == 404
    assert browser.get(reverse("documents", args=[ruth.pk])).status_code == 404


def test_another_client_of_the_clinic_does_not_have_it(browser: Browser, kept: Document, a_client: Make) -> None:
    other = a_client("Otto")
    assert browser.get(reverse("document", args=[other.pk, kept.pk])).status_code == 404
    assert browser.get(reverse("document", args=[other.pk, uuid.uuid4()])).status_code == 404


def test_the_file_is_saved_and_never_opened(browser: Browser, kept: Document, ruth: Client) -> None:
    answer = browser.get(reverse("document", args=[ruth.pk, kept.pk]))
    assert answer.content == bytes(kept.body)
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Disposition"] == f'attachment; filename="picture-{kept.at:%Y-%m-%d}.jpg"'
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Cache-Control"] == "no-store"


def test_a_preview_has_the_same_headers(browser: Browser, kept: Document, ruth: Client) -> None:
    answer = browser.get(reverse("preview", args=[ruth.pk, kept.pk, seal(kept, browser.member.user.pk)]))
    assert answer.content == bytes(kept.preview)
    for name, words in {
        "Content-Type": "image/jpeg",
        "Content-Disposition": 'attachment; filename="preview.jpg"',
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }.items():
        assert answer[name] == words


def test_opening_the_file_is_in_the_audit(browser: Browser, kept: Document, ruth: Client) -> None:
    browser.get(reverse("document", args=[ruth.pk, kept.pk]))
    last = Entry.objects.order_by("-seq").first()
    assert (last.action, last.subject) == ("document.opened", f"document:{kept.pk}")
    assert last.digest == digest({"picture": kept.digest})


def test_the_list_is_in_the_audit_with_what_it_showed(browser: Browser, kept: Document, ruth: Client) -> None:
    browser.get(reverse("documents", args=[ruth.pk]))
    assert Entry.objects.order_by("-seq").first().digest == digest([str(kept.pk)])


def test_a_preview_needs_the_list(browser: Browser, kept: Document, ruth: Client, signed_in: Make) -> None:
    """Made up, of another picture, or shown to somebody else: none of them opens."""
    elsewhere = seal(Document(pk=uuid.uuid4()), browser.member.user.pk)
    for sealed in ("x", "x~y~z", elsewhere, seal(kept, 10**9)):
        assert browser.get(reverse("preview", args=[ruth.pk, kept.pk, sealed])).status_code == 404


def test_a_preview_ends_after_an_hour(kept: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    sealed, now = seal(kept, 1), time.time()
    assert is_sealed(kept, 1, sealed)
    monkeypatch.setattr("time.time", lambda: now + 3601)
    assert not is_sealed(kept, 1, sealed)


def test_the_list_shows_previews_of_its_own(browser: Browser, kept: Document, ruth: Client) -> None:
    text = browser.get(reverse("documents", args=[ruth.pk])).content.decode()
    assert f"/documents/{kept.pk}/preview/" in text
    assert "Right heel" in text


def test_the_list_reads_no_bytes_and_no_more_for_more(
    browser: Browser, ruth: Client, django_assert_max_num_queries: Make
) -> None:
    browser.get(reverse("documents", args=[ruth.pk]))
    for n in range(6):
        keep(ruth, f"{n}", clean_picture(photo((n * 9, 9, 9))), by=browser.member.user, actor="user:1")
    with django_assert_max_num_queries(20) as seen:
        browser.get(reverse("documents", args=[ruth.pk]))
    assert not any('"documents_document"."body"' in one["sql"] for one in seen.captured_queries)


@pytest.mark.parametrize("sheet", ["2", "0", "-1", "x", "9" * 40])
def test_any_sheet_opens(browser: Browser, ruth: Client, sheet: str) -> None:
    assert browser.get(reverse("documents", args=[ruth.pk]), {"sheet": sheet}).status_code == 200


@pytest.mark.parametrize("name", ["../../etc/passwd", "..\\..\\x.html", "a\r\nX-Evil: 1.jpg", "a\0.jpg", "x" * 300])
def test_the_name_of_the_file_plays_no_part(browser: Browser, ruth: Client, name: str) -> None:
    answer = add(browser, ruth, name=name)
    assert answer.status_code in (200, 400)
    for one in Document.objects.all():
        served = browser.get(reverse("document", args=[ruth.pk, one.pk]))
        assert served["Content-Disposition"].startswith('attachment; filename="picture-')
        assert "X-Evil" not in served


def test_the_large_page_shows_the_file(browser: Browser, kept: Document, ruth: Client) -> None:
    text = browser.get(reverse("picture", args=[ruth.pk, kept.pk])).content.decode()
    assert f'src="{reverse("document", args=[ruth.pk, kept.pk])}"' in text


def test_only_what_was_made_here_is_served() -> None:
    from afferent.web.documents.served import served

    with pytest.raises(ValueError, match="not a picture"):
        served(b"", "text/html", "x")
