"""What the two devices may send, and what each is told of the other."""

from __future__ import annotations

import json
import uuid

import msgspec
import pytest
from django.test import Client as Browser
from django.utils import timezone

from afferent.visit.events import (
    Asked,
    Began,
    Crossed,
    Drilled,
    HandsOff,
    Kept,
    Moved,
    Noted,
    Opened,
    Rescreened,
    Said,
    SkinChecked,
    StopBecause,
)
from afferent.web.live import device, pairing
from afferent.web.live.beats import beats, pass_for
from afferent.web.live.bus import BUS
from afferent.web.live.models import Pairing, Session
from afferent.web.live.sent import _PRESSES
from afferent.web.live.shown import to_client
from afferent.web.live.store import append, stream
from afferent.web.live.tests.conftest import PLAN
from afferent.web.testing.loops import alone

NOW = timezone.now()


@pytest.fixture
def phone(session):
    _, _, code = pairing.make(session)
    browser = Browser()
    browser.post("/live/join", {"code": code})
    pairing.confirm(session, pairing.waiting(session.pk).pk, "user:1")
    told = browser.get("/live/me").content.decode().split('type="application/json">')[1].split("</script>")[0]
    browser.token = json.loads(told)["token"]
    return browser


def event(kind: str, **more) -> dict:
    return {"kind": kind, "id": uuid.uuid4().hex, "at": "2026-11-28T10:00:00Z", **more}


def send(browser, path: str, *events, **headers):
    return browser.post(path, json.dumps(events), content_type="application/json", **headers)


def by_phone(phone, *events):
    return send(phone, "/live/me/events", *events, HTTP_X_AFFERENT=phone.token)


def test_a_press_is_kept_as_the_clients_own(session, phone) -> None:
    answer = by_phone(phone, event("said", word="stop", by="therapist", aloud=True))
    assert answer.status_code == 200
    last = stream(session.pk)[-1].event
    assert (last.by, last.word, last.aloud) == ("client", "stop", False)
    assert answer.json()["kept"] == [last.id]


@pytest.mark.parametrize("one", [
    event("noted", words="fine"), event("began"), event("hands_off"), event("went_on"), event("ended"),
    event("moved", regions=["shoulders"], work="effleurage", level=1), event("pressure", level=5),
])  # fmt: skip
def test_the_clients_device_sends_only_the_clients_words(session, phone, one) -> None:
    assert by_phone(phone, one).status_code == 409
    assert len(stream(session.pk)) == 1


@pytest.mark.parametrize("one", [
    event("opened", outline={"kind": "still"}, screened="x", knowledge="x", ceilings={"body": 5}),
    event("rescreened", screened="x", headline="Fine", closed=False),
    event("crossed", crossing={"crosses": "pressure", "regions": ["back"], "says": "", "rules": [], "reason": "x"}),
])  # fmt: skip
def test_nobody_sends_what_the_server_writes(session, one) -> None:
    assert send(session.ada, f"/live/{session.pk}/events", one).status_code == 409
    assert len(stream(session.pk)) == 1


def test_without_the_token_of_its_page_nothing_is_kept(session, phone) -> None:
    assert send(phone, "/live/me/events", event("said", word="good")).status_code == 403
    assert len(stream(session.pk)) == 1


def test_a_stop_of_a_device_that_still_practises_is_a_stop(session, phone) -> None:
    append(session.pk, [Began(id="began-001", at=NOW)], now=NOW)
    by_phone(phone, event("drilled", word="stop"))
    last = stream(session.pk)[-1].event
    assert isinstance(last, Said)
    assert last.word == "stop"


def test_before_the_first_touch_it_is_practice(session, phone) -> None:
    by_phone(phone, event("drilled", word="stop"))
    assert isinstance(stream(session.pk)[-1].event, Drilled)


NO_ID = b'[{"kind": "said"}]'
NO_KIND = b'[{"kind": "nonsense", "id": "12345678", "at": "2026-11-28T10:00:00Z"}]'
NO_ZONE = b'[{"kind": "said", "id": "12345678", "at": "2026-11-28T10:00:00", "word": "good"}]'


@pytest.mark.parametrize("body", [b"", b"{}", b"[{}]", b"[" * 5000, NO_ID, NO_KIND, NO_ZONE])
def test_what_is_no_event_is_refused_whole(session, body) -> None:
    answer = session.ada.post(f"/live/{session.pk}/events", body, content_type="application/json")
    assert answer.status_code == 400
    assert len(stream(session.pk)) == 1


def test_what_came_before_a_refused_event_is_kept(session) -> None:
    good, bad = event("noted", words="Cold hands, warmed."), event("moved", regions=["head_neck"], work="x", level=1)
    answer = send(session.ada, f"/live/{session.pk}/events", good, bad)
    assert answer.status_code == 409
    assert answer.json()["kept"] == [good["id"]]
    assert answer.json()["id"] == bad["id"]
    assert stream(session.pk)[-1].event.id == good["id"]


def test_another_clinic_neither_sees_nor_sends(session, signed_in) -> None:
    from afferent.web.clinics.models import Clinic
    from afferent.web.scope import inside

    other = Clinic.objects.create(name="Elsewhere", second_factor=False)
    with inside(other.id):
        stranger = signed_in("therapist", clinic=other)
    for path in ("", "/events", "/stream", "/pair"):
        answer = (
            stranger.post(f"/live/{session.pk}{path}")
            if path == "/events"
            else stranger.get(f"/live/{session.pk}{path}")
        )
        assert answer.status_code == 404, path


def test_behind_the_lock_the_own_running_visit_stays_open_and_no_other(session, signed_in) -> None:
    session.ada.post("/lock")
    assert session.ada.get(f"/live/{session.pk}").status_code == 200
    assert send(session.ada, f"/live/{session.pk}/events", event("said", word="stop", aloud=True)).status_code == 200
    colleague = signed_in("therapist")
    colleague.post("/lock")
    assert colleague.get(f"/live/{session.pk}").status_code == 302
    Session.objects.filter(pk=session.pk).update(ended_at=NOW)
    assert session.ada.get(f"/live/{session.pk}").status_code == 302


CLINICAL = ("numb", "lotioning", "clot", "LOPS", "heat", "effleurage", "ceiling", "Ruth")
EVERY = [
    Opened(id="12345678", at=NOW, outline=None, screened="x", knowledge="LOPS", ceilings={}),
    Moved(id="12345678", at=NOW, regions=("foot.left.sole",), work="effleurage", level=1),
    SkinChecked(id="12345678", at=NOW, when="before", looks=()),
    Noted(id="12345678", at=NOW, words="numb, clot, LOPS"),
    Crossed(id="12345678", at=NOW, crossing=None),
    HandsOff(id="12345678", at=NOW),
    StopBecause(id="12345678", at=NOW, detail="numb"),
    Said(id="12345678", at=NOW, word="good", detail="numb"),
]


@pytest.mark.parametrize("one", EVERY, ids=lambda one: type(one).__name__)
def test_the_client_is_told_no_limit_no_reason_no_finding(one) -> None:
    told = msgspec.json.encode(to_client(PLAN)(Kept(1, NOW, one))).decode()
    assert not [word for word in CLINICAL if word in told], told


def test_a_check_in_reaches_the_client_as_its_question() -> None:
    asked = Asked(id="asked-0001", at=NOW, why="clock", regions=("foot.left.sole",), numb=True)
    told = to_client(PLAN)(Kept(9, NOW, asked))
    assert told == {"kind": "ask", "id": "asked-0001", "words": "Your left foot. More, less or the same?", "numb": True}


def test_a_finding_that_closes_the_visit_leaves_the_client_their_stop(session, phone) -> None:
    closing = Rescreened(id="again-0001", at=NOW, screened="x", headline="LOPS: no massage today.", closed=True)
    assert to_client(PLAN)(Kept(9, NOW, closing)) == {"kind": "place", "yours": ""}
    append(session.pk, [Began(id="began-001", at=NOW), closing], now=NOW)
    assert by_phone(phone, event("said", word="stop")).status_code == 200


def test_a_session_that_is_gone_is_told_and_breaks_nothing(session, phone) -> None:
    """A pairing names no client, so that it stays when a client's data are erased."""
    Pairing.objects.filter(session_id=session.pk).update(session_id=uuid.uuid4())
    page = phone.get("/live/me")
    assert page.status_code == 410
    assert "not kept here any more" in page.content.decode()
    assert phone.get("/live/me/stream").status_code == 410
    assert by_phone(phone, event("said", word="stop")).status_code == 410


@pytest.mark.parametrize("cookie", ["x", ":", "a:b:c", "\u00ff:\u00ff", '"\\351\\000:x"', "a" * 5000 + ":x"])
@pytest.mark.parametrize("path", ["/live/me", "/live/me/state", "/live/me/stream"])
def test_a_forged_cookie_opens_nothing(session, cookie, path) -> None:
    phone = Browser(raise_request_exception=False)
    phone.cookies[device.COOKIE] = cookie
    assert phone.get(path).status_code in (200, 302, 403)


async def _beat(path: str, method: str = "POST") -> int:
    sent: list = []

    async def send(message) -> None:
        sent.append(message)

    async def never(scope, receive, send) -> None:
        raise AssertionError("this is for the pages")

    await beats(never)({"type": "http", "method": method, "path": path}, None, send)
    return sent[0]["status"]


def test_a_sign_of_life_reaches_the_other_face_only() -> None:
    session = uuid.uuid4()

    async def run() -> tuple:
        with BUS.listen(session.hex, "therapist") as hers, BUS.listen(session.hex, "client") as his:
            hers.take(), his.take()
            hers.counts = his.counts = "phone"
            status = await _beat(pass_for(session, "client", "phone") + "/12")
            return status, hers.take(), his.take()

    assert alone(run()) == (204, (False, 12), (False, None))


def test_a_forged_sign_of_life_is_none() -> None:
    real = pass_for(uuid.uuid4(), "client")
    assert alone(_beat(real[:-1] + ("A" if real[-1] != "A" else "B"))) == 403
    assert alone(_beat("/live/beat/x.client:1:y")) == 403
    assert alone(_beat(real, "GET")) == 403


def test_a_device_key_that_we_did_not_give_is_none(session) -> None:
    phone = Browser()
    phone.cookies[device.COOKIE] = "made-up:signature"
    assert phone.get("/live/me").status_code == 302
    assert phone.get("/live/me/stream").status_code == 403


def test_the_last_touch_is_written_into_the_book_and_the_audit_once(session) -> None:
    from afferent.web.audit.models import Entry

    end = event("ended")
    for _ in range(2):
        assert send(session.ada, f"/live/{session.pk}/events", end).status_code == 200
    session.visit.refresh_from_db()
    assert session.visit.state == "done"
    assert Entry.objects.filter(action="visit.ended").count() == 1


def test_a_page_of_an_earlier_visit_writes_into_no_other(session, phone) -> None:
    press = json.dumps([event("said", word="good")])
    headers = {"HTTP_X_AFFERENT": phone.token, "HTTP_X_VISIT": uuid.uuid4().hex}
    assert phone.post("/live/me/events", press, content_type="application/json", **headers).status_code == 403
    assert len(stream(session.pk)) == 1


def test_a_device_that_presses_without_end_waits_and_its_stop_does_not(session, phone) -> None:
    answers = [by_phone(phone, event("said", word="good")).status_code for _ in range(_PRESSES + 1)]
    assert set(answers[:-1]) == {200}
    assert answers[-1] == 429
    assert by_phone(phone, event("said", word="stop")).status_code == 200


def test_the_stream_of_a_device_that_was_let_go_ends(session, phone) -> None:
    from django.test import RequestFactory

    from afferent.web.live.views.client import stream as of_client

    request = RequestFactory().get("/live/me/stream")
    request.COOKIES = {name: one.value for name, one in phone.cookies.items()}
    listening = of_client(request)
    assert listening._read() is not None
    pairing.refuse(session)
    assert listening._read() is None
