"""A hundred requests and a hundred letters with as much in them as plausibly can be: nothing cut off, nothing missing.

Every letter is one page. A request is one page while its lines fit in type of nine points or more; where they do not,
it says so and goes on as a request of its own, and no line is dropped. Nor is any service of a receipt.
"""

from __future__ import annotations

import datetime as dt
import random
import re

import pytest

from afferent.errors import InputError
from afferent.knowledge import load
from afferent.outline.model import Wish
from afferent.outline.offer import outlines
from afferent.records.answers import statements
from afferent.records.letters.course import Dose, MapAt, Scores, Sessions, SkinFinding
from afferent.records.letters.discharge import Discharge
from afferent.records.letters.necessity import Necessity
from afferent.records.letters.paper import Client, Clinic, Recipient, Reply
from afferent.records.letters.pdf import pdf
from afferent.records.letters.planned import HowHard, Plan, Shut
from afferent.records.letters.progress import Progress
from afferent.records.letters.receipt import Payment, Receipt, Service
from afferent.records.letters.thanks import Thanks
from afferent.records.letters.urgent import Urgent
from afferent.safety import resolve, screen
from afferent.words.consents import long_day
from tests.generative.outline_people import somebody as easier
from tests.generative.test_clearance_laws import KNOWLEDGE, person, somebody
from tests.unit.records.letters_made import AS_OF, BASE, letters, request_of
from tests.unit.records.pages_read import outside, plain, says, words

LONG_CLINIC = Clinic(
    "Northern Riverside Centre for Clinical and Oncology Massage",
    ("1200 North Riverside Drive, Suite 440", "Lake Oswego, Oregon 97034-2210"), "+1 503 555 0117 ext. 2201",
    "+1 503 555 0118", "front-desk@northern-riverside-massage.example",
    ("LMT 55-0199", "BCTMB 601177-15", "S4OM Preferred Practitioner"), "Oregon and Washington",
)  # fmt: skip
LONG_TO = Recipient(
    "Dr. Maria-Magdalena Theodoropoulou-Featherstonehaugh", "vascular medicine and endocrinology",
    ("Great Northern University Hospital", "Portland, OR 97201"), "+1 503 555 0100", "+1 503 555 0142",
)  # fmt: skip
LONG_CLIENT = Client("Wilhelmina Konstantinopoulos-Abernathy van der Merwe", dt.date(1948, 12, 29))
LONG_REPLY = Reply(
    "https://northern-riverside-massage.example/answer/Qm7xT2-pLr8V4-kWz9N1", "+1 503 555 0118", "+1 503 555 0117",
    ("1200 North Riverside Drive, Suite 440", "Lake Oswego, OR 97034"),
)  # fmt: skip
WHY = (
    "Burning and tingling of both feet and calves at night for six years, cold hands, tight calves and shoulders; "
    "wishes relief, longer sleep and to walk to the shops again. Tried creams and tablets before."
)
SENTENCES = (
    "Woke only once last night, and could bear the sheet on the left foot again.",
    "The heel looked redder than last week and was warm to the back of the hand.",
    "Stopped early because the client felt light-headed when turning over; rested, and went home with her daughter.",
    "Asked to leave out the right calf, which was tender after a long walk on Sunday.",
)
PLACES = ("shoulders and upper back", "neck", "lower legs and feet", "hands and forearms", "thighs", "calves")
PAPERS = ("a4", "letter")


@pytest.mark.parametrize("seed", range(100))
def test_a_request_keeps_every_line_and_stays_on_its_pages(seed: int) -> None:
    rng = random.Random(seed)
    known = easier(rng) if seed % 2 else person(somebody(rng))
    found = screen(known, KNOWLEDGE)
    offered = [one for one in outlines(found, KNOWLEDGE, Wish(("ease_pain", "feet"))) if one.steps]
    head = {"clinic": LONG_CLINIC, "to": LONG_TO, "client": LONG_CLIENT, "why": WHY, "reply": LONG_REPLY}
    try:
        asked = request_of(found, rng.choice([None, *offered]), **head, consent=rng.choice((None, AS_OF)))
    except InputError:
        return
    data = pdf(asked, PAPERS[seed % 2])
    pages = words(data)
    assert outside(data) == []
    assert len(pages) == 1 or len(asked.items) > 4
    assert len(pages) <= -(-len(asked.items) // 4)  # a page more for every four lines, at the most
    whole = "".join(pages)
    for item in asked.items:
        assert whole.count(plain(item.title)) >= 1, item.title
        for one in item.questions:
            assert says(whole, one.text)
            assert all(says(whole, box) for box in one.boxes)
    for number, page in enumerate(pages, 1):
        assert says(page, f"Page {number} of {len(pages)}")
        for text in (
            "Please answer each line", "Nothing found against it", "Adapt, as marked above", "Inadvisable, because:",
            "Name and role", "Signature", f"Valid until {long_day(asked.until)}", "not for permission", "Record",
            LONG_CLIENT.name, LONG_TO.name, LONG_CLINIC.name, "Reply by", "What we know", "How hard", "Meanwhile",
        ):  # fmt: skip
            assert says(page, text), text
        if asked.consent is None:
            assert says(page, "Release by the client (signature and date):")
    if len(pages) > 1:
        _each_line_is_on_one_page(pages, len(asked.items))


def _each_line_is_on_one_page(pages: list[str], count: int) -> None:
    """Every page says that it is a request of its own, and which lines it has: together all, and none twice."""
    has: list[int] = []
    for number, page in enumerate(pages, 1):
        assert says(page, "The other lines are on a request of their own, because one page does not hold them.")
        told = re.search(rf"Request{number}of{len(pages)}:lines?(\d+)(?:to(\d+))?of{count}\.", page)
        assert told, page[:200]
        has += range(int(told[1]), int(told[2] or told[1]) + 1)
    assert has == list(range(1, count + 1))


# As much as one person plausibly brings: each line with its small questions, behind the longest head.
MUCH = (
    {"clot_ever": "right", "clot_date": "2019-05-01", "warfarin": "yes", "diabetes": "yes",
     "numb": ["foot.left", "foot.right"], "walking_leg_pain": "yes", "neuropathy_examined": "no",
     "stimulator": "back.left.lower"},
    {"cancer_active": "yes", "chemo_date": "2026-11-10", "clot_ever": "right", "clot_date": "2026-03-01",
     "anticoagulant": "yes", "nodes_removed": "right", "bone_metastasis": "yes", "back_pain_sudden": "no"},
)  # fmt: skip


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("given", MUCH, ids=["diabetes, clot", "chemotherapy, clot"])
def test_five_lines_of_one_person_are_at_most_two_requests(given: dict, paper) -> None:
    said = list(statements(given, KNOWLEDGE, AS_OF))
    asked = request_of(
        screen(resolve(said, KNOWLEDGE, AS_OF), KNOWLEDGE), None, clinic=LONG_CLINIC, to=LONG_TO, client=LONG_CLIENT,
        why=WHY, reply=LONG_REPLY, consent=AS_OF,
    )  # fmt: skip
    assert len(asked.items) == 5
    data = pdf(asked, paper)
    pages = words(data)
    assert len(pages) <= 2
    assert outside(data) == []
    if len(pages) > 1:
        _each_line_is_on_one_page(pages, 5)


def full(rng: random.Random, **base):
    """A letter with much in it."""
    days = [AS_OF - dt.timedelta(days=7 * n) for n in range(rng.randint(1, 60))][::-1]
    dose = tuple(
        Dose(rng.choice(("BOTH shoulders and upper back", "LEFT foot, sole", "BOTH lower legs and BOTH feet")),
             rng.choice(("slow effleurage", "petrissage", "holding")), rng.randint(0, 3), rng.randint(1, 99))
        for _ in range(rng.randint(1, 20))
    )  # fmt: skip
    skin = tuple(
        SkinFinding(
            rng.choice(days), "RIGHT foot, between the toes", rng.choice(("a blister", "open skin", "red")), felt
        )
        for felt in rng.choices((True, False, None), k=rng.randint(0, 14))
    )
    scores = tuple(
        Scores(title, tuple((day, rng.randint(0, 10)) for day in days))
        for title in ("Worst pain in the last 24 hours", "How much it disturbed sleep", "Numbness", "Walking")[
            : rng.randint(1, 4)
        ]
    )
    marked = ("foot.left", "foot.right", "leg.left", "hand.right.palm")
    kind = rng.randrange(6)
    if kind == 0:
        return Progress(
            **base, why=WHY, sessions=Sessions(len(days), 60, days[0], days[-1]), doses=dose, scores=scores,
            then=MapAt(days[0], "burning", "burning", marked), now=MapAt(days[-1], "burning", "burning", marked[:2]),
            looks=2 * len(days), skin=skin, events=tuple(rng.choices(SENTENCES, k=rng.randint(0, 12))),
            own_words=" ".join(rng.choices(SENTENCES, k=6)), question=SENTENCES[1] + " Is anything against going on?",
            rule="stop after twelve visits unless the worst pain of the day is two points lower on average of a week",
            verdict="the average is 1.4 points lower; the agreed change was two; four visits are left",
        )  # fmt: skip
    if kind == 1:
        return Urgent(
            **base, noticed=rng.choice(("skin", "hot_foot", "clot_signs", "other")),
            how=rng.choice(("now", "today", "soon")),
            place="the LEFT foot, sole, heel", seen=AS_OF, time="10:40", more=" ".join(rng.choices(SENTENCES, k=8)),
            felt=rng.choice((True, False, None)), known=tuple(rng.choices(SENTENCES, k=rng.randint(0, 20))),
            did=tuple(rng.choices(SENTENCES, k=rng.randint(0, 10))), told=" ".join(SENTENCES),
        )  # fmt: skip
    if kind == 2:
        return Thanks(
            **base, met=AS_OF,
            plan=Plan(
                45, "two or three times a week, thirty to forty-five minutes each, for four to six weeks",
                tuple(f"the {side} {place}" for side in ("LEFT", "RIGHT", "BOTH") for place in PLACES),
                ("lying face down", "lying on the side of the operation", "arms above the head"),
            ),
            hard=tuple(HowHard(level, ", ".join(PLACES)) for level in (3, 2, 1, 0)),
            shut=(Shut(", ".join(PLACES), True), Shut("The RIGHT leg, thigh to toes", False)),
            report_after=rng.randint(1, 24),
        )  # fmt: skip
    if kind == 3:
        return Discharge(
            **base, reason=" ".join(SENTENCES), sessions=Sessions(len(days), 60, days[0], days[-1]),
            result=" ".join(SENTENCES), doses=dose, scores=scores, looks=2 * len(days), skin=skin,
            events=tuple(rng.choices(SENTENCES, k=rng.randint(0, 12))),
            advice=tuple(rng.choices(SENTENCES, k=rng.randint(0, 9))),
        )  # fmt: skip
    if kind == 4:
        return Necessity(
            **base, why=WHY, condition=" ".join(SENTENCES[:2]), code="G62.0, E11.42, M79.671, M79.672",
            impairment=" ".join(SENTENCES), goal=" ".join(SENTENCES), frequency=SENTENCES[3], duration=SENTENCES[3],
            progress=" ".join(SENTENCES), studies=tuple(rng.choices(SENTENCES, k=rng.randint(1, 9))),
        )  # fmt: skip
    return Receipt(
        **base, number="2026-000117-R",
        services=tuple(Service(day, "97124", rng.choice((5, 15, 30, 60)), 7550, words="LT") for day in days[:25]),
        payments=tuple(Payment(day, 7550, "card, terminal 2") for day in days[:6]),
        diagnosis=("G62.9", "E11.42", "M79.671"),
        referrer=LONG_TO.name, provider="1234567893", tax="93-1234567",
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(100))
def test_a_letter_is_one_page_and_says_what_it_must(seed: int) -> None:
    rng = random.Random(seed)
    base = {**BASE, "clinic": LONG_CLINIC, "to": LONG_TO, "client": LONG_CLIENT}
    letter = full(rng, **base) if seed % 4 else rng.choice(letters(clinic=LONG_CLINIC, to=LONG_TO, client=LONG_CLIENT))
    data = pdf(letter, PAPERS[seed % 2])
    pages = words(data)
    assert len(pages) == (-(-len(letter.services) // 16) if isinstance(letter, Receipt) else 1)
    assert outside(data) == []
    for text in (f"Page 1 of {len(pages)}", LONG_CLIENT.name, LONG_TO.name, LONG_CLINIC.name, "Record"):
        assert says(pages[0], text), text
    assert says(pages[-1], "Signature")
    match letter:
        case Progress():
            must = [
                letter.question,
                "Agreed beforehand",
                "By that rule",
                "Skin findings",
                "Map then and now",
                "Sessions",
            ]
            must.append("Found, not felt" if any(one.felt is False for one in letter.skin) else "Events")
        case Urgent():
            must = ["I noticed", "Please have it looked at", letter.place, "not a diagnosis", "10:40"]
        case Receipt():
            must = ["97124", "not a claim"]
            assert "".join(pages).count("97124") == sum(one.code == "97124" for one in letter.services)
            assert says(pages[-1], "Balance:")
        case Thanks():
            must = ["Thank you for sending", "What we plan", "What we keep to", f"after {letter.report_after} visits"]
        case Discharge():
            must = ["Why it ends", "Result", "Skin findings", "The client may come back"]
        case Necessity():
            must = ["Draft prepared for your review", "What is impaired", letter.code, "Clinician: name"]
            must.append("not expected to repair nerves")
        case _:
            must = []
    for text in must:
        assert says(pages[0], text), text


def test_the_knowledge_is_one() -> None:
    assert load() is KNOWLEDGE
