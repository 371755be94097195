"""A client with a phone, for the tests: opens a link, answers what is asked, and says how it went."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse
from django.test import Client as Browser
from django.urls import reverse

from afferent.web.intake.links import make, read_aloud

Sent = Mapping[str, Any]


class Phone:
    """A browser of its own. `at`: the step it stands on."""

    def __init__(self, browser: Browser | None = None) -> None:
        self.browser = browser or Browser()
        self.page: Any = None
        self.at = ""

    def open(self, secret: str) -> HttpResponse:
        self.page = self.browser.get(reverse("intake_open", args=[read_aloud(secret)]))
        return self.page

    def begin(self, secret: str) -> HttpResponse:
        self.open(secret)
        self.page = self.browser.post(reverse("intake_open", args=[read_aloud(secret)]), self._hidden())
        return self.follow()

    def follow(self) -> HttpResponse:
        """Go where the page leads."""
        while self.page.status_code == 302:
            self.at = self.page["Location"].rstrip("/").removesuffix("/change").rpartition("/")[2]
            self.page = self.browser.get(self.page["Location"])
        return self.page

    def get(self, name: str, *args: str) -> HttpResponse:
        self.page = self.browser.get(reverse(name, args=args))
        return self.follow()

    def send(self, **sent: Any) -> HttpResponse:
        """Answer the question on the screen."""
        fields = {name.replace("__", "."): value for name, value in sent.items()}
        self.page = self.browser.post(self.page.wsgi_request.path, self._hidden() | fields)
        return self.follow()

    def through(self, answers: Mapping[str, Sent], until: str = "read-back") -> HttpResponse:
        """Answer everything on the way: as given, else with nothing to tell."""
        for _ in range(200):
            if self.at == until:
                return self.page
            self.page = self.page if self.page.status_code == 200 else self.follow()
            if self.at == "help":
                self.get("intake_go")
                continue
            before = self.at
            self.send(**answers.get(self.at) or plain(self.at, self.text))
            assert self.page.status_code == 200, (before, self.fault)
        raise AssertionError(f"never came to {until}; stands at {self.at}")

    @property
    def text(self) -> str:
        return self.page.content.decode()

    @property
    def fault(self) -> str:
        found = re.search(r'role="alert">(.*?)<', self.text)
        return found[1] if found else ""

    def _hidden(self) -> dict[str, str]:
        return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', self.text))


def plain(step: str, page: str) -> dict[str, Any]:
    """The answer of somebody who has nothing to tell."""
    if step == "who":
        return {"answer": "me"}
    if step == "helper":
        return {"words": "Rosa"}
    if step == "aims":
        return {"ticked": ["ease"]}
    if step == "age_years":
        return {"number": "71"}
    if step.startswith(("foot-", "hand-")) or 'class="height-choices"' in page:
        return {"answer": "not"}
    if 'value="others"' in page or ('name="words"' in page and 'name="done" value="none"' in page):
        return {"done": "none"}
    if step.startswith("agree-"):
        return {"answer": "no"}
    if 'name="where"' in page:
        return {"where": ["unsure"]}
    if 'name="year"' in page or 'name="number"' in page:
        return {"done": "unsure"}
    return {"answer": "none" if 'name="answer" value="none"' in page else "unsure"}


def begun(client: Any, make_link: Callable[..., Any] = make) -> Phone:
    """A phone on the first question."""
    phone = Phone()
    phone.begin(make_link(client, None)[1])
    return phone
