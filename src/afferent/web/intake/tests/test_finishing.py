"""Read back, confirmed, written: once, all of it, with origin and day; what states no fact stands beside the record."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from afferent.knowledge import load
from afferent.web.audit.models import Entry
from afferent.web.clients.knowing import known
from afferent.web.clients.models import Client, Record, Statement
from afferent.web.consents.models import Consent
from afferent.web.intake import finish as finishing
from afferent.web.intake.about import told
from afferent.web.intake.drafts import Over, save
from afferent.web.intake.models import Draft, Link
from afferent.web.intake.tests.walk import Phone

HELPED = {"who": {"answer": "helper"}, "helper": {"words": "Rosa"}}


def today() -> dt.date:
    return timezone.now().astimezone(_zone()).date()


def _zone() -> Any:
    return Link.objects.select_related("clinic").latest("made_at").clinic.zone


def body(fact: str) -> dict[str, Any]:
    return Statement.objects.get(fact=fact, kind="evidence").body


def test_everything_is_read_back_in_sentences(phone: Phone) -> None:
    phone.through({"foot-left": {"answer": "mid_calf"}, "clots": {"yes": ["clot_ever"], "done": "others"},
                   "clot_ever": {"where": ["arm_whole.left"]}})  # fmt: skip
    for words in ("LEFT foot: numb up to mid-calf", "RIGHT hand: not numb", "A blood clot in a leg", "LEFT arm",
                  "None of the others", "you, just now", "71 years"):  # fmt: skip
        assert words in phone.text
    assert phone.text.count("Change it") > 30


def test_the_origin_says_who_and_when(phone: Phone) -> None:
    phone.through(HELPED | {"limbs": {"done": "none", "helper": "yes"}})
    phone.send()
    record = Record.objects.get()
    assert record.helper == "Rosa"
    month = f"{today():%B}"
    assert body("limb_swollen")["origin"] == f"a helper (Rosa), {today().day} {month} {today().year}"
    assert body("clot_ever")["origin"] == f"the client, {today().day} {month} {today().year}"
    assert body("clot_ever")["kind"] == "answer"


def test_an_answer_keeps_the_day_on_which_it_was_given(phone: Phone) -> None:
    phone.through({})
    draft = Draft.objects.get()
    before = timezone.now() - dt.timedelta(days=2)
    draft.answers["today"]["at"] = before.isoformat()
    draft.save()
    phone.get("intake_read_back")
    assert "you, on " in phone.text
    phone.send()
    assert body("fever_symptoms")["date"] == before.astimezone(_zone()).date().isoformat()
    assert body("clot_ever")["date"] == today().isoformat()


def test_it_can_be_changed_from_the_last_page(phone: Phone) -> None:
    phone.through({})
    phone.get("intake_change", "age_years")
    phone.send(number="72")
    assert phone.at == "read-back"
    assert "72 years" in phone.text


def test_pressing_twice_writes_once(phone: Phone) -> None:
    phone.through({})
    hidden = phone._hidden()
    for _ in range(2):
        assert phone.browser.post("/i/go/read-back", hidden).status_code == 302
    assert Record.objects.count() == 1
    assert Consent.objects.count() == 5
    assert Entry.objects.filter(action="intake.finished").count() == 1


def test_what_comes_a_moment_after_the_end_is_not_kept(phone: Phone) -> None:
    """The phone sent twice, the second found the link still good when it looked."""
    phone.through({})
    link = Link.objects.select_related("clinic").get()
    hidden = phone._hidden()
    phone.browser.post("/i/go/read-back", hidden)
    assert finishing.finish(link) is False
    with pytest.raises(Over):
        save(link, "word", {"none": True}, helper=False)
    assert not Draft.objects.filter(finished_at=None).exists()
    assert Record.objects.count() == 1


def test_back_after_the_end_shows_only_thank_you(phone: Phone) -> None:
    phone.through({"word": {"words": "Not the big toe"}})
    phone.send()
    for address in ("/i/go/read-back", "/i/go/who", "/i/go/word", "/i/go"):
        phone.page = phone.browser.get(address)
        phone.follow()
        assert phone.page.wsgi_request.path == "/i/go/done"
        assert "big toe" not in phone.text
    assert phone.browser.post("/i/go/word", {"words": "More", "token": "x"}).status_code in (302, 403)
    assert Record.objects.count() == 1


def test_what_cannot_be_written_is_not_half_written(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    phone.through({})

    def broken(*_: Any) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(finishing, "_consents", broken)
    with pytest.raises(RuntimeError):
        phone.send()
    assert not Record.objects.exists()
    assert Draft.objects.get().finished_at is None
    assert Link.objects.get().used_at is None


def test_the_client_is_screened_anew(phone: Phone, ruth: Any) -> None:
    Client.objects.update(stale=False)
    phone.through({})
    phone.send()
    ruth.refresh_from_db()
    assert ruth.stale is True
    facts = {one.fact for one in known([ruth], load(), today())[ruth.pk].intake.statements}
    asked_elsewhere = {"platelets", "temperature_c"}
    assert {"clot_ever", "numb", "pacemaker", "age_years"} <= facts
    assert not asked_elsewhere & facts


def test_a_date_nobody_remembers_is_asked_again(phone: Phone) -> None:
    phone.through({"medicines": {"yes": ["chemo_date"], "done": "others"}, "chemo_date": {"done": "unsure"}})
    phone.send()
    assert body("chemo_date")["value"] is None


def test_medicines_are_read_like_a_case_file(phone: Phone) -> None:
    phone.through({"medicine_names": {"words": "Warfarin 5 mg\nwarfrin\nAspirin 100 mg\nchamomile"}})
    phone.send()
    drugs = Statement.objects.filter(kind="evidence", body__kind="drug")
    assert {"anticoagulant", "antiplatelet"} <= set(drugs.values_list("fact", flat=True))
    assert all(one.origin.startswith("the client, ") for one in drugs)
    assert "warfarin" in Statement.objects.get(kind="not_understood").body["text"]
    assert Statement.objects.filter(kind="antiplatelet").exists()


def test_each_consent_is_its_own_answer(phone: Phone, ruth: Any) -> None:
    phone.through({"agree-treatment": {"answer": "yes"}, "agree-photos": {"answer": "unsure"},
                   "foot-left": {"answer": "toes"}})  # fmt: skip
    phone.send()
    given = dict(Consent.objects.values_list("purpose", "given"))
    assert given == {"treatment": True, "heat_cold": False, "care_team": False, "reminders": False}
    one = Consent.objects.get(purpose="treatment")
    assert (one.by, one.version) == (None, load().consents["treatment"].version)
    assert any(place.startswith("foot.left") for place in one.numb)
    assert Entry.objects.filter(action="consent.given").count() == 1


def test_what_is_no_fact_is_told_beside(phone: Phone, ruth: Any) -> None:
    assert told(ruth) is None
    phone.through(HELPED | {
        "aims": {"ticked": ["ease", "sleep"], "helper": "yes"},
        "allergies": {"answer": "some", "words": "lavender"},
        "word": {"words": "Not the big toe."},
        "medicine_names": {"words": "metformin"},
    })  # fmt: skip
    phone.send()
    found = told(ruth)
    assert found is not None
    assert found.on == today()
    assert found.aims == ("Less pain", "Better sleep")
    assert (found.allergies, found.word, found.medicines, found.helper) == (
        "lavender", "Not the big toe.", ("metformin",), "Rosa",
    )  # fmt: skip


def test_the_draft_is_empty_once_the_record_stands(phone: Phone) -> None:
    phone.through({})
    phone.send()
    draft = Draft.objects.get()
    assert (draft.answers, draft.helper) == ({}, "")
    assert Record.objects.get().body["answers"]["aims"]["given"] == ["ease"]


def test_a_child_is_written_down_and_screened_by_nobody(phone: Phone) -> None:
    phone.through({"age_years": {"number": "12"}})
    phone.send()
    assert phone.at == "done"
    assert body("age_years")["value"] == 12


def test_a_wording_renewed_meanwhile_is_read_once_more(phone: Phone) -> None:
    phone.through({})
    draft = Draft.objects.get()
    draft.answers["agree-photos"]["given"]["version"] = 0
    draft.save()
    assert phone.get("intake_read_back").wsgi_request.path == "/i/go/agree-photos"
    assert not Record.objects.exists()


def test_the_day_of_the_last_chemotherapy_is_the_one_that_was_said(phone: Phone) -> None:
    """The list of medicines says that it is taken; it does not say that it was given today."""
    month = today().replace(day=1) - dt.timedelta(days=1)
    phone.through({
        "medicines": {"yes": ["chemo_date"], "done": "others"},
        "chemo_date": {"year": f"{month:%Y}", "month": f"{month:%m}"},
        "medicine_names": {"words": "oxaliplatin"},
    })  # fmt: skip
    phone.send()
    said = Statement.objects.filter(fact="chemo_date")
    assert [one.body["value"]["day"] for one in said] == [month.isoformat()]
    oxaliplatin = Statement.objects.get(fact="oxaliplatin_date")  # nobody said which day: the strictest guess
    assert oxaliplatin.body["value"]["day"] == today().isoformat()


def test_what_was_told_is_for_the_therapist_and_not_for_the_front_desk(phone: Phone, ruth: Any, signed_in: Any) -> None:
    phone.through({"medicine_names": {"words": "apixaban"}, "word": {"words": "I worry about my heart."}})
    phone.send()
    assert "apixaban" in signed_in("therapist").get(f"/clients/{ruth.pk}").content.decode()
    for roles in (("desk",), ("owner",), ("desk", "owner")):
        text = signed_in(*roles).get(f"/clients/{ruth.pk}").content.decode()
        assert "apixaban" not in text
        assert "my heart" not in text
