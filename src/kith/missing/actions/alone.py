"""A child tells what happened alone, on their own device, by a private link that shows nothing of their record."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record
from kith.foundations.notices.actions import News, tell
from kith.foundations.private_links.actions import NoSuchLink, To, make_link, send_link, use_up
from kith.missing.actions.desk import JOB, talkers_audience
from kith.missing.actions.writing_up import WhatWasSaid, keep_said
from kith.missing.models import Conversation, Said
from kith.missing.permissions import check_can_talk
from kith.missing.queries.talks import talkers
from kith.missing.rules.steps import NotAStep

CHILD = "child"
TOO_LATE = "It is written up already. Nothing more can be told by a link."
SUBJECT = "A message for you"
WORDS = "You can tell us your side, in your own words: {link} It works for 7 days. It is up to you. {partnership}"
NEWS = "Somebody wrote their own words for conversation {reference}."


@transaction.atomic
def invite_alone(*, conversation_id: int, phone: str, by: Viewer, now: datetime, site: str = "") -> str:
    """A link to the child's own phone, or, without a number, letters to be typed, which are answered. "" where a text
    message went.
    """
    check_can_talk(by)
    conversation = Conversation.objects.get(pk=conversation_id)
    if conversation.written_up_at:
        raise NotAStep(TOO_LATE)
    what = f"Invited to tell it alone: {conversation.reference}"
    record(viewer=by, action="invite-alone", subjects=[conversation.subject_id], what=what, now=now)
    given = {"purpose": CHILD, "about": f"conversation:{conversation.pk}", "to": To(phone=phone)}
    with viewing_as(system_viewer(JOB)):
        scope = talkers_audience(now=now)
    if not phone:
        return make_link(**given, scope=scope, now=now)  # type: ignore[arg-type]
    words = WORDS.replace("{partnership}", settings.PARTNERSHIP.name)
    if not send_link(**given, scope=scope, subject=SUBJECT, words=words, now=now, site=site):  # type: ignore[arg-type]
        raise NotAStep("No text message can go: this installation has no address of its own yet. Show the letters.")
    return ""


@transaction.atomic
def tell_alone(*, secret: str, said: WhatWasSaid, now: datetime) -> Said:
    """What the child wrote, for whoever talks with them to go through. The link is of no use afterwards."""
    opened = use_up(secret=secret, now=now)
    if opened.purpose != CHILD:
        raise NoSuchLink
    job = system_viewer(JOB)
    with viewing_as(job):
        conversation = Conversation.objects.get(pk=int(opened.about.removeprefix("conversation:")))
        if conversation.written_up_at:
            raise NoSuchLink
        row = keep_said(conversation=conversation, said=said, by=job, now=now, by_child=True)
        news = News(
            text=NEWS.format(reference=conversation.reference),
            path=reverse("talk", args=[conversation.pk]),
            about=opened.about,
            once=f"alone:{row.pk}:{now.isoformat()}",
        )
        people = [conversation.talker] if conversation.talker else talkers()
        tell(viewers=people, news=news, scope=talkers_audience(now=now), now=now)
        what = f"The child wrote their own words: {conversation.reference}"
        record(viewer=job, action="tell-alone", subjects=[conversation.subject_id], what=what, now=now)
        return row
