"""Messages while things go wrong: a sender killed between any two steps, a server that cuts the line, two at once.

The sender is a real process, the mail server a real one on this machine, the database one of each kind. What holds:
every message arrives exactly once, or stands in doubt, by name, on a page; and what is in doubt is never sent again by
itself.
"""

from __future__ import annotations

import datetime as dt
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from pathlib import Path

import dj_database_url
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from afferent.web.testing.databases import file, on

ROOT = Path(__file__).resolve().parents[2]
MINUTES = 30  # after a crash the next sender comes so much later: every claim has run out
OF_THE_SENDER = ("claimed", "ready", "begun", "taken", "marked")
OF_THE_SERVER = ("connect", "EHLO", "MAIL", "RCPT", "DATA", "text", "stored")


class Office:
    """A mail server that keeps what it took, by message. `kills`: at this point the sender that speaks is killed."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.kills = ""
        self.victim: int | None = None
        self.cuts = False

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        self.at("EHLO", server)
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):
        self.at("MAIL", server)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.at("RCPT", server)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.at("text", server)
        self.taken.append(message_from_bytes(envelope.content)["Message-ID"].strip("<>").partition("@")[0])
        self.at("stored", server)
        return "250 OK"

    def at(self, point: str, server: SMTP) -> None:
        """The sender dies here, or only its line does."""
        if point != self.kills:
            return
        if self.victim:
            os.kill(self.victim, signal.SIGKILL)
            time.sleep(0.05)
        if self.cuts:
            server.transport.abort()


class Line(SMTP):
    """Tells the office of a new line, and of DATA before any text came."""

    def connection_made(self, transport) -> None:
        super().connection_made(transport)
        self.event_handler.at("connect", self)

    async def smtp_DATA(self, arg: str) -> None:
        self.event_handler.at("DATA", self)
        await super().smtp_DATA(arg)


class House(Controller):
    def factory(self) -> Line:
        return Line(self.handler, **self.SMTP_kwargs)


@pytest.fixture
def office() -> Iterator[Office]:
    found = Office()
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    house = House(found, hostname="127.0.0.1", port=port)
    house.start()
    found.port = port
    yield found
    house.stop()


class Clinic:
    """A clinic with so many reminders that are due now. `env` names its database to another process."""

    def __init__(self, env: dict[str, str], office: Office, number: int) -> None:
        kept = {name: one for name, one in os.environ.items() if name not in ("DATABASE_URL", "AFFERENT_DATABASE")}
        self.office = office
        self.env = kept | env | {
            "DJANGO_SETTINGS_MODULE": "afferent.web.settings",
            "AFFERENT_SECRET_KEY": "k" * 50,
            "AFFERENT_MAIL": f"smtp://127.0.0.1:{office.port}",
            "AFFERENT_MAIL_FROM": "post@lindenhof.example",
        }  # fmt: skip
        self.fill(number)

    def fill(self, number: int) -> None:
        from django.utils import timezone

        from afferent.knowledge import load
        from afferent.web.accounts.models import User
        from afferent.web.book.booking import book
        from afferent.web.clients.people import add
        from afferent.web.clinics.models import Clinic as Row
        from afferent.web.clinics.models import Membership
        from afferent.web.consents.asking import give
        from afferent.web.post.choosing import choose
        from afferent.web.post.models import Manner, Message
        from afferent.web.scope import inside

        now = timezone.now()
        self.row = Row.objects.create(name="Lindenhof", second_factor=False, languages=["en"])
        self.user = User.objects.create(email=f"{secrets.token_hex(4)}@example.org", name="Ada Okonkwo")
        Membership.objects.create(clinic=self.row, user=self.user, owner=True, desk=True, therapist=True)
        with inside(self.row.pk):
            Manner.objects.create(quiet_from=dt.time(3), quiet_until=dt.time(3))
            for one in range(number):
                ruth = add(given=f"Ruth{one}", family="Amsler", email=f"ruth{one}@example.org")
                give(ruth, "reminders", load().consents["reminders"].version, on=now.date(), actor="user:1")
                choose(ruth, channels=["email"], kinds=["visit"], zone="", by=self.user, now=now)
                book(ruth, self.user, now + dt.timedelta(days=3, hours=one), 45, now=now)
            Message.objects.update(next_try=now, due_at=now)

    def sender(self, point: str = "never", minutes: int = 0) -> subprocess.Popen:
        words = [sys.executable, "-m", "tests.faults.post_sender", point, str(minutes)]
        return subprocess.Popen(
            words, cwd=ROOT, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def ended(self, one: subprocess.Popen) -> int:
        _, errors = one.communicate(timeout=120)
        assert one.returncode in (0, -signal.SIGKILL), errors
        return one.returncode

    def states(self) -> dict[str, str]:
        from afferent.web.post.models import Message
        from afferent.web.scope import inside

        with inside(self.row.pk):
            return {str(pk): state for pk, state in Message.objects.values_list("pk", "state")}

    def page(self) -> str:
        from django.test import Client as Browser

        browser = Browser()
        browser.force_login(self.user)
        text = browser.get("/messages/").content.decode()
        return text[text.index("In doubt") : text.index(">Waiting<")]

    def holds(self) -> Counter:
        """Each exactly once, or in doubt and named; gives how many of each state."""
        from afferent.web.post.models import Message
        from afferent.web.scope import inside

        taken, page = Counter(self.office.taken), self.page()
        with inside(self.row.pk):
            names = {str(one.pk): one.client.name for one in Message.objects.select_related("client")}
        for pk, state in self.states().items():
            assert state in ("sent", "in_doubt"), (pk, state)
            assert taken[pk] <= 1, "nothing arrives twice"
            if state == "sent":
                assert taken[pk] == 1
            else:
                assert names[pk] in page
        return Counter(self.states().values())


@contextmanager
def _sqlite(tmp_path: Path, blank: Path) -> Iterator[dict[str, str]]:
    import shutil

    path = tmp_path / "post.sqlite3"
    shutil.copyfile(blank, path)
    with on(file(path)):
        yield {"AFFERENT_DATABASE": str(path)}


@contextmanager
def _postgresql() -> Iterator[dict[str, str]]:
    from django.core.management import call_command

    from afferent.web.testing import postgres

    url = postgres.started(database=f"post_{secrets.token_hex(4)}")
    with on(dict(dj_database_url.parse(url))):
        call_command("migrate", verbosity=0, interactive=False)
        yield {"DATABASE_URL": url}


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.nightly)])
def clinic_of(request, tmp_path, blank, may_use_databases, office, monkeypatch):
    """`clinic_of(3)`: a clinic with three reminders that are due."""
    from django.conf import settings

    monkeypatch.setattr(settings, "SECRET_KEY", "k" * 50)
    kind = _sqlite(tmp_path, blank) if request.param == "sqlite" else _postgresql()
    with kind as env:
        yield lambda number: Clinic(env, office, number)


@pytest.mark.parametrize("point", OF_THE_SENDER)
def test_killed_between_two_steps(clinic_of, point) -> None:
    clinic = clinic_of(3)
    assert clinic.ended(clinic.sender(point)) == -signal.SIGKILL
    assert clinic.ended(clinic.sender(minutes=MINUTES)) == 0
    found = clinic.holds()
    assert found["in_doubt"] == (1 if point in ("begun", "taken") else 0)
    assert clinic.ended(clinic.sender(minutes=2 * MINUTES)) == 0
    assert clinic.holds() == found, "what is in doubt is not sent again by itself"


@pytest.mark.parametrize("point", OF_THE_SERVER)
def test_killed_while_it_speaks_to_the_mail_server(clinic_of, office, point) -> None:
    clinic = clinic_of(2)
    office.kills = point
    one = clinic.sender()
    office.victim = one.pid
    assert clinic.ended(one) == -signal.SIGKILL
    office.kills = ""
    assert clinic.ended(clinic.sender(minutes=MINUTES)) == 0
    assert clinic.holds() == {"sent": 1, "in_doubt": 1}


def test_killed_again_and_again_at_any_moment(clinic_of, office) -> None:
    """Eight senders in a row, each killed some moments after it began to look; then one that is left alone."""
    clinic = clinic_of(30)
    for number in range(8):
        one = clinic.sender(minutes=MINUTES * number)
        assert one.stdout.readline() == "looks\n"
        time.sleep(0.06 + 0.013 * number)
        one.kill()
        clinic.ended(one)
    assert clinic.ended(clinic.sender(minutes=MINUTES * 8)) == 0
    clinic.holds()


@pytest.mark.parametrize("point", OF_THE_SERVER)
def test_a_server_that_cuts_the_line(clinic_of, office, point) -> None:
    """Before it was told of a message nothing can have gone; afterwards nobody knows."""
    clinic = clinic_of(1)
    office.kills, office.cuts = point, True
    assert clinic.ended(clinic.sender()) == 0
    [state] = clinic.states().values()
    assert state == ("waiting" if point in ("connect", "EHLO") else "in_doubt")
    office.kills = ""
    assert clinic.ended(clinic.sender(minutes=MINUTES)) == 0
    clinic.holds()


def test_two_senders_at_once_never_send_twice(clinic_of, office) -> None:
    clinic = clinic_of(24)
    several = [clinic.sender() for _ in range(3)]
    for one in several:
        assert clinic.ended(one) == 0
    assert clinic.holds() == {"sent": 24}
    assert len(office.taken) == 24


def test_the_sender_that_a_clinic_runs(clinic_of, office) -> None:
    """`python -m afferent.web post`: sends what is due, hears a word through the database's neighbour, and ends."""
    clinic = clinic_of(2)
    words = [sys.executable, "-m", "afferent.web", "post"]
    with subprocess.Popen(words, cwd=ROOT, env=clinic.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as one:
        try:
            for _ in range(200):
                if len(office.taken) == 2 and set(clinic.states().values()) == {"sent"}:
                    break
                time.sleep(0.1)
        finally:
            one.terminate()
            assert one.wait(30) == 0, one.stderr.read()
    assert clinic.holds() == {"sent": 2}


def test_by_hand_it_goes_once_more_and_no_oftener(clinic_of, office) -> None:
    from django.test import Client as Browser

    clinic = clinic_of(1)
    clinic.ended(clinic.sender("taken"))
    clinic.ended(clinic.sender(minutes=MINUTES))
    [pk] = clinic.states()
    browser = Browser()
    browser.force_login(clinic.user)
    assert [browser.post(f"/messages/{pk}", {"do": "again"}).status_code for _ in range(2)] == [302, 409]
    clinic.ended(clinic.sender(minutes=MINUTES))
    assert Counter(office.taken) == {pk: 2}
    assert set(clinic.states().values()) == {"sent"}
