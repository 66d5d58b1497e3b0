"""The return: who says when a child came back, which word counts, and setting a wrong time right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from kith.foundations.access.models import Viewer
from kith.foundations.audit.actions import record
from kith.missing.actions.settling import settle_and_tell
from kith.missing.models import Account, Episode, Return
from kith.missing.permissions import check_can_say_back
from kith.missing.rules import SaidBy

BEFORE_GONE = "That is before they were last seen. Set the time they were last seen right first, or give a later time."
IN_THE_FUTURE = "That time has not come yet."


class NotATime(ValueError):
    """A time of return that cannot be; the message is the sentence to show."""


@dataclass(frozen=True)
class Back:
    """When and where a child came back. `found_by` and `returned_to` are codes."""

    at: datetime
    place: str = ""
    place_id: int | None = None
    found_by: str = ""
    returned_to: str = ""
    harm_seen: str = ""


@transaction.atomic
def say_back(*, episode_id: int, back: Back, by: Viewer, now: datetime) -> Episode:
    """Somebody says that the child is back. Another word may stand already: the earliest counts.

    Raises NotATime for a moment before the child was gone, or still to come.
    """
    episode = Episode.objects.select_for_update().get(pk=episode_id)
    check_can_say_back(by, episode)
    _check_time(episode, back.at, now)
    _write(episode, SaidBy.FOUND, back, "", by, now)
    record(viewer=by, action="say-back", subjects=[episode.subject_id], what=f"Back: {episode.reference}", now=now)
    settle_and_tell(episode=episode, why="Another word on the return came in", by=by, now=now)
    return episode


@transaction.atomic
def correct_return(*, episode_id: int, back: Back, why: str, by: Viewer, now: datetime) -> Episode:
    """Sets the time of return right: it counts from now on, what was said before stands behind it."""
    episode = Episode.objects.select_for_update().get(pk=episode_id)
    check_can_say_back(by, episode)
    _check_time(episode, back.at, now)
    _write(episode, SaidBy.CORRECTION, back, why.strip(), by, now)
    what = f"Corrected the return: {episode.reference}"
    record(viewer=by, action="correct-return", subjects=[episode.subject_id], what=what, because=why[:300], now=now)
    settle_and_tell(episode=episode, why=why, by=by, now=now)
    return episode


@transaction.atomic
def say_account_back(*, account_id: int, back: Back, by: Viewer, now: datetime) -> Episode:
    """The agency whose account it is tells that it ended: its own count has the end, and its word stands among others.

    Told again with another time, its later word stands in place of the first. Raises NotATime as `say_back` does.
    """
    account = Account.objects.select_for_update().get(pk=account_id)
    episode = Episode.objects.select_for_update().get(pk=account.episode_id)
    check_can_say_back(by, episode)
    _check_time(episode, back.at, now)
    account.back_at, account.back_is_day = back.at, False
    account.found_at_place, account.found_place_id = back.place, back.place_id
    account.save(update_fields=["back_at", "back_is_day", "found_at_place", "found_place"])
    _write(episode, SaidBy.ACCOUNT, back, "", by, now, account)
    record(viewer=by, action="say-back", subjects=[episode.subject_id], what=f"Back: {episode.reference}", now=now)
    settle_and_tell(episode=episode, why="An agency told us more", by=by, now=now)
    return episode


def _check_time(episode: Episode, at: datetime, now: datetime) -> None:
    if at > now:
        raise NotATime(IN_THE_FUTURE)
    if at < episode.gone_at:
        raise NotATime(BEFORE_GONE)


def _write(
    episode: Episode, said_by: SaidBy, back: Back, why: str, by: Viewer, now: datetime, account: Account | None = None
) -> Return:
    return Return.objects.create(
        subject_id=episode.subject_id,
        scope_id=episode.scope_id,
        desk_id=episode.desk_id,
        episode=episode,
        said_by=said_by.value,
        agency_id=account.agency_id if account else by.agency_id,
        account=account,
        back_at=back.at,
        place=back.place,
        place_subject_id=back.place_id,
        found_by=back.found_by,
        returned_to=back.returned_to,
        harm_seen=back.harm_seen,
        why=why[:300],
        by=by,
        at=now,
    )
