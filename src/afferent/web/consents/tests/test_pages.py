"""The page of a client's consents, for each role."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client as Browser
from django.urls import reverse

from afferent.safety.evidence import Evidence
from afferent.web.audit.models import Entry
from afferent.web.clients.knowing import write
from afferent.web.clients.models import Client
from afferent.web.clinics.clock import today
from afferent.web.clinics.models import Clinic
from afferent.web.consents import asking
from afferent.web.consents.about import lines
from afferent.web.consents.models import Consent
from afferent.web.scope import inside

Make = Callable[..., Any]


@pytest.fixture
def ruth(a_client: Make) -> Client:
    return a_client()


def page(browser: Browser, client: Client) -> str:
    answer = browser.get(reverse("consents", args=[client.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def in_force(client: Client, purpose: str) -> int:
    """The number of the wording that is asked now."""
    return asking.knowledge_of(client).consents[purpose].version


def send(
    browser: Browser, client: Client, purpose: str = "photos", answer: str = "yes", version: object = 1, **more: Any
) -> HttpResponse:
    address = reverse("consent_answer", args=[client.pk, purpose])
    return browser.post(address, {"answer": answer, "version": version} | more)


@pytest.mark.parametrize("role", ["therapist", "desk"])
def test_open_to(role: str, signed_in: Make, ruth: Client) -> None:
    text = page(signed_in(role), ruth)
    assert text.count("Not asked yet") == 5
    assert "Massage may ease pain and worry for a while." in text


def test_an_owner_alone_is_refused(signed_in: Make, ruth: Client) -> None:
    assert signed_in("owner").get(reverse("consents", args=[ruth.pk])).status_code == 403


def test_a_stranger_signs_in_first(client: Browser, ruth: Client) -> None:
    assert client.get(reverse("consents", args=[ruth.pk])).status_code == 302
    assert send(client, ruth).status_code == 302
    assert not Consent.objects.exists()


def test_another_clinic_finds_nobody(signed_in: Make, ruth: Client, staff: Make) -> None:
    other = Clinic.objects.create(name="Elsewhere", second_factor=False)
    with inside(other.id):
        browser = signed_in("therapist", clinic=other)
    assert browser.get(reverse("consents", args=[ruth.pk])).status_code == 404
    assert send(browser, ruth).status_code == 404


@pytest.mark.parametrize("role", ["therapist", "desk"])
def test_a_yes_is_one_tap(role: str, signed_in: Make, ruth: Client) -> None:
    browser = signed_in(role)
    answer = send(browser, ruth)
    assert answer.url == reverse("consents", args=[ruth.pk]) + "#photos"
    made = Consent.objects.get()
    assert (made.purpose, made.given, made.version, made.by) == ("photos", True, 1, browser.member.user)


def test_a_no_is_one_tap_of_the_same_size(signed_in: Make, ruth: Client) -> None:
    browser = signed_in("therapist")
    send(browser, ruth)
    send(browser, ruth, answer="no")
    assert [one.given for one in Consent.objects.order_by("at")] == [True, False]
    assert page(browser, ruth).count('class="button" type="submit" name="answer"') == 10


def test_a_no_needs_no_wording(signed_in: Make, ruth: Client) -> None:
    assert send(signed_in("desk"), ruth, answer="no", version="").status_code == 302


def test_old_wording_is_read_again(signed_in: Make, ruth: Client) -> None:
    answer = send(signed_in("therapist"), ruth, version=7)
    assert answer.status_code == 409
    assert "Read it aloud once more" in answer.content.decode()
    assert not Consent.objects.exists()


@pytest.mark.parametrize("version", ["", "x", "²", "1.5", "-1"])
def test_a_strange_version_is_no_yes(signed_in: Make, ruth: Client, version: str) -> None:
    assert send(signed_in("therapist"), ruth, version=version).status_code == 409


@pytest.mark.parametrize("answer", ["", "maybe", "YES"])
def test_anything_but_yes_or_no_is_refused(signed_in: Make, ruth: Client, answer: str) -> None:
    assert send(signed_in("therapist"), ruth, answer=answer).status_code == 400
    assert not Consent.objects.exists()


def test_an_unknown_purpose_has_no_address(signed_in: Make, ruth: Client) -> None:
    assert send(signed_in("therapist"), ruth, "marketing").status_code == 404


def test_enter_in_the_field_presses_nothing(signed_in: Make, ruth: Client) -> None:
    form = page(signed_in("therapist"), ruth).split("<form", 2)[2]
    assert (
        form.index('<button type="submit" disabled hidden>') < form.index('name="helper"') < form.index('value="yes"')
    )


def test_the_helper_stands_in_the_next_form(signed_in: Make, ruth: Client) -> None:
    browser = signed_in("therapist")
    send(browser, ruth, helper="Jo Amsler")
    assert page(browser, ruth).count('value="Jo Amsler"') == 5


def test_a_long_helper_is_kept_short(signed_in: Make, ruth: Client) -> None:
    send(signed_in("therapist"), ruth, helper="x" * 500)
    assert Consent.objects.get().helper == "x" * 80


def test_the_numb_places_of_today_are_kept_with_the_yes(signed_in: Make, ruth: Client, clinic: Clinic) -> None:
    write(ruth, "answers", [Evidence("numb", ("foot.left",), today(clinic))], on=today(clinic))
    send(signed_in("desk"), ruth, "heat_cold", version=in_force(ruth, "heat_cold"))
    assert Consent.objects.get().numb == ["foot.left"]


@pytest.fixture
def changed(ruth: Client, clinic: Clinic) -> Client:
    """Agreed with a numb left foot; the right hand is numb since."""
    now = today(clinic)
    asking.give(ruth, "heat_cold", in_force(ruth, "heat_cold"), on=now, actor="user:1", numb=("foot.left",))
    write(ruth, "answers", [Evidence("numb", ("foot.left", "hand.right"), now)], on=now)
    return ruth


def test_the_therapist_reads_which_places_changed(signed_in: Make, changed: Client) -> None:
    text = page(signed_in("therapist"), changed)
    assert "To be asked again: the numb places changed" in text
    assert "Numb when it was agreed: the left foot. Numb now: the right hand and the left foot." in text


def test_the_desk_reads_no_place(signed_in: Make, changed: Client) -> None:
    text = page(signed_in("desk"), changed)
    assert "To be asked again: something about the feeling changed" in text
    said = text.split("What was answered")[1]
    assert "the numb places changed" not in text.replace("when your numb places change", "")
    for word in ("left foot", "right hand", "numb then"):
        assert word not in text
    assert "numb" not in said


def test_records_only_compares_nothing(signed_in: Make, changed: Client, clinic: Clinic) -> None:
    clinic.mode = "record"
    clinic.save()
    assert "To be asked again" not in page(signed_in("therapist"), changed)


def test_a_year_later_says_why(signed_in: Make, ruth: Client, clinic: Clinic) -> None:
    long_ago = today(clinic) - dt.timedelta(days=400)
    asking.give(ruth, "reminders", 1, on=long_ago, actor="user:1")
    assert "To be asked again: a year has passed" in page(signed_in("desk"), ruth)


def test_the_clinic_says_how_long_it_keeps(signed_in: Make, ruth: Client, clinic: Clinic) -> None:
    clinic.retention_years = 7
    clinic.save()
    assert "We keep it for 7 years after your last visit." in page(signed_in("desk"), ruth)


def test_a_helper_with_a_script_is_text(signed_in: Make, ruth: Client) -> None:
    browser = signed_in("therapist")
    send(browser, ruth, helper='"><script>x</script>')
    assert "<script>x" not in page(browser, ruth)


def test_opening_is_in_the_audit(signed_in: Make, ruth: Client) -> None:
    page(signed_in("desk"), ruth)
    last = Entry.objects.order_by("-seq").first()
    assert (last.action, last.subject) == ("client.opened", f"client:{ruth.pk}")


def test_the_questions_do_not_grow_with_the_history(
    signed_in: Make, ruth: Client, clinic: Clinic, django_assert_max_num_queries: Make
) -> None:
    browser = signed_in("therapist")
    page(browser, ruth)
    for n in range(20):
        asking.withdraw(ruth, "photos", on=today(clinic) - dt.timedelta(days=n), actor="user:1")
    with django_assert_max_num_queries(22):
        page(browser, ruth)


def test_the_numb_places_stand_only_where_they_matter(signed_in: Make, ruth: Client, clinic: Clinic) -> None:
    for purpose in ("heat_cold", "reminders"):
        asking.give(ruth, purpose, in_force(ruth, purpose), on=today(clinic), actor="user:1", numb=("foot.left",))
    assert page(signed_in("therapist"), ruth).count("numb then: the left foot") == 1


def test_what_is_still_to_be_asked_lies_open(signed_in: Make, ruth: Client, clinic: Clinic) -> None:
    asking.give(ruth, "photos", 1, on=today(clinic), actor="user:1")
    asking.withdraw(ruth, "reminders", on=today(clinic), actor="user:1")
    assert page(signed_in("desk"), ruth).count('class="more aloud" open') == 3


def test_the_lines_for_the_page_of_a_client(ruth: Client, clinic: Clinic) -> None:
    told = lines(ruth, today(clinic), ())
    text = render_to_string("consents/of_client.html", {"client": ruth, "consents": told})
    assert "Warmth and cold</strong>: not asked yet" in text
    assert render_to_string("consents/of_client.html", {"client": ruth, "consents": []}).strip() == ""


class TestMassageOnThePageOfTheClient:
    """Nobody is massaged who has not said yes to it: that stands above the limits."""

    def read(self, browser: Browser, client: Client) -> str:
        return " ".join(browser.get(reverse("client", args=[client.pk])).content.decode().split())

    def test_not_asked(self, signed_in: Make, ruth: Client) -> None:
        text = self.read(signed_in("therapist"), ruth)
        assert text.index("Consent to massage: not asked yet.") < text.index('id="sheet"')

    def test_agreed(self, signed_in: Make, ruth: Client) -> None:
        version = in_force(ruth, "treatment")
        asking.give(ruth, "treatment", version, on=today(ruth.clinic), actor="program")
        assert "Consent to massage" not in self.read(signed_in("therapist"), ruth)

    def test_taken_back(self, signed_in: Make, ruth: Client) -> None:
        asking.withdraw(ruth, "treatment", on=today(ruth.clinic), actor="program")
        assert "Consent to massage: said no on" in self.read(signed_in("therapist"), ruth)


def test_of_many_at_once_as_of_one(ruth: Client, a_client: Make, clinic: Any, staff: Make) -> None:
    """Asked of many, the consent to massage stands as it does for each alone: numb places are compared too."""
    joan, on = a_client("Joan", "Petrie"), today(clinic)
    version = in_force(joan, "treatment")
    for one in (ruth, joan):
        asking.give(one, "treatment", version, on=on, actor="program")
    write(joan, "answers", [Evidence("numb", ("foot.left",), on, "she said so")], on=on, by=staff("therapist").user)
    found = asking.to_massage([ruth, joan], clinic, on, {ruth.pk, joan.pk})
    assert {pk: one.state for pk, one in found.items()} == {ruth.pk: "given", joan.pk: "ask_again"}
    assert asking.agreed(joan, "treatment", on, asking.numb_now(joan, on)) is found[joan.pk].given
