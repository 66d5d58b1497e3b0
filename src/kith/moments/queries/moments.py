"""Critical moments: open ones first, by the time left."""

from __future__ import annotations

from django.db.models import QuerySet

from kith.foundations.access.models import Team
from kith.moments.models import Moment


def moments() -> QuerySet[Moment]:
    """Those whom whoever looks may see."""
    return Moment.objects.select_related("subject", "agency", "taken_by", "told_by", "team__agency")


def open_moments_of(team: Team) -> list[Moment]:
    """What this team has not closed, by the time left."""
    return list(moments().filter(team=team, closed_at=None).order_by("call_back_by", "pk"))
