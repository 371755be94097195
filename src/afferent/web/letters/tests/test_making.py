"""A request is made once, under a number of its own, and what is written on it is only words."""

from __future__ import annotations

import io
import random
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from afferent.records.letters.pdf import LOGO
from afferent.web.letters.models import AnswerLink, Head, Letter
from afferent.web.letters.tests.conftest import TO


def made_by_form(browser, ruth, **more):
    """The request as a therapist makes it: a page of its own, a key of its own."""
    where = f"/clients/{ruth.pk}/letters/request"
    key = re.search(r'name="key" value="([^"]+)"', browser.get(where).content.decode())[1]
    return browser.post(where, TO | {"key": key} | more)


def test_two_tabs_in_the_same_words_make_one_request(ada, ruth, asked) -> None:
    sent = made_by_form(ada, ruth)
    assert sent["Location"].endswith(str(asked.pk))
    assert Letter.objects.count() == AnswerLink.objects.count() == 1


@pytest.mark.parametrize("more", [{"name": "Dr. B. Stone"}, {"why": "Cold hands"}, {"email": "osei@example.org"}])
def test_in_other_words_it_is_another_one_with_a_number_of_its_own(ada, ruth, asked, more) -> None:
    assert made_by_form(ada, ruth, **more).status_code == 302
    numbers = [one.digest[:12] for one in Letter.objects.all()]
    assert len(set(numbers)) == len(numbers) == 2


def test_asked_anew_after_its_link_was_taken_back_the_number_is_new(ada, ruth, asked) -> None:
    """Of two papers of one day each finds its own request."""
    for _ in range(2):
        ada.post(f"/clients/{ruth.pk}/letters/{asked.pk}", {"do": "withdraw"})
        assert made_by_form(ada, ruth).status_code == 302
    first, second = Letter.objects.order_by("made_at")
    assert first.digest[:12] != second.digest[:12]
    assert second.body["made"]["digest"] == second.digest
    for one in (first, second):
        found = ada.post("/letters/find", {"number": one.digest[:12]})
        assert str(one.pk) in found["Location"]


@pytest.mark.parametrize(
    "to", ["a@example.org\nBcc: all@example.org", "a@example.org\r\n\r\nx", "a@b", "a@example.org,b@c.de"]
)
def test_a_receiver_s_address_is_one_address(ada, ruth, to) -> None:
    sent = made_by_form(ada, ruth, email=to)
    assert sent.status_code == 400
    assert not Letter.objects.exists()


def _noise() -> bytes:
    """A picture of a megabyte or so."""
    kept = io.BytesIO()
    Image.frombytes("RGB", (1000, 1000), random.Random(1).randbytes(3_000_000)).save(kept, "JPEG", quality=90)
    return kept.getvalue()


def test_a_logo_that_no_letter_could_print_is_not_taken(ada, ruth) -> None:
    data = _noise()
    assert len(data) > LOGO
    sent = ada.post("/clinic/letters", {"logo": SimpleUploadedFile("logo.jpg", data)})
    assert sent.status_code == 400
    assert "has more than 500 kilobytes. Make it smaller" in sent.content.decode()
    assert not Head.objects.exists()


@pytest.mark.parametrize(
    "logo", [b"<svg xmlns='http://www.w3.org/2000/svg'><image href='http://127.0.0.1/x'/></svg>", b"GIF89a"]
)
def test_a_logo_that_could_fetch_anything_is_not_taken(ada, logo) -> None:
    sent = ada.post("/clinic/letters", {"logo": SimpleUploadedFile("logo.png", logo)})
    assert sent.status_code == 400
    assert "only JPEG, PNG and WebP pictures are taken" in sent.content.decode()


def test_what_is_written_on_a_page_is_never_a_program(ada, ruth) -> None:
    why = '#read("/etc/passwd") #import "x.typ" $x$ <script>alert(1)</script> \\ "]; {link}'
    sent = made_by_form(ada, ruth, name='Dr. #sys.inputs "O"', why=why)
    assert sent.status_code == 302
    import pypdfium2

    letter = Letter.objects.get()
    data = ada.get(f"/clients/{ruth.pk}/letters/{letter.pk}/page/a4").content
    text = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_bounded()
    assert '#read("/etc/passwd")' in text.replace("\r\n", " ")
    assert "root:" not in text
    assert (
        "<script>" not in ada.get(f"/clients/{ruth.pk}/letters/{letter.pk}").content.decode().split("What it says")[1]
    )


def test_why_ends_as_a_sentence_whatever_it_ends_with(ada, ruth) -> None:
    made_by_form(ada, ruth, why="Burning feet (both)")
    page = ada.get(f"/clients/{ruth.pk}/letters/{Letter.objects.get().pk}").content.decode()
    assert "Burning feet (both). Massage is not expected to repair nerves." in page
