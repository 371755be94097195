"""Invented people, a clinic and their letters, for the tests of letters."""

from __future__ import annotations

import datetime as dt

from afferent.knowledge import load
from afferent.outline.model import Outline
from afferent.records.letters.course import Dose, MapAt, Scores, Sessions, SkinFinding
from afferent.records.letters.discharge import Discharge
from afferent.records.letters.necessity import Necessity
from afferent.records.letters.paper import Client, Clinic, Recipient, Reply, Therapist, made_of
from afferent.records.letters.pdf import Letter
from afferent.records.letters.planned import HowHard, Plan, Shut
from afferent.records.letters.progress import Progress
from afferent.records.letters.receipt import Payment, Receipt, Service
from afferent.records.letters.request import Request, request
from afferent.records.letters.thanks import Thanks
from afferent.records.letters.urgent import Urgent
from afferent.safety.screening import Screening

KNOWLEDGE = load()
AS_OF = dt.date(2026, 11, 22)
CLINIC = Clinic(
    name="Riverside Massage", address=("12 Mill Lane", "Portland, OR 97201"), phone="+1 555 0117", fax="+1 555 0118",
    email="hello@riverside.example", licences=("LMT 55-0199",), jurisdiction="Oregon",
)  # fmt: skip
SENDER = Therapist("Mae Torres", "LMT", "55-0199", "+1 555 0117")
TO = Recipient("Dr. Amara Osei", "internal medicine", phone="", fax="+1 555 0142")
CLIENT = Client("Ruth Example", dt.date(1958, 3, 14))
REPLY = Reply("https://clinic.example/a/7fK2-9xQd-Lm3T", "+1 555 0118", "+1 555 0117", ("12 Mill Lane", "Portland"))


def request_of(screening: Screening, plan: Outline | None = None, **changed) -> Request:
    """A request about an invented person with this screening."""
    made = {
        "clinic": CLINIC, "sender": SENDER, "to": TO, "client": CLIENT, "why": "Burning feet; wishes better sleep.",
        "reply": REPLY, "consent": dt.date(2026, 11, 20), **changed,
    }  # fmt: skip
    return request(screening, KNOWLEDGE, plan, **made)


MADE = made_of("Mae Torres", AS_OF, "2026.11", ("numb, answer, 2026-11-20",))
BASE = {"clinic": CLINIC, "sender": SENDER, "to": TO, "client": CLIENT, "on": AS_OF, "made": MADE}
SCORED = tuple((dt.date(2026, 9, 2) + dt.timedelta(days=7 * n), v) for n, v in enumerate((7, 7, 6, 7, 5, 5, 4, 4, 5)))
DOSES = (
    Dose("BOTH shoulders and upper back", "slow effleurage", 2, 84),
    Dose("LEFT foot", "slow effleurage", 1, 41),
    Dose("BOTH hands", "holding", 0, 20),
)
SESSIONS = Sessions(8, 12, dt.date(2026, 9, 9), dt.date(2026, 11, 18))


def letters(**changed) -> tuple[Letter, ...]:
    """One of each letter that tells, about an invented person. `changed`: head or person."""
    base = {**BASE, **changed}
    return (
        Progress(
            **base, why="Burning feet; wishes to sleep through the night.", sessions=SESSIONS, doses=DOSES,
            scores=(Scores("Pain at night", SCORED), Scores("Sleep disturbed", SCORED)),
            then=MapAt(dt.date(2026, 9, 2), "burning", "burning", ("foot.left", "foot.right")),
            now=MapAt(dt.date(2026, 11, 18), "burning", "burning", ("foot.left.sole", "foot.right.sole.ball")),
            looks=16,
            skin=(SkinFinding(dt.date(2026, 10, 14), "LEFT foot, sole, heel", "a blister", False),),
            events=("14 October 2026: stopped early, blister found",), own_words="I sleep four hours in one go now.",
            question="Has the blister on the heel healed well enough for light work?",
            rule="stop after twelve visits unless pain at night is two points lower", verdict="two points lower so far",
        ),
        Urgent(
            **base, noticed="hot_foot", how="today", place="the LEFT foot", seen=AS_OF, time="10:40", felt=False,
            more="About three degrees warmer than the right.", known=("Feeling lost in both feet (tested)",),
            did=("Stopped.",), told="To be seen today.",
        ),
        Thanks(
            **base, met=dt.date(2026, 11, 20), hard=(HowHard(2, "Back and BOTH shoulders"),),
            shut=(Shut("The RIGHT leg", True),),
            plan=Plan(30, "two to three times a week", ("back", "BOTH shoulders"), ("lying face down",)),
        ),
        Discharge(
            **base, reason="Twelve visits are done.", sessions=SESSIONS, result="Two points lower.", doses=DOSES,
            scores=(Scores("Pain at night", SCORED),), looks=24, advice=("Look at both soles every evening.",),
        ),
        Necessity(
            **base, why="Relief of pain.", impairment="Wakes four times a night.",
            goal="Pain at night from 7 to 5 of 10.",
            frequency="Twice a week", duration="Six weeks", studies=("Small trials: less pain; certainty very low.",),
        ),
        Receipt(
            **base, number="2026-0117",
            services=(
                Service(dt.date(2026, 11, 18), "97124", 35, 7000), Service(dt.date(2026, 11, 20), "97140", 7, 2500),
            ),
            payments=(Payment(dt.date(2026, 11, 20), 10000, "card"),), diagnosis=("G62.9",), referrer="Dr. Amara Osei",
        ),
    )  # fmt: skip
