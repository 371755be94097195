"""Several windows on one visit: which of them counts towards the client, and what the others are told."""

from __future__ import annotations

import asyncio
import json
import re
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.test import RequestFactory
from django.utils import timezone

from afferent.web.live import beats, faces, pairing
from afferent.web.live.bus import BUS, LOOK
from afferent.web.live.models import Pairing, Session
from afferent.web.live.streams import Found
from afferent.web.live.tests.test_sent import _beat, event, phone, send
from afferent.web.testing.loops import alone

__all__ = ["phone"]

NOW = timezone.now()


def page(browser, session) -> dict:
    """What a window is told when it is opened."""
    shown = browser.get(f"/live/{session.pk}").content.decode()
    return json.loads(re.search(r'<script id="live" type="application/json">(.*?)</script>', shown)[1])


def leader(session) -> str:
    return Session.objects.get(pk=session.pk).face


def device(session) -> str:
    return Pairing.objects.get(session_id=session.pk, withdrawn_at=None).pk.hex


@pytest.fixture
def ben(signed_in):
    return signed_in("therapist", name="Ben Lee")


class TestWhichLeads:
    def test_the_window_that_was_opened_last(self, session) -> None:
        first, second = page(session.ada, session), page(session.ada, session)
        assert first["face"] != second["face"]
        assert (first["leads"], second["leads"]) == (True, True)
        assert leader(session) == second["face"]

    def test_the_older_one_once_it_is_touched(self, session) -> None:
        first, _ = page(session.ada, session), page(session.ada, session)
        assert session.ada.post(first["lead"]).status_code == 204
        assert leader(session) == first["face"]

    def test_a_window_of_a_colleague_watches_until_it_is_touched(self, session, ben) -> None:
        hers, his = page(session.ada, session), page(ben, session)
        assert not his["leads"]
        assert leader(session) == hers["face"]
        ben.post(his["lead"])
        assert leader(session) == his["face"]

    def test_nobody_leads_by_a_window_of_somebody_else(self, session, ben) -> None:
        hers = page(session.ada, session)
        page(session.ada, session)
        for made_up in (hers["face"], "x", f"{ben.member.user.pk}-../../x", ""):
            assert ben.post(f"/live/{session.pk}/lead/{made_up}").status_code == 404
            assert made_up == "" or ben.get(f"/live/{session.pk}/stream/{made_up}").status_code == 404

    def test_asking_whether_the_page_is_there_opens_none(self, session) -> None:
        session.ada.head(f"/live/{session.pk}")
        assert leader(session) == ""

    def test_an_old_visit_that_is_looked_at_has_no_leader(self, session) -> None:
        Session.objects.filter(pk=session.pk).update(opened_at=NOW - timezone.timedelta(days=1))
        assert page(session.ada, session)["leads"], "hands did something in it just now"
        Session.objects.filter(pk=session.pk).update(face="")
        from afferent.web.live import quiet

        later = timezone.now() + timezone.timedelta(minutes=quiet.QUIET_MINUTES + 1)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(faces.timezone, "now", lambda: later)
            told = page(session.ada, session)
        assert not told["leads"]
        assert leader(session) == ""

    def test_after_the_end_nobody_leads(self, session) -> None:
        first = page(session.ada, session)
        send(session.ada, f"/live/{session.pk}/events", event("ended"))
        assert not page(session.ada, session)["leads"]
        assert leader(session) == first["face"]


class TestWhatCounts:
    def heard(self, session, side, *beaten) -> int | None:
        """What a stream of that side hears of these signs of life, by what stands in the database."""
        asks = (
            faces.for_client(session.pk, session.therapist) if side == "client" else faces.for_therapist(session.pk, "")
        )
        stands = asks()

        async def run() -> int | None:
            with BUS.listen(session.pk.hex, side) as told:
                told.counts = stands.counts
                for path in beaten:
                    assert await _beat(path) == 204
                return told.take()[1]

        return alone(run())

    def test_the_client_hears_the_face_that_leads_and_no_other(self, session) -> None:
        old, new = page(session.ada, session), page(session.ada, session)
        assert self.heard(session, "client", new["beat"] + "/7") == 7
        assert self.heard(session, "client", old["beat"] + "/9") is None
        assert self.heard(session, "client", old["beat"] + "/9", new["beat"] + "/7") == 7, "told is seen by who leads"
        session.ada.post(old["lead"])
        assert self.heard(session, "client", old["beat"] + "/9", new["beat"] + "/7") == 9

    def test_the_therapist_hears_the_device_that_was_let_in_and_no_other(self, session, phone) -> None:
        mine = beats.pass_for(session.pk, "client", device(session))
        assert self.heard(session, "therapist", mine + "/3") == 3
        pairing.make(session)
        assert self.heard(session, "therapist", mine + "/3") is None, "let go; its pass is still good for a while"

    def test_before_the_therapist_has_said_yes_a_device_is_not_there(self, session) -> None:
        _, _, code = pairing.make(session)
        pairing.by_code(code, "key")
        assert self.heard(session, "therapist", beats.pass_for(session.pk, "client", device(session))) is None

    def test_a_pass_is_good_for_ten_minutes(self, session, monkeypatch) -> None:
        import time

        told = page(session.ada, session)
        later = time.time() + beats.GOOD_FOR
        monkeypatch.setattr("django.core.signing.time.time", lambda: later - 5)
        assert alone(_beat(told["beat"])) == 204
        monkeypatch.setattr("django.core.signing.time.time", lambda: later + 5)
        assert alone(_beat(told["beat"])) == 403


class TestWhatAWindowIsTold:
    def stream(self, session, face: str):
        from afferent.web.live.views.staff import stream

        request = RequestFactory().get(f"/live/{session.pk}/stream/{face}")
        mine = session.ada.member
        request.user, request.session, request.membership = mine.user, session.ada.session, mine
        return stream(request, session=session.pk, face=face)

    def of_client(self, session, phone):
        from afferent.web.live.views.client import stream

        request = RequestFactory().get("/live/me/stream")
        request.COOKIES = {name: one.value for name, one in phone.cookies.items()}
        return stream(request)

    def looks(self, listening) -> str:
        """What it sends for one look."""
        return listening._words(listening._read()).decode()

    def test_that_it_leads_or_watches_and_each_change_once(self, session) -> None:
        old = page(session.ada, session)
        listening = self.stream(session, old["face"])
        assert "event: lead\ndata: 1\n\n" in self.looks(listening)
        assert "event: lead" not in self.looks(listening)
        page(session.ada, session)
        assert "event: lead\ndata: 0\n\n" in self.looks(listening)
        session.ada.post(old["lead"])
        assert "event: lead\ndata: 1\n\n" in self.looks(listening)

    def test_its_pass_is_renewed_over_the_stream_until_the_visit_ends(self, session, monkeypatch) -> None:
        from afferent.web.live import streams

        clock = [1000.0]
        monkeypatch.setattr(streams.time, "monotonic", lambda: clock[0])
        told = page(session.ada, session)
        listening = self.stream(session, told["face"])
        (given,) = re.findall("event: pass\ndata: (.*)\n", self.looks(listening))
        assert alone(_beat(given + "/1")) == 204
        assert "event: pass" not in self.looks(listening)
        clock[0] += beats.GOOD_FOR / 2
        assert "event: pass" in self.looks(listening)
        send(session.ada, f"/live/{session.pk}/events", event("ended"))
        clock[0] += beats.GOOD_FOR / 2
        assert "event: pass" not in self.looks(listening)

    def test_the_clients_device_is_given_its_pass_and_the_name_of_who_leads(self, session, phone, ben) -> None:
        page(session.ada, session)
        listening = self.of_client(session, phone)
        first = self.looks(listening)
        assert f".client.{device(session)}:" in first
        assert "event: name" not in first
        his = page(ben, session)
        assert "event: name" not in self.looks(listening)
        ben.post(his["lead"])
        assert 'event: name\ndata: "Ben"\n\n' in self.looks(listening)
        page(session.ada, session)
        assert 'event: name\ndata: "Ada"\n\n' in self.looks(listening)

    def test_a_visit_that_is_gone_has_no_standing(self, session) -> None:
        assert faces.for_therapist(uuid.uuid4(), "")() is None
        assert faces.for_client(uuid.uuid4(), session.therapist)() is None


def test_a_window_hears_over_its_open_stream_that_another_one_leads(session) -> None:
    told = page(session.ada, session)
    listening = TestWhatAWindowIsTold().stream(session, told["face"])
    stands = faces.for_therapist(session.pk, told["face"])()
    found = iter([Found(stands, []), Found(stands._replace(leads=False), [])])
    listening._read = lambda: next(found)
    sent: list[bytes] = []

    async def run() -> None:
        async def send(message) -> None:
            sent.append(message["body"])

        async def never() -> dict:
            await asyncio.sleep(3600)
            raise AssertionError

        with ThreadPoolExecutor(1) as threads:
            running = asyncio.ensure_future(listening.run(never, send, threads))
            await asyncio.sleep(0.2)
            BUS.hear(session.pk.hex, LOOK)
            await asyncio.sleep(0.2)
            running.cancel()

    alone(run())
    whole = b"".join(sent)
    assert whole.index(b"event: lead\ndata: 1") < whole.index(b"event: lead\ndata: 0")


def test_feeling_ill_is_one_tap_away_the_moment_stop_is_on(session) -> None:
    """Beside HANDS OFF, not behind it, with what to do: chest, brain, low sugar."""
    text = session.ada.get(f"/live/{session.pk}").content.decode()
    stopped = text.partition('class="live-stopped-all"')[2].partition('class="live-after-stop"')[0]
    assert 'data-act="because" data-is="ill"' in stopped
    assert 'id="ill"' in stopped
    for sign in ("Breathless", "pale, sweating, shaky", "fast sugar", "cannot swallow"):
        assert sign in stopped
