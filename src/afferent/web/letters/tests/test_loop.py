"""From the request to changed limits: unverified it opens nothing, confirmed it opens what it names."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from afferent.body.regions import LEAVES
from afferent.knowledge import load
from afferent.outline import faults, outlines
from afferent.outline.model import Wish
from afferent.records.answers import statements
from afferent.records.letters.answer_form import Answer as Given
from afferent.records.letters.answer_form import ItemAnswer
from afferent.safety.compare import _by_leaf
from afferent.web.audit.models import Entry
from afferent.web.clients.knowing import write
from afferent.web.letters.arriving import arrive
from afferent.web.letters.models import Answer, Call, Letter

WEEK = dt.timedelta(days=7)


def no_looser(before, after) -> bool:
    """Every region and technique, heat, cold, minutes, positions and the headline."""
    was, now = _by_leaf(before), _by_leaf(after)
    for leaf in LEAVES:
        first, last = was.get(leaf), now.get(leaf)
        if first is None:
            continue
        if last is None or (first.excluded and not last.excluded) or last.pressure > first.pressure:
            return False
        if last.minutes > first.minutes or not set(first.techniques_off) <= set(last.techniques_off):
            return False
        if (not first.heat and last.heat) or (not first.cold and last.cold):
            return False
    return after.session.minutes <= before.session.minutes and set(before.session.positions_off) <= set(
        after.session.positions_off
    )


def pressure(screening, leaf: str):
    limit = _by_leaf(screening).get(leaf)
    return None if limit is None else "off" if limit.excluded else limit.pressure


def test_the_request_asks_only_what_fired_and_for_information(ada, ruth, asked) -> None:
    page = ada.get(f"/clients/{ruth.pk}/letters/{asked.pk}").content.decode()
    assert "Clot in the RIGHT leg" in page
    assert "permission" not in page
    assert asked.kind == "request"
    assert asked.body["reply"]["link"] == ""
    assert asked.consent.purpose == "care_team"


def test_all_fine_unverified_opens_nothing_anywhere(limits, arrived) -> None:
    """The law of the whole slice, through the web: before the link was answered, and after."""
    after = limits()
    assert arrived.route == "link"
    assert "VTE-HISTORY" in {one.id for one in after.rules if one.state == "fired" and not one.cleared}


def test_it_is_the_same_at_every_region_and_technique(limits, phone, address, fine) -> None:
    before = limits()
    assert phone.post(address, fine).status_code == 200
    after = limits()
    assert no_looser(before, after)
    assert pressure(after, "thigh.right.front") == pressure(before, "thigh.right.front") == "off"


def test_whatever_an_unverified_answer_says_nothing_opens(limits, asked, clinic, today) -> None:
    """One after the other, all of them kept: each box, each level, later days. None of it opens."""
    before, asked.clinic = limits(), clinic
    items = asked.body["items"]
    for number in range(24):
        lines = tuple(
            ItemAnswer(
                item["id"],
                says=("fine", "limit", "fine", "open")[(number + place) % 4],
                level=number % 6,
                facts={
                    ask["fact"]: ask["boxes"][number % len(ask["boxes"])] for ask in item["questions"] if ask["boxes"]
                },
            )
            for place, item in enumerate(items)
        )
        overall = ("nothing_found", "adapt", "open")[number % 3]
        given = Given(today, "Dr. Osei", route="paper", items=lines, overall=overall, until=today + WEEK * number)
        arrive(asked, given, actor="program")
        assert no_looser(before, limits()), given


def test_confirmed_it_opens_and_the_page_says_what_and_why(ada, ruth, limits, arrived, call) -> None:
    before = limits()
    sent = call(arrived)
    assert sent.status_code == 302
    after = limits()
    assert pressure(before, "thigh.right.front") == "off"
    assert pressure(after, "thigh.right.front") == 1
    page = ada.get(sent["Location"]).content.decode()
    assert "What opened by it, and why" in page
    assert "at most 1 light lotioning" in page
    assert "no longer held by" in page
    made = Call.objects.get()
    assert (made.outcome, made.number, made.by) == ("confirmed", "+1 555 7000", ada.member.user)
    assert Entry.objects.filter(action="answer.confirmed").count() == 1
    history = ada.get(f"/clients/{ruth.pk}/history").content.decode()
    assert "answer of Dr. Amara Osei" in history


@pytest.mark.parametrize("outcome", ["not_confirmed", ""])
def test_not_confirmed_it_opens_nothing_either(limits, arrived, call, outcome) -> None:
    before = limits()
    if outcome:
        assert call(arrived, outcome).status_code == 302
    assert no_looser(before, limits())


def test_what_it_tightens_counts_at_once(ada, ruth, limits, phone, address, fine, number) -> None:
    before = limits()
    thinner = number("thinner")
    sent = fine | {thinner: "limit", f"{thinner}.level": "0", "overall": "adapt"}
    assert phone.post(address, sent).status_code == 200
    after = limits()
    assert pressure(before, "back.left.upper") == 2
    assert pressure(after, "back.left.upper") == 0
    assert no_looser(before, after)


def test_an_outline_made_before_is_too_strong_after(limits, phone, address, fine) -> None:
    """The plan of today is judged by the screening as it stands now."""
    knowledge, wish = load(), Wish(aims=("ease_pain",), minutes=45)
    before = limits()
    made = next(one for one in outlines(before, knowledge, wish) if one.steps)
    assert not faults(made, before, knowledge, wish)
    assert phone.post(address, fine | {"overall": "inadvisable", "because": "not now"}).status_code == 200
    assert faults(made, limits(), knowledge, wish)


def test_no_answer_lifts_a_hard_stop_and_the_page_says_so(ada, ruth, limits, arrived, call, today) -> None:
    """ "My doctor said it is fine": heard, and it stays a stop."""
    write(ruth, "answers", statements({"fever_symptoms": "yes"}, load(), today), on=today, by=ada.member.user)
    before = limits()
    sent = call(arrived, "confirmed")
    after = limits()
    stops = {one.id for one in before.rules if one.state == "fired" and one.hard_stop}
    assert stops
    assert stops <= {one.id for one in after.rules if one.state == "fired" and one.hard_stop}
    assert after.decision == before.decision
    page = ada.get(sent["Location"]).content.decode()
    assert "What did not open" in page
    assert "no answer lifts it" in page
    assert "My doctor said it is fine" in page


def test_a_mistaken_yes_is_taken_back_and_everything_closes(ada, ruth, limits, arrived, call) -> None:
    before = limits()
    call(arrived)
    assert not no_looser(before, limits())
    assert (
        ada.post(
            f"/clients/{ruth.pk}/letters/answer/{arrived.pk}", {"do": "take_back", "why": "the wrong button"}
        ).status_code
        == 302
    )
    assert no_looser(before, limits())
    assert call(arrived).status_code == 409


def test_taken_back_needs_a_word(ada, ruth, arrived) -> None:
    sent = ada.post(f"/clients/{ruth.pk}/letters/answer/{arrived.pk}", {"do": "take_back", "why": " "})
    assert sent.status_code == 409
    assert "Say in a few words" in sent.content.decode()


def test_the_same_call_twice_is_one(arrived, call) -> None:
    call(arrived)
    assert call(arrived).status_code == 409
    assert Call.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"number": ""}, "Write the number that you called"),
        ({"number": "abc"}, "Write the number that you called"),
        ({"listed": ""}, "Write where that number is listed"),
        ({"do": "dance"}, "That button is not known here"),
    ],
)
def test_a_call_needs_its_number_and_listing(arrived, call, more, says) -> None:
    sent = call(arrived, **more)
    assert sent.status_code in (400, 409)
    assert says in sent.content.decode()
    assert not Call.objects.exists()


def test_the_number_the_answer_states_is_no_listing(ada, ruth, phone, address, fine, call) -> None:
    phone.post(address, fine | {"contact": "call me: (555) 999-0001"})
    answer = Answer.objects.get()
    page = ada.get(f"/clients/{ruth.pk}/letters/answer/{answer.pk}").content.decode()
    assert "999-0001" not in page
    sent = call(answer, number="+1 555 999 0001")
    assert sent.status_code == 409
    assert "That is the number that the answer itself gives" in sent.content.decode()
    assert not Call.objects.exists()
    assert call(answer, number="+1 555 999 0001", looked_up="yes").status_code == 302


def test_words_are_quoted_and_never_read(ada, ruth, limits, phone, address, number) -> None:
    before = limits()
    lines = {number("clot"): "", "name": "Dr. B. Stone", "me": "yes", "words": "All fine! Level 5 <b>everywhere</b>."}
    assert phone.post(address, lines).status_code == 200
    assert no_looser(before, limits())
    answer = Answer.objects.get()
    page = ada.get(f"/clients/{ruth.pk}/letters/answer/{answer.pk}").content.decode()
    assert "Level 5 &lt;b&gt;everywhere&lt;/b&gt;" in page
    assert "never interpreted" in page


def test_the_page_of_the_client_says_that_it_waits(ada, ruth, arrived) -> None:
    page = ada.get(f"/clients/{ruth.pk}").content.decode()
    assert "Answer arrived: call to verify" in page
    today = ada.get("/today").content.decode()
    assert "Answer arrived: call to verify" in today


def test_a_letter_is_made_once_by_one_form(ada, ruth, asked) -> None:
    sent = ada.post(f"/clients/{ruth.pk}/letters/request", {"name": "Dr. Other", "key": str(asked.pk)})
    assert sent.status_code == 302
    assert Letter.objects.count() == 1
    assert Letter.objects.get().to_whom.startswith("Dr. Amara Osei")


def test_the_pdf_carries_the_same_link_as_a_code(ada, ruth, asked, address) -> None:
    import pypdfium2
    import zxingcpp

    for paper in ("a4", "letter"):
        found = ada.get(f"/clients/{ruth.pk}/letters/{asked.pk}/page/{paper}")
        assert found["Content-Type"] == "application/pdf"
        page = pypdfium2.PdfDocument(found.content)[0]
        codes = zxingcpp.read_barcodes(page.render(scale=100 / 72, grayscale=True).to_pil())
        assert [re.sub(r".*?(/a/)", r"\1", one.text) for one in codes] == [address]
