"""The day after: told once by link or on the phone, heard by the rules, and remembered by the next outline."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.cache import cache
from django.test import Client as Browser
from django.utils import timezone

from afferent.errors import InputError
from afferent.visit.after import Gentler
from afferent.visit.after import NextDay as Day
from afferent.web.audit.models import Entry
from afferent.web.clients.current import current, whole
from afferent.web.clients.models import Client, Record
from afferent.web.clinics.clock import today
from afferent.web.notes.after import answer, answers_of, gentler
from afferent.web.notes.day import PLACES, advice, day_words, read
from afferent.web.notes.models import NextDay, NextDayLink

ON = dt.date(2026, 11, 25)
FINE = {"sore": ["no"], "mark": ["no"], "blister": ["no"], "worse": ["no"]}
BLISTER = FINE | {"blister": ["yes"], "blister_where": ["foot.left"]}


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    cache.clear()


@pytest.fixture
def done(session, a_visit):
    a_visit(session)
    return session


@pytest.fixture
def link(ada, done) -> str:
    """The address of a link that was just made."""
    page = ada.post(f"/visit/{done.visit_id}/next-day", {"do": "link"}).content.decode()
    return re.search("http://testserver(/n/[0-9a-z-]+)", page)[1]


def told(session, **answers) -> None:
    answer(session, Day(timezone.now().date(), **answers), actor="program", now=timezone.now())


def excluded(client, clinic) -> tuple[str, ...]:
    day = today(clinic)
    return whole(current(Client.objects.get(pk=client.pk), day), day).excluded


class TestTheAnswers:
    def test_what_is_left_open_is_not_known(self) -> None:
        day = read({"sore": ["a_little"]}, ON)
        assert (day.sore, day.mark, day.blister, day.worse) == ("a_little", "unknown", "unknown", "unknown")
        assert not day.was_fine

    @pytest.mark.parametrize("sent", [{}, {"words": ["all well"]}, {"sore": ["very"]}])
    def test_no_answer_and_no_other_answer(self, sent) -> None:
        with pytest.raises(InputError):
            read(sent, ON)

    def test_only_places_that_were_offered(self) -> None:
        day = read(BLISTER | {"blister_where": ["foot.left", "moon"], "mark_where": ["forearm.left"]}, ON)
        assert day.blister_where == ("foot.left",)
        assert day.mark_where == ("forearm.left", "upper_arm.left")
        assert "elsewhere" in PLACES

    def test_what_is_an_emergency_comes_first(self) -> None:
        told = advice(read(BLISTER | {"breathless": ["yes"]}, ON))
        assert told.urgent
        assert "emergency number" in told.lines[0]

    def test_in_one_sentence(self) -> None:
        assert day_words(read(BLISTER | {"worse": ["still"]}, ON)) == (
            "Not sore; no mark; a blister or open skin (the left foot); still worse; swelling not known; "
            "breath not known; falls not known."
        )

    def test_a_blister_is_seen_today_and_nobody_promises_to_read_it(self) -> None:
        assert advice(read(BLISTER, ON)).urgent
        assert "today" in advice(read(BLISTER, ON)).lines[0]
        assert not advice(read(FINE, ON)).urgent
        assert advice(read(FINE, ON)).lines == ()


class TestTheRules:
    def test_a_blister_is_open_skin_at_once(self, done, joan, clinic) -> None:
        told(done, blister="yes", blister_where=("foot.left",))
        assert "foot.left" in excluded(joan, clinic)
        assert Record.objects.filter(kind="next_day").count() == 1

    def test_it_takes_away_no_place_that_was_told_before(self, done, joan, clinic) -> None:
        told(done, blister="yes", blister_where=("hand.right",))
        told(done, blister="yes", blister_where=("foot.left",))
        assert {"hand.right", "foot.left"} <= set(excluded(joan, clinic))

    def test_a_blister_that_nobody_can_place_holds_the_visit_back(self, done, joan, clinic) -> None:
        told(done, blister="yes")
        day = today(clinic)
        assert whole(current(Client.objects.get(pk=joan.pk), day), day).ask_first

    def test_a_fine_day_tells_the_rules_nothing(self, done) -> None:
        told(done, sore="no", mark="no", blister="no", worse="no")
        assert not Record.objects.filter(kind="next_day").exists()


class TestTheNextOutline:
    def test_a_day_that_was_worse_is_one_level_and_five_minutes(self, opened, a_visit, joan) -> None:
        visits = [opened(days=days) for days in (12, 9, 6, 3)]
        for one in visits:
            a_visit(one)
        assert gentler(joan) == Gentler(0, 0)
        told(visits[0], worse="longer")
        assert gentler(joan) == Gentler(1, 5)
        for one in visits[1:3]:
            told(one, sore="no", mark="no", blister="no", worse="no")
        assert gentler(joan) == Gentler(0, 0)
        told(visits[3], blister="yes")
        assert gentler(joan) == Gentler(1, 5)

    def test_a_later_fine_does_not_unsay_it(self, done, joan) -> None:
        told(done, worse="longer")
        told(done, sore="no", mark="no", blister="no", worse="no")
        assert gentler(joan) == Gentler(1, 5)
        assert answers_of([done.pk])[done.pk].was_worse

    def test_a_visit_that_runs_is_none_of_them(self, session, joan, a_visit) -> None:
        a_visit(session, ended=False)
        assert gentler(joan) == Gentler(0, 0)

    def test_two_queries_however_many_visits(self, opened, a_visit, joan, django_assert_num_queries) -> None:
        for days in (9, 6, 3):
            a_visit(opened(days=days))
        with django_assert_num_queries(2):
            gentler(joan)


class TestTheLink:
    def test_it_names_nobody_and_needs_no_account(self, link) -> None:
        page = Browser().get(link)
        assert page.status_code == 200
        assert "Joan" not in page.content.decode()
        assert "before your massage" not in page.content.decode()
        assert (page["Referrer-Policy"], page["Cache-Control"]) == ("no-referrer", "no-store")
        assert "csrf" not in page.content.decode().lower()

    def test_only_its_digest_is_kept(self, link) -> None:
        secret = link.rsplit("/", 1)[1].replace("-", "")
        assert secret not in str(list(NextDayLink.objects.values()))

    def test_looking_spends_nothing_and_answering_spends_it(self, link, done) -> None:
        phone = Browser(enforce_csrf_checks=True)
        for _ in range(3):
            assert phone.get(link).status_code == 200
        assert phone.post(link, FINE).status_code == 200
        assert phone.post(link, BLISTER).status_code == 410
        assert phone.get(link).status_code == 410
        row = NextDay.objects.get()
        assert (row.session_id, row.by, row.answers["blister"]) == (done.pk, None, "no")
        assert Entry.objects.get(action="next_day.answered").actor.startswith("link:")

    def test_without_an_answer_nothing_is_spent(self, link) -> None:
        phone = Browser()
        page = phone.post(link, {"words": "hello"})
        assert page.status_code == 400
        assert "I am not sure" in page.content.decode()
        assert phone.get(link).status_code == 200

    def test_a_blister_reads_what_to_do_today(self, link, joan, clinic) -> None:
        page = Browser().post(link, BLISTER).content.decode()
        assert "Please do this today" in page
        assert "Nobody may read your answers today" in page
        assert "foot.left" in excluded(joan, clinic)

    def test_after_four_days_it_has_ended(self, link) -> None:
        NextDayLink.objects.update(ends_at=timezone.now() - dt.timedelta(seconds=1))
        assert Browser().get(link).status_code == 410
        assert Browser().post(link, FINE).status_code == 410
        assert not NextDay.objects.exists()

    def test_a_new_one_takes_its_place_and_it_can_be_taken_back(self, link, ada, done) -> None:
        ada.post(f"/visit/{done.visit_id}/next-day", {"do": "link"})
        assert Browser().get(link).status_code == 410
        ada.post(f"/visit/{done.visit_id}/next-day", {"do": "withdraw"})
        assert not NextDayLink.objects.filter(used_at=None, withdrawn_at=None).exists()

    def test_guessing_is_slow(self, link) -> None:
        phone = Browser()
        for _ in range(20):
            assert phone.get("/n/0000-0000").status_code == 404
        assert phone.get(link).status_code == 429

    def test_whoever_of_the_staff_is_signed_in_does_not_matter(self, link, ada) -> None:
        ada.post("/lock")
        assert ada.get(link).status_code == 200


class TestOnThePhone:
    def test_the_answers_are_kept_with_who_wrote_them(self, ada, done) -> None:
        answer = ada.post(f"/visit/{done.visit_id}/next-day", {"do": "answers", **BLISTER})
        assert answer.status_code == 302
        page = ada.get(f"/visit/{done.visit_id}/next-day").content.decode()
        assert "Told to Ada Okonkwo" in page
        assert "Call Joan today." in page
        assert "a blister or open skin (the left foot)" in ada.get(f"/visit/{done.visit_id}/note").content.decode()

    def test_nothing_chosen_is_told(self, ada, done) -> None:
        assert ada.post(f"/visit/{done.visit_id}/next-day", {"do": "answers"}).status_code == 400

    def test_only_for_therapists(self, done, signed_in) -> None:
        assert signed_in("desk").get(f"/visit/{done.visit_id}/next-day").status_code == 403
