"""The pictures of a client: who may, what is refused, and how they are served."""

from __future__ import annotations

import io
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.http import HttpResponse
from django.test import Client as Browser
from django.urls import reverse
from PIL import Image

from afferent.web.audit.chain import digest
from afferent.web.audit.models import Entry
from afferent.web.clients.models import Client
from afferent.web.clinics.clock import today
from afferent.web.clinics.models import Clinic
from afferent.web.consents import asking
from afferent.web.documents.keeping import keep
from afferent.web.documents.models import Document
from afferent.web.documents.pictures import MOST_BYTES, PREVIEW, clean_picture
from afferent.web.documents.sealing import is_sealed, seal
from afferent.web.scope import Unchangeable, inside

Make = Callable[..., Any]

PNG = b"\x89PNG\r\n\x1a\n"


def photo(
    colour: tuple[int, int, int] = (200, 30, 30), size: tuple[int, int] = (640, 480), kind: str = "JPEG", **options: Any
) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind, **options)
    return out.getvalue()


@pytest.fixture
def ruth(a_client: Make, clinic: Clinic) -> Client:
    """Ruth agreed to photos."""
    made = a_client()
    asking.give(made, "photos", 1, on=today(clinic), actor="user:1")
    return made


@pytest.fixture
def browser(signed_in: Make) -> Browser:
    return signed_in("therapist")


def add(
    browser: Browser,
    client: Client,
    data: bytes | None = None,
    name: str = "a.jpg",
    title: str = "Right heel",
    **more: Any,
) -> HttpResponse:
    sent = SimpleUploadedFile(name, photo() if data is None else data, **more)
    return browser.post(reverse("documents", args=[client.pk]), {"title": title, "picture": sent})


@pytest.fixture
def kept(browser: Browser, ruth: Client) -> Document:
    add(browser, ruth)
    return Document.objects.get()


def test_a_picture_is_kept(browser: Browser, ruth: Client) -> None:
    answer = add(browser, ruth)
    assert answer.status_code == 200
    assert "Kept: “Right heel”" in answer.content.decode()
    one = Document.objects.get()
    assert (one.title, one.media_type, one.width, one.height, one.by) == (
        "Right heel", "image/jpeg", 640, 480, browser.member.user,
    )  # fmt: skip
    assert one.digest == digest(bytes(one.body))
    assert one.size == len(one.body)


def test_the_preview_is_small(kept: Document) -> None:
    with Image.open(io.BytesIO(bytes(kept.preview))) as image:
        assert image.size == (PREVIEW, PREVIEW * 3 // 4)
    assert len(kept.preview) < 20_000


def test_where_one_sees_through_the_preview_is_white(browser: Browser, ruth: Client) -> None:
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG")
    add(browser, ruth, out.getvalue())
    with Image.open(io.BytesIO(bytes(Document.objects.get().preview))) as image:
        assert image.getpixel((3, 3)) == (255, 255, 255)


def test_nothing_beside_the_picture_is_kept(browser: Browser, ruth: Client) -> None:
    exif = Image.Exif()
    exif[0x0110] = "SecretCam"
    add(browser, ruth, photo(exif=exif) + b"<script>alert(1)</script>")
    body = bytes(Document.objects.get().body)
    assert b"SecretCam" not in body
    assert b"<script>" not in body


def test_the_same_picture_is_kept_once(browser: Browser, ruth: Client) -> None:
    add(browser, ruth)
    answer = add(browser, ruth, title="Another title")
    assert "kept already, as “Right heel”" in answer.content.decode()
    assert Document.objects.count() == 1


def test_two_clients_may_have_the_same_picture(browser: Browser, ruth: Client, a_client: Make, clinic: Clinic) -> None:
    other = a_client("Otto")
    asking.give(other, "photos", 1, on=today(clinic), actor="user:1")
    add(browser, ruth)
    add(browser, other)
    assert Document.objects.count() == 2


def test_sent_twice_at_once_is_kept_once(
    kept: Document, ruth: Client, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second of two that both saw nothing."""
    from afferent.web.documents import keeping

    asked = iter([Document.objects.none(), Document.objects.all()])
    monkeypatch.setattr(keeping, "pictures", lambda client: next(asked))
    found, new = keep(ruth, "Again", clean_picture(photo()), by=browser.member.user, actor="user:1")
    assert (found.pk, new) == (kept.pk, False)


def test_adding_is_in_the_audit(kept: Document) -> None:
    assert Entry.objects.filter(action="document.added", subject=f"document:{kept.pk}").count() == 1


def test_without_a_yes_nothing_is_added(browser: Browser, a_client: Make) -> None:
    somebody = a_client()
    answer = add(browser, somebody)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "photos are not agreed" in text
    assert reverse("consents", args=[somebody.pk]) + "#photos" in text
    assert not Document.objects.exists()


def test_taken_back_stops_adding_and_keeps_what_is_there(
    browser: Browser, kept: Document, ruth: Client, clinic: Clinic
) -> None:
    asking.withdraw(ruth, "photos", on=today(clinic), actor="user:1")
    assert add(browser, ruth, photo((1, 2, 3))).status_code == 409
    text = browser.get(reverse("documents", args=[ruth.pk])).content.decode()
    assert "The pictures above stay: they are part of the record." in text
    assert "Keep this picture" not in text
    assert browser.get(reverse("document", args=[ruth.pk, kept.pk])).status_code == 200


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


# What is sent


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><html><script>alert(1)</script></html>"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (SVG, "an SVG drawing"),
        (HTML, "a web page"),
        (b"\xef\xbb\xbf" + SVG, "an SVG drawing"),
        (b"%PDF-1.7\n" + HTML, "a PDF"),
        (b"GIF89a" + HTML, "a GIF"),
        (b"\xff\xd8\xff" + HTML, "cut short or damaged"),
        (PNG + SVG, "cut short or damaged"),
        (b"RIFF\0\0\0\0WEBP" + HTML, "cut short or damaged"),
        (b"MZ" + bytes(200), "no picture that we know"),
        (photo()[:400], "cut short or damaged"),
        (photo(kind="PNG")[:-200], "cut short or damaged"),
        (b"", "This file is empty."),
    ],
)
def test_what_is_no_whole_picture_is_refused(browser: Browser, ruth: Client, data: bytes, why: str) -> None:
    answer = add(browser, ruth, data)
    text = answer.content.decode()
    assert answer.status_code == 400
    assert why in text
    assert 'aria-invalid="true"' in text
    assert not Document.objects.exists()


def test_the_title_stays_when_the_picture_is_refused(browser: Browser, ruth: Client) -> None:
    assert 'value="Right heel"' in add(browser, ruth, SVG).content.decode()


@pytest.mark.parametrize("data", [photo() + HTML, photo(kind="PNG") + SVG])
def test_a_page_behind_a_picture_is_left_behind(browser: Browser, ruth: Client, data: bytes) -> None:
    add(browser, ruth, data, name="x.html", content_type="text/html")
    one = Document.objects.get()
    assert one.media_type in ("image/jpeg", "image/png")
    assert b"<" + b"script" not in bytes(one.body) + bytes(one.preview)


@pytest.mark.parametrize("name", ["../../etc/passwd", "..\\..\\x.html", "a\r\nX-Evil: 1.jpg", "a\0.jpg", "x" * 300])
def test_the_name_of_the_file_plays_no_part(browser: Browser, ruth: Client, name: str) -> None:
    answer = add(browser, ruth, name=name)
    assert answer.status_code in (200, 400)
    for one in Document.objects.all():
        served = browser.get(reverse("document", args=[ruth.pk, one.pk]))
        assert served["Content-Disposition"].startswith('attachment; filename="picture-')
        assert "X-Evil" not in served


def test_a_file_that_says_it_is_a_page_is_still_a_picture(browser: Browser, ruth: Client) -> None:
    add(browser, ruth, content_type="text/html")
    assert Document.objects.get().media_type == "image/jpeg"


@pytest.mark.parametrize("extra", [1, 2**20 + 1])
def test_too_many_bytes(browser: Browser, ruth: Client, extra: int) -> None:
    """Just too many, and so many that Django keeps none of them."""
    answer = add(browser, ruth, photo() + bytes(MOST_BYTES + extra))
    assert answer.status_code == 400
    assert "more than 8 megabytes" in answer.content.decode()


def test_too_many_dots(browser: Browser, ruth: Client) -> None:
    answer = add(browser, ruth, photo(size=(9000, 6000), kind="PNG"))
    assert answer.status_code == 400
    assert "megapixels" in answer.content.decode()


def test_the_largest_picture_passes_the_gate_before_django() -> None:
    assert MOST_BYTES <= settings.LARGEST_RECORD


@pytest.mark.parametrize("title", ["", "   ", "x" * 121, "a\0b"])
def test_a_title_is_needed(browser: Browser, ruth: Client, title: str) -> None:
    answer = add(browser, ruth, title=title)
    assert answer.status_code == 400
    assert not Document.objects.exists()


def test_a_title_with_a_script_is_text(browser: Browser, ruth: Client) -> None:
    text = add(browser, ruth, title="<script>x</script>").content.decode()
    assert "<script>x" not in text


def test_no_file_is_refused(browser: Browser, ruth: Client) -> None:
    answer = browser.post(reverse("documents", args=[ruth.pk]), {"title": "Heel"})
    assert answer.status_code == 400
    assert "Choose a picture" in answer.content.decode()


def test_two_files_at_once_are_refused(browser: Browser, ruth: Client) -> None:
    sent = [SimpleUploadedFile("a.jpg", photo()), SimpleUploadedFile("b.jpg", photo((1, 2, 3)))]
    assert browser.post(reverse("documents", args=[ruth.pk]), {"title": "x", "picture": sent}).status_code == 400


def test_the_large_page_shows_the_file(browser: Browser, kept: Document, ruth: Client) -> None:
    text = browser.get(reverse("picture", args=[ruth.pk, kept.pk])).content.decode()
    assert f'src="{reverse("document", args=[ruth.pk, kept.pk])}"' in text


# What the table itself holds


def test_a_picture_is_never_changed(kept: Document) -> None:
    kept.title = "Another"
    with pytest.raises(Unchangeable):
        kept.save()


def test_the_guards_are_on_the_table(db: None) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'documents_document'")
            assert ("documents_document_no_update",) in cursor.fetchall()
        else:
            cursor.execute("SELECT relforcerowsecurity FROM pg_class WHERE relname = 'documents_document'")
            assert cursor.fetchone() == (True,)


def test_no_migration_is_missing(db: None) -> None:
    call_command("makemigrations", "documents", "consents", check=True, dry_run=True, verbosity=0)


def test_only_what_was_made_here_is_served() -> None:
    from afferent.web.documents.served import served

    with pytest.raises(ValueError, match="not a picture"):
        served(b"", "text/html", "x")
