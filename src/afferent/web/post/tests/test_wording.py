"""What messages say: nothing that tells why somebody comes, the right time, and how to end them."""

from __future__ import annotations

import datetime as dt
import re
from itertools import product
from string import Formatter
from zoneinfo import ZoneInfo

import pytest

from afferent.web.post.models import CHANNELS, KINDS, Manner
from afferent.web.post.plain import lists, telling, vocabulary
from afferent.web.post.samples import samples
from afferent.web.post.tests.conftest import BERLIN, NOW, at
from afferent.web.post.wording import Told, texts, worded

GSM = set("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
          "abcdefghijklmnopqrstuvwxyzäöñüà")  # fmt: skip


def every_text() -> list[tuple[str, str]]:
    """Each template, and each message in all ways it can be worded on each day of a year."""
    found = [(name, re.sub(r"\{\w+\}", "", text)) for name, text in _templates(texts())]
    for language, kind, channel, days in product(texts(), KINDS, CHANNELS, range(0, 366)):
        told = Told(
            there=BERLIN, here=ZoneInfo(("Europe/Berlin", "America/New_York")[days % 2]), now=NOW,
            starts_at=at("14:30") + dt.timedelta(days=days), link="", until=at("10:00", days + 4),
            name=("", "Lindenhof")[days % 2], phone=("", "+49 30 1234567")[days // 2 % 2],
            stop=("", "x")[days // 3 % 2], answers=days % 5 == 0,
        )  # fmt: skip
        made = worded(kind, channel, told, language)
        found += [(f"{kind} {channel}", made.subject), (f"{kind} {channel}", made.text)]
    return found


def _templates(words, before=""):
    for name, one in words.items():
        yield from _templates(one, f"{before}{name}.") if isinstance(one, dict) else [(f"{before}{name}", one)]


def test_no_template_and_no_message_tells_anything() -> None:
    for name, text in every_text():
        assert telling(text) == [], (name, text)


def test_templates_name_nothing_but_these_few_values() -> None:
    known = {"day", "time", "link", "until", "name", "phone", "stop", "place"}
    for name, text in _templates(texts()):
        assert {field for _, field, _, _ in Formatter().parse(text) if field} <= known, name


@pytest.mark.parametrize(
    "word",
    ["neuropathy", "Neuropathie", "diabetes", "feet", "foot", "soles", "hand", "numbness", "pregabalin", "warfarin",
     "chemotherapy", "massage", "therapist", "Physiotherapy", "wound", "pain", "thrombosis", "Nervenzentrum"],
)  # fmt: skip
def test_words_that_tell_are_found(word) -> None:
    assert telling(f"Your {word.upper()} appointment")


def test_what_is_called_ordinary_stands_in_the_knowledge_and_is_used_or_plain() -> None:
    """No word is excused that needs no excuse."""
    assert [word for word in lists()["ordinary"] if word not in vocabulary()] == []
    assert not set(lists()["ordinary"]) & {word for word in vocabulary() if word.startswith(tuple(lists()["stems"]))}


def test_the_samples_tell_nothing_either(clinic) -> None:
    shown = samples(Manner(signs_as="Lindenhof", phone="+49 30 1234567"), clinic, NOW)
    assert len(shown) == len(KINDS) * len(CHANNELS)
    for one in shown:
        assert telling(one.text) == []


def test_a_reminder_as_a_text_is_one_text() -> None:
    """160 letters that every telephone has: the longest day, the longest month, with name, number and stop word."""
    starts = dt.datetime(2027, 9, 29, 14, 30, tzinfo=BERLIN)
    told = Told(
        there=BERLIN, here=BERLIN, now=starts - dt.timedelta(days=1), starts_at=starts, name="Lindenhof",
        phone="+49 30 1234567", answers=True,
    )  # fmt: skip
    text = worded("visit", "text", told).text
    assert text == (
        "Lindenhof: You have an appointment on Wednesday 29 September at 14:30. To change it, call +49 30 1234567. "
        "Answer STOP for no more."
    )
    assert len(text) <= 160
    assert set(text) <= GSM


def test_the_hour_is_the_clinics_and_says_so_where_the_clients_is_another() -> None:
    told = Told(there=BERLIN, here=ZoneInfo("America/New_York"), now=NOW, starts_at=at("14:30", 1))
    assert "on Wednesday 25 November at 14:30 (Berlin time)." in worded("visit", "text", told).text
    told = Told(there=BERLIN, here=ZoneInfo("Europe/Zurich"), now=NOW, starts_at=at("14:30", 1))
    assert "at 14:30." in worded("visit", "text", told).text


@pytest.mark.parametrize(
    ("more", "channel", "says"),
    [
        ({"answers": True}, "text", "Answer STOP for no more."),
        ({"phone": "030 1"}, "text", "For no more of these, call 030 1."),
        ({}, "text", "For no more of these, tell us."),
        ({"stop": "https://x/m"}, "email", "No more of these: https://x/m"),
        ({"answers": True}, "email", "For no more of these, tell us."),
    ],
)
def test_how_to_end_them_is_said_in_the_way_that_works(more, channel, says) -> None:
    told = Told(there=BERLIN, here=BERLIN, now=NOW, starts_at=at("14:30", 1), **more)
    assert says in worded("visit", channel, told).text


def test_an_unknown_language_is_english() -> None:
    told = Told(there=BERLIN, here=BERLIN, now=NOW, starts_at=at("14:30", 1))
    assert worded("visit", "text", told, "xx") == worded("visit", "text", told)
