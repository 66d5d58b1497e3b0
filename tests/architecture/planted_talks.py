"""A conversation with a child who is back, and a parent who is asked what they noticed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from kith.foundations.private_links.actions import To, make_link
from kith.missing.actions import Reported, report_missing
from kith.missing.actions.conversations import Taking, take_step
from kith.missing.actions.follow_ups import Asking, Noticed, answer_follow_up, plan_follow_up
from kith.missing.actions.writing_up import WhatWasSaid, keep_said
from kith.missing.models import Conversation
from kith.missing.rules import Step
from tests.support.cast import Cast, let_in, make_person

BACK_CHILD, SAID_ON_RETURN = "Heatherbell", "Teaselwort"  # a child who is back, what she and her mother told


def plant_talks(cast: Cast) -> dict[str, Any]:
    """Heatherbell was away, is back, and is to be talked with; her circle is Asha's team and Carol."""
    now = timezone.now()
    child = make_person(f"{BACK_CHILD} Thrift", headline=False)
    let_in(child, cast.east, cast.carol)
    gone = now - timedelta(hours=9)
    reported = Reported(child.pk, cast.police.pk, "missing", gone, back_at=now - timedelta(hours=3))
    episode = report_missing(reported=reported, by=cast.loader, now=now)
    conversation = Conversation.objects.get(covered__episode=episode)
    given: dict[str, Any] = {"conversation_id": conversation.pk, "by": cast.quinn, "now": now}
    take_step(taking=Taking(Step.OFFERED, now - timedelta(hours=1), words="Rang her"), **given)
    keep_said(conversation=conversation, said=WhatWasSaid(own_words=SAID_ON_RETURN), by=cast.quinn, now=now)
    asking = Asking(f"Mrs {SAID_ON_RETURN}", "mother", email="mother@home.example")
    asked = plan_follow_up(asking=asking, **given)
    link = {"purpose": "parent", "about": f"follow-up:{asked.pk}", "scope": asked.talkers, "now": now}
    noticed = Noticed(("cars",), SAID_ON_RETURN, wants_reply=True)
    answer_follow_up(secret=make_link(to=To(email=asked.email), **link), noticed=noticed, now=now)
    secret = make_link(to=To(), **{**link, "purpose": "child", "about": f"conversation:{conversation.pk}"})
    return {"conversation_id": conversation.pk, "follow_up_id": asked.pk, "secret": secret}
