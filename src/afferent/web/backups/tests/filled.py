"""Two clinics with something in every table that a backup keeps."""

from __future__ import annotations

import datetime as dt

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator

from afferent.knowledge import load
from afferent.records.answers import statements
from afferent.web.accounts.models import User
from afferent.web.audit.chain import note
from afferent.web.book.models import Series, Visit
from afferent.web.clients.current import current
from afferent.web.clients.knowing import write
from afferent.web.clients.models import Client, Record, Screened, SetAside, Statement
from afferent.web.clients.people import add
from afferent.web.clinics.models import Clinic, Invitation, Membership
from afferent.web.consents.models import Consent
from afferent.web.directory.models import Claim, Holder, Paper
from afferent.web.directory.models import Entry as Said
from afferent.web.documents.models import Document
from afferent.web.intake.models import Draft, Link
from afferent.web.letters.models import Answer, AnswerLink, Call, Head, Letter, Sending
from afferent.web.live.models import Happening, Pairing, Session
from afferent.web.notes.models import Amendment, Incident, NextDay, NextDayLink, Note, NoteDraft
from afferent.web.outcomes.models import Ending, Score, ScoreLink, Trial
from afferent.web.outlines.models import Chosen
from afferent.web.post.models import Door, Manner, Message, Preference
from afferent.web.programme.models import Judged, Offer, Participant, Reckoned, Study
from afferent.web.scope import inside

TODAY = dt.date(2026, 11, 22)
NOON = dt.datetime(2026, 11, 22, 12, 0, 0, 123456, tzinfo=dt.UTC)


def fill(clients: int = 2) -> None:
    """Made anew each time; a test sees by `test_nothing_is_forgotten` that no table was left out."""
    for number in range(2):
        user = User.objects.create(email=f"{number}@example.org", name="Ada", password="!", date_joined=NOON)
        Authenticator.objects.create(user=user, type="totp", data={"secret": "GEZDGNBVGY3TQOJQ"})
        address = EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        EmailConfirmation.objects.create(email_address=address, key=f"key{number}")
        clinic = Clinic.objects.create(name=f"Clinic {number}", time_zone="Europe/Berlin", languages=["en"])
        Membership.objects.create(clinic=clinic, user=user, owner=True, therapist=True)
        Invitation.objects.create(digest=f"{number}" * 64, clinic=clinic, name="Ben", email="b@b.org", ends_at=NOON)
        fill_directory(f"own:{number}", user, clinic)
        with inside(clinic.pk):
            note(f"user:{user.pk}", "clinic.made", f"clinic:{clinic.pk}")
            Manner.objects.create(signs_as="Lindenhof", quiet_from=dt.time(20, 30))
            for one in range(clients):
                fill_client(add(given="Ruth", family=f"Amsler {one}", born=dt.date(1958, 2, 3)), user)


def fill_directory(therapist: str, user: User, clinic: Clinic) -> None:
    """A profile that was claimed by a letter, checked, and a quiz that was passed."""
    Claim.objects.create(therapist=therapist, way="letter", code="!", ends_at=NOON, printed_by=user, proven_at=NOON)
    Holder.objects.create(therapist=therapist, email="ann@example.org")
    Said.objects.create(therapist=therapist, kind="checked", change={"claimed": True}, by=user, clinic=clinic)
    Paper.objects.create(therapist=therapist, seed=2**31 - 1, knowledge="2026.11", done_at=NOON, right=9)


def fill_client(ruth: Client, user: User) -> None:
    said = list(statements({"numb": ["foot.left.sole"], "clot_ever": "right"}, load(), TODAY))
    record = write(ruth, "answers", said, on=TODAY, by=user, body={"zone": {"b": 1, "a": [0.1, 1e22, None, "\u2028"]}})
    old = Statement.objects.filter(client=ruth).first()
    Statement.objects.create(client=ruth, record=record, kind="withdrawn", body={"why": "Ö"}, replaces=old)
    screened = current(ruth, TODAY)
    SetAside.objects.create(client=ruth, rule="NUMB", on=TODAY, reason="other", by=user, screened=screened)
    series = Series.objects.create(client=ruth, planned=2)
    later, long = NOON + dt.timedelta(days=3), dt.timedelta(minutes=45)
    moved = Visit.objects.create(
        client=ruth,
        therapist=user,
        starts_at=NOON,
        ends_at=NOON + long,
        series=series,
        state="moved",
    )
    moved.became = Visit.objects.create(
        client=ruth, therapist=user, starts_at=later, ends_at=later + long, series=series
    )
    moved.save()
    Consent.objects.create(client=ruth, purpose="massage", given=True, version=1, on=TODAY, by=user, numb=["foot.left"])
    Document.objects.create(
        client=ruth,
        title="Left sole",
        media_type="image/png",
        digest="0" * 64,
        size=256,
        by=user,
        body=bytes(range(256)),
    )
    Draft.objects.create(client=ruth, answers={"numb": ["foot.left"]})
    Link.objects.create(digest=ruth.pk.hex * 2, clinic_id=ruth.clinic_id, client_id=ruth.pk, ends_at=NOON)
    fill_visit(moved.became, screened, user)
    note(f"user:{user.pk}", "client.answered", f"client:{ruth.pk}", {"record": str(record.pk)})


def fill_visit(visit: Visit, screened: Screened, user: User) -> None:
    """A visit that was opened, and all that is written down around it."""
    ruth = visit.client
    Chosen.objects.create(visit=visit, client=ruth, wish={}, outline={"kind": "still"}, by=user)
    session = Session.objects.create(
        visit=visit, client=ruth, therapist=user, screened=screened, called="Ruth", plan={"steps": []}, opened_at=NOON
    )
    said = {"kind": "noted", "id": "noted-001", "at": NOON.isoformat(), "by": "therapist", "words": "Ö"}
    Happening.objects.create(session=session, client=ruth, seq=1, event="noted-001", received=NOON, body=said)
    Pairing.objects.create(
        clinic_id=ruth.clinic_id, session_id=session.pk, client_id=ruth.pk, secret=session.pk.hex * 2, code="0" * 64,
        ends_at=NOON,
    )  # fmt: skip
    NoteDraft.objects.create(client=ruth, session=session, words={"plan": "Shoulders."}, by=user)
    signed = Note.objects.create(
        client=ruth, session=session, signed_by=user, knowledge="2026.11", upto=1, digest="0" * 64, body={"soap": []}
    )
    Amendment.objects.create(client=ruth, note=signed, by=user, words="The right one.")
    NextDayLink.objects.create(
        digest=session.pk.hex * 2, clinic_id=ruth.clinic_id, client_id=ruth.pk, session_id=session.pk, made_by=user,
        ends_at=NOON,
    )  # fmt: skip
    NextDay.objects.create(client=ruth, session=session, by=user, answers={"on": "2026-11-23", "sore": "no"})
    first = Incident.objects.create(
        client=ruth,
        visit=visit,
        kind="near_miss",
        severity="none",
        happened_at=NOON,
        by=user,
        body={"kind": "near_miss"},
    )
    Incident.objects.create(
        client=ruth, visit=visit, follows=first, kind="near_miss", severity="none", happened_at=NOON, by=user, body={}
    )
    fill_outcome(visit, user)
    fill_post(visit, user)
    fill_programme(session, user)
    fill_letters(ruth, user)


def fill_letters(ruth: Client, user: User) -> None:
    """A request that was faxed, its link, an answer, and the call."""
    document, screened = Document.objects.get(client=ruth), Screened.objects.filter(client=ruth).first()
    letter = Letter.objects.create(
        client=ruth, kind="request", to_whom="Dr. B", on=TODAY, made_by=user, knowledge="2026.11", digest="0" * 64,
        body={"to": {"name": "Dr. B"}}, consent=Consent.objects.filter(client=ruth).first(), a4=document,
        us_letter=document,
    )  # fmt: skip
    Sending.objects.create(client=ruth, letter=letter, how="faxed", to_whom="Dr. B", by=user)
    AnswerLink.objects.create(
        name=letter.pk.hex[:8], clinic_id=ruth.clinic_id, client_id=ruth.pk, letter_id=letter.pk, made_by=user,
        ends_at=NOON,
    )  # fmt: skip
    answer = Answer.objects.create(
        client=ruth, letter=letter, route="paper", on=TODAY, by=user, until=TODAY, body={"name": "Dr. B"},
        reading={"clearances": [], "facts": [], "faults": []},
    )  # fmt: skip
    Call.objects.create(
        client=ruth, answer=answer, outcome="confirmed", number="+1 555 0100", listed="the hospital", by=user,
        record=Record.objects.filter(client=ruth).first(), before=screened, after=screened,
    )  # fmt: skip
    Head.objects.get_or_create(defaults={"phone": "+1 555 0199"})


def fill_programme(session: Session, user: User) -> None:
    """An offer, what was worked out, and a code in a study."""
    ruth = session.client
    Offer.objects.create(client=ruth, on=TODAY, answer="declined", reason="time", words="Next week", by=user)
    Reckoned.objects.create(
        session=session, client=ruth, upto=1, seconds=600.5, near=0, level=2, stops=0, found=1, open_end=False
    )
    Judged.objects.create(
        trial=Trial.objects.get(client=ruth), client=ruth, basis="1", measure="nrs_pain", scale="0–10", drawn=False,
        verdict="too_early", points=-0.5, sd=0.25,
    )  # fmt: skip
    study, _ = Study.objects.get_or_create(name="Sleep", defaults={"by": user})
    Participant.objects.create(study=study, client=ruth, code=ruth.pk.hex[:8], shift=-12)


def fill_post(visit: Visit, user: User) -> None:
    """A message that waits, how it is wanted, and a calendar."""
    ruth = visit.client
    Preference.objects.create(client=ruth, channels=["email"], kinds=["visit"], zone="Asia/Tokyo", by=user)
    Message.objects.create(
        client=ruth, visit=visit, kind="visit", channel="email", key=f"visit:{visit.pk.hex}:email", due_at=NOON,
        not_after=visit.starts_at, next_try=NOON,
    )  # fmt: skip
    Door.objects.create(
        digest=visit.pk.hex * 2, clinic_id=ruth.clinic_id, what="client", client_id=ruth.pk, made_by=user
    )


def fill_outcome(visit: Visit, user: User) -> None:
    """A trial that ended, a score that was corrected, and a link."""
    ruth = visit.client
    agreed = Trial.objects.create(
        client=ruth,
        agreement={"measure": "nrs_pain"},
        also=["peg"],
        begins=TODAY,
        agreed_on=TODAY,
        said="Walk.",
        by=user,
    )
    Ending.objects.create(client=ruth, trial=agreed, why="stopped", on=TODAY, by=user)
    told = {"client": ruth, "measure": "nrs_pain", "scale": "0–10", "on": TODAY, "asked": "daily", "visit": visit}
    first = Score.objects.create(**told, value=6, answers={"pain": 6}, told="link", event="event-001")
    Score.objects.create(
        **told, value=5.5, answers={}, told="person", event="event-002", replaces=first, why="Misread", by=user
    )
    ScoreLink.objects.create(
        digest=visit.pk.hex * 2, clinic_id=ruth.clinic_id, client_id=ruth.pk, made_by=user, ends_at=NOON
    )
