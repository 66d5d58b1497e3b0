"""What is asked of homes' searches and of the monthly reviews."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Prefetch, QuerySet

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Team, Viewer
from kith.foundations.access.rules import TeamWork
from kith.foundations.access.viewing import viewing_as
from kith.foundations.clocks import HERE
from kith.missing.models import Episode, HomeReview, HomeSearch, Profile, ReviewAction, SearchStep
from kith.missing.permissions import works_on

JOB = "missing"
SHOWN = 50


@dataclass(frozen=True)
class Absent:
    """One absence of a child of the home, as the review needs it: no more than home and police both know."""

    episode_id: int
    reference: str
    called: str
    gone_at: datetime
    gone_is_day: bool
    back_at: datetime | None
    back_is_day: bool
    kind: str
    grade: str
    searched: bool


def searches_of(viewer: Viewer) -> list[HomeSearch]:
    """The searches of the viewer's homes, the latest first."""
    teams = viewer.teams.filter(work=TeamWork.HOMES.value)
    found = HomeSearch.objects.filter(team__in=teams).select_related("team__agency", "episode", "started_by")
    return list(_with_steps(found).order_by("-pk")[:SHOWN])


def search_seen(search_id: int) -> HomeSearch | None:
    """One search, for the home's staff and, once the child was reported, for the missing desk."""
    found = HomeSearch.objects.filter(pk=search_id).select_related("team__agency", "started_by__agency", "profile")
    return _with_steps(found).first()


def searches_before(episode_id: int) -> list[HomeSearch]:
    """What the home did before it reported this absence."""
    found = HomeSearch.objects.filter(episode_id=episode_id).select_related("team__agency", "started_by__agency")
    return list(_with_steps(found).order_by("pk"))


def reference_of(search: HomeSearch) -> str:
    """The reference of the absence that it stands with, which tells nothing of it."""
    with viewing_as(system_viewer(JOB)):
        found = Episode.objects.filter(searches=search).values_list("reference", flat=True).first()
    return found or ""


def homes_reviewed_by(viewer: Viewer) -> list[Team]:
    """The viewer's own homes; for the missing desk, every home of the partnership."""
    every = Team.objects.filter(work=TeamWork.HOMES.value, agency__in_partnership=True)
    if not works_on(viewer, TeamWork.SEARCH, TeamWork.MISSING):
        every = every.filter(viewers=viewer)
    return list(every.select_related("agency").order_by("agency__name", "name"))


def home_of(viewer: Viewer, team_id: int) -> Team | None:
    """One of those homes."""
    return next((team for team in homes_reviewed_by(viewer) if team.pk == team_id), None)


def reviews_of(team_ids: Iterable[int]) -> list[HomeReview]:
    """The reviews of these homes that the viewer may read, the latest month first."""
    actions = Prefetch("actions", ReviewAction.objects.select_related("done_by").order_by("due_on", "pk"))
    found = HomeReview.objects.filter(team_id__in=list(team_ids)).select_related("team__agency", "written_by__agency")
    return list(found.prefetch_related(actions).order_by("-month", "team__agency__name"))


def review_seen(review_id: int) -> HomeReview | None:
    """One review, for the home and the missing desk."""
    actions = Prefetch("actions", ReviewAction.objects.select_related("done_by").order_by("due_on", "pk"))
    found = HomeReview.objects.filter(pk=review_id).select_related("team__agency", "written_by__agency")
    return found.prefetch_related(actions).first()


def action_seen(action_id: int) -> ReviewAction | None:
    """One thing agreed."""
    return ReviewAction.objects.filter(pk=action_id).first()


def episodes_of_home(team_id: int, month: date) -> list[Absent]:
    """The absences of a month of the children whose profile this home keeps. Its staff may not read the absences
    themselves, so that a named job answers the few facts which the home knows of its own children.
    """
    start = datetime(month.year, month.month, 1, tzinfo=HERE)
    end = (start + timedelta(days=32)).replace(day=1)
    with viewing_as(system_viewer(JOB)):
        kept = {
            one.subject_id: one
            for one in Profile.objects.filter(team_id=team_id).order_by("pk")
            if one.ended_at is None or one.ended_at >= start
        }
        found = Episode.objects.filter(
            subject_id__in=kept, not_missing_because="", gone_at__gte=start, gone_at__lt=end
        ).order_by("gone_at")
        rows = [one for one in found if _kept_then(kept[one.subject_id], one)]
        searched = set(HomeSearch.objects.filter(episode__in=rows).values_list("episode_id", flat=True))
    return [
        Absent(
            one.pk,
            one.reference,
            kept[one.subject_id].called,
            one.gone_at,
            one.gone_is_day,
            one.back_at,
            one.back_is_day,
            one.kind,
            one.grade,
            one.pk in searched,
        )
        for one in rows
    ]


def first_kept(team_id: int) -> date | None:
    """When this home first kept a profile."""
    with viewing_as(system_viewer(JOB)):
        first = Profile.objects.filter(team_id=team_id).order_by("started_at").first()
    return first.started_at.astimezone(HERE).date() if first else None


def _kept_then(profile: Profile, episode: Episode) -> bool:
    return profile.ended_at is None or episode.gone_at <= profile.ended_at


def _with_steps(found: QuerySet[HomeSearch]) -> QuerySet[HomeSearch]:
    return found.prefetch_related(Prefetch("steps", SearchStep.objects.select_related("by").order_by("pk")))
