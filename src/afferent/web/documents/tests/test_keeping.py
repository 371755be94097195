"""Pictures that are sent: what is kept of them, what is refused, and what the table itself holds."""

from __future__ import annotations

import io

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
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
from afferent.web.documents.tests.made import Make, add, photo
from afferent.web.scope import Unchangeable

PNG = b"\x89PNG\r\n\x1a\n"


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
