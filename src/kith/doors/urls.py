"""Where each page without an account stands."""

from __future__ import annotations

from django.urls import URLPattern, path

from kith.doors.views.following import follow
from kith.doors.views.helping import help_edit, help_index, outside_the_home
from kith.doors.views.leaving import leave
from kith.doors.views.private import private, private_letters
from kith.doors.views.proving import code
from kith.doors.views.telling import check, done, keep, people, question, safety, tell

urlpatterns: list[URLPattern] = [
    path("tell", tell, name="tell"),
    path("tell/safety", safety, name="tell-safety"),
    path("tell/where", question, {"page": "where"}, name="tell-where"),
    path("tell/what", question, {"page": "what"}, name="tell-what"),
    path("tell/people", people, name="tell-people"),
    path("tell/you", question, {"page": "you"}, name="tell-you"),
    path("tell/code", code, name="tell-code"),
    path("tell/check", check, name="tell-check"),
    path("tell/done", done, name="tell-done"),
    path("tell/keep", keep, name="tell-keep"),
    path("tell/follow", follow, name="follow"),
    path("private", private_letters, name="private-letters"),
    path("private/<str:secret>", private, name="private"),
    path("leave", leave, name="leave"),
    path("help", help_index, name="help"),
    path("help/outside-the-home", outside_the_home, name="help-outside-home"),
    path("help/edit", help_edit, name="help-edit"),
]
