"""The disk is full, or one table cannot be read or written: one plain page, nothing half-written, nothing lost."""

from __future__ import annotations

import io
import logging
import time
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, OperationalError, connection

from afferent.page.styles import digest
from afferent.web.audit.chain import faults
from afferent.web.audit.models import Entry
from afferent.web.clients.models import Record, Statement
from afferent.web.logs import Terse

FULL = "database or disk is full"


@contextmanager
def failing(*signs: str, error: type[Exception] = OperationalError, words: str = FULL):
    """Every statement with all of these signs fails. As the driver raises it: with a cause."""

    def refuse(execute, sql, params, many, context):
        if all(sign in sql for sign in signs):
            raise error(words) from RuntimeError("the driver")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield


@contextmanager
def full():
    """No page more than there are now, and none that is free."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        (pages,) = cursor.execute("PRAGMA page_count").fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        yield
        cursor.execute("PRAGMA max_page_count = 1000000")


def answer(scene, number: int = 0):
    said = "no" if number % 2 else "yes"
    words = {"asked": ["limb_swollen", "stroke_signs"], "answer.limb_swollen": said, "answer.stroke_signs": said}
    return scene.browser.post(f"/clients/{scene.ruth.pk}/answers", words)


def is_the_page(response, full: bool = True) -> str:
    text = response.content.decode()
    assert response.status_code == 503, text[:300]
    assert ("cannot write to its disk" if full else "cannot be reached") in text
    assert response["Retry-After"]
    assert "Ruth" not in text
    assert "Amsler" not in text
    return text


def test_a_full_disk_keeps_what_was_confirmed_and_nothing_half(lindenhof) -> None:
    confirmed = 0
    with full():
        for number in range(400):
            response = answer(lindenhof, number)
            if response.status_code == 503:
                break
            assert response.status_code == 302, response.content[:500]
            confirmed += 1
        text = is_the_page(response)
        assert "was not saved" in text
        assert is_the_page(answer(lindenhof, number)) == text
    assert Record.objects.count() == confirmed
    assert Entry.objects.filter(action="client.answered").count() == confirmed
    assert Statement.objects.count() == 2 * confirmed > 0
    assert list(faults()) == []
    assert answer(lindenhof, number).status_code == 302
    assert Record.objects.count() == confirmed + 1
    assert list(faults()) == []
    assert lindenhof.browser.get(f"/clients/{lindenhof.ruth.pk}").status_code == 200


LAYERS = {
    "the session cannot be read": ("SELECT", "django_session"),
    "whoever asks cannot be looked up": ("SELECT", "accounts_user"),
    "the clinic cannot be looked up": ("SELECT", "clinics_membership"),
    "the client cannot be read": ("SELECT", "clients_client"),
    "the audit cannot be written": ("INSERT", "audit_entry"),
}


@pytest.mark.parametrize("signs", LAYERS.values(), ids=LAYERS)
@pytest.mark.parametrize("words", [FULL, "unable to open database file"])
def test_whichever_layer_fails_it_is_the_same_page(lindenhof, signs, words) -> None:
    with failing(*signs, words=words):
        seen = lindenhof.browser.get(f"/clients/{lindenhof.ruth.pk}")
        assert "cannot be shown now" in is_the_page(seen, words == FULL)
        sent = answer(lindenhof)
        assert "was not saved" in is_the_page(sent, words == FULL)
    assert Record.objects.count() == 0
    assert answer(lindenhof).status_code == 302


READ = ["/", "/clients/", "{c}", "{c}/further", "{c}/details", "{c}/history", "{c}/feet", "{c}/map", "{c}/print"]


@pytest.mark.parametrize("page", READ)
def test_nobody_reads_a_client_unseen_by_the_audit(lindenhof, page) -> None:
    with failing("INSERT", "audit_entry"):
        response = lindenhof.browser.get(page.format(c=f"/clients/{lindenhof.ruth.pk}"), follow=True)
    assert response.status_code == 503 or b"Amsler" not in response.content


def somebody_was_away(scene) -> None:
    """For a minute: the next page writes into the session that they are back."""
    session = scene.browser.session
    session["seen"] = int(time.time()) - 60
    session.save()


def test_a_session_that_cannot_be_saved_does_not_call_lost_what_was_saved(lindenhof) -> None:
    """The view is done, then the session fails. Django calls it a bad request; and sending again would write twice."""
    somebody_was_away(lindenhof)
    with failing("UPDATE", "django_session"):
        assert "may or may not be saved" in is_the_page(answer(lindenhof))
        assert Record.objects.count() == 1
        assert "cannot be shown now" in is_the_page(lindenhof.browser.get("/clients/"))
    with failing("UPDATE", "django_session"), failing("INSERT", "clients_record"):
        assert "was not saved" in is_the_page(answer(lindenhof))
        assert Record.objects.count() == 1


def test_a_session_that_was_ended_elsewhere_is_no_fault_of_the_disk(lindenhof) -> None:
    somebody_was_away(lindenhof)

    def ended(execute, sql, params, many, context):
        return execute(
            sql.replace("WHERE", "WHERE 0 AND") if 'UPDATE "django_session"' in sql else sql, params, many, context
        )

    with connection.execute_wrapper(ended):
        assert lindenhof.browser.get("/clients/").status_code == 400


def test_the_style_sheet_asks_no_database(lindenhof) -> None:
    with failing(""):
        response = lindenhof.browser.get(f"/afferent-{digest()}.css")
        assert response.status_code == 200
        assert lindenhof.browser.get("/static/screening/mark.svg").status_code == 200
        is_the_page(lindenhof.browser.get("/"))


def test_a_mistake_of_the_program_is_not_blamed_on_the_disk(lindenhof) -> None:
    words = "duplicate key\nDETAIL: Key (sort_key)=(amsler ruth) already exists."
    with failing("INSERT", "clients_record", error=IntegrityError, words=words):
        response = answer(lindenhof)
    assert response.status_code == 500
    assert b"Amsler" not in response.content


def test_the_log_names_nobody(lindenhof) -> None:
    words = "duplicate key\nDETAIL: Key (sort_key)=(amsler ruth) already exists."
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter(Terse())
    loggers = [logging.getLogger(name) for name in ("django", "afferent")]
    for one in loggers:
        one.addHandler(handler)
    try:
        for error in (IntegrityError, OperationalError):
            with failing("INSERT", "clients_record", error=error, words=words):
                answer(lindenhof)
    finally:
        for one in loggers:
            one.removeHandler(handler)
    logged = handler.stream.getvalue()
    assert "500 POST clients/<uuid:client>/answers" in logged
    assert "django.db.utils.IntegrityError" in logged
    assert "storage: duplicate key" in logged
    assert "amsler" not in logged
    assert str(lindenhof.ruth.pk) not in logged
