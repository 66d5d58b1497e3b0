"""The missing desk: the audience of those who search and of those who talk with children on return."""

from __future__ import annotations

from datetime import datetime

from kith.foundations.access.actions import open_circle, system_viewer, team_audience
from kith.foundations.access.models import Scope, Team
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.rules import TeamWork

JOB = "missing"  # the system job that does what follows by rule
NOBODY_FOLLOWS = "No team follows missing children here yet. Ring the police: 999 in danger, else 101."


def missing_team() -> Team:
    """The team that follows missing children. Raises NotAllowed where there is none."""
    team = Team.objects.filter(work=TeamWork.MISSING.value).select_related("agency").order_by("pk").first()
    if team is None:
        raise NotAllowed(NOBODY_FOLLOWS)
    return team


def talkers_audience(*, now: datetime) -> Scope:
    """The team that talks with children on return, and nobody else."""
    return team_audience(team=missing_team(), now=now)


def desk_audience(*, now: datetime) -> Scope:
    """Those who search and those who talk. It is the audience of the searching team, opened to the other."""
    talking = missing_team()
    search = Team.objects.filter(work=TeamWork.SEARCH.value).order_by("pk")
    first = search.first()
    if first is None:
        return team_audience(team=talking, now=now)
    scope = team_audience(team=first, now=now)
    by = system_viewer(JOB)
    for team in (talking, *search[1:]):
        because = "Follows missing children" if team == talking else "Searches for missing children"
        open_circle(
            scope=scope,
            team=team,
            because=because,
            reason_kind="team",
            reference=f"missing-desk:{team.pk}",
            by=by,
            now=now,
        )
    return scope
