"""Where the conversations on return stand, and what a parent or carer is asked after one."""

from django.urls import URLPattern, path

from kith.missing.views import talks

urlpatterns: list[URLPattern] = [
    path("missing/talks/", talks.talks, name="talks"),
    path("missing/talks.csv", talks.talks_csv, name="talks-csv"),
    path("missing/talks/<int:conversation_id>/", talks.talk, name="talk"),
    path("missing/talks/<int:conversation_id>/step", talks.talk_step, name="talk-step"),
    path("missing/talks/<int:conversation_id>/talker", talks.talk_talker, name="talk-talker"),
    path("missing/talks/<int:conversation_id>/cover", talks.talk_cover, name="talk-cover"),
]
