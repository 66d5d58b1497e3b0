"""Warnings before a conversation on return is late."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record
from kith.foundations.design_system.words import clock
from kith.foundations.notices.actions import News, tell
from kith.missing.actions.desk import JOB, talkers_audience
from kith.missing.actions.facts import ReturnCorrected
from kith.missing.actions.settling import is_long_past
from kith.missing.models import Conversation, Covered, Episode, Warned
from kith.missing.queries.concerned import lead_workers
from kith.missing.queries.talks import clock_between, talkers
from kith.missing.rules import warnings_due

URGENT_FROM = 48  # hours: from then on people are rung too
WARNING = "{hours} hours after a child was back, conversation {reference} is not yet held: {clock}."


def warn_before_late(*, by: Viewer, now: datetime) -> int:
    """Warns once at each hour of WARN_AT after every return whose clock still runs. Answers how many warnings went.

    Of several hours that passed unseen, such as after a night without service, people are told the last.
    """
    with viewing_as(system_viewer(JOB)):
        return sum(_warn(covered.episode, covered.conversation, by, now) for covered in _running(now))


def warnings_follow_the_return(corrected: ReturnCorrected) -> None:
    """Warnings that came before their time, as the return now stands, come again when it is time."""
    with viewing_as(system_viewer(JOB)):
        episode, now = corrected.episode, corrected.now
        due = warnings_due(episode.back_at, now) if episode.back_at else ()
        early = Warned.objects.filter(episode=episode).exclude(hours__in=due)
        if hours := list(early.values_list("hours", flat=True)):
            early.delete()
            what = f"Warnings of {episode.reference} at {hours} hours came before their time"
            record(viewer=corrected.by, action="warn-again", subjects=[episode.subject_id], what=what, now=now)


def _running(now: datetime) -> list[Covered]:
    """Absences that are over, not long ago, and whose conversation is still to be held."""
    to_come = {f"conversation__{name}__isnull": True for name in ("held_at", "declined_at", "not_offered_at")}
    since = now - timedelta(days=30)
    found = Covered.objects.filter(episode__back_at__gte=since, episode__not_missing_because="", **to_come)
    return list(found.select_related("episode__scope", "conversation__talker").order_by("episode__back_at", "pk"))


@transaction.atomic
def _warn(episode: Episode, conversation: Conversation, by: Viewer, now: datetime) -> int:
    if episode.back_at is None or is_long_past(episode.back_at, now):
        return 0
    known = set(Warned.objects.filter(episode=episode).values_list("hours", flat=True))
    new = [hours for hours in warnings_due(episode.back_at, now) if hours not in known]
    if not new:
        return 0
    own = {"subject_id": episode.subject_id, "scope_id": episode.scope_id, "desk_id": episode.desk_id}
    rows = [Warned(**own, episode=episode, hours=hours, at=now) for hours in new]
    Warned.objects.bulk_create(rows, ignore_conflicts=True)
    _tell_of_warning(episode, conversation, max(new), now)
    what = f"Warned {max(new)} hours after {episode.reference}"
    record(viewer=by, action="warn", subjects=[episode.subject_id], what=what, now=now)
    return 1


def _tell_of_warning(episode: Episode, conversation: Conversation, hours: int, now: datetime) -> None:
    found = clock_between(episode.back_at, conversation)
    assert found is not None
    said = clock(found.due, now).sentence
    news = News(
        text=WARNING.format(hours=hours, reference=conversation.reference, clock=said),
        path=reverse("talk", args=[conversation.pk]),
        about=f"conversation:{conversation.pk}",
        once=f"warned:{episode.pk}:{hours}:{found.back.isoformat()}",
        urgent=hours >= URGENT_FROM,
    )
    tell(viewers=concerned(conversation, episode, now), news=news, scope=talkers_audience(now=now), now=now)


def concerned(conversation: Conversation, episode: Episode, now: datetime) -> list[Viewer]:
    """Whoever is to hold it, else the team; and the child's lead workers."""
    own = [conversation.talker] if conversation.talker else talkers()
    return [*own, *lead_workers(episode, now, timezone.localdate(now))]
