"""Answering: kept at once, "not sure" always there, nothing guessed, and a helper is marked."""

from __future__ import annotations

import re
from typing import Any

from afferent.web.clients.models import Record, Statement
from afferent.web.intake.models import Draft
from afferent.web.intake.tests.walk import Phone


def kept(step: str) -> Any:
    return Draft.objects.get().answers[step]["given"]


def test_each_answer_is_kept_at_once(phone: Phone) -> None:
    phone.send(answer="me")
    assert kept("who") == "me"
    phone.through({}, until="aims")
    phone.send(ticked=["sleep", "calm"])
    assert kept("aims") == ["sleep", "calm"]
    assert phone.get("intake_go").wsgi_request.path == "/i/go/allergies"


def test_no_answer_is_asked_for_again(phone: Phone) -> None:
    page = phone.send()
    assert page.status_code == 400
    assert "Nothing is pressed yet" in phone.fault
    assert not Draft.objects.exists()


def test_what_is_missing_is_said_in_the_words_of_the_question(phone: Phone) -> None:
    """A good answer is named only where it is there to be pressed."""
    assert "not sure" not in (phone.send(), phone.fault)[1]  # who answers: that is known
    phone.through({}, until="foot-left")
    assert "“I am not sure” is a good answer" in (phone.send(), phone.fault)[1]
    phone.through({}, until="age_years")
    fault = (phone.send(), phone.fault)[1]
    assert fault == "Nothing is written yet. Write the number, then press Next; or press “I am not sure”."
    assert "I am not sure</button>" in phone.text
    phone.through({}, until="agree-treatment")
    fault = (phone.send(), phone.fault)[1]
    assert "“I want to talk about it first” is a good answer" in fault
    assert "not sure" not in fault


def test_later_questions_wait_for_the_first_open_one(phone: Phone) -> None:
    assert phone.get("intake_step", "skin").wsgi_request.path == "/i/go/who"
    assert phone.get("intake_read_back").wsgi_request.path == "/i/go/who"
    assert phone.get("intake_step", "no-such").wsgi_request.path == "/i/go/who"


def test_every_question_takes_not_sure(phone: Phone) -> None:
    """But who answers, and their name."""
    seen = set()
    for _ in range(120):
        if phone.at == "read-back":
            break
        seen.add(phone.at)
        if phone.at == "who":
            phone.send(answer="me")
        elif phone.at == "word":
            phone.send(done="none")
        elif phone.at == "age_years":
            phone.send(done="unsure")
        else:
            sent = {"answer": "unsure", "ticked": ["unsure"], "where": ["unsure"]}
            phone.send(**sent, done="rest" if 'value="rest"' in phone.text else "unsure")
        assert not phone.fault, (phone.at, phone.fault)
    assert phone.at == "read-back"
    assert len(seen) > 30
    phone.send()
    assert not Statement.objects.filter(kind="evidence").exists()  # not sure is never no


def test_a_list_is_denied_only_by_its_button(phone: Phone) -> None:
    phone.through({}, until="limbs")
    assert "Tick what is so" in (phone.send(), phone.fault)[1]
    assert "Nothing is ticked" in (phone.send(done="others"), phone.fault)[1]
    assert "Something is ticked" in (phone.send(yes=["limb_swollen"], done="none"), phone.fault)[1]
    assert 'value="limb_swollen" checked' in phone.text  # what was ticked stays
    assert "limbs" not in Draft.objects.get().answers


def test_the_way_on_denies_nothing_by_itself(phone: Phone) -> None:
    """ "None of these" is an answer to be chosen; the dark button at the foot is Next, as on every page."""
    phone.through({}, until="limbs")
    buttons = phone.text[phone.text.index('class="step-on"') :]
    assert re.findall('type="submit"[^>]*>(?:<span>)?([^<]*)', buttons) == ["Next"]
    assert 'type="radio" name="done" value="none"' in phone.text
    phone.send()
    assert "choose “None of these”" in phone.fault


def test_a_list_remembers_how_it_was_ended(phone: Phone) -> None:
    phone.through({"limbs": {"yes": ["limb_swollen"], "done": "rest"}}, until="clots")
    phone.get("intake_step", "limbs")
    assert 'name="done" value="rest" checked' in phone.text
    phone.get("intake_step", "today")
    assert 'name="done" value="none" checked' in phone.text
    phone.send(yes=["fever_symptoms"], done="none")
    assert 'name="done" value="none" checked' in phone.text


def test_what_was_denied_is_read_back_by_name(phone: Phone) -> None:
    phone.through({
        "limbs": {"yes": ["limb_swollen"], "done": "others"},
        "clots": {"yes": ["long_journey"], "done": "rest"},
    })  # fmt: skip
    assert "None of the others: Leg pain that nobody has explained" in phone.text
    assert "I am not sure about the rest: A doctor has said that your blood clots too easily;" in phone.text
    assert "None of these: Suddenly short of breath" in phone.text


def test_ticked_and_not_sure_is_ticked(phone: Phone) -> None:
    phone.through({}, until="limbs")
    phone.send(yes=["limb_swollen"], unsure=["limb_swollen"], done="others")
    assert kept("limbs") == {"yes": ["limb_swollen"], "unsure": [], "rest": "no"}
    assert phone.at == "limb_swollen"


def test_what_was_ticked_is_followed_by_where_and_when(phone: Phone) -> None:
    phone.through({"clots": {"yes": ["clot_ever"], "done": "others"}}, until="clot_ever")
    assert "Where was the blood clot?" in phone.text
    phone.send(where=["leg_whole.right"])
    assert phone.at == "clot_date"
    assert "still to come" in (phone.send(year="2090"), phone.fault)[1]
    assert "four numbers" in (phone.send(year="20x1"), phone.fault)[1]
    phone.send(year="2019", month="05")
    assert kept("clot_date") == "2019-05"
    assert phone.at == "medicines"  # treated long ago: whether it is treated now is not asked


def test_taking_the_tick_away_takes_the_details_away(phone: Phone, ruth: Any) -> None:
    phone.through({"clots": {"yes": ["clot_ever"], "done": "others"}})
    phone.get("intake_change", "clots")
    phone.send(done="none")
    assert phone.at == "read-back"
    phone.send()
    facts = dict(Statement.objects.filter(fact__startswith="clot").values_list("fact", "body__value"))
    assert facts == {"clot_ever": False}
    assert "clot_date" not in Record.objects.get().body["answers"]


def test_a_helper_is_named_and_marked(phone: Phone) -> None:
    phone.send(answer="helper")
    assert phone.at == "helper"
    phone.send(words="Rosa")
    assert 'name="helper" value="yes" checked' in phone.text
    phone.send(done="none", helper="yes")
    phone.send(ticked=["ease"], helper="yes")
    phone.send(answer="none", words="")  # this one she answers herself
    answers = Draft.objects.get().answers
    assert (answers["aims"]["helper"], answers["allergies"]["helper"]) == (True, False)
    assert Draft.objects.get().helper == "Rosa"


def test_a_helper_for_one_answer_is_asked_for_the_name(phone: Phone) -> None:
    phone.through({}, until="aims")
    phone.send(ticked=["ease"], helper="yes")
    assert phone.at == "helper"
    phone.send(words="Rosa")
    assert phone.at == "allergies"


def test_oils_are_named_or_it_is_asked_again(phone: Phone) -> None:
    phone.through({}, until="allergies")
    assert "write which" in (phone.send(answer="some", words=" "), phone.fault)[1]
    assert "pressed another answer" in (phone.send(answer="none", words="nuts"), phone.fault)[1]
    phone.send(answer="some", words="nuts")
    assert kept("allergies") == {"value": "some", "words": "nuts"}


def test_come_back_later_says_until_when(phone: Phone) -> None:
    page = phone.get("intake_later").content.decode()
    assert "on this phone or computer" in page
    assert "It works until" in page


def test_two_tabs_do_not_lose_each_other(phone: Phone) -> None:
    phone.through({}, until="aims")
    first = phone._hidden()
    phone.send(ticked=["ease"])
    phone.send(answer="none", words="")
    phone.browser.post("/i/go/aims", first | {"ticked": ["sleep"]})
    assert kept("aims") == ["sleep"]
    assert kept("allergies")["value"] == "none"


def test_the_pages_show_nothing_of_the_record(phone: Phone, ruth: Any) -> None:
    ruth.born = None
    texts = []
    for _ in range(60):
        if phone.at == "read-back":
            break
        texts.append(phone.text)
        phone.through({}, until=phone.at) if phone.at == "read-back" else phone.send(**_plain(phone))
    assert not any("Ruth" in text or "Amsler" in text for text in texts)


def _plain(phone: Phone) -> dict[str, Any]:
    from afferent.web.intake.tests.walk import plain

    return plain(phone.at, phone.text)
