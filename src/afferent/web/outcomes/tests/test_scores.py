"""All scores: who told each and when, corrected with a reason, settled where they contradict; and as a table."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from afferent.web.audit.models import Entry
from afferent.web.outcomes.keeping import held
from afferent.web.outcomes.models import Score


@pytest.fixture
def at(ruth):
    return lambda path: f"/clients/{ruth.pk}/outcome/{path}"


class TestTheList:
    def test_who_told_it_and_when(self, agreed, scored, ada, at) -> None:
        agreed(3)
        scored([5], 3, told="link")
        scored([6], 2)
        page = ada.get(at("scores")).content.decode()
        assert "by link" in page
        assert "on paper, Ada Okonkwo" in page

    def test_a_correction_asks_why_and_leaves_the_first_legible(self, scored, ada, at, ruth) -> None:
        scored([9], 3)
        row = Score.objects.get()
        assert "Say in a few words why" in ada.post(at(f"scores/{row.pk}"), {"item.pain": "6"}).content.decode()
        assert ada.post(at(f"scores/{row.pk}"), {"item.pain": "6", "why": "Read upside down"}).status_code == 302
        page = " ".join(ada.get(at("scores")).content.decode().split())
        assert "Pain: 9" in page
        assert "by Ada Okonkwo: Read upside down" in page
        assert [one.value for one in held(ruth)] == [6]
        assert Entry.objects.filter(action="score.corrected").count() == 1

    def test_taken_back(self, scored, ada, at, ruth) -> None:
        scored([9], 3)
        ada.post(at(f"scores/{Score.objects.get().pk}"), {"do": "back", "why": "Another client’s"})
        assert not held(ruth).exists()
        assert "taken back" in ada.get(at("scores")).content.decode()

    def test_a_second_correction_leads_to_the_newer_entry(self, scored, ada, at) -> None:
        scored([9], 3)
        row = Score.objects.get()
        ada.post(at(f"scores/{row.pk}"), {"item.pain": "6", "why": "x"})
        answer = ada.post(at(f"scores/{row.pk}"), {"item.pain": "3", "why": "x"})
        assert answer.status_code == 400
        assert str(row.later.pk) in answer.content.decode()

    def test_one_of_two_that_contradict_is_said_to_be_right(self, agreed, scored, ada, at, ruth) -> None:
        agreed(3)
        scored([5], 3, told="link")
        scored([8], 3)
        page = ada.get(at("scores")).content.decode()
        assert "These contradict each other" in page
        right = Score.objects.get(value=5)
        ada.post(at("scores"), {"right": str(right.pk)})
        assert [one.value for one in held(ruth)] == [5]
        assert "These contradict" not in ada.get(at("scores")).content.decode()

    def test_of_another_client_it_is_not_found(self, scored, ada, a_client) -> None:
        scored([9], 3)
        other = a_client("Joan", "Petrie")
        assert ada.get(f"/clients/{other.pk}/outcome/scores/{Score.objects.get().pk}").status_code == 404


class TestToldInPerson:
    def test_it_is_kept_with_who_wrote_it_down(self, ada, at, ruth, today) -> None:
        answer = ada.post(at("ask/1"), {"item.pain": "4", "day": str(today), "event": "e" * 32})
        assert answer.status_code == 302
        row = held(ruth).get()
        assert (row.value, row.told, row.by, row.on) == (4, "person", ada.member.user, today)
        ada.post(at("ask/1"), {"item.pain": "4", "day": str(today), "event": "e" * 32})
        assert Score.objects.count() == 1

    @pytest.mark.parametrize(
        "sent", [{"item.pain": "4", "day": "2099-01-01"}, {"item.pain": "4", "day": "x"}, {"item.pain": "40"}, {}]
    )
    def test_what_cannot_be(self, ada, at, today, sent) -> None:
        assert ada.post(at("ask/1"), {"day": str(today)} | sent).status_code == 400
        assert not Score.objects.exists()


class TestTheTable:
    def test_out_and_in_again_it_is_the_same(self, whole_trial, ada, at, a_client) -> None:
        table = ada.get(at("file"))
        assert "attachment" in table["Content-Disposition"]
        rows = list(csv.DictReader(io.StringIO(table.content.decode())))
        assert len(rows) == 42
        assert (rows[0]["score"], rows[0]["phase"], rows[14]["phase"], rows[14]["visit"]) == ("6", "A", "B", "yes")
        answer = ada.post(at("bring"), {"scores": SimpleUploadedFile("a.csv", table.content)})
        assert "Nothing new: these scores are here already" in answer.content.decode()
        other = a_client("Joan", "Petrie")
        sent = {"scores": SimpleUploadedFile("a.csv", table.content), "sure": "yes"}
        page = ada.post(f"/clients/{other.pk}/outcome/bring", sent).content.decode()
        assert "New: 42" in page
        assert held(other).count() == 42
        assert Entry.objects.filter(action="scores.exported").exists()
        assert Entry.objects.filter(action="scores.imported").count() == 1

    def test_what_is_set_aside_is_shown_first_and_nothing_kept(self, ada, at) -> None:
        data = b"date,pain\n2026-01-01,5\n2026-01-02,17\n"
        answer = ada.post(at("bring"), {"scores": SimpleUploadedFile("a.csv", data)})
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "17 is not on the scale of 0 to 10" in page
        assert "1 score would be kept" in page
        assert not Score.objects.exists()
        ada.post(at("bring"), {"scores": SimpleUploadedFile("a.csv", data), "sure": "yes"})
        assert Score.objects.get().told == "file"

    def test_a_file_of_somebody_else_is_asked_about(self, ada, at) -> None:
        data = b"person,date,pain\nX1,2026-01-01,5\n"
        answer = ada.post(at("bring"), {"scores": SimpleUploadedFile("a.csv", data)})
        assert answer.status_code == 409
        assert "X1" in answer.content.decode()

    @pytest.mark.parametrize(
        ("data", "says"),
        [
            (b"person,date,pain\nX1,2026-01-01,5\nX2,2026-01-01,5\n", "keep the rows of one"),
            (b"PK\x03\x04", "spreadsheet"), (b"", "empty"),
            (b"date,pain\n2026-01-01,\n", "no day with a date and a score"),
        ],
    )  # fmt: skip
    def test_what_cannot_be_read(self, ada, at, data, says) -> None:
        answer = ada.post(at("bring"), {"scores": SimpleUploadedFile("a.csv", data)})
        assert answer.status_code == 400
        assert says in answer.content.decode()

    def test_no_file(self, ada, at) -> None:
        assert ada.post(at("bring")).status_code == 400

    def test_an_empty_table_to_start_from(self, ada, at) -> None:
        assert ada.get(at("empty-table")).content.decode().startswith("date,pain,phase")

    def test_a_score_without_its_answers(self, ada, at, ruth) -> None:
        data = b"date,peg\n2026-01-01,5.3\n"
        ada.post(at("bring"), {"scores": SimpleUploadedFile("a.csv", data)})
        assert (held(ruth).get().value, held(ruth).get().answers) == (5.3, {})
        assert re.search("PEG.*5.3", ada.get(at("scores")).content.decode())

    def test_more_than_one_client_ever_said(self, ada, at) -> None:
        days = [f"{1990 + n // 336}-{1 + n % 336 // 28:02}-{1 + n % 28:02},5\n" for n in range(5_001)]
        answer = ada.post(
            at("bring"), {"scores": SimpleUploadedFile("a.csv", ("date,pain\n" + "".join(days)).encode())}
        )
        assert answer.status_code == 400
        assert "at most 5,000 at once" in answer.content.decode()
