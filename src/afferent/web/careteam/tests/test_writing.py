"""A letter in the clinic: the client's yes first, the page before it is kept, and kept as it was read."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from afferent.web.audit.models import Entry
from afferent.web.careteam.kinds import KINDS
from afferent.web.careteam.tests.conftest import HEEL
from afferent.web.clinics.models import Clinic
from afferent.web.consents.asking import withdraw
from afferent.web.documents.models import Document
from afferent.web.letters.keeping import value
from afferent.web.letters.models import Letter, Sending

TO = {"to_name": "Dr. Amara Osei", "to_role": "internal medicine"}
NEEDS = {"urgent": {"how": "today"}, "discharge": {"reason": "done"}, "thanks": {"report_after": "6"}}


@pytest.fixture
def at(joan):
    def make(kind: str) -> str:
        return reverse("careteam_write", args=[joan.pk, kind])

    return make


def page_of(answer) -> str:
    return answer.content.decode()


def hidden(page: str) -> dict[str, str]:
    return {name: re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("seen", "key")}


def looked(ada, address: str, **given) -> dict[str, str]:
    """What a browser sends after a look at the page."""
    sent = TO | given
    page = page_of(ada.post(address, sent | {"do": "look"}))
    return sent | hidden(page) | {"do": "keep"}


@pytest.mark.parametrize("kind", [name for name, one in KINDS.items() if one.shared])
def test_without_the_client_s_yes_nothing_is_made(ada, series, at, kind) -> None:
    page = page_of(ada.get(at(kind)))
    assert "Ask Joan first" in page
    assert "letter-sheet" not in page
    for do in ("look", "a4", "keep"):
        answer = ada.post(at(kind), TO | NEEDS.get(kind, {}) | {"do": do})
        assert answer.status_code == 409
        assert answer["Content-Type"].startswith("text/html")
    assert not Letter.objects.exists()
    assert not Document.objects.exists()


def test_a_receipt_goes_to_the_client_and_needs_no_yes(ada, series, at) -> None:
    tick = f"tick.{series[0].pk.hex}"
    answer = ada.post(at("receipt"), looked(ada, at("receipt"), to_name="Joan Petrie", code="97124", fee="70",
                                            currency="USD", **{tick: "on"}))  # fmt: skip
    row = Letter.objects.get()
    assert answer["Location"] == reverse("letter", args=[row.client_id, row.pk])
    assert (row.kind, row.consent) == ("receipt", None)
    assert tick not in page_of(ada.get(at("receipt"))), "a visit stands on one receipt only"


@pytest.mark.parametrize("kind", [name for name in KINDS if name != "receipt"])
def test_looked_at_as_a_page_and_as_a_pdf_then_kept(ada, series, shares, at, kind, joan) -> None:
    shares()
    given = dict(NEEDS.get(kind, {}))
    if kind == "urgent":
        given["found"] = f"{series[1].pk.hex}.{HEEL.region}"
    page = page_of(ada.get(at(kind)))
    assert "The page as it would be kept" in page
    assert not Letter.objects.exists()
    for paper in ("a4", "letter"):
        answer = ada.post(at(kind), TO | given | {"do": paper})
        assert (answer["Content-Type"], answer.content[:4]) == ("application/pdf", b"%PDF")
        assert "attachment" in answer["Content-Disposition"]
    sent = looked(ada, at(kind), **given)
    answer = ada.post(at(kind), sent)
    assert answer.status_code == 302, page_of(answer)
    row = Letter.objects.get()
    assert (row.kind, row.to_whom, row.consent is not None) == (kind, "Dr. Amara Osei, internal medicine", True)
    assert row.digest == sent["seen"]
    assert [one.action for one in Entry.objects.order_by("-seq")][:1] == ["letter.made"]
    kept = page_of(ada.get(answer["Location"]))
    assert "letter-sheet" in kept
    assert row.digest[:12] in kept
    ada.post(at(kind), sent)  # sent twice
    assert Letter.objects.count() == 1


def test_a_kept_letter_never_changes_though_visits_come(ada, series, shares, visited, at) -> None:
    shares()
    ada.post(at("progress"), looked(ada, at("progress"), question="May we go on?"))
    row = Letter.objects.get()
    before = (value(row), bytes(row.a4.body), bytes(row.us_letter.body))
    visited(1, looks=(HEEL,))
    row.refresh_from_db()
    assert (value(row), bytes(row.a4.body), bytes(row.us_letter.body)) == before
    page = page_of(ada.get(reverse("letter", args=[row.client_id, row.pk])))
    assert "3 of 8 planned" in page
    assert "4 of 8 planned" in page_of(ada.get(at("progress")))


def test_what_changed_since_it_was_read_is_read_once_more(ada, series, shares, visited, at) -> None:
    shares()
    sent = looked(ada, at("progress"))
    visited(1)
    answer = ada.post(at("progress"), sent)
    assert answer.status_code == 409
    assert "Read it once more" in page_of(answer)
    answer = ada.post(at("progress"), looked(ada, at("progress")) | {"question": "Another word"})
    assert answer.status_code == 409
    assert not Letter.objects.exists()


def test_a_yes_taken_back_while_the_page_was_open_keeps_nothing(ada, series, shares, at, joan, today) -> None:
    shares()
    sent = looked(ada, at("progress"))
    withdraw(joan, "care_team", on=today, actor="user:1")
    assert ada.post(at("progress"), sent).status_code == 409
    assert not Letter.objects.exists()


def test_how_it_went_out_is_added_row_by_row(ada, series, shares, at, joan) -> None:
    shares()
    ada.post(at("progress"), looked(ada, at("progress")))
    row = Letter.objects.get()
    for how in ("handed", "faxed"):
        ada.post(reverse("letter_sent", args=[joan.pk, row.pk]), {"how": how, "to": "Dr. Osei"})
    assert [(one.how, one.to_whom, one.by) for one in Sending.objects.order_by("at")] == [
        ("handed", "Dr. Osei", ada.member.user), ("faxed", "Dr. Osei", ada.member.user),
    ]  # fmt: skip
    page = page_of(ada.get(reverse("letters", args=[joan.pk])))
    assert "Faxed" in page
    assert "Progress letter" in page


def test_the_next_letter_begins_with_the_same_receiver(ada, series, shares, at) -> None:
    shares()
    ada.post(at("progress"), looked(ada, at("progress"), to_fax="+1 555 0142"))
    page = page_of(ada.get(at("discharge")))
    assert 'value="Dr. Amara Osei"' in page
    assert 'value="+1 555 0142"' in page


def test_without_a_receiver_it_is_not_kept(ada, series, shares, at) -> None:
    shares()
    answer = ada.post(at("progress"), looked(ada, at("progress"), to_name=""))
    assert answer.status_code == 400
    assert "Say to whom it goes." in page_of(answer)
    assert not Letter.objects.exists()


def test_a_finding_is_offered_where_it_was_seen_and_chosen_already(ada, series, shares, visited) -> None:
    shares()
    visit = visited(0, looks=(HEEL,), ended=False)
    address = reverse("careteam_finding", args=[visit.pk])
    assert address in page_of(ada.get(reverse("live_found", args=[visit.session.pk])))
    assert address in page_of(ada.get(reverse("note", args=[visit.pk])))
    page = page_of(ada.get(address))
    assert re.search(rf'value="{visit.pk.hex}\.{HEEL.region}" checked', page)
    assert "A blister: the LEFT foot (sole, heel) (found, not felt)." in page
    assert "Please have it looked at." in page
    assert "you have" not in page.lower().replace("you have it", "")


def test_where_nothing_was_seen_there_is_no_urgent_letter(ada, visited, shares, at) -> None:
    shares()
    visited(2)
    answer = ada.get(at("urgent"))
    assert "Nothing was seen at a look at the skin" in page_of(answer)


def test_what_somebody_wrote_stands_there_as_text(ada, series, shares, at) -> None:
    shares()
    page = page_of(ada.post(at("progress"), TO | {"question": "<script>alert(1)</script>", "do": "look"}))
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;" in page


def test_another_clinic_finds_nothing(ada, series, shares, at, signed_in, staff) -> None:
    shares()
    other = Clinic.objects.create(name="Seefeld", second_factor=False)
    stranger = signed_in(member=staff("therapist", clinic=other))
    visit = series[1]
    for address in (at("progress"), at("receipt"), reverse("careteam_finding", args=[visit.pk])):
        assert stranger.get(address).status_code == 404
        assert stranger.post(address, TO | {"do": "keep"}).status_code == 404
    assert ada.get(at("nonsense")).status_code == 404


def test_the_front_desk_writes_no_letter(signed_in, series, at) -> None:
    assert signed_in("desk").get(at("progress")).status_code == 403


def test_in_a_clinic_that_keeps_records_no_limits_are_told(ada, series, shares, at, clinic) -> None:
    shares()
    clinic.mode = "record"
    clinic.save()
    assert "nothing is worked out for one client" in page_of(ada.get(at("thanks")))
    page = page_of(ada.get(at("progress")))
    assert "Agreed beforehand" in page
    assert "By that rule" not in page


def test_what_few_letters_need_stands_behind_a_line_open_where_something_is_in_it(ada, series, shares, at) -> None:
    shares()
    closed, opened = '<details class="more"><summary><span>{}', '<details class="more" open><summary><span>{}'
    page = page_of(ada.get(at("urgent")))
    assert closed.format("What you did") in page
    assert closed.format("Address, telephone, fax, e-mail") in page
    page = page_of(ada.post(at("urgent"), TO | {"did_more": "Covered it", "to_fax": "+1 212 555 0142", "do": "look"}))
    assert opened.format("What you did") in page
    assert closed.format("What you told the client") in page
    assert closed.format("Address, telephone, fax, e-mail<small>+1 212 555 0142</small>") in page
    assert opened.format("Address") in page_of(ada.post(at("urgent"), TO | {"to_email": "nobody", "do": "look"}))


def test_a_code_of_one_visit_alone_is_not_hidden(ada, series, at) -> None:
    apart = "<summary><span>Another code or fee for one visit"
    assert f'<details class="more">{apart}' in page_of(ada.get(at("receipt")))
    given = TO | {f"tick.{series[0].pk.hex}": "on", "currency": "USD", "do": "look"}
    page = page_of(ada.post(at("receipt"), given))  # no code at all: it is asked where the visit stands
    assert f'<details class="more" open>{apart}' in page
    assert "Write a code for" in page
