"""A conversation with a child who is back, and a parent who is asked what they noticed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from kith.missing.actions import Reported, report_missing
from kith.missing.models import Conversation
from tests.support.cast import Cast, let_in, make_person

BACK_CHILD = "Heatherbell"  # a child who is back


def plant_talks(cast: Cast) -> dict[str, Any]:
    """Heatherbell was away, is back, and is to be talked with; her circle is Asha's team and Carol."""
    now = timezone.now()
    child = make_person(f"{BACK_CHILD} Thrift", headline=False)
    let_in(child, cast.east, cast.carol)
    gone = now - timedelta(hours=9)
    reported = Reported(child.pk, cast.police.pk, "missing", gone, back_at=now - timedelta(hours=3))
    episode = report_missing(reported=reported, by=cast.loader, now=now)
    conversation = Conversation.objects.get(covered__episode=episode)
    return {"conversation_id": conversation.pk}
