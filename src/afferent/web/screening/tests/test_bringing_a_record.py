"""A record is read whole or refused whole, in one sentence."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, MutableMapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, override_settings

from afferent.web.asgi import Receive, Send, SizeGate
from afferent.web.testing.loops import alone

Message = MutableMapping[str, Any]

CASE = b"client: {id: nadia, age: 50}\nfacts: {numb: [foot.left]}\n"


def sent(client: Client, data: bytes, name: str = "case.yaml") -> HttpResponse:
    file = BytesIO(data)
    file.name = name
    return client.post("/screen", {"record": file})


def fault(response: HttpResponse) -> str:
    return re.findall(r'class="fault"[^>]*>(.*?)</p>', response.content.decode(), re.DOTALL)[0]


def test_a_case_file_is_screened(client: Client) -> None:
    assert sent(client, CASE).headers["Location"].startswith("/screen/")
    text = client.get("/screen", follow=True).content.decode()
    assert "Client nadia, 50" in text
    assert "Ask first" in text


def test_a_fhir_record_is_screened(client: Client) -> None:
    data = (settings.EXAMPLES / "record.json").read_bytes()
    assert sent(client, data, "record.json").status_code == 302
    assert "leave the left leg alone today" in client.get("/screen", follow=True).content.decode()


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"client: {id: x, agee: 5}", "a.yaml", "there is no field"),
        (b"client: {id: x, age: 9}", "a.yaml", "does not screen children"),
        (b'{"resourceType": "Bundle", "entry": [', "a.json", "a.json"),
        (b"%PDF-1.7", "a.pdf", "this is a PDF"),
        (b"PK\x03\x04zip", "a.zip", "unpack it first"),
        (b"\xff\xfe\x00", "a.yaml", "UTF"),
        (b"facts: {numb: nowhereland}", "a.yaml", "there is no region"),
        (b"", "a.yaml", "This file is empty"),
    ],
)
def test_a_bad_file_is_400_with_the_sentence(client: Client, data: bytes, name: str, words: str) -> None:
    response = sent(client, data, name)
    assert response.status_code == 400
    assert words in fault(response)
    assert "Nothing was kept" in fault(response)
    assert client.get("/screen").headers["Location"] == "/try"  # nothing is open


def test_a_bad_file_leaves_what_was_open(client: Client) -> None:
    sent(client, CASE)
    assert sent(client, b"%PDF-1.7", "a.pdf").status_code == 400
    assert "Client nadia, 50" in client.get("/screen", follow=True).content.decode()


def test_what_a_file_is_called_and_says_is_text(client: Client) -> None:
    response = sent(client, b"client: {id: x, '<b>': 5}", "<script>.yaml")
    assert response.status_code == 400
    assert "<script>" not in response.content.decode()
    assert "<b>" not in response.content.decode()


def test_no_file_at_all(client: Client) -> None:
    response = client.post("/screen", {})
    assert response.status_code == 400
    assert "Choose a file" in fault(response)


def test_without_its_token_a_form_is_refused() -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/screen", {})
    assert response.status_code == 403
    assert "Open the page again" in response.content.decode()
    assert strict.post("/invented/ruth").status_code == 403


def test_too_large_is_refused_before_it_is_read() -> None:
    """The gate answers while the body still comes; Django, which might put it on disk, never sees it."""
    seen: list[Message] = []

    async def never(scope: Message, receive: Receive, send: Send) -> None:
        raise AssertionError("Django was asked")

    async def receive() -> Message:
        return {"type": "http.request", "body": b"x" * 600, "more_body": True}

    async def send(message: Message) -> None:
        seen.append(message)

    scope = {"type": "http", "method": "POST", "headers": []}
    alone(SizeGate(never, 1000)(scope, receive, send))
    assert seen[0]["status"] == 413
    assert b"Export the record of one person only" in seen[1]["body"]
    headers = dict(seen[0]["headers"])
    assert headers[b"content-security-policy"].startswith(b"default-src 'none'")
    assert headers[b"x-content-type-options"] == b"nosniff"
    assert headers[b"x-frame-options"] == b"DENY"
    assert headers[b"referrer-policy"] == b"same-origin"
    assert headers[b"cache-control"] == b"no-store"
    assert headers[b"cross-origin-opener-policy"] == b"same-origin"
    assert b"permissions-policy" in headers


def test_a_record_may_have_eight_megabytes() -> None:
    assert settings.LARGEST_RECORD == 8 * 2**20


def test_a_record_of_thousands_of_entries_is_answered_in_time(client: Client) -> None:
    """Each says the same in other words; all of them count, and twenty are shown."""
    code = {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "I82.401"}]}
    active = {"coding": [{"code": "active"}]}
    entries: list[dict[str, Any]] = [{"resource": {"resourceType": "Patient", "id": "p", "birthDate": "1960-01-01"}}]
    for number in range(6000):
        entries.append({
            "resource": {
                "resourceType": "Condition", "id": f"c{number}", "subject": {"reference": "Patient/p"},
                "clinicalStatus": active, "code": {**code, "text": f"clot, note {number}"}, "onsetDateTime":
                f"{1990 + number // 336 % 30}-{1 + number // 28 % 12:02d}-{1 + number % 28:02d}",
            }
        })  # fmt: skip
    begun = time.perf_counter()
    response = sent(client, json.dumps({"resourceType": "Bundle", "entry": entries}).encode(), "record.json")
    text = client.get(response.headers["Location"]).content.decode()
    assert time.perf_counter() - begun < 20
    assert len(text) < 2_000_000


def test_a_large_file_says_so_too(client: Client, settings_with_small_limit: None) -> None:
    response = sent(client, CASE * 4)
    assert response.status_code == 400
    assert "larger than" in fault(response)


@pytest.fixture
def settings_with_small_limit() -> Iterator[None]:
    with override_settings(LARGEST_RECORD=100):
        yield


def test_nothing_is_written_to_disk(client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    sent(client, CASE)
    client.get("/screen", follow=True)
    client.get(client.get("/screen").headers["Location"] + "/report")
    assert list(tmp_path.iterdir()) == []
