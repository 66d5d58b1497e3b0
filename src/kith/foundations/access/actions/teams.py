"""What a team shares before it is anybody's record: its audience, made when first needed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from kith.foundations.access.actions.circles import open_circle
from kith.foundations.access.actions.people import system_viewer
from kith.foundations.access.models import Agency, Scope, Team
from kith.foundations.access.rules import TEAM_WORK, ScopeKind, TeamWork


@transaction.atomic
def team_audience(*, team: Team, now: datetime) -> Scope:
    """The scope of what a whole team may see: its queue. Made and opened to its members at first use."""
    held = Team.objects.select_for_update().get(pk=team.pk)
    if held.audience is None:
        held.audience = Scope.objects.create(kind=ScopeKind.TEAM.value, title=f"{team.name}, {team.agency.name}"[:200])
        held.save(update_fields=["audience"])
        because = TEAM_WORK[TeamWork(team.work)] if team.work else "Member of the team"
        by = system_viewer("access")
        open_circle(scope=held.audience, team=held, because=because, reason_kind="team", by=by, now=now)
    team.audience = held.audience
    return held.audience


def team_for(agency: Agency, work: TeamWork, name: str) -> Team:
    """The agency's team that does this work; made, with nobody in it yet, where there is none."""
    return Team.objects.filter(agency=agency, work=work.value).order_by("pk").first() or _made(agency, work, name)


def _made(agency: Agency, work: TeamWork, name: str) -> Team:
    return Team.objects.get_or_create(agency=agency, name=name, defaults={"work": work.value})[0]
