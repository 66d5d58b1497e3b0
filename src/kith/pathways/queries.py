"""What is asked about work: whose it is, what is due."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from kith.foundations.access.models import Team, Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.rules import TeamWork
from kith.pathways.models import Move, Work


def work_on(subject_id: int) -> QuerySet[Work]:
    """Everything on one record, newest first; not what a decision opened that was undone."""
    return _told().filter(subject_id=subject_id, taken_back=False).order_by("-opened_at", "-pk")


def open_work_on(subject_ids: Iterable[int]) -> QuerySet[Work]:
    """What is going on now with any of these subjects."""
    return _told().filter(subject_id__in=list(subject_ids), ended_at=None, taken_back=False).order_by("-opened_at")


def work_of(viewer: Viewer) -> QuerySet[Work]:
    """What somebody works on, and what their teams have not yet allocated; unfinished."""
    mine = Q(worker=viewer) | Q(worker=None, team__in=viewer.teams.all())
    return _told().filter(mine, ended_at=None, taken_back=False).order_by("state_since", "pk")


def work_seen(work_id: int) -> Work | None:
    """One piece of work, where its record is open to who looks."""
    return _told().filter(pk=work_id).first()


def moves_of(work: Work) -> QuerySet[Move]:
    """Every step, newest first."""
    return Move.objects.filter(work=work).select_related("by").order_by("-at", "-pk")


def team_that(work: TeamWork) -> Team:
    """The partnership's team that does this work. Raises NotAllowed, in words, where there is none."""
    found = Team.objects.filter(work=work.value, agency__in_partnership=True).order_by("pk").first()
    if found is None:
        raise NotAllowed(
            f"No team in the partnership has this as its work yet: {work.title[0].lower()}{work.title[1:]}."
        )
    return found


def members_of(work: Work) -> list[Viewer]:
    """Who may lead it: the people of its team, by name."""
    return list(work.team.viewers.filter(is_active=True).order_by("name"))


def _told() -> QuerySet[Work]:
    return Work.objects.select_related("subject", "team", "team__agency", "worker", "opened_by")
