"""Where the conversations on return stand, and what a parent or carer is asked after one."""

from django.urls import URLPattern, path

from kith.missing.views import follow_ups, talk_form, talks

urlpatterns: list[URLPattern] = [
    path("missing/talks/", talks.talks, name="talks"),
    path("missing/talks.csv", talks.talks_csv, name="talks-csv"),
    path("missing/talks/<int:conversation_id>/", talks.talk, name="talk"),
    path("missing/talks/<int:conversation_id>/step", talks.talk_step, name="talk-step"),
    path("missing/talks/<int:conversation_id>/talker", talks.talk_talker, name="talk-talker"),
    path("missing/talks/<int:conversation_id>/cover", talks.talk_cover, name="talk-cover"),
    path("missing/talks/<int:conversation_id>/write", talk_form.talk_write, name="talk-write"),
    path("missing/talks/<int:conversation_id>/alone", talk_form.talk_alone, name="talk-alone"),
    path("missing/talks/<int:conversation_id>/told", talk_form.talk_told, name="talk-told"),
    path("missing/talks/<int:conversation_id>/follow-up", follow_ups.talk_follow_up, name="talk-follow-up"),
    path("missing/follow-ups/", follow_ups.follow_ups, name="follow-ups"),
    path("missing/follow-ups/<int:follow_up_id>/", follow_ups.follow_up, name="follow-up"),
]
