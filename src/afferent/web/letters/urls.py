"""Addresses of letters. `a/` is for physicians: its secret says nothing about anybody."""

from __future__ import annotations

from django.urls import path

from afferent.web.letters.views import answer, door, head, index, letter, request, typed

_OF = "clients/<uuid:client>/letters/"

urlpatterns = [
    path(_OF, index.letters, name="letters"),
    path(f"{_OF}request", request.ask, name="ask_physician"),
    path(f"{_OF}<uuid:letter>", letter.letter, name="letter"),
    path(f"{_OF}<uuid:letter>/page/<str:paper>", letter.pdf, name="letter_pdf"),
    path(f"{_OF}<uuid:letter>/sent", letter.sent, name="letter_sent"),
    path(f"{_OF}<uuid:letter>/answer", typed.typed, name="answer_typed"),
    path(f"{_OF}answer/<uuid:answer>", answer.answer, name="answer"),
    path("letters/find", index.find, name="letter_find"),
    path("clinic/letters", head.head, name="letter_head"),
    path("a/<str:secret>", door.request, name="answer_request"),
    path("a/<str:secret>/page/<str:paper>", door.page, name="answer_paper"),
]
