"""Addresses of `clinics`. Links that let somebody in stand in `accounts.urls`."""

from __future__ import annotations

from django.urls import path

from afferent.web.clinics.views import clinic, staff

urlpatterns = [
    path("", clinic.clinic, name="clinic"),
    path("choose", clinic.choose, name="choose_clinic"),
    path("staff", staff.staff, name="staff"),
    path("staff/invite", staff.invite, name="invite"),
    path("staff/<int:member>", staff.member, name="member"),
    path("staff/<int:member>/end", staff.leave, name="end_membership"),
    path("staff/<int:member>/password", staff.password, name="password_link"),
    path("staff/links/<slug:digest>/withdraw", staff.take_back, name="withdraw_link"),
]
