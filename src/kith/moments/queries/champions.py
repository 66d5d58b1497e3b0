"""Who is named as champion, in which agency, until when; and whom the alerts of a team reach."""

from __future__ import annotations

from datetime import datetime, timedelta

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.notices.queries import pushes_since
from kith.moments.models import Champion

JOB = "moments"
WEEK = timedelta(days=7)


def champions() -> list[Champion]:
    """Those that stand, by agency."""
    standing = Champion.objects.filter(ended_at=None)
    return list(standing.select_related("agency").order_by("kind", "agency__name", "name"))


def champion_numbered(champion_id: int) -> Champion | None:
    return Champion.objects.select_related("agency").filter(pk=champion_id, ended_at=None).first()


def alerts_of(manager: Viewer, now: datetime) -> list[tuple[Viewer, int, int]]:
    """Each of the manager's teams: how often rung in the last seven days, and how often that was held back."""
    people = list(Viewer.objects.filter(teams__in=manager.teams.all(), is_active=True).distinct().order_by("name"))
    with viewing_as(system_viewer(JOB)):
        counted = pushes_since(people, now - WEEK)
    return [(one, *counted.get(one.pk, (0, 0))) for one in people]
