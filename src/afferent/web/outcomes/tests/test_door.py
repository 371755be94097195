"""The client's link: a press an answer, kept at once and once, changed until midnight. It names nobody."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.cache import cache
from django.test import Client as Browser
from django.utils import timezone

from afferent.web.audit.models import Entry
from afferent.web.clinics.models import Clinic
from afferent.web.outcomes.keeping import held
from afferent.web.outcomes.models import Score, ScoreLink
from afferent.web.outcomes.trials import end


@pytest.fixture
def press(phone, form_of):
    """`press(link, 1, pain=6)` answers question 1 as its form would."""

    def make(link: str, number: int, follow: bool = True, **answers):
        form = form_of(phone.get(f"{link}/{number}").content.decode())
        form |= {("do" if key == "do" else f"item.{key}"): str(value) for key, value in answers.items()}
        return phone.post(f"{link}/{number}", form, follow=follow)

    return make


@pytest.fixture
def text(phone):
    return lambda address: " ".join(phone.get(address).content.decode().split())


class TestAnswering:
    def test_one_press_keeps_it_and_says_thank_you(self, agreed, link, press, ruth, today) -> None:
        agreed(3)
        page = press(link(), 1, pain=6).content.decode()
        assert "Thank you. See you tomorrow." in page
        row = held(ruth).get()
        assert (row.value, row.on, row.told, row.by, row.asked) == (6, today, "link", None, "daily")
        assert Entry.objects.get(action="score.kept").actor.startswith("link:")

    def test_one_measure_a_screen_what_is_judged_first(self, agreed, link, text, press) -> None:
        agreed(3, also=("nrs_sleep",))
        address = link()
        assert "Question 1 of 2 today" in text(address)
        page = press(address, 1, pain=6).content.decode()
        assert "Question 2 of 2 today" in page
        assert "disturb your sleep" in page
        assert "Thank you" in press(address, 2, sleep=3).content.decode()

    def test_eleven_buttons_with_words_at_the_ends_and_no_slider(self, agreed, link, text) -> None:
        agreed(3)
        page = text(link())
        assert page.count('name="item.pain"') == 11
        assert "no pain" in page
        assert "worst possible pain" in page
        assert "range" not in page
        assert "<script" not in page

    def test_sent_twice_it_is_once(self, agreed, link, phone, form_of) -> None:
        agreed(3)
        address = link()
        form = form_of(phone.get(address).content.decode()) | {"item.pain": "6"}
        for _ in range(3):
            assert phone.post(f"{address}/1", form).status_code == 302
        assert Score.objects.count() == 1

    def test_todays_may_be_changed_and_the_first_stays(self, agreed, link, press, text, ruth) -> None:
        agreed(3)
        address = link()
        press(address, 1, pain=6)
        assert "You said 6 today" in text(f"{address}/1")
        press(address, 1, pain=4)
        assert held(ruth).get().value == 4
        assert Score.objects.count() == 2

    def test_left_open_is_nothing(self, agreed, link, press) -> None:
        agreed(3, also=("nrs_sleep",))
        address = link()
        page = press(address, 1, do="leave").content.decode()
        assert "Question 2 of 2" in page
        page = press(address, 2, do="leave").content.decode()
        assert "Some is open today." in page
        assert "left open" in page
        assert not Score.objects.exists()

    def test_what_cannot_be_is_said_and_not_kept(self, agreed, link, press) -> None:
        agreed(3)
        answer = press(link(), 1, pain=12)
        assert answer.status_code == 400
        assert "0 to 10" in answer.content.decode()
        assert not Score.objects.exists()

    def test_several_questions_are_kept_together_or_in_part(self, agreed, link, press, ruth) -> None:
        agreed(3, also=("peg",))
        address = link()
        page = press(address, 2, pain=6, enjoyment=5).content.decode()
        assert "in part, so there is no score" in page
        press(address, 2, pain=6, enjoyment=5, activity=4)
        assert held(ruth).get(measure="peg").value == 5

    def test_yesterdays_page_keeps_nothing_for_today(self, agreed, link, phone, form_of, today) -> None:
        agreed(3)
        address = link()
        form = form_of(phone.get(address).content.decode()) | {"item.pain": "6", "on": str(today - dt.timedelta(1))}
        answer = phone.post(f"{address}/1", form)
        assert answer.status_code == 409
        assert "A new day has begun" in answer.content.decode()
        assert not Score.objects.exists()

    def test_there_is_no_other_number(self, agreed, link, phone) -> None:
        agreed(3)
        assert phone.get(f"{link()}/7").status_code == 404

    def test_what_a_fall_is_for_is_said(self, agreed, link, press) -> None:
        agreed(3, also=("falls",))
        assert "A fall is told to the therapist at once" in press(link(), 2, falls=1).content.decode()


class TestWhatIsAsked:
    def test_each_week_only_after_a_week(self, agreed, link, scored, text) -> None:
        agreed(20, also=("cramps",))
        address = link()
        scored([4], 6, measure="cramps", asked="weekly")
        assert "Question 1 of 1" in text(address)
        scored([4], 7, measure="cramps", asked="weekly")
        assert "Question 1 of 1" in text(address)

    def test_each_week_again_after_seven_days(self, agreed, link, scored, text) -> None:
        agreed(20, also=("cramps",))
        scored([4], 7, measure="cramps", asked="weekly")
        assert "Question 1 of 2" in text(link())

    def test_at_the_end_only_after_the_agreed_visits(self, agreed, link, visits, text) -> None:
        agreed(20, also=("pgic",), visits=2)
        address = link()
        assert "of 1 today" in text(address)
        visits(9, 5)
        assert "of 2 today" in text(address)

    def test_at_the_start_once(self, agreed, link, text) -> None:
        agreed(3, also=("mnsi",))
        page = text(f"{link()}/2")
        assert page.count('type="radio"') == 30

    def test_after_the_end_nothing(self, agreed, link, text, ada, today) -> None:
        row = agreed(3)
        address = link()
        end(row, "stopped", by=ada.member.user, actor="x", today=today, now=timezone.now())
        assert "Nothing is asked today." in text(address)
        assert "item.pain" not in text(address)

    def test_no_link_without_a_trial(self, ada, ruth) -> None:
        page = ada.post(f"/clients/{ruth.pk}/outcome/link", {"do": "link"}).content.decode()
        assert "No trial runs" in page
        assert not ScoreLink.objects.exists()


class TestTheChart:
    def test_in_the_second_person_and_without_advice(self, whole_trial, link, text) -> None:
        page = text(f"{link()}/done")
        assert "Your pain fell by 1.2 points while you had massage." in page
        assert "Pain, day by day" in page
        for words in ("What you could agree", "Pause two weeks", "Judge again", "What would change this"):
            assert words not in page

    def test_in_record_mode_the_chart_alone(self, whole_trial, link, text) -> None:
        Clinic.objects.update(mode="record")
        page = text(f"{link()}/done")
        assert "Pain, day by day" in page
        assert "Your pain fell" not in page

    def test_after_two_days_there_is_none(self, agreed, scored, link, text) -> None:
        agreed(3)
        scored([6, 6], 3, told="link")
        assert "Your own chart" not in text(f"{link()}/done")


class TestTheLink:
    def test_it_names_nobody_and_tells_its_address_to_nobody(self, whole_trial, link, phone) -> None:
        address = link()
        for path in ("", "/done", "/1"):
            page = phone.get(address + path)
            assert "Ruth" not in page.content.decode()
            assert "Amsler" not in page.content.decode()
            assert (page["Referrer-Policy"], page["Cache-Control"]) == ("no-referrer", "no-store")

    def test_only_its_digest_is_kept(self, agreed, link) -> None:
        agreed()
        secret = link().rsplit("/", 1)[1].replace("-", "")
        assert secret not in str(list(ScoreLink.objects.values()))

    def test_it_ends(self, agreed, link, phone) -> None:
        agreed()
        address = link()
        ScoreLink.objects.update(ends_at=timezone.now() - dt.timedelta(seconds=1))
        assert phone.get(address).status_code == 410
        assert phone.post(f"{address}/1", {"item.pain": "6"}).status_code == 410
        assert not Score.objects.exists()

    def test_a_new_one_takes_its_place_and_it_can_be_taken_back(self, agreed, link, phone, ada, ruth) -> None:
        agreed()
        first, second = link(), link()
        assert phone.get(first).status_code == 410
        assert phone.get(second).status_code == 200
        ada.post(f"/clients/{ruth.pk}/outcome/link", {"do": "withdraw"})
        assert phone.get(second).status_code == 410
        assert Entry.objects.filter(action="score_link.withdrawn").count() == 1

    def test_guessing_is_slow(self, agreed, link, phone) -> None:
        agreed()
        address = link()
        for _ in range(20):
            assert phone.get("/o/0000-0000").status_code == 404
        assert phone.get(address).status_code == 429

    def test_the_letters_may_be_typed_in_capitals(self, agreed, link, phone) -> None:
        agreed()
        start, _, secret = link().rpartition("/")
        assert phone.get(f"{start}/{secret.upper().replace('-', '')}").status_code == 200

    def test_whoever_of_the_staff_is_signed_in_does_not_matter(self, agreed, link, ada) -> None:
        agreed()
        address = link()
        ada.post("/lock")
        assert ada.get(address).status_code == 200

    def test_of_another_clinic_it_writes_there(self, agreed, link, signed_in, staff, form_of) -> None:
        agreed()
        address = link()
        other = signed_in(member=staff("therapist", clinic=Clinic.objects.create(name="Other", second_factor=False)))
        form = form_of(other.get(address).content.decode()) | {"item.pain": "6"}
        other.post(f"{address}/1", form)
        assert Score.objects.get().value == 6

    def test_it_is_shown_once_and_never_again(self, agreed, link, ada, ruth) -> None:
        agreed()
        secret = link().rsplit("/", 1)[1]
        assert secret not in ada.get(f"/clients/{ruth.pk}/outcome/link").content.decode()

    def test_when_it_was_last_answered_is_seen(self, agreed, link, press, ada, ruth) -> None:
        agreed()
        press(link(), 1, pain=6)
        assert "<dd>not yet</dd>" not in ada.get(f"/clients/{ruth.pk}/outcome/link").content.decode()

    def test_a_preview_spends_nothing(self, agreed, link) -> None:
        agreed()
        address = link()
        for _ in range(3):
            assert Browser().head(address).status_code == 200
        assert not Score.objects.exists()


class TestWithoutABrake:
    @pytest.fixture(autouse=True)
    def _forgotten_afterwards(self):
        yield
        cache.clear()

    def test_after_twenty_changes_a_day_it_says_so_and_keeps_no_more(self, agreed, link, press, ruth) -> None:
        agreed(3)
        address = link()
        answers = [press(address, 1, pain=n % 10) for n in range(24)]
        assert answers[19].status_code == 200
        assert answers[-1].status_code == 429
        assert "changed very often today" in answers[-1].content.decode()
        assert Score.objects.filter(client=ruth).count() == 21, "the answer, and twenty changes of it"
        assert held(ruth).get().value == 0

    def test_twenty_wrong_links_do_not_shut_the_door_of_a_visit(self, phone, ruth) -> None:
        for _ in range(22):
            wrong = phone.get("/o/" + "0" * 32)
        assert wrong.status_code == 429
        assert phone.post("/live/join", {"code": "0000"}).status_code == 404

    def test_nor_do_twenty_wrong_codes_shut_the_link_of_somebody_else(self, phone, agreed, link) -> None:
        agreed(3)
        for _ in range(22):
            wrong = phone.post("/live/join", {"code": "0000"})
        assert wrong.status_code == 429
        assert phone.get(link()).status_code == 200
