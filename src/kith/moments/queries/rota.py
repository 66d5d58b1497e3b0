"""Who is on call, when, and what was swapped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from kith.foundations.access.models import Team, Viewer
from kith.foundations.access.rules import Role, TeamWork
from kith.moments.models import CalendarAddress, HandoverNote, Shift, Swap
from kith.moments.rules.rota import Span, on_call_at

AHEAD = timedelta(days=14)  # how far ahead the next on the rota is looked for


def response_teams() -> QuerySet[Team]:
    """Every team of the partnership that answers critical moments, the oldest first."""
    teams = Team.objects.filter(work=TeamWork.RESPONSE.value, agency__in_partnership=True)
    return teams.select_related("agency", "audience").order_by("pk")


def teams_kept_by(viewer: Viewer) -> QuerySet[Team]:
    """The teams whose rota somebody keeps: their own, and for a manager those of their agency."""
    mine = Q(viewers=viewer)
    if Role(viewer.role) is Role.MANAGER:
        mine |= Q(agency=viewer.agency_id)
    return response_teams().filter(mine).distinct()


def teams_of(viewer: Viewer) -> QuerySet[Team]:
    """The teams with a rota that somebody is in."""
    return response_teams().filter(viewers=viewer)


def shifts_between(first: datetime, last: datetime, teams: Iterable[Team] | None = None) -> list[Shift]:
    """Shifts that touch this stretch and stand, in order."""
    found = Shift.objects.filter(off_at=None, ends_at__gt=first, starts_at__lt=last)
    if teams is not None:
        found = found.filter(team__in=[team.pk for team in teams])
    return list(found.select_related("viewer", "team").order_by("starts_at", "pk"))


def spans(shifts: Iterable[Shift]) -> list[Span]:
    """The shifts as the rules take them; `who` is the person's number."""
    return [Span(shift.viewer_id, shift.starts_at, shift.ends_at) for shift in shifts]


def on_call_now(team: Team, now: datetime) -> list[Shift]:
    """The shifts of a team that run now, whose began last first."""
    running = shifts_between(now, now + timedelta(seconds=1), [team])
    order = on_call_at(spans(running), now)
    return sorted((shift for shift in running if shift.viewer_id in order), key=lambda one: order.index(one.viewer_id))


def shift_numbered(shift_id: int) -> Shift | None:
    return Shift.objects.select_related("team__agency", "viewer").filter(pk=shift_id, off_at=None).first()


def swap_numbered(swap_id: int) -> Swap | None:
    return Swap.objects.select_related("shift__team__agency", "shift__viewer").filter(pk=swap_id).first()


def offered(now: datetime) -> list[Swap]:
    """Shifts still to come that somebody would like to give away."""
    waiting = Swap.objects.filter(taken_at=None, undone_at=None, shift__off_at=None, shift__ends_at__gt=now)
    return list(waiting.select_related("shift__viewer", "shift__team", "offered_by").order_by("shift__starts_at"))


def swapped(most: int = 20) -> list[Swap]:
    """What was swapped and undone, the latest first."""
    done = Swap.objects.exclude(taken_at=None, undone_at=None)
    return list(done.select_related("shift__team", "offered_by", "taken_by", "undone_by").order_by("-pk")[:most])


def members(teams: Sequence[Team]) -> list[Viewer]:
    """Who may be put on these rotas, by name."""
    return list(Viewer.objects.filter(teams__in=teams, is_active=True).distinct().order_by("name"))


def managers_of(team: Team) -> list[Viewer]:
    """The managers in the team; where there are none, those of its agency."""
    all_of_them = Viewer.objects.filter(is_active=True, role=Role.MANAGER.value, agency=team.agency_id)
    own = list(all_of_them.filter(teams=team).order_by("pk"))
    return own or list(all_of_them.order_by("pk"))


def notes_to_hand_over(team: Team) -> list[HandoverNote]:
    """What nobody has taken over yet, the latest first."""
    return list(HandoverNote.objects.filter(team=team, taken_at=None).select_related("by").order_by("-at"))


def notes_taken_over(team: Team, most: int = 10) -> list[HandoverNote]:
    """The last that were, by whom and when."""
    taken = HandoverNote.objects.filter(team=team, taken_at__isnull=False)
    return list(taken.select_related("by", "taken_by").order_by("-taken_at")[:most])


def calendar_of(viewer: Viewer) -> CalendarAddress | None:
    """The address that stands, if there is one."""
    return CalendarAddress.objects.filter(viewer=viewer, revoked_at=None).first()


def note_exists(note_id: int) -> bool:
    """Whether whoever looks may see this note."""
    return HandoverNote.objects.filter(pk=note_id).exists()
