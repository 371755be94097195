"""Scores from a table: any usual head, one fault named at a time, and the same table back."""

from __future__ import annotations

import datetime as dt
import io
import sys
import time
from pathlib import Path

import pytest

from afferent.errors import InputError
from afferent.knowledge import load
from afferent.outcomes.readings import Reading
from afferent.outcomes.series import series
from afferent.records.scores import Scores, read, read_bytes, table, template, write

MEASURES = load().measures
PAIN = MEASURES["nrs_pain"]
TODAY = dt.date(2026, 11, 22)
EXAMPLES = Path(__file__).resolve().parents[3] / "examples" / "trials"


def taken(text: str | bytes, measure: str | None = None) -> Scores:
    data = text.encode() if isinstance(text, str) else text
    return read_bytes(data, name="s.csv", today=TODAY, measures=MEASURES, measure=measure)


def values(text: str | bytes, **more: str) -> list[float | None]:
    (found,) = taken(text, **more).series.values()
    return [one.value for one in found.used]


def days(text: str) -> list[str]:
    (found,) = taken(text).series.values()
    return [str(one.day) for one in found.used]


def refused(text: str | bytes, **more: str) -> str:
    with pytest.raises(InputError) as caught:
        taken(text, **more)
    return str(caught.value)


@pytest.mark.parametrize(
    "head",
    ["date,pain", "Date;Pain", "day\tpain", "DAY,Pain (0-10)", "date,nrs_pain", " Day : , pain [0..10]",
     '"date","pain"'],
)  # fmt: skip
def test_a_head_by_any_of_its_names(head: str) -> None:
    mark = next(one for one in "\t;," if one in head)
    assert values(f"{head}\n2026-10-05{mark}6\n") == [6]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_byte_order_mark(ends: str, mark: bytes) -> None:
    text = ends.join(["date,pain", "", "2026-10-05,6", " , ", "2026-10-06,7"])
    assert values(mark + text.encode()) == [6, 7]


def test_a_decimal_comma_beside_semicolons() -> None:
    assert values("date;peg\n2026-10-05;5,33\n2026-10-06;5.5\n") == [5.33, 5.5]
    assert values("sep=;\ndate;peg\n2026-10-05;5,33\n") == [5.33]
    assert values('date,peg\n2026-10-05,"5,33"\n') == [5.33]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-10-05", "2026-10-05"), ("20261005", "2026-10-05"), ("2026/10/5", "2026-10-05"),
        ("2026-10-05T08:30:00Z", "2026-10-05"), ("2026-10-05 08:30", "2026-10-05"), ("5 Oct 2026", "2026-10-05"),
        ("05-Oct-2026", "2026-10-05"), ("October 5, 2026", "2026-10-05"), ("25/10/2026", "2026-10-25"),
        ("10/25/2026", "2026-10-25"), ("25.10.2026", "2026-10-25"), ("10/10/2026", "2026-10-10"), ("7", "7"),
        ("-3", "-3"),
    ],
)  # fmt: skip
def test_days_as_people_write_them(written: str, day: str) -> None:
    assert days(f'day,pain\n"{written}",6\n') == [day]


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("31/02/2026", "is no day of the calendar"), ("2026-02-30", "is no date"), ("5/10/26", "a year of two digits"),
        ("2026-10", "is no date"), ("yesterday", "is no date and no number of a day"),
        ("46302", "may have stored a date"),
        ("=TODAY()", "is no date"), ("13/13/2026", "is no day of the calendar"), ("5 Okt 2026", "is no day"),
        ("", "no day is given"),
    ],
)  # fmt: skip
def test_what_is_no_day_sets_its_row_aside(written: str, why: str) -> None:
    found = taken(f"day,pain\n{written},6\n").faults
    assert len(found) == 1
    assert found[0].startswith("s.csv, line 2, column day: ")
    assert why in found[0]


def test_a_day_number_under_a_head_of_dates_is_none() -> None:
    assert "is no date" in taken("date,pain\n3,6\n2026-10-05,6\n").faults[0]


def test_an_ambiguous_date_is_refused_with_the_mend() -> None:
    assert refused("date,pain\n03/04/2026,6\n05/04/2026,6\n") == (
        "s.csv, column date, line 2: '03/04/2026' may be 3 April 2026 or 4 March 2026, and no other date says which; "
        "write all dates like 2026-10-14"
    )


def test_one_day_above_twelve_settles_it_for_all() -> None:
    assert days("date,pain\n03/04/2026,6\n14/04/2026,6\n") == ["2026-04-03", "2026-04-14"]
    assert days("date,pain\n03/04/2026,6\n03/14/2026,6\n") == ["2026-03-04", "2026-03-14"]


def test_dates_that_settle_it_both_ways_are_refused() -> None:
    assert "'14/04/2026' (line 2) has the day first, '04/15/2026' (line 3) the month" in refused(
        "date,pain\n14/04/2026,6\n04/15/2026,6\n"
    )


def test_an_ambiguous_date_among_clear_ones_is_set_aside() -> None:
    assert days("date,pain\n03/04/2026,6\n2026-04-05,6\n") == ["2026-04-05"]


@pytest.mark.parametrize(
    ("head", "why"),
    [
        ("pain,phase", "no column is the day; name one date or day (found: 'pain', 'phase')"),
        ("date,phase", "no column has scores; name one after its measure: pain, pain now,"),
        ("date,score", "'score' does not say what was measured; name it pain"),
        ("date,day,pain", "'date' and 'day' are both the day; keep one"),
        ("date,pain,nrs_pain", "two columns are Pain; keep one"),
        ("date,measure,pain", "with a column of measures there is one column score"),
        ("date,score,tingling", "two columns are Tingling; keep one"),
        ("date,measure", "with a column of measures there is one column score"),
        (",".join(["date", "pain", *(f"c{n}" for n in range(199))]), "more than 200 columns"),
    ],
)
def test_a_fault_in_the_head_refuses_the_table(head: str, why: str) -> None:
    said = refused(head + "\n2026-10-05,6,6\n", **({"measure": "nrs_tingling"} if "tingling" in head else {}))
    assert said.startswith("s.csv, line 1: ")
    assert why in said


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "the file is empty"),
        (b"\n\n , \n", "the file is empty"),
        (b"date,pain\n", "a head and no row below it"),
        (b"date,pain\n2026-10-05,6\x00\n", "zero byte"),
        ("date,pain\n2026-10-05,6\n".encode("utf-16"), "UTF-16"),
        ("date,pain\n2026-10-05,6\n".encode("utf-16-le"), "UTF-16"),
        ("date,pain,note\n2026-10-05,6,müde\n".encode("latin-1"), "line 2, column 15: not UTF-8"),
        (b"<html><table><tr><td>date</td></tr></table>", "a web page or XML"),
        (b"  <?xml version='1.0'?>", "a web page or XML"),
        (b'[{"date": "2026-10-05"}]', "this is JSON"),
        (b"PK\x03\x04rest", "a spreadsheet or a packed file"),
        (b"\xd0\xcf\x11\xe0rest", "a spreadsheet or a packed file"),
        (b"%PDF-1.7", "this is a PDF"),
        (b"\x1f\x8brest", "packed with gzip"),
        (b'date,pain\n2026-10-05,"6\n2026-10-06,6\n', "line 2: a quotation mark is opened here and never closed"),
        (b'date,pain\n2026-10-05,"6"x\n', "line 2: no row of a table"),
        (b"date,pain\n2026-10-05," + b"9" * 200_000, "line 2: no row of a table"),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(data: bytes, why: str) -> None:
    said = refused(data)
    assert why in said
    assert said.isprintable()


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("eleven", "'eleven' is no number"), ("=cmd|' /C calc'!A0", "is no number"), ("+6+6", "is no number"),
        ("@SUM(1)", "is no number"), ("6/10", "is no number"), ("1e1", "is no number"), ("NaN", "is no number"),
        ("6 7", "is no number"), ("٦", "is no number"), ("−6", "is no number"), ("1_0", "is no number"),
        ("9" * 60, "is no number"), ("1000000000", "is no number"), ("11", "11 is not on the scale"),
        ("-1", "not on the scale"),
        ("6.5", "is a fraction"), ("999999999", "is not on the scale"), ("6" * 2000, "more than 1,000 characters"),
    ],
)  # fmt: skip
def test_what_is_no_score_sets_its_row_aside(cell: str, why: str) -> None:
    (found,) = taken(f"date,pain\n2026-10-05,6\n2026-10-06,{cell}\n").series.values()
    assert [one.value for one in found.used] == [6]
    assert why in found.set_aside[0].why
    assert found.set_aside[0].why.startswith("s.csv, line 3")


@pytest.mark.parametrize(
    ("column", "cell", "why"),
    [
        ("visit", "perhaps", "is neither yes nor no"), ("sore", "a bit", "is neither yes nor no"),
        ("sore", "2", "is neither yes nor no"), ("visit", "-1", "is neither yes nor no"),
        ("visit", "1.5", "is neither yes nor no"), ("visit", "46302", "is neither yes nor no"),
        ("minutes", "half an hour", "is no number"), ("minutes", "900", "900 minutes is not believable"),
        ("pressure", "hard", "is no number"), ("pressure", "7", "7 is no pressure level"),
        ("block", "two", "no whole number"), ("note", "x" * 2000, "more than 1,000 characters"),
        ("phase", "x" * 2000, "more than 1,000 characters"),
    ],
)  # fmt: skip
def test_a_cell_beside_the_score_that_cannot_be_read_is_set_aside_alone(column: str, cell: str, why: str) -> None:
    found = taken(f"date,pain,{column}\n2026-10-05,6,{cell}\n")
    assert found.faults[0].startswith("s.csv, line 2")
    assert why in found.faults[0]
    assert found.faults[0].endswith("; the rest of the row is used")
    assert found.series["", "nrs_pain"].used == (Reading(dt.date(2026, 10, 5), 6, line=2),)
    assert found.series["", "nrs_pain"].set_aside == ()


def test_visits_may_be_numbered() -> None:
    rows = "".join(f"{n},4,B,{v}\n" for n, v in enumerate(["1", "2", "", "3", "0", "12", "03"]))
    found = taken("day,pain,phase,session\n" + rows)
    (one,) = found.series.values()
    assert found.faults == ()
    assert [r.visit for r in one.used] == [True, True, None, True, False, True, True]
    assert len(one.visits) == 5


def test_a_bad_cell_beside_two_scores_is_named_once() -> None:
    found = taken("date,pain,sleep,visit\n2026-10-05,6,4,perhaps\n")
    assert len(found.faults) == 1
    assert [len(one.used) for one in found.series.values()] == [1, 1]


@pytest.mark.parametrize("head", ["Pain score", "pain rating", "Pain level", "PAIN NRS", "NRS pain", "Pain (NRS 0-10)"])
def test_a_measure_by_how_it_is_rated(head: str) -> None:
    assert list(taken(f"date,{head}\n2026-10-05,6\n").series) == [("", "nrs_pain")]
    assert list(taken(f"date,measure,score\n2026-10-05,{head},6\n").series) == [("", "nrs_pain")]


def test_a_rating_of_nobody_knows_what_asks_for_its_name() -> None:
    assert "'NRS' does not say what was measured; name it pain, or after another measure" in refused(
        "date,NRS\n2026-10-05,6\n"
    )
    assert list(taken("date,NRS\n2026-10-05,6\n", measure="nrs_tingling").series) == [("", "nrs_tingling")]


def test_weeks_are_counted_in_days() -> None:
    found = taken("week,phase,pain\n1,A,7\n2,A,6\n3,B,5\nWeek 5,B,4\n")
    (one,) = found.series.values()
    assert [r.day for r in one.used] == [7, 14, 21, 35]
    assert found.faults == (
        "s.csv, line 1: 'week' is taken for the day: week 1 is day 7, week 2 is day 14",
        "no score between day 21 and day 35 (14 days; usually 7)",
    )


def test_several_scores_of_one_week_need_their_days() -> None:
    assert refused("week,pain\n1,7\n1,7\n2,6\n") == (
        "s.csv, lines 2 and 3: two scores of week 1; name a column day or date and write the day of each"
    )
    assert len(taken("person,week,pain\nRuth,1,7\nOmar,1,6\n").series) == 2
    assert "is no number of a week" in taken("week,pain\n2026-10-05,7\n2,6\n").faults[1]


def test_a_week_beside_the_date_is_not_read() -> None:
    found = taken("week,date,pain\n1,2026-10-05,6\n")
    assert found.faults == ("s.csv, line 1: the column 'week' was not read; the day stands in 'date'",)


def test_of_a_table_that_cannot_be_used_one_sentence_says_so() -> None:
    found = taken("date,pain,phase\n2026-10-05,70%,A\n2026-10-06,60%,B\n")
    assert found.unusable == (
        "None of 2 scores could be used: s.csv, line 2, column pain: '70%' is no number; write it plainly, such as 6"
    )
    assert taken("date,measure,score\n2026-10-05,mood,6\n2026-10-06,mood,6\n").unusable == (
        "None of 2 rows could be used: s.csv, line 2, column measure: there is no measure 'mood'"
    )
    two = taken("person,date,pain,phase\nRuth,2026-10-05,11,A\nOmar,2026-10-05,6,A\n")
    assert two.unusable == ""
    both = taken("person,date,pain,phase\nRuth,2026-10-05,11,A\nOmar,2026-10-05,12,A\n")
    assert both.unusable.startswith("None of 2 scores could be used: s.csv, line 2: 2026-10-05: 11 is not on the scale")


def test_what_else_a_row_may_say() -> None:
    (found,) = taken(
        "date,pain,phase,block,visit,minutes,pressure,sore,note\n"
        "2026-10-05,6,B,2,yes,40,heavy lotioning,no,\"calves, tight\"\n"
    ).series.values()  # fmt: skip
    assert found.used == (
        Reading(dt.date(2026, 10, 5), 6, "B", 2, True, 40, 2, False, "calves, tight", line=2),
    )  # fmt: skip


def test_a_number_that_may_be_two_is_not_guessed() -> None:
    assert "'1.000' may be 1 or 1000" in taken("date,steps\n2026-10-05,1.000\n").faults[0]
    assert values("date;steps\n2026-10-05;4,210\n") == [4210]  # 4.21 steps cannot be
    assert values("date,pain\n2026-10-05,6.000\n") == [6]  # 6000 cannot be


def test_a_decimal_comma_that_makes_a_cell_too_many_is_named() -> None:
    found = taken("date,pain,visit\n2026-10-05,6,1,\n2026-10-06,6,yes\n")
    assert found.faults == ("s.csv, line 2: 4 cells where the head has 3; put a cell with a comma in quotes",)


def test_empty_cells_at_the_end_of_every_row_are_nothing() -> None:
    assert values("date,pain\n2026-10-05,6,,\n2026-10-06,7,,\n") == [6, 7]
    assert values("date,pain,note\n2026-10-05,6\n") == [6]


def test_wide_and_long_say_the_same() -> None:
    wide = taken("date,pain,sleep\n2026-10-05,6,4\n2026-10-06,7,\n")
    long = taken(
        "date,measure,score\n2026-10-05,pain,6\n2026-10-05,nrs_sleep,4\n2026-10-06,Pain,7\n2026-10-06,sleep,\n"
    )
    assert [one.phased for one in wide.series.values()] == [one.phased for one in long.series.values()]
    for key, one in wide.series.items():
        assert [(r.day, r.value) for r in one.used] == [(r.day, r.value) for r in long.series[key].used]


def test_a_measure_that_nobody_knows_sets_its_row_aside() -> None:
    found = taken("date,measure,score\n2026-10-05,mood,6\n2026-10-05,pain,6\n")
    assert found.faults == ("s.csv, line 2, column measure: there is no measure 'mood'",)
    assert list(found.series) == [("", "nrs_pain")]


def test_many_people() -> None:
    found = taken("person,date,pain\nRuth,2026-10-05,6\nOmar,2026-10-05,3\nRuth,2026-10-07,5\n,2026-10-07,5\n")
    assert {key: len(one.used) for key, one in found.series.items()} == {
        ("Ruth", "nrs_pain"): 2,
        ("Omar", "nrs_pain"): 1,
    }
    assert found.faults == ("s.csv, line 5, column person: nobody is named here, or at too great length",)


def test_whose_gap_it_is() -> None:
    rows = "".join(f"{who},{day},5\n" for who in ("Ruth", "Omar") for day in (1, 2, 3, 5 if who == "Ruth" else 4))
    assert taken(f"person,day,pain\n{rows}").faults == ("Ruth, nrs_pain: no score on day 4",)


def test_rows_that_are_numbered_are_not_taken_for_people() -> None:
    rows = "".join(f"{n},2026-10-{n:02},5\n" for n in range(1, 9))
    assert "every row names another person" in taken(f"id,date,pain\n{rows}").faults[-1]


def test_a_column_that_nobody_knows_is_named() -> None:
    found = taken("date,pain,phse,weather\n2026-10-05,6,A,wet\n")
    assert found.faults == (
        "s.csv, line 1: the column 'phse' was not read; did you mean phase?",
        "s.csv, line 1: the column 'weather' was not read",
    )


def test_what_a_column_of_scores_is_may_be_said() -> None:
    found = taken("date,score\n2026-10-05,6\n", measure="nrs_tingling")
    assert list(found.series) == [("", "nrs_tingling")]
    assert "there is no measure 'mood'" in refused("date,score\n2026-10-05,6\n", measure="mood")


def test_a_day_still_to_come() -> None:
    assert "the day is still to come" in taken("date,pain\n2026-11-23,6\n").faults[0]


def test_more_rows_than_a_diary_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MOST_ROWS", 3)
    assert "more than 3 rows" in refused("date,pain\n" + "2026-10-05,6\n" * 4)


def test_a_file_and_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.csv").write_text("date,pain\n2026-10-05,6\n", "utf-8")
    assert len(read(tmp_path / "a.csv", today=TODAY, measures=MEASURES).series) == 1
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"date,pain\n2026-10-05,6\n")))
    assert read("-", today=TODAY, measures=MEASURES).name == "standard input"
    with pytest.raises(InputError, match="no such file"):
        read(tmp_path / "none.csv", today=TODAY, measures=MEASURES)


def test_a_template_is_read_and_waits_for_its_scores() -> None:
    (found,) = taken(template(dt.date(2026, 10, 5))).series.values()
    assert (found.used, len(found.unanswered), found.faults) == ((), 42, ())
    filled = template(dt.date(2026, 10, 5), before=2, during=2).replace(",,A", ",6,A").replace(",,B", ",5,B")
    (found,) = taken(filled).series.values()
    assert (found.design, [one.value for one in found.used]) == ("AB", [6, 6, 5, 5])


def test_what_is_written_is_read_again_to_the_last_digit() -> None:
    given = {
        ("Ruth", "peg"): series(MEASURES["peg"], [Reading(1, 16 / 3, "A"), Reading(2, 1.234, "B", minutes=0.1)]),
        ("Omar", "nrs_pain"): series(PAIN, [Reading(1, 6.0, "A", 1, True, 30.0, 2.0, False, "x, y"), Reading(2)]),
    }
    text = write(given)
    assert text.splitlines()[0] == "person,day,measure,score,phase,block,visit,minutes,pressure,flare,note"
    again = taken(text)
    assert write(again.series) == text
    assert [one.value for one in again.series["Ruth", "peg"].used] == [16 / 3, 1.234]


def test_words_that_a_spreadsheet_would_calculate_are_marked_as_words() -> None:
    readings = [Reading(1, 5.0, note="=cmd|' /C calc'!A0"), Reading(2, 5.0, note="'-5 was said")]
    text = write({("+Ruth", "nrs_pain"): series(PAIN, readings)})
    assert "'=cmd" in text
    assert "\n'+Ruth," in text
    (found,) = taken(text).series.values()
    assert [one.note for one in found.used] == ["=cmd|' /C calc'!A0", "'-5 was said"]


def test_the_invented_people_of_the_examples() -> None:
    ruth = read(EXAMPLES / "before-and-with.csv", today=TODAY, measures=MEASURES)
    assert ruth.faults == ()
    pain = ruth.series["Ruth Ambler (invented)", "nrs_pain"]
    averages = [sum(s for _, s, on, _ in pain.phased if on is side) / n for side, n in ((False, 14), (True, 28))]
    assert [f"{one:.1f}" for one in averages] == ["6.2", "5.0"]
    assert (pain.design, pain.days, len(pain.used), len(pain.visits)) == ("AB", 42, 42, 8)
    assert sum(one.flare is True for one in pain.visits) == 1
    omar = read(EXAMPLES / "randomised-blocks.csv", today=TODAY, measures=MEASURES)
    assert omar.faults == ()
    (omars,) = omar.series.values()
    assert (omars.design, len(omars.used), omars.days) == ("BABABAAB", 56, 56)


def test_the_order_of_the_blocks_was_drawn_as_it_is_told() -> None:
    trial = pytest.importorskip("afferent.outcomes.person.trial")
    drawn = trial.schedule(trial.Blocks(pairs=4, days=7, seed=20261005))
    assert "".join("B" if on else "A" for on in drawn) == "BABABAAB"


def test_ten_times_the_rows_take_about_ten_times_as_long() -> None:
    """So that no table grows beyond patience; the seconds themselves are measured elsewhere."""
    first = dt.date(2026, 1, 1)
    days_ = [str(first + dt.timedelta(days=n)) for n in range(100)]

    def took(people: int) -> float:
        rows = "".join(f"p{n // 100},{days_[n % 100]},{n % 11},{'AB'[n % 100 > 40]},yes\n" for n in range(100 * people))
        begun = time.process_time()
        found = taken("person,date,pain,phase,visit\n" + rows)
        spent = time.process_time() - begun
        assert sum(len(one.used) for one in found.series.values()) == 100 * people
        return spent

    took(10)
    assert took(500) < 30 * took(50)


def test_one_person_of_many_days_takes_no_longer() -> None:
    rows = "".join(f"{n},{n % 11}\n" for n in range(9_000)) + "1,6\n" * 9_000
    begun = time.process_time()
    taken("day,pain\n" + rows)
    assert time.process_time() - begun < 10
