"""Who has to hear of a missing child. For a named job only: it sees every opening and everybody involved."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q
from django.utils.timezone import localdate

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Opening, Viewer
from kith.foundations.access.queries import standing
from kith.foundations.access.rules import TeamWork
from kith.foundations.access.viewing import viewing_as
from kith.missing.models import Covered, Episode
from kith.subjects.models import Involvement

DESK = (TeamWork.MISSING.value, TeamWork.SEARCH.value)


def on_the_desk() -> list[Viewer]:
    """Everybody who searches, and everybody who follows missing children."""
    return list(Viewer.objects.filter(teams__work__in=DESK, is_active=True).distinct().order_by("pk"))


def lead_workers(episode: Episode, now: datetime, today: date) -> list[Viewer]:
    """Whoever leads for the child: as their agency's file says, and to whom the record is open as their own work.

    Where it is open to a team as its work and to nobody in person, everybody in that team.
    """
    current = Q(ended_at=None) & (Q(until=None) | Q(until__gte=today))
    leads = Involvement.objects.filter(current, subject_id=episode.subject_id, is_lead=True)
    said = {word.lower() for row in leads for word in (row.worker_key, row.email) if "@" in word}
    openings = list(
        Opening.objects.filter(standing(now), scope_id=episode.scope_id, reason_kind="allocated")
        .select_related("viewer")
        .prefetch_related("team__viewers")
    )
    own = [opening.viewer for opening in openings if opening.viewer]
    named = list(Viewer.objects.filter(email__in=said, is_active=True)) if said else []
    found = [*named, *own]
    if not found:
        found = [viewer for opening in openings if opening.team for viewer in opening.team.viewers.all()]
    return _once(found)


def at_home(episode: Episode, now: datetime) -> list[Viewer]:
    """Those of a home's staff to whom the child's record is open."""
    openings = Opening.objects.filter(standing(now), scope_id=episode.scope_id).exclude(reason_kind="break-glass")
    people = Viewer.objects.filter(teams__work=TeamWork.HOMES.value, is_active=True)
    return list(people.filter(Q(openings__in=openings) | Q(teams__openings__in=openings)).distinct().order_by("pk"))


def who_is_to_talk(episode: Episode) -> list[Viewer]:
    """Whoever was to hold the conversation, or has held it."""
    covered = Covered.objects.filter(episode=episode).select_related("conversation__talker").first()
    talker = covered.conversation.talker if covered else None
    return [talker] if talker else []


def everybody_concerned(episode: Episode, now: datetime, today: date) -> list[Viewer]:
    """Each once: the desk, the lead worker, whoever talks with the child, and the staff of the home."""
    return _once([*on_the_desk(), *lead_workers(episode, now, today), *who_is_to_talk(episode), *at_home(episode, now)])


def _once(people: list[Viewer]) -> list[Viewer]:
    return list({viewer.pk: viewer for viewer in people if viewer.is_active}.values())


def concerned_names(episode: Episode, by: Viewer, now: datetime) -> list[str]:
    """Who will be told of a change by `by`, as they are called here: staff, so their names may be said."""
    with viewing_as(system_viewer("missing")):
        people = everybody_concerned(episode, now, localdate(now))
        return [f"{one.name}, {one.agency.name if one.agency else ''}".rstrip(", ") for one in people if one != by]
