"""The return that counts, worked out anew whenever anybody says more."""

from __future__ import annotations

from datetime import datetime, timedelta

from kith.foundations.access.models import Viewer
from kith.foundations.announcing import announce
from kith.missing.actions.facts import ChildBack, ReturnCorrected
from kith.missing.models import Episode
from kith.missing.queries.returns import words_on
from kith.missing.rules import return_that_counts

LONG_PAST = timedelta(days=30)


def settle_and_tell(*, episode: Episode, why: str, by: Viewer, now: datetime) -> None:
    """Works the return out anew, and announces it where it first counts or has changed."""
    before = episode.back_at
    if not settle_return(episode=episode):
        return
    if before is None:
        announce(ChildBack(episode, by, now, long_past=is_long_past(episode.back_at, now)))
    elif not is_long_past(before, now):
        announce(ReturnCorrected(episode, before, why, by, now))


def is_long_past(back: datetime | None, now: datetime) -> bool:
    """Whether a child was back so long ago that nobody is rung about it now."""
    return back is not None and now - back > LONG_PAST


def settle_return(*, episode: Episode) -> bool:
    """Works out the return that counts and keeps it on the absence. Answers whether it changed."""
    counts = return_that_counts(words_on(episode.pk))
    back_at, is_day = (max(counts.back, episode.gone_at), counts.is_day) if counts else (None, False)
    if (episode.back_at, episode.back_is_day) == (back_at, is_day):
        return False
    episode.back_at, episode.back_is_day = back_at, is_day
    episode.save(update_fields=["back_at", "back_is_day"])
    return True
