"""The diary on paper: printed for fourteen days, typed back in one save, empty boxes stay empty."""

from __future__ import annotations

import datetime as dt

import pytest

from afferent.web.audit.models import Entry
from afferent.web.outcomes.keeping import held
from afferent.web.outcomes.models import Score


@pytest.fixture
def first(today) -> dt.date:
    return today - dt.timedelta(13)


@pytest.fixture
def sheet(ada, ruth, first):
    return f"/clients/{ruth.pk}/outcome/typed/{first}"


def box(first, n: int, number: int = 0, item: str = "pain") -> str:
    return f"{first + dt.timedelta(n)}.{number}.{item}"


class TestTheSheet:
    def test_fourteen_days_by_what_the_trial_asks(self, agreed, ada, ruth, first) -> None:
        agreed(13, also=("nrs_sleep", "peg", "pgic"))
        page = ada.get(f"/clients/{ruth.pk}/outcome/sheet/{first}").content.decode()
        assert page.count('<th scope="row">') == 14
        assert page.count('<th scope="col">') == 2 + 5  # the day, what is new; pain, sleep and the three of PEG
        assert page.count('class="diary-not"') == 12 * 3  # PEG once a week
        assert "Ruth Amsler" in page
        assert 'class="qr"' in page

    def test_the_code_leads_to_the_page_for_typing_it_back(self, agreed, ada, ruth, first, monkeypatch) -> None:
        from afferent.web.outcomes.views import paper

        told = []
        monkeypatch.setattr(paper, "qr", lambda text, label: told.append(text) or "")
        agreed(13)
        ada.get(f"/clients/{ruth.pk}/outcome/sheet/{first}")
        assert told == [f"http://testserver/clients/{ruth.pk}/outcome/typed/{first}"]
        assert ada.get(told[0].removeprefix("http://testserver")).status_code == 200

    def test_without_a_trial_it_says_so(self, ada, ruth, first) -> None:
        assert "No trial is agreed" in ada.get(f"/clients/{ruth.pk}/outcome/sheet/{first}").content.decode()


class TestTypingBack:
    def test_what_is_filled_is_kept_and_the_rest_stays_empty(self, agreed, ada, sheet, first, ruth) -> None:
        agreed(13)
        answer = ada.post(sheet, {box(first, 0): "6", box(first, 2): " 7 ", box(first, 1): ""})
        assert answer.status_code == 302
        assert [(one.on, one.value) for one in held(ruth)] == [(first, 6), (first + dt.timedelta(2), 7)]
        assert {(one.told, one.by) for one in held(ruth)} == {("paper", ada.member.user)}
        assert Entry.objects.filter(action="scores.typed").count() == 1

    def test_what_cannot_be_is_named_and_nothing_is_kept(self, agreed, ada, sheet, first) -> None:
        agreed(13)
        answer = ada.post(sheet, {box(first, 0): "6", box(first, 1): "12", box(first, 2): "x"})
        page = answer.content.decode()
        assert answer.status_code == 400
        assert "2 things cannot be. Nothing was kept yet." in page
        assert "12 is not on the scale of 0 to 10" in page
        assert page.count('aria-invalid="true"') == 2
        assert f'name="{box(first, 0)}" value="6"' in page
        assert not Score.objects.exists()

    def test_a_day_to_come_is_none(self, agreed, ada, ruth, today) -> None:
        agreed(3)
        answer = ada.post(f"/clients/{ruth.pk}/outcome/typed/{today}", {box(today, 1): "5"})
        assert "is still to come" in answer.content.decode()

    def test_sent_twice_it_is_kept_once_and_a_cell_corrects_itself(self, agreed, ada, sheet, first, ruth) -> None:
        agreed(13)
        for value in ("6", "6", "5"):
            ada.post(sheet, {box(first, 0): value})
        assert [one.value for one in held(ruth)] == [5]
        assert Score.objects.count() == 2

    def test_what_is_known_stands_above_the_box(self, agreed, ada, sheet, scored) -> None:
        agreed(13)
        scored([5], 13, told="link")
        assert "<small>5, by link</small>" in ada.get(sheet).content.decode()

    def test_another_number_than_by_link_is_named_as_a_contradiction(
        self, agreed, ada, sheet, first, scored, ruth
    ) -> None:
        agreed(13)
        scored([5], 13, told="link")
        ada.post(sheet, {box(first, 0): "8"})
        assert "contradict each other" in ada.get(f"/clients/{ruth.pk}/outcome/").content.decode()

    def test_some_questions_of_several_are_no_score(self, agreed, ada, sheet, first, ruth) -> None:
        agreed(13, also=("peg",))
        ada.post(sheet, {box(first, 0, 1, "pain"): "6"})
        assert held(ruth).get().value is None
        assert "Answered in part: not scored" in ada.get(f"/clients/{ruth.pk}/outcome/").content.decode()

    def test_nothing_typed_is_said(self, agreed, ada, sheet) -> None:
        agreed(13)
        answer = ada.post(sheet, {})
        assert answer.status_code == 400
        assert "Nothing was typed" in answer.content.decode()
