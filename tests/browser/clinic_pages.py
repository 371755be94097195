"""The main pages of the clinic, by name: for the tests that open every one of them, and for the screenshots.

An address with `{Name}` is of the client of that name; what the address opens is looked up on the list of clients. A
visit has no address that could be known beforehand: it is reached by links.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Page(NamedTuple):
    """`role` signs in first; "" is nobody. `via`: the links that are followed from there, by what they say."""

    name: str
    role: str
    address: str
    via: tuple[str, ...] = ()


PAGES = (
    Page("front", "", "/"),
    Page("sign-in", "", "/accounts/login/"),
    Page("styleguide", "", "/styleguide"),
    Page("find", "", "/find/"),
    Page("find-points", "", "/find/points"),
    Page("find-profile", "", "/find/own-rosalind"),
    Page("find-questions", "", "/find/own-rosalind/questions"),
    Page("find-claim", "", "/find/own-rosalind/claim"),
    Page("find-quiz", "", "/find/quiz"),
    Page("today", "therapist", "/today"),
    Page("today-desk", "desk", "/today"),
    Page("week", "therapist", "/book/"),
    Page("new-visit", "desk", "/visit/new"),
    Page("new-series", "desk", "/series/new/for/{Joan}"),
    Page("clients", "therapist", "/clients/"),
    Page("clients-desk", "desk", "/clients/"),
    Page("new-client", "desk", "/clients/new"),
    Page("client-ask-first", "therapist", "/clients/{Walter}"),
    Page("client-limits", "therapist", "/clients/{Joan}"),
    Page("client-hard-stop", "therapist", "/clients/{Mirela}"),
    Page("client-again", "therapist", "/clients/{Jonas}"),
    Page("client-desk", "desk", "/clients/{Joan}"),
    Page("client-map", "therapist", "/clients/{Joan}/map"),
    Page("client-feet", "therapist", "/clients/{Joan}/feet"),
    Page("client-import", "therapist", "/clients/{Ilse}/import"),
    Page("client-history", "therapist", "/clients/{Ilse}/history"),
    Page("client-details", "desk", "/clients/{Joan}/details"),
    Page("client-consents", "therapist", "/clients/{Joan}/consents/"),
    Page("client-find", "therapist", "/clients/{Joan}/find"),
    Page("client-documents", "therapist", "/clients/{Joan}/documents/"),
    Page("letter-progress", "therapist", "/clients/{Ambler}/care-team/progress"),
    Page("letter-receipt", "therapist", "/clients/{Ambler}/care-team/receipt"),
    Page("letter-thanks", "therapist", "/clients/{Ambler}/care-team/thanks"),
    Page("letter-not-yet", "therapist", "/clients/{Solberg}/care-team/progress"),
    Page("letter-kept", "therapist", "/clients/{Ambler}/letters/", ("^Progress letter to",)),
    Page("client-link", "desk", "/clients/{Joan}/link"),
    Page("client-data", "owner", "/clients/{Joan}/data"),
    Page("note", "therapist", "/clients/{Joan}", ("Took place", "^The note")),
    Page("note-care", "therapist", "/clients/{Joan}", ("Took place", "^The note", "^CARE$")),
    Page("skin-check", "therapist", "/clients/{Joan}", ("Took place", "^The note", "Look at the skin")),
    Page("next-day", "therapist", "/clients/{Joan}", ("Took place", "^The note", "The day after")),
    Page("incident", "therapist", "/clients/{Joan}", ("Took place", "^The note", "Incident")),
    Page("home-touch", "therapist", "/clients/{Joan}/home-touch"),
    Page("letters", "therapist", "/clients/{Amsler}/letters/"),
    Page("ask-physician", "therapist", "/clients/{Amsler}/letters/request"),
    Page("ask-without-consent", "therapist", "/clients/{Walter}/letters/request"),
    Page("request", "therapist", "/clients/{Amsler}/letters/", ("^Request for information",)),
    Page("answer-typed", "therapist", "/clients/{Amsler}/letters/", ("^Request for information", "Type in an answer")),
    Page("answer", "therapist", "/clients/{Oyelaran}", ("Read it and call",)),
    Page("answer-found", "therapist", "/letters/find"),
    Page("letters-head", "owner", "/clinic/letters"),
    Page("outcome", "therapist", "/clients/{Ambler}/outcome/"),
    Page("outcome-early", "therapist", "/clients/{Solberg}/outcome/"),
    Page("outcome-blocks", "therapist", "/clients/{Mansour}/outcome/"),
    Page("outcome-beside", "therapist", "/clients/{Ambler}/outcome/", ("Sleep disturbed",)),
    Page("outcome-none", "therapist", "/clients/{Walter}/outcome/"),
    Page("outcome-option", "therapist", "/clients/{Ambler}/outcome/option/1"),
    Page("agree", "therapist", "/clients/{Solberg}/outcome/agree"),
    Page("scores", "therapist", "/clients/{Solberg}/outcome/scores"),
    Page("score-correct", "therapist", "/clients/{Solberg}/outcome/scores", ("^Correct",)),
    Page("score-ask", "therapist", "/clients/{Solberg}/outcome/ask/1"),
    Page("score-link", "therapist", "/clients/{Solberg}/outcome/link"),
    Page("score-sheet", "therapist", "/clients/{Ambler}/outcome/sheet/2026-11-16"),
    Page("typed-back", "therapist", "/clients/{Ambler}/outcome/typed/2026-11-16"),
    Page("scores-table", "therapist", "/clients/{Ambler}/outcome/bring"),
    Page("incidents", "owner", "/clinic/incidents"),
    Page("messages", "desk", "/messages/"),
    Page("client-messages", "desk", "/clients/{Edda}/messages/"),
    Page("client-calendar", "desk", "/clients/{Edda}/messages/calendar"),
    Page("own-calendar", "therapist", "/calendar"),
    Page("messages-settings", "owner", "/messages/settings"),
    Page("programme", "owner", "/clinic/programme"),
    Page("programme-outside", "owner", "/clinic/programme?outside=yes"),
    Page("programme-export", "owner", "/clinic/programme/export"),
    Page("clinic", "owner", "/clinic/"),
    Page("staff", "owner", "/clinic/staff"),
    Page("directory", "owner", "/clinic/directory"),
    Page("directory-check", "owner", "/clinic/directory/own-rosalind"),
    Page("audit", "owner", "/audit/"),
    Page("knowledge", "owner", "/clients/knowledge"),
    Page("second-factor", "therapist", "/accounts/2fa/"),
    Page("password", "therapist", "/accounts/password/change/"),
)


def sign_in(page, site: str, role: str) -> None:
    """By the demo's own button."""
    page.goto(f"{site}/")
    name = {"therapist": "therapist", "desk": "front desk", "owner": "owner"}[role]
    page.get_by_role("button", name=re.compile(name, re.I)).click()
    page.wait_for_url("**/today")


def go(page, site: str, one: Page) -> None:
    """Open a page as whoever may see it."""
    if one.role:
        sign_in(page, site, one.role)
    find(page, site, one)


def find(page, site: str, one: Page) -> None:
    """Open it, signed in already."""
    address = one.address
    client = re.search(r"\{(\w+)\}", address)
    if client:
        page.goto(f"{site}/clients/")
        href = page.get_by_role("link", name=re.compile(client[1])).first.get_attribute("href")
        address = address.replace(f"/clients/{client[0]}", href).replace(client[0], href.rsplit("/", 1)[-1])
    page.goto(site + address)
    for words in one.via:
        page.get_by_role("link", name=re.compile(words, re.I)).first.click()
        page.wait_for_load_state()
