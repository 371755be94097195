"""The viewer of the audit."""

from __future__ import annotations

import csv
import datetime as dt
import io
import uuid
from typing import Any

import pytest

from afferent.web.audit.chain import note
from afferent.web.audit.models import Entry
from afferent.web.clinics.models import Clinic
from afferent.web.scope import inside

CLIENT = uuid.UUID("3f9c2a10-0000-4000-8000-000000000000")


@pytest.fixture
def owner(signed_in: Any) -> Any:
    return signed_in("owner", name="Maren Voss")


def shown(browser: Any, query: str = "") -> str:
    return browser.get(f"/audit/{query}").content.decode()


def test_each_line_is_a_sentence(owner: Any, staff: Any) -> None:
    ada = staff("therapist").user
    for action, subject in (
        ("client.opened", f"client:{CLIENT}"),
        ("client.screened", f"client:{CLIENT}"),
        ("session.began", ""),
    ):
        note(f"user:{ada.pk}", action, subject)
    note(f"user:{owner.member.user.pk}", "staff.changed", f"user:{ada.pk}")
    note("link:ab12cd34ef", "intake.saved", f"client:{CLIENT}")
    page = shown(owner)
    for words in (
        "Ada Okonkwo opened client 3f9c2a10", "Ada Okonkwo: a screening was stored, client 3f9c2a10",
        "Ada Okonkwo signed in", "Maren Voss changed what Ada Okonkwo may do",
        "Whoever holds link ab12cd34: an intake answer was saved",
    ):  # fmt: skip
        assert words in page, words


def test_looking_at_it_is_written_into_it(owner: Any) -> None:
    shown(owner)
    entry = Entry.objects.get()
    assert (entry.action, entry.actor) == ("audit.opened", f"user:{owner.member.user.pk}")
    assert "Maren Voss opened the audit" in shown(owner)


def test_pages_turn_by_number_and_no_line_is_lost_or_shown_twice(owner: Any) -> None:
    for number in range(120):
        note("program", "client.opened", f"client:{uuid.UUID(int=number << 96)}")
    seen, query = [], ""
    while True:
        found = owner.get(f"/audit/{query}").context
        seen += [line.seq for line in found["lines"]]
        query = found["older"]
        if not query:
            break
    assert seen == sorted(set(seen), reverse=True)
    assert set(range(1, 121)) <= set(seen)


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("person=program", {1, 3}),
        ("action=client.opened", {1}),
        (f"client={CLIENT}", {1, 2}),
        ("person=program&action=book.listed", {3}),
    ],
)
def test_it_is_filtered(owner: Any, query: str, seen: Any) -> None:
    note("program", "client.opened", f"client:{CLIENT}")
    note(f"user:{owner.member.user.pk}", "client.answered", f"client:{CLIENT}")
    note("program", "book.listed")
    assert {line.seq for line in owner.get(f"/audit/?{query}").context["lines"] if line.seq < 4} == seen


def test_a_day_is_a_day_of_the_clinic(owner: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    late = dt.datetime(2026, 11, 24, 23, 30, tzinfo=dt.UTC)  # half past midnight in Berlin
    with monkeypatch.context() as patched:
        patched.setattr("afferent.web.audit.chain.timezone.now", lambda: late)
        note("program", "book.listed")
    assert [line.seq for line in owner.get("/audit/?day=2026-11-25").context["lines"]] == [1]
    assert owner.get("/audit/?day=2026-11-24").context["lines"] == []
    assert "00:30" in shown(owner, "?day=2026-11-25")


@pytest.mark.parametrize("query", ["client=walter", "day=yesterday", "person=user:999", "action=x", "before=0"])
def test_what_cannot_be_asked_is_said(owner: Any, query: str) -> None:
    answer = owner.get(f"/audit/?{query}")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()


def test_another_clinic_is_not_in_it(owner: Any) -> None:
    other = Clinic.objects.create(name="Other")
    with inside(other.id):
        note("program", "book.listed")
    assert {line.entry.action for line in owner.get("/audit/").context["lines"]} == {"audit.opened"}


def test_the_table_holds_what_was_filtered_and_no_formula(owner: Any, staff: Any) -> None:
    evil = staff("desk", name="=HYPERLINK(1)").user
    note(f"user:{evil.pk}", "book.listed")
    note("program", "book.listed")
    answer = owner.get(f"/audit/file?person=user:{evil.pk}")
    assert "attachment" in answer["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert [(row["number"], row["who"], row["action"]) for row in rows] == [("1", "'=HYPERLINK(1)", "book.listed")]


def test_a_whole_chain_is_said_to_be_whole(owner: Any) -> None:
    first = note("program", "book.listed")
    answer = owner.post("/audit/check", {"number": "1", "hash": first.hash[:12]})
    page = answer.content.decode()
    assert "The audit is whole" in page
    assert "Entry 1 is the one that you wrote down." in page
    assert Entry.objects.order_by("-seq").first().action == "audit.checked"


def test_a_broken_chain_is_said_to_be_broken(owner: Any) -> None:
    first = note("program", "book.listed")
    Entry.objects.bulk_create([Entry(seq=5, at=first.at, actor="x", action="book.listed", hash="0")])
    page = owner.post("/audit/check").content.decode()
    assert "The audit is not whole" in page
    assert "Between entry 1 and entry 5 something is missing." in page


def test_paper_finds_what_the_chain_cannot(owner: Any) -> None:
    note("program", "book.listed")
    assert "was written anew" in owner.post("/audit/check", {"number": "1", "hash": "0" * 12}).content.decode()
    assert "was cut off" in owner.post("/audit/check", {"number": "900", "hash": "0" * 12}).content.decode()
    assert owner.post("/audit/check", {"number": "1", "hash": "<b>"}).status_code == 400
