"""A therapist answers what is open: limits change at once, nothing is overwritten, a bad answer changes nothing."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.utils import timezone

from afferent.knowledge import load
from afferent.records.answers import none_of, statements
from afferent.safety.evidence import Evidence
from afferent.web.clients.current import current
from afferent.web.clients.knowing import history, write
from afferent.web.clients.models import Record, Screened, SetAside, Statement

KNOWLEDGE = load()


@pytest.fixture
def today(clinic):
    return timezone.now().astimezone(clinic.zone).date()


@pytest.fixture
def ada(signed_in):
    return signed_in("therapist")


def test_an_answer_changes_the_limits_and_the_page_says_what_changed(ada, a_client, today) -> None:
    ruth = a_client()
    before = current(ruth, today)
    answer = ada.post(
        f"/clients/{ruth.pk}/answers", {"asked": "numb", "answer.numb": "yes", "where.numb": "foot.left.sole"}
    )
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/clients/{ruth.pk}?since={before.pk}"
    text = ada.get(answer.headers["Location"]).content.decode()
    assert "Saved. What changed" in text
    assert "sole of the left foot" in text.lower() or "left foot" in text.lower()
    record = Record.objects.get()
    assert (record.kind, record.by) == ("answers", ada.member.user)


def test_nothing_chosen_is_said_to_be_nothing_saved(ada, a_client) -> None:
    ruth = a_client()
    answer = ada.post(f"/clients/{ruth.pk}/answers", {"asked": "numb"}, follow=True)
    assert "Nothing was chosen, so nothing was saved." in answer.content.decode()
    assert not Record.objects.exists()


def test_none_of_these_denies_what_was_asked_and_no_more(ada, a_client, today) -> None:
    ruth = a_client()
    ada.post(f"/clients/{ruth.pk}/answers", {"asked": ["clot_ever"], "none_of": "clots"})
    assert list(Statement.objects.values_list("fact", flat=True)) == ["clot_ever"]


def test_a_bad_answer_is_one_sentence_and_changes_nothing(ada, a_client) -> None:
    ruth = a_client()
    answer = ada.post(f"/clients/{ruth.pk}/answers", {"asked": "temperature_c", "answer.temperature_c": "hot"})
    assert answer.status_code == 400
    assert "nothing was changed" in answer.content.decode()
    assert not Record.objects.exists()


def test_an_answer_to_what_was_not_asked_is_refused(ada, a_client) -> None:
    ruth = a_client()
    answer = ada.post(f"/clients/{ruth.pk}/answers", {"asked": "numb", "answer.clot_ever": "no"})
    assert answer.status_code == 400
    assert not Record.objects.exists()


def test_still_as_last_time_is_a_no_of_today(ada, a_client, today) -> None:
    ruth = a_client()
    earlier = today - timezone.timedelta(days=5)
    write(ruth, "answers", list(statements({"clot_ever": "no"}, KNOWLEDGE, earlier)), on=earlier)
    assert "Asked: as on" in ada.get(f"/clients/{ruth.pk}").content.decode()
    assert ada.post(f"/clients/{ruth.pk}/still", {"fact": "clot_ever"}).status_code == 302
    first = history(ruth)[0]
    assert (first.evidence.date, first.evidence.value, first.over) == (today, False, "")
    assert ada.post(f"/clients/{ruth.pk}/still", {"fact": "clot_ever"}).status_code == 409
    assert ada.post(f"/clients/{ruth.pk}/still", {"fact": "numb"}).status_code == 409


def test_red_flags_are_read_before_they_are_confirmed(ada, a_client, today) -> None:
    """What calls for help, skin and one swollen leg stand open, line by line, above the button that confirms them."""
    ruth, earlier = a_client(), today - timezone.timedelta(days=5)
    said = list(none_of(["today", "limbs", "skin", "clots"], KNOWLEDGE, earlier, set()))
    write(ruth, "answers", said, on=earlier)
    cards = ada.get(f"/clients/{ruth.pk}").content.decode().split('<article class="card again">')[1:]
    by_title = {title: card for card in cards for title in [re.search("<h3>(.*?)</h3>", card)[1]]}
    for group in ("today", "limbs", "skin"):
        card = by_title[KNOWLEDGE.groups[group].title]
        assert card.index('class="plain again-said"') < card.index("<button")
        assert card.index("</li>") < card.index("<button")
    clots = by_title[KNOWLEDGE.groups["clots"].title]
    assert "again-said" not in clots
    assert "What was said" in clots


def test_a_correction_stands_beside_what_it_corrects(ada, a_client, today) -> None:
    ruth = a_client()
    write(ruth, "answers", list(statements({"breathless_or_chest_pain": "yes"}, KNOWLEDGE, today)), on=today)
    assert current(ruth, today).state == "closed"
    entry = Statement.objects.get()
    assert ada.post(f"/clients/{ruth.pk}/take-back", {"entry": entry.pk, "why": ""}).status_code == 400
    ada.post(f"/clients/{ruth.pk}/take-back", {"entry": entry.pk, "why": "It was another client."})
    ada.post(f"/clients/{ruth.pk}/take-back", {"entry": entry.pk, "why": "It was another client."})  # pressed twice
    ruth.refresh_from_db()
    assert current(ruth, today).state == "ask"
    assert Statement.objects.filter(kind="withdrawn").count() == 1
    text = ada.get(f"/clients/{ruth.pk}/history").content.decode()
    assert "(corrected)" in text
    assert "It was another client." in text


def test_a_limit_is_set_aside_with_a_reason_and_a_hard_stop_never(ada, a_client, today) -> None:
    ruth = a_client()
    said = {"numb": ["foot.left"], "foot_hot_swollen": "right", "diabetes": "yes"}
    write(ruth, "answers", list(statements(said, KNOWLEDGE, today)), on=today)
    assert (
        ada.post(f"/clients/{ruth.pk}/set-aside", {"rule": "LOPS", "reason": "other", "words": ""}).status_code == 400
    )
    assert ada.post(f"/clients/{ruth.pk}/set-aside", {"rule": "CHARCOT-ACTIVE", "reason": "agreed"}).status_code == 409
    assert ada.post(f"/clients/{ruth.pk}/set-aside", {"rule": "DATA-MISSING", "reason": "agreed"}).status_code == 409
    for _ in range(2):
        assert ada.post(f"/clients/{ruth.pk}/set-aside", {"rule": "LOPS", "reason": "examined"}).status_code == 302
    assert SetAside.objects.get().by == ada.member.user
    before = Screened.objects.count()
    ruth.refresh_from_db()
    assert current(ruth, today).state == "closed", "setting a rule aside moves no limit"
    assert Screened.objects.count() == before


def test_what_was_set_aside_stands_by_name_on_the_page_and_in_the_history(ada, a_client, today) -> None:
    ruth = a_client()
    write(ruth, "answers", list(statements({"numb": ["foot.left"], "diabetes": "yes"}, KNOWLEDGE, today)), on=today)
    ada.post(f"/clients/{ruth.pk}/set-aside", {"rule": "LOPS", "reason": "examined", "words": "felt all ten points"})
    title = KNOWLEDGE.rules["LOPS"].title
    page = " ".join(ada.get(f"/clients/{ruth.pk}").content.decode().split())
    assert f"<strong>{title}</strong>: Looked and tested: it is not so today. felt all ten points" in page
    assert "<strong>LOPS</strong>" not in page
    history = ada.get(f"/clients/{ruth.pk}/history").content.decode()
    assert f"{title}, {today:%-d %b %Y}" in history.replace(today.strftime("%B"), today.strftime("%b"))
    assert "felt all ten points" in history
    assert "Ada Okonkwo" in history


def test_the_questions_also_worth_asking_come_when_opened(ada, a_client) -> None:
    ruth = a_client()
    assert "further-cards" in ada.get(f"/clients/{ruth.pk}").content.decode()
    assert 'name="asked"' in ada.get(f"/clients/{ruth.pk}/further").content.decode()


def test_the_page_of_a_client_takes_a_fixed_number_of_queries(
    ada, a_client, today, django_assert_max_num_queries
) -> None:
    ruth = a_client()
    write(ruth, "answers", list(statements({"numb": ["foot.left"]}, KNOWLEDGE, today)), on=today)
    ada.get(f"/clients/{ruth.pk}")
    with django_assert_max_num_queries(26):
        ada.get(f"/clients/{ruth.pk}")


def test_only_what_the_page_asks_can_be_still_so(ada, a_client, today) -> None:
    """Denied earlier, and told by a foot check or a record meanwhile: the old "no" is not offered, nor taken."""
    ruth = a_client()
    earlier = today - dt.timedelta(days=9)
    write(ruth, "answers", [Evidence("stroke_ever", False, earlier)], on=earlier)
    write(ruth, "import", [Evidence("stroke_ever", True, earlier, "Condition/1", "Stroke", "code")], on=today)
    count = Statement.objects.count()
    assert ada.post(f"/clients/{ruth.pk}/still", {"fact": "stroke_ever"}).status_code == 409
    assert Statement.objects.count() == count
