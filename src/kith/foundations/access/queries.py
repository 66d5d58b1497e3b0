"""Questions about who works here, and who is in which circle and why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from kith.foundations.access.models import Agency, BreakGlass, Opening, Team, Viewer, ViewerScope
from kith.foundations.access.rules import OF_ROLES, Role


def standing(now: datetime) -> Q:
    """Openings that are open at `now`."""
    return Q(ended_at=None) & (Q(until=None) | Q(until__gt=now))


def opened_to(viewer: Viewer) -> Q:
    """Openings to the viewer or to a team of theirs."""
    return Q(viewer=viewer) | Q(team__viewers=viewer)


def openings_of_scope(scope_id: int) -> QuerySet[Opening]:
    """Every opening of a circle, standing or ended, newest first."""
    openings = Opening.objects.filter(scope_id=scope_id).select_related("viewer__agency", "team__agency", "opened_by")
    return openings.prefetch_related("team__viewers").order_by("-opened_at", "-pk")


def openings_for(viewer: Viewer, scope_id: int, now: datetime) -> list[Opening]:
    """Why the viewer holds a circle now: the openings behind it, a person's own before a team's."""
    mine = Opening.objects.filter(standing(now), opened_to(viewer), scope_id=scope_id).distinct()
    return sorted(
        mine,
        key=lambda opening: (opening.viewer_id is None, opening.reason_kind == "break-glass", opening.pk),
    )


def because_of(viewer: Viewer, scope_id: int, now: datetime) -> str:
    """Why the viewer may see what is in a circle, in words for the record of who looked; empty when they may
    not.
    """
    openings = openings_for(viewer, scope_id, now)
    return openings[0].because if openings else ""


def holds(viewer: Viewer, scope_id: int, now: datetime) -> bool:
    """Whether the viewer is in the circle now."""
    mine = ViewerScope.objects.filter(Q(until=None) | Q(until__gt=now), viewer=viewer, scope_id=scope_id)
    return mine.exists()


def scopes_opened_by_work(viewer: Viewer, now: datetime) -> QuerySet[Opening]:
    """Standing openings to the viewer or their teams that come from work, so not from breaking the glass."""
    work = Opening.objects.filter(standing(now), opened_to(viewer), scope__kind="circle")
    return work.exclude(reason_kind="break-glass").distinct()


def glass_broken_since(viewer: Viewer, since: datetime) -> int:
    """How often the viewer has broken the glass since then."""
    return BreakGlass.objects.filter(viewer=viewer, at__gt=since).count()


def glass_broken_on_my_records(viewer: Viewer, now: datetime, days: int = 14) -> QuerySet[BreakGlass]:
    """Where somebody else broke the glass on a record that is the viewer's work, in the last days or not yet
    reviewed.
    """
    scopes = scopes_opened_by_work(viewer, now).values("scope_id")
    recent = Q(at__gt=now - timedelta(days=days)) | Q(reviewed_at=None)
    broken = BreakGlass.objects.filter(recent, opening__scope_id__in=scopes).exclude(viewer=viewer)
    return broken.select_related("viewer__agency", "opening").order_by("-at")


def break_glasses(*, reviewed: bool) -> QuerySet[BreakGlass]:
    """Each time the glass was broken that the one who asks may read, due first."""
    broken = BreakGlass.objects.filter(reviewed_at__isnull=not reviewed)
    broken = broken.select_related("viewer__agency", "opening", "reviewed_by")
    return broken.order_by("-reviewed_at") if reviewed else broken.order_by("review_due")


def staff() -> QuerySet[Viewer]:
    """People who sign in, active first, by agency and name."""
    people = Viewer.objects.exclude(role=Role.SYSTEM.value).select_related("agency").prefetch_related("teams")
    return people.order_by("-is_active", "agency__name", "name")


def agencies() -> QuerySet[Agency]:
    """Every agency, by name."""
    return Agency.objects.order_by("name")


def teams() -> QuerySet[Team]:
    """Every team, by agency and name."""
    return Team.objects.select_related("agency").order_by("agency__name", "name")


def viewers_by_email(emails: Iterable[str]) -> dict[str, Viewer]:
    """Active staff by their email address in lower case."""
    wanted = [email.lower() for email in emails]
    return {viewer.email: viewer for viewer in Viewer.objects.filter(email__in=wanted, is_active=True)}


def demo_people(most: int = 40) -> list[Viewer]:
    """Whom one may sign in as in the demonstration: active people, in the order they were added."""
    return list(staff().filter(is_active=True).order_by("pk")[:most])


def one_of_staff(viewer_id: int) -> Viewer | None:
    """Somebody on the staff list."""
    return staff().filter(pk=viewer_id).first()


def teams_of(viewer: Viewer) -> QuerySet[Team]:
    """The teams of somebody's agency."""
    return teams().filter(agency=viewer.agency) if viewer.agency else Team.objects.none()


def openings_to(viewer: Viewer) -> QuerySet[Opening]:
    """Every opening to somebody or to a team of theirs, newest first."""
    openings = Opening.objects.filter(opened_to(viewer)).exclude(scope__kind__in=OF_ROLES).distinct()
    return (
        openings.select_related("viewer__agency", "team__agency")
        .prefetch_related("team__viewers")
        .order_by("-pk")[:500]
    )
