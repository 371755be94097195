"""What leaves the clinic: rows that add up, codes that lead nowhere, and no word that anybody could be known by."""

from __future__ import annotations

import asyncio
import csv
import datetime as dt
import io
import uuid
import zipfile
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from afferent.knowledge import load
from afferent.safety.evidence import Evidence
from afferent.web.audit.models import Entry
from afferent.web.clients.knowing import write
from afferent.web.clients.models import Client
from afferent.web.programme.models import Participant, Study
from afferent.web.programme.people import Person, grouped, rare

AT = "/clinic/programme/export"
FORM = {
    "name": "Sleep", "from": "2026-11-01", "to": "2026-11-30", "kind": "csv", "dates": "numbers", "rare": "blank",
    "basis": "yes",
}  # fmt: skip
GIVEN = ("Ruth", "Zacharias", "Ünal", "O'Brien", "=cmd", "Mirela", "Jean-Luc", "Aoife", "Xi", "Wendelin")


@pytest.fixture
def people(a_client, ada, visit, lived, scored, day_after, offered):
    """Ten clients: eight with diabetes between sixty and sixty-nine, one of ninety-five, one of thirty."""
    made = []
    for n, given_ in enumerate(GIVEN):
        born = {8: dt.date(1931, 3, 3), 9: dt.date(1996, 5, 5)}.get(n, dt.date(1960, 2, 1 + n))
        one = a_client(
            given_, f"Quintessenz{n}", called=f"Nickname{n}", born=born, phone=f"+49 30 555{n:04}",
            email=f"somebody{n}@quint.example",
        )  # fmt: skip
        write(one, "answers", [Evidence("diabetes", n < 8, dt.date(2026, 10, 1))], on=dt.date(2026, 10, 1))
        visit(one, ada, dt.date(2026, 10, 20))
        booked = visit(one, ada, 3 + n)
        day_after(lived(booked, numb=5), worse="longer" if n == 0 else "no", words=f"Tell Quintessenz{n}’s sister")
        scored(booked, 6, 4)
        scored(visit(one, ada, 20, hour=8 + n % 8), 5, 5)
        offered(one, ada, 3 + n, "other", words=f"Away at Quintessenz{n} Street")
        made.append(one)
    return made


def read(answer) -> dict[str, str]:
    """The files within."""
    assert answer.status_code == 200, answer.content.decode()

    async def whole() -> bytes:
        return b"".join([block async for block in answer.streaming_content])

    with zipfile.ZipFile(io.BytesIO(asyncio.run(whole()))) as packed:
        return {one: packed.read(one).decode("utf-8", "replace") for one in packed.namelist()}


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_rows_add_up(maren, people) -> None:
    files = read(maren.post(AT, FORM))
    assert set(files) == {"people.csv", "visits.csv", "scores.csv", "dictionary.csv", "README.txt"}
    own, visits, scores = (table(files[f"{one}.csv"]) for one in ("people", "visits", "scores"))
    assert (len(own), len(visits), len(scores)) == (10, 20, 40)
    assert {one["visits"] for one in own} == {"2"}
    first = next(one for one in visits if one["visit_no"] == "1" and one["visit_next_day"] == "yes")
    assert (first["visit_minutes"], first["visit_minutes_near"], first["visit_level"]) == ("25", "5", "2")
    assert {one["visit_day"] for one in visits if one["visit_no"] == "2"} == {"31"}
    assert {one["score_visit_no"] for one in scores} == {"1", "2"}
    assert {one["score_scale"] for one in scores} == {load().measures["nrs_pain_now"].scale}


def test_the_dictionary_names_every_column_and_no_other(maren, people) -> None:
    for dates in ("numbers", "shifted"):
        files = read(maren.post(AT, FORM | {"dates": dates}))
        told = {(one["table"], one["column"]) for one in table(files["dictionary.csv"])}
        assert told == {(one, name) for one in ("people", "visits", "scores") for name in table(files[f"{one}.csv"])[0]}


def test_everybody_of_ninety_and_over_stands_together_and_who_stands_out_is_not_shown(maren, people) -> None:
    own = table(read(maren.post(AT, FORM))["people.csv"])
    cells = Counter((one["age_band"], one["condition"]) for one in own)
    assert min(cells.values()) >= 5
    assert all(one["age_band"] == "not_shown" for one in own if one["condition"] == "not_shown")


def test_or_no_file_is_made(maren, people) -> None:
    answer = maren.post(AT, FORM | {"rare": "refuse"})
    assert answer.status_code == 400
    assert "fewer than five share, so no file was made" in answer.content.decode()
    assert not Study.objects.exists()


def test_fewer_than_five_people_make_no_file(maren, people) -> None:
    answer = maren.post(AT, FORM | {"from": "2026-11-03", "to": "2026-11-05"})
    assert answer.status_code == 400
    assert "Choose a longer time" in answer.content.decode()
    assert not Participant.objects.exists()


def test_a_code_is_the_same_in_one_study_and_another_in_the_next(maren, people) -> None:
    def codes(name: str) -> set[str]:
        return {one["study_id"] for one in table(read(maren.post(AT, FORM | {"name": name}))["people.csv"])}

    assert codes("Sleep") == codes("Sleep")
    assert codes("Sleep").isdisjoint(codes("Pain"))
    for one in Participant.objects.select_related("client"):
        assert one.code not in one.client_id.hex
        assert abs(one.shift) <= 180
    shifts = {(one.client_id, one.shift) for one in Participant.objects.all()}
    assert len(shifts) == 10  # one of each person, in both studies


def test_dates_are_moved_by_the_days_of_the_person_and_by_no_others(maren, people) -> None:
    files = read(maren.post(AT, FORM | {"dates": "shifted"}))
    by_code = {one.code: one for one in Participant.objects.all()}
    born = {one.pk: n for n, one in enumerate(people)}
    for one in table(files["visits.csv"]):
        person = by_code[one["study_id"]]
        true = dt.date(2026, 11, 3 + born[person.client_id] if one["visit_no"] == "1" else 20)
        assert dt.date.fromisoformat(one["visit_date"]) - true == dt.timedelta(person.shift)


def _identifying() -> list[str]:
    words = []
    for one in Client.objects.all():
        words += [one.given, one.family, one.called, one.phone, one.email, str(one.pk), one.pk.hex, str(one.born)]
        words += [one.email.split("@")[0], one.phone[-7:]]
    return [word for word in words if len(word) > 2]


@pytest.mark.parametrize("kind", ["csv", "redcap", "parquet"])
@pytest.mark.parametrize("dates", ["numbers", "shifted"])
def test_no_word_that_anybody_could_be_known_by(maren, people, kind, dates) -> None:
    files = read(maren.post(AT, FORM | {"kind": kind, "dates": dates}))
    together = "\n".join(files.values())
    for word in [*_identifying(), "Ada", "Okonkwo", "Maren", "Lindenhof", "sister", "Street", "2026-11-0"]:
        if word == "2026-11-0" and dates == "shifted":
            continue
        assert word not in together, word


def test_it_is_in_the_audit_with_what_it_was(maren, people) -> None:
    maren.post(AT, FORM)
    entry = Entry.objects.order_by("-seq").first()
    assert (entry.action, entry.subject) == ("programme.exported", f"study:{Study.objects.get().pk}")


def test_parquet_has_the_same_rows_with_their_types(maren, people, tmp_path) -> None:
    duckdb = pytest.importorskip("duckdb")
    answer = maren.post(AT, FORM | {"kind": "parquet", "dates": "shifted"})

    async def whole() -> bytes:
        return b"".join([block async for block in answer.streaming_content])

    with zipfile.ZipFile(io.BytesIO(asyncio.run(whole()))) as packed:
        packed.extractall(tmp_path)
    found = duckdb.sql(f"SELECT * FROM '{tmp_path}/scores.parquet'")
    assert len(found) == 40
    types = dict(zip(found.columns, map(str, found.types), strict=True))
    assert (types["score_date"], types["score_value"], types["score_no"]) == ("DATE", "DOUBLE", "INTEGER")


def test_without_its_library_parquet_is_one_sentence(maren, people, monkeypatch) -> None:
    monkeypatch.setattr("afferent.web.programme.files.find_spec", lambda name: None)
    answer = maren.post(AT, FORM | {"kind": "parquet"})
    assert answer.status_code == 400
    assert "pip install &#x27;afferent[sql]&#x27;" in answer.content.decode()


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"basis": ""}, "may pass these on"),
        ({"name": ""}, "Say what it is for"),
        ({"name": "", "study": "x"}, "Say what it is for"),
        ({"name": "x" * 81}, "longer than 80"),
        ({"kind": "xlsx"}, "Choose a format"),
        ({"rare": ""}, "Choose a format"),
        ({"from": "never"}, "no date"),
        ({"kind": "redcap", "event": "Baseline!"}, "baseline_arm_1"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_kept(maren, people, sent, says) -> None:
    answer = maren.post(AT, FORM | sent)
    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert not Study.objects.exists()


def test_who_did_not_agree_to_research_is_left_out_where_that_is_asked(maren, people, monkeypatch) -> None:
    from afferent.web.consents.models import Consent

    known = load()
    asked = replace(known.consents["photos"], id="research")
    knowledge = replace(known, consents={**known.consents, "research": asked})
    for place in ("views.export",):
        monkeypatch.setattr(f"afferent.web.programme.{place}.in_force", lambda clinic: knowledge)
    for one in people[:6]:
        Consent.objects.create(
            client=one, purpose="research", given=True, version=asked.version, on=dt.date(2026, 11, 1)
        )
    Consent.objects.create(
        client=people[5], purpose="research", given=False, version=asked.version, on=dt.date(2026, 11, 2)
    )
    files = read(maren.post(AT, {key: one for key, one in FORM.items() if key != "basis"}))
    assert len(table(files["people.csv"])) == 5
    assert "did not agree to research: 5." in files["README.txt"]


def test_a_child_is_left_out_and_counted(maren, people, a_client, ada, visit) -> None:
    visit(a_client("Kid", "Small", born=dt.date(2015, 1, 1)), ada, 7)
    files = read(maren.post(AT, FORM))
    assert len(table(files["people.csv"])) == 10
    assert "no adults: fewer than 5" in files["README.txt"]


class TestGroups:
    def test_the_first_step_takes_the_condition_alone(self) -> None:
        people = [_person("60_69", "diabetes")] * 6 + [_person("60_69", f"c{n}") for n in range(5)]
        cells = Counter((one.age_band, one.condition) for one in grouped(people))
        assert cells == {("60_69", "diabetes"): 6, ("60_69", "not_shown"): 5}

    @given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), min_size=5, max_size=40))
    def test_every_combination_told_is_shared_by_five(self, cells) -> None:
        people = [_person(*one) for one in cells]
        assert rare(grouped(people)) == 0


def _person(band: str, condition: str) -> Person:
    return Person(uuid.uuid4(), "c", 0, band, condition)


@given(st.text(max_size=30))
def test_a_cell_is_never_a_formula(text: str) -> None:
    from afferent.web.programme.files import cell

    assert not str(cell(text)).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell(-3) == -3
