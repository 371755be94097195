"""The client's outcome as the staff reads it: the verdict and its options; where nothing is worked out, scores only."""

from __future__ import annotations

import re
import uuid

import pytest

from afferent.web.audit.models import Entry
from afferent.web.clinics.models import Clinic
from afferent.web.outcomes.models import Ending, Trial

FORM = {
    "measure": "nrs_pain", "points": "2", "visits": "8", "baseline": "14", "design": "plain", "flares": "3",
    "worse": "2", "said": "To walk again",
}  # fmt: skip


@pytest.fixture
def read(ada, ruth):
    """`read("agree")`: the text of a page below the client's outcome."""
    return lambda path="": " ".join(ada.get(f"/clients/{ruth.pk}/outcome/{path}").content.decode().split())


@pytest.fixture
def send(ada, ruth, today):
    """`send("agree", **fields)` posts the whole form, with these changed."""

    def make(path: str = "agree", **changed):
        fields = FORM | {"begins": str(today), "key": str(uuid.uuid4())} | changed if path == "agree" else changed
        return ada.post(f"/clients/{ruth.pk}/outcome/{path}", {k: v for k, v in fields.items() if v is not None})

    return make


class TestThePage:
    def test_the_verdict_the_chart_the_yardstick_and_what_was_agreed(self, whole_trial, read) -> None:
        page = read()
        assert "Better than before. Not clear why." in page
        assert "8 of 8 agreed" in page
        assert "placebo" in page
        assert "1 point would matter to the client." in page
        assert "42 of 42 days scored" in page
        assert "massage caused" not in page

    def test_options_have_equal_weight_and_lead_on(self, whole_trial, read, ruth) -> None:
        page = read()
        for number in (1, 2, 3):
            assert f'href="/clients/{ruth.pk}/outcome/option/{number}"' in page
        assert "checked" not in page

    def test_without_a_trial_it_says_what_to_do(self, read) -> None:
        page = read()
        assert "No trial is agreed yet" in page
        assert "verdict" not in page

    def test_another_measure_is_shown_and_not_judged(self, agreed, scored, visits, read) -> None:
        agreed(20, also=("nrs_sleep",))
        visits(10, 7)
        scored([5] * 20, 20, measure="nrs_sleep")
        scored([5] * 20, 20)
        number = re.search(r"outcome/of/(\d+)", read())[1]
        page = read(f"of/{number}")
        assert "judged by something else" in page
        assert "Sleep disturbed, day by day" in page
        assert 'id="verdict"' not in page

    def test_a_measure_nobody_asked_about_is_not_found(self, whole_trial, ada, ruth) -> None:
        assert ada.get(f"/clients/{ruth.pk}/outcome/of/17").status_code == 404
        assert ada.get(f"/clients/{ruth.pk}/outcome/of/999").status_code == 404

    def test_in_record_mode_scores_and_chart_only(self, whole_trial, read, ada, ruth) -> None:
        Clinic.objects.update(mode="record")
        page = read()
        assert "Pain, day by day" in page
        assert "nothing is worked out for one client" in page
        for words in ("Better than before", "How sure are we?", "What you could agree now", "yardstick"):
            assert words not in page
        assert ada.get(f"/clients/{ruth.pk}/outcome/option/1").status_code == 403

    def test_a_look_is_written(self, whole_trial, read) -> None:
        read()
        assert Entry.objects.order_by("-seq").first().action == "outcome.opened"

    def test_only_for_therapists(self, ruth, signed_in) -> None:
        for role in ("desk", "owner"):
            assert signed_in(role).get(f"/clients/{ruth.pk}/outcome/").status_code == 403

    def test_of_another_clinic_it_is_not_found(self, ruth, signed_in, staff) -> None:
        other = signed_in(member=staff("therapist", clinic=Clinic.objects.create(name="Other", second_factor=False)))
        for path in ("", "agree", "scores", "link", "file", "bring", "ask/1", "sheet/2026-11-01", "typed/2026-11-01"):
            assert other.get(f"/clients/{ruth.pk}/outcome/{path}").status_code == 404, path

    def test_no_address_says_what_is_measured(self, whole_trial, read) -> None:
        assert not re.search(r'href="[^"]*(pain|nrs|peg)', read())


class TestAgreeing:
    def test_nothing_is_chosen_beforehand(self, read) -> None:
        assert "checked" not in read("agree")

    def test_it_is_kept_as_it_was_said(self, send, ada) -> None:
        assert send(also=["nrs_sleep", "peg"]).status_code == 302
        row = Trial.objects.get()
        assert (row.agreement["points"], row.agreement["visits"], row.agreement["stop"]) == (
            2,
            8,
            {"flares": 3, "worse": 2},
        )
        assert (row.also, row.said, row.by) == (["nrs_sleep", "peg"], "To walk again", ada.member.user)

    @pytest.mark.parametrize("name", ["measure", "points", "visits", "baseline", "begins", "design", "flares", "worse"])
    def test_each_question_must_be_answered(self, send, name) -> None:
        answer = send(**{name: None})
        assert answer.status_code == 400
        page = answer.content.decode()
        assert f'id="{name}-fault"' in page
        assert page.count("checked") == 7, "what was chosen is still chosen"
        assert not Trial.objects.exists()

    @pytest.mark.parametrize(
        ("field", "value", "says"),
        [
            ("points_other", "11", "only 10 points"), ("points_other", "many", "from 0.1 to 100"),
            ("visits_other", "0", "whole number from 1 to 60"), ("baseline_other", "4", "whole number from 5 to 90"),
            ("visits_other", "2.5", "whole number"), ("measure", "mnsi", "cannot be chosen"),
        ],
    )  # fmt: skip
    def test_what_cannot_be_says_why(self, send, field, value, says) -> None:
        answer = send(**{field: value})
        assert answer.status_code == 400
        assert says in answer.content.decode()

    def test_a_number_of_their_own(self, send) -> None:
        send(points=None, points_other="1,5", visits=None, visits_other="10")
        assert (Trial.objects.get().agreement["points"], Trial.objects.get().agreement["visits"]) == (1.5, 10)

    def test_blocks_are_drawn_once_the_seed_is_kept_and_the_order_shown(self, send, read) -> None:
        assert send(design="blocks", pairs="3", block_days="7", washout="1").status_code == 302
        blocks = Trial.objects.get().agreement["blocks"]
        assert (blocks["pairs"], blocks["days"], blocks["washout"]) == (3, 7, 1)
        page = read()
        assert f"Drawn from the number {blocks['seed']}" in page
        assert page.count(": with massage</li>") == 3

    def test_blocks_that_leave_no_day(self, send) -> None:
        answer = send(design="blocks", pairs="2", block_days=None, block_days_other="5", washout="3")
        assert "Three days of each block must be left" in answer.content.decode()

    def test_after_visits_it_says_so_plainly_or_is_refused(self, send, visits, scored, today, read) -> None:
        scored([6, 6, 6, 6], 6)
        visits(2)
        begins = str(today)
        assert send(begins=begins).status_code == 302
        Ending.objects.create(
            client=Trial.objects.get().client,
            trial=Trial.objects.get(),
            why="stopped",
            on=today,
            by=Trial.objects.get().by,
        )
        visits(0)
        answer = send(begins=begins)
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "Agreed after one visit: how these went is known" in page
        assert Trial.objects.count() == 1
        assert send(begins=begins, late="1").status_code == 302
        assert "after one visit" in read()

    def test_sent_twice_it_is_agreed_once(self, send) -> None:
        key = str(uuid.uuid4())
        send(key=key)
        send(key=key)
        assert Trial.objects.count() == 1

    def test_a_form_without_its_key(self, send) -> None:
        assert send(key="x").status_code == 400


class TestTheOptions:
    def test_a_pause_is_read_back_and_then_agreed_after_eight_visits(self, whole_trial, read, send, today) -> None:
        page = read("option/1")
        assert "It is judged after 12 visits in all: four visits to come." in page
        assert "Agreed after eight visits" in page
        assert send("option/1", key=str(uuid.uuid4())).status_code == 302
        row = Trial.objects.order_by("-at").first()
        assert (row.after_visits, row.agreement["visits"], row.begins) == (8, 12, whole_trial.begins)
        assert row.pauses_on > today

    def test_going_on_keeps_the_days_before(self, whole_trial, send, read) -> None:
        send("option/2", key=str(uuid.uuid4()))
        assert Trial.objects.order_by("-at").first().agreement["visits"] == 16
        assert "8 of 16 agreed" in read()
        assert "Earlier agreements (1)" in read()

    def test_something_may_be_changed_first(self, whole_trial, send) -> None:
        page = send("option/2", key=str(uuid.uuid4()), do="change").content.decode()
        assert 'value="16"' in page
        assert 'name="late" value="8"' in page
        assert Trial.objects.count() == 1

    def test_to_stop_ends_it_and_nothing_is_asked_any_more(self, whole_trial, send, read) -> None:
        assert "The trial ends today" in read("option/3")
        send("option/3")
        assert Ending.objects.get().why == "stopped"
        page = read()
        assert "<strong>Stopped, " in page
        assert "outcome/option/" not in page

    def test_as_agreed_is_nothing_new(self, agreed, scored, read, send) -> None:
        agreed(5)
        scored([6, 6, 6, 6, 6], 5)
        assert "There is nothing new to agree: eight visits to come" in read("option/1")
        send("option/1")
        assert (Trial.objects.count(), Ending.objects.count()) == (1, 0)

    def test_no_other_number(self, whole_trial, ada, ruth) -> None:
        assert ada.get(f"/clients/{ruth.pk}/outcome/option/4").status_code == 404
