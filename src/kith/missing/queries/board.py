"""Who is missing now, and who is back and has not been talked with yet. A constant number of questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from kith.missing.models import Conversation, Covered, Episode, Update
from kith.missing.queries.standing import open_episodes
from kith.missing.queries.whom import Whom, whom

BACK_FOR = timedelta(days=7)  # longer ago, the page of conversations has it
AT_MOST = 200  # on one screen; the page says so where there are more


@dataclass(frozen=True)
class Waiting:
    """Something that waits for the desk beside the board: how much of it, in words, and where."""

    words: str
    path: str


Source = Callable[[], Waiting | None]
_sources: list[Source] = []


def also_waits(source: Source) -> None:
    """From now on the board asks `source` too: what rooms above this one keep for the desk, as far as may be read."""
    if source not in _sources:
        _sources.append(source)


@dataclass(frozen=True)
class OnBoard:
    """One absence, the child, what was last said of the search, and where the conversation on return has got to."""

    episode: Episode
    child: Whom
    update: Update | None = None
    conversation: Conversation | None = None


@dataclass(frozen=True)
class Board:
    """Everything on the board: who is not back, who is back and not talked with, what waits. `more`: not shown."""

    open: tuple[OnBoard, ...]
    back: tuple[OnBoard, ...]
    more: int = 0
    waiting: tuple[Waiting, ...] = ()


def on_board(now: datetime, today: date) -> Board:
    """As far as whoever looks may read."""
    gone = list(_shown(Episode.objects.filter(open_episodes())).order_by("gone_at", "pk")[: AT_MOST + 1])
    back = list(_shown(_back_and_not_talked_with(now)).order_by("back_at", "pk")[:AT_MOST])
    more = Episode.objects.filter(open_episodes()).count() - AT_MOST if len(gone) > AT_MOST else 0
    children = whom([*gone, *back], today)
    updates = latest_updates(gone)
    return Board(
        tuple(OnBoard(one, _child(children, one), updates.get(one.pk)) for one in gone[:AT_MOST]),
        tuple(OnBoard(one, _child(children, one), None, _conversation(one)) for one in back),
        more,
        tuple(one for source in _sources if (one := source())),
    )


def latest_updates(episodes: Iterable[Episode]) -> dict[int, Update]:
    """What was said last of each search, by the absence's number."""
    rows = Update.objects.filter(episode__in=[one.pk for one in episodes]).order_by("episode_id", "-at", "-pk")
    return {row.episode_id: row for row in rows.distinct("episode_id").select_related("by", "agency")}


def missing_now(today: date) -> list[OnBoard]:
    """Those missing or away now of whom whoever looks may read, the longest gone first."""
    gone = list(Episode.objects.filter(open_episodes()).order_by("gone_at", "pk")[:AT_MOST])
    children = whom(gone, today)
    return [OnBoard(one, _child(children, one)) for one in gone]


def _back_and_not_talked_with(now: datetime) -> QuerySet[Episode]:
    """Back in the last days, and no conversation was held, declined or left out with a reason."""
    done = Q(held_at__isnull=False) | Q(declined_at__isnull=False) | Q(not_offered_at__isnull=False)
    covered = Covered.objects.filter(conversation__in=Conversation.objects.filter(done)).values("episode_id")
    recent = Episode.objects.filter(back_at__gt=now - BACK_FOR, not_missing_because="")
    return recent.exclude(pk__in=covered)


def _shown(episodes: QuerySet[Episode]) -> QuerySet[Episode]:
    return episodes.select_related("covered__conversation__team", "opened_by__agency")


def _child(children: dict[int, Whom], episode: Episode) -> Whom:
    return children.get(episode.subject_id) or Whom(episode.subject_id, "")


def _conversation(episode: Episode) -> Conversation | None:
    covered = getattr(episode, "covered", None)
    return covered.conversation if covered else None
