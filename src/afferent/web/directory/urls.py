"""Addresses of the directory. A search has none of its own: what is asked never stands in an address."""

from __future__ import annotations

from django.urls import path

from afferent.web.directory.views import claim, find, needed, own, points, profile, quiz, staff

urlpatterns = [
    path("find/", find.search, name="find"),
    path("find/points", points.points, name="find_points"),
    path("find/questions", profile.questions, name="find_questions"),
    path("find/quiz", quiz.practice, name="find_quiz"),
    path("find/<str:who>", profile.profile, name="find_profile"),
    path("find/<str:who>/questions", profile.questions_for, name="find_questions_for"),
    path("find/<str:who>/claim", claim.claim, name="claim"),
    path("find/<str:who>/claim/<uuid:claim>", claim.code, name="claim_code"),
    path("find/<str:who>/own", own.own, name="own_profile"),
    path("find/<str:who>/own/email", own.email, name="own_email"),
    path("find/<str:who>/own/close", own.close, name="own_close"),
    path("find/<str:who>/own/quiz", quiz.own_quiz, name="own_quiz"),
    path("i/go/find", needed.intake_find, name="intake_find"),
    path("clients/<uuid:client>/find", needed.client_find, name="client_find"),
    path("clinic/directory", staff.directory_staff, name="directory_staff"),
    path("clinic/directory/open", staff.open_profile, name="directory_open"),
    path("clinic/directory/letters/<uuid:claim>", staff.letter, name="directory_letter"),
    path("clinic/directory/<str:who>", staff.check, name="directory_check"),
    path("clinic/directory/<str:who>/end", staff.end, name="directory_end"),
    path("clinic/directory/<str:who>/listed", staff.leave_out, name="directory_leave_out"),
]
