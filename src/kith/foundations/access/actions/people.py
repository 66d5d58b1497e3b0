"""People who sign in, the teams they are in, and the named system jobs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.db import transaction

from kith.foundations.access.actions.circles import end_openings_of
from kith.foundations.access.circles import settle_roles, settle_viewers
from kith.foundations.access.models import Agency, Scope, Team, Viewer
from kith.foundations.access.permissions import NotAllowed, check_manage_staff
from kith.foundations.access.rules import ROLES, Permission, Reach, Role, ScopeKind
from kith.foundations.audit.actions import record

SYSTEM_DOMAIN = "system.invalid"  # never an address that mail could reach


def system_viewer(name: str) -> Viewer:
    """The named system job `name` (lower case, such as `loader`): reaches everything, cannot sign in, is
    audited.
    """
    email = f"{name}@{SYSTEM_DOMAIN}"
    fields = {"name": f"Kith {name}", "role": Role.SYSTEM.value, "reach": Reach.ALL.value, "password": "!"}
    return Viewer.objects.get_or_create(email=email, defaults=fields)[0]


def partnership_scope() -> Scope:
    """The audience of headlines: everybody who works with children in an agency of the partnership.

    Made at first use. Call `join_partnership()` after adding people or agencies by any other way than these
    actions.
    """
    return _scope_of_role(ScopeKind.PARTNERSHIP)


def figures_scope() -> Scope:
    """The audience of counted figures: everybody in an agency of the partnership whose role sees them."""
    return _scope_of_role(ScopeKind.FIGURES)


def join_partnership() -> None:
    """Bring up to date who sees headlines and figures: who is active, in the partnership's agencies, in such a role."""
    for scope in (partnership_scope(), figures_scope()):
        _settle_roles(scope)


@transaction.atomic
def add_staff(
    *,
    name: str,
    email: str,
    role: str,
    agency: Agency,
    teams: Iterable[Team] = (),
    job_title: str = "",
    phone: str = "",
    by: Viewer,
    now: datetime,
) -> Viewer:
    """Add somebody who will sign in. They choose a password by the link of "Forgotten your password?".

    Raises NotAllowed when `by` may not, when the address is taken, or when a team is another agency's.
    """
    check_manage_staff(by)
    if Viewer.objects.filter(email=email.lower()).exists():
        raise NotAllowed("Somebody with this email address is already on the list.")
    fields: dict[str, Any] = {
        "name": name,
        "role": _staff_role(role),
        "agency": agency,
        "job_title": job_title,
        "phone": phone,
    }
    viewer = Viewer.objects.create_user(email, **fields)
    _set_teams(viewer, teams)
    _settle(viewer, now)
    record(viewer=by, action="add-staff", what=f"Added {name}", details=_as_details(viewer), now=now)
    return viewer


@transaction.atomic
def change_staff(
    *, viewer: Viewer, role: str, teams: Iterable[Team], job_title: str, phone: str, by: Viewer, now: datetime
) -> Viewer:
    """Change somebody's role, teams, post or number; what they see follows their teams at once.

    Raises NotAllowed when `by` may not or changes their own role.
    """
    check_manage_staff(by)
    if viewer.pk == by.pk and role != viewer.role:
        raise NotAllowed("Somebody else must change your own role.")
    before = _as_details(viewer)
    viewer.role, viewer.job_title, viewer.phone = _staff_role(role), job_title, phone
    viewer.save(update_fields=["role", "job_title", "phone"])
    _set_teams(viewer, teams)
    _settle(viewer, now)
    details = {"before": before, "after": _as_details(viewer)}
    record(viewer=by, action="change-staff", what=f"Changed {viewer.name}", details=details, now=now)
    return viewer


@transaction.atomic
def deactivate(*, viewer: Viewer, because: str, by: Viewer, now: datetime) -> None:
    """End somebody's access: every circle closes, every session ends. What they did stays on record.

    Raises NotAllowed when `by` may not, or for oneself.
    """
    check_manage_staff(by)
    if viewer.pk == by.pk:
        raise NotAllowed("Somebody else must end your own access.")
    Viewer.objects.filter(pk=viewer.pk).update(is_active=False)
    viewer.refresh_from_db()
    end_openings_of(viewer=viewer, because=because, by=by, now=now)
    _settle(viewer, now)
    ended = end_sessions(viewer=viewer)
    details = {"viewer": viewer.pk, "sessions": ended}
    record(
        viewer=by,
        action="deactivate-staff",
        what=f"Ended {viewer.name}'s access",
        because=because,
        details=details,
        now=now,
    )


@transaction.atomic
def bring_back(*, viewer: Viewer, by: Viewer, now: datetime) -> None:
    """Let somebody sign in again.

    Their teams' circles open to them; their own stay closed until work opens them.
    """
    check_manage_staff(by)
    Viewer.objects.filter(pk=viewer.pk).update(is_active=True)
    viewer.refresh_from_db()
    _settle(viewer, now)
    record(
        viewer=by,
        action="bring-back-staff",
        what=f"Brought {viewer.name} back",
        details={"viewer": viewer.pk},
        now=now,
    )


def end_sessions(*, viewer: Viewer) -> int:
    """Sign somebody out everywhere. Answers how many sessions ended."""
    sessions = list(UserSession.objects.filter(user=viewer))
    for session in sessions:
        session.end()
    return len(sessions)


def _staff_role(role: str) -> str:
    if role == Role.SYSTEM.value:
        raise NotAllowed("A person cannot be a system job.")
    return Role(role).value


def _set_teams(viewer: Viewer, teams: Iterable[Team]) -> None:
    """Both the old and the new teams are locked, so that a circle opened to one of them meanwhile is not
    missed.
    """
    wanted = list(teams)
    if any(team.agency_id != viewer.agency_id for team in wanted):
        raise NotAllowed("A person can only be in teams of their own agency.")
    touched = {team.pk for team in wanted} | set(viewer.teams.values_list("pk", flat=True))
    list(Team.objects.select_for_update(no_key=True).filter(pk__in=touched).order_by("pk"))
    viewer.teams.set(wanted)


def _settle(viewer: Viewer, now: datetime) -> None:
    settle_viewers([viewer.pk], now)
    join_partnership()


SEEN_BY = {
    ScopeKind.PARTNERSHIP: ("The partnership", Permission.SEE_HEADLINES),
    ScopeKind.FIGURES: ("Figures", Permission.SEE_FIGURES),
}


def _scope_of_role(kind: ScopeKind) -> Scope:
    scope, made = Scope.objects.get_or_create(kind=kind.value, defaults={"title": SEEN_BY[kind][0]})
    if made:
        _settle_roles(scope)
    return scope


def _settle_roles(scope: Scope) -> None:
    needed = SEEN_BY[ScopeKind(scope.kind)][1]
    settle_roles(scope.pk, [role.value for role, what in ROLES.items() if needed in what.permissions])


def _as_details(viewer: Viewer) -> dict[str, object]:
    teams = sorted(viewer.teams.values_list("pk", flat=True))
    return {"viewer": viewer.pk, "role": viewer.role, "teams": teams, "job_title": viewer.job_title}
