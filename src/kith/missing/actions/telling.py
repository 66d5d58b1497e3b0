"""Those concerned are told: that a child is missing, and that a time of return was set right. No word names anybody."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from kith.chronology.actions import About, Written, write_entry
from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Viewer
from kith.foundations.access.rules import Role
from kith.foundations.access.viewing import viewing_as
from kith.foundations.design_system.words import day, day_and_time
from kith.foundations.notices.actions import News, tell
from kith.missing.actions.desk import JOB
from kith.missing.models import Episode
from kith.missing.queries.concerned import everybody_concerned, lead_workers, on_the_desk
from kith.missing.rules import Kind

REPORTED, BACK, CORRECTED = "missing-reported", "missing-back", "return-corrected"
NOT_BACK = "not back"


def tell_of_missing(*, episode: Episode, long_past: bool, by: Viewer, now: datetime) -> None:
    """At once, as far as each one's day of messages allows: the desk and the child's lead worker."""
    with viewing_as(system_viewer(JOB)):
        if long_past or episode.accounts.filter(back_at__isnull=False).exists():
            return  # over when it was first told: nobody is to search
        people = [*on_the_desk(), *lead_workers(episode, now, timezone.localdate(now))]
        kind = "missing" if episode.kind == Kind.MISSING.value else "away from where they should be"
        news = News(
            text=f"A child is {kind}: {episode.reference}",
            path=_page(episode),
            about=f"episode:{episode.pk}",
            once=f"missing:{episode.pk}",
            urgent=True,
        )
        tell(viewers=people, news=news, scope=episode.desk, now=now)


def tell_of_correction(*, episode: Episode, before: datetime | None, by: Viewer, now: datetime) -> None:
    """Everybody whose clock has moved, but for whoever moved it: before and after, with the reference only."""
    with viewing_as(system_viewer(JOB)):
        people = [one for one in everybody_concerned(episode, now, timezone.localdate(now)) if one != by]
        after = _when(episode.back_at, is_day=episode.back_is_day)
        news = News(
            text=f"{episode.reference}: the time of return was {_when(before)} and is now {after}",
            path=_page(episode),
            about=f"episode:{episode.pk}",
            once=f"corrected:{episode.pk}:{now.isoformat()}",
        )
        tell(viewers=people, news=news, scope=episode.desk, now=now)


def write_correction(*, episode: Episode, before: datetime | None, why: str, by: Viewer, now: datetime) -> None:
    """On the child's record stands what was said before, what counts now, and why."""
    after = _when(episode.back_at, is_day=episode.back_is_day)
    text = f"{episode.reference}: the time of return was {_when(before)} and is now {after}. Why: {why}"
    _write(episode, CORRECTED, text, episode.back_at or now, by, now)


def write_report(*, episode: Episode, by: Viewer, now: datetime) -> None:
    """What somebody reported here stands on the child's record; a feed's report stands there already."""
    if _told_by_a_feed(episode):
        return
    words = "Reported missing" if episode.kind == Kind.MISSING.value else "Reported away from where they live"
    gone = _when(episode.gone_at, is_day=episode.gone_is_day)
    text = f"{words}: {episode.reference}. Last seen {gone}. {episode.circumstances}".strip()
    _write(episode, REPORTED, text, episode.gone_at, by, now)


def write_return(*, episode: Episode, by: Viewer, now: datetime) -> None:
    """That the child is back, where somebody here says so; a feed's word stands on the record already."""
    if _told_by_a_feed(episode) or episode.back_at is None:
        return
    text = f"{episode.reference}: back {_when(episode.back_at, is_day=episode.back_is_day)}."
    _write(episode, BACK, text, episode.back_at, by, now)


def _write(episode: Episode, kind: str, text: str, at: datetime, by: Viewer, now: datetime) -> None:
    """In the name of whoever said it, who need not be let into the record; another agency's system too.

    What a job of our own does, a feed has told itself.
    """
    if by.role == Role.SYSTEM.value and by.agency_id is None:
        return
    written = Written(text, timezone.localdate(at), at, kind, significant=True)
    with viewing_as(system_viewer(JOB)):
        write_entry(written=written, about=[About(episode.subject_id)], by=by, now=now)


def _told_by_a_feed(episode: Episode) -> bool:
    with viewing_as(system_viewer(JOB)):
        return episode.accounts.exclude(feed="").exists()


def _page(episode: Episode) -> str:
    return reverse("missing-episode", args=[episode.pk])


def _when(at: datetime | None, *, is_day: bool = False) -> str:
    if at is None:
        return NOT_BACK
    return day(at) if is_day else day_and_time(at)
