"""What is being done to find a child, said by whoever does it; and that a report was made in error."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from kith.foundations.access.actions import end_opening, system_viewer
from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record
from kith.missing.actions.desk import JOB
from kith.missing.actions.episodes import open_to_those_who_talk
from kith.missing.actions.settling import is_long_past
from kith.missing.models import Episode, Update
from kith.missing.permissions import check_can_report, check_can_say_back

NO_REASON = "Say why: the reason is kept with it."


@transaction.atomic
def say_update(*, episode_id: int, text: str, by: Viewer, now: datetime) -> Update:
    """One line more on what is being done. Earlier ones stand."""
    episode = Episode.objects.select_for_update().get(pk=episode_id)
    check_can_say_back(by, episode)
    update = Update.objects.create(
        subject_id=episode.subject_id,
        scope_id=episode.scope_id,
        desk_id=episode.desk_id,
        episode=episode,
        text=text.strip(),
        agency=by.agency,
        by=by,
        at=now,
    )
    what = f"Said what is being done: {episode.reference}"
    record(viewer=by, action="say-update", subjects=[episode.subject_id], what=what, now=now)
    return update


@transaction.atomic
def set_aside(*, episode_id: int, because: str, by: Viewer, now: datetime) -> Episode:
    """Reported in error: kept with its reason, not counted, and the record closes to those whom it was opened to."""
    episode = Episode.objects.select_for_update().get(pk=episode_id)
    check_can_say_back(by, episode)
    _check_reason(because)
    episode.not_missing_because = because.strip()[:300]
    episode.save(update_fields=["not_missing_because"])
    with viewing_as(system_viewer(JOB)):
        end_opening(reference=f"episode:{episode.pk}", because="Was reported in error", by=by, now=now)
    what = f"Set aside as reported in error: {episode.reference}"
    record(viewer=by, action="set-aside", subjects=[episode.subject_id], what=what, because=because[:300], now=now)
    return episode


@transaction.atomic
def count_again(*, episode_id: int, because: str, by: Viewer, now: datetime) -> Episode:
    """It was an absence after all: it counts again, and while it is recent the record opens to those who follow it."""
    check_can_report(by)
    _check_reason(because)
    episode = Episode.objects.select_for_update().get(pk=episode_id)
    episode.not_missing_because = ""
    episode.save(update_fields=["not_missing_because"])
    if not is_long_past(episode.back_at, now):
        with viewing_as(system_viewer(JOB)):
            open_to_those_who_talk(episode=episode, by=by, now=now)
    what = f"Counted again: {episode.reference}"
    record(viewer=by, action="count-again", subjects=[episode.subject_id], what=what, because=because[:300], now=now)
    return episode


def _check_reason(because: str) -> None:
    if not because.strip():
        raise NotAllowed(NO_REASON)
