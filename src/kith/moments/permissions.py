"""Who keeps the rota, who answers critical moments, who tells of one. Which rows there are is for row security."""

from __future__ import annotations

from kith.foundations.access.models import Agency, Team, Viewer
from kith.foundations.access.permissions import NotAllowed, can, check_may
from kith.foundations.access.rules import Permission, Role, TeamWork
from kith.moments.models import Champion, Moment, Shift, Step, Swap

NOT_OF_THE_TEAM = "This is for the team that answers critical moments, and for its managers."


def check_can_see_rota(viewer: Viewer) -> None:
    """Whoever works with children may know who is on call."""
    check_may(viewer, Permission.SEE_HEADLINES)


def check_can_tell(viewer: Viewer) -> None:
    """Whoever works with children may tell of a critical moment."""
    check_may(viewer, Permission.WRITE_ENTRIES)


def is_manager(viewer: Viewer) -> bool:
    return Role(viewer.role) is Role.MANAGER


def can_keep(viewer: Viewer, team: Team) -> bool:
    """Members of the team keep its rota, and managers of its agency."""
    if is_manager(viewer) and viewer.agency_id == team.agency_id:
        return True
    return viewer.teams.filter(pk=team.pk, work=TeamWork.RESPONSE.value).exists()


def check_can_keep(viewer: Viewer, team: Team) -> None:
    if not can_keep(viewer, team):
        raise NotAllowed(NOT_OF_THE_TEAM)


def can_answer_any(viewer: Viewer) -> bool:
    """Members of a team that answers critical moments; managers of an agency that has one."""
    if viewer.teams.filter(work=TeamWork.RESPONSE.value).exists():
        return True
    return is_manager(viewer) and Team.objects.filter(work=TeamWork.RESPONSE.value, agency=viewer.agency_id).exists()


def check_can_answer_any(viewer: Viewer) -> None:
    if not can_answer_any(viewer):
        raise NotAllowed(NOT_OF_THE_TEAM)


def is_on_a_rota(viewer: Viewer) -> bool:
    return viewer.teams.filter(work=TeamWork.RESPONSE.value).exists()


def check_is_on_a_rota(viewer: Viewer) -> None:
    """Who has shifts has a calendar of them."""
    if not is_on_a_rota(viewer):
        raise NotAllowed("This is for those who are on call.")


def check_is_in(viewer: Viewer, team: Team) -> None:
    """What is handed over is between those of one team."""
    if not viewer.teams.filter(pk=team.pk).exists():
        raise NotAllowed(f"This is for those of {team.name}.")


def check_can_offer(viewer: Viewer, shift: Shift) -> None:
    """One's own shift; a manager may offer anybody's."""
    check_can_keep(viewer, shift.team)
    if shift.viewer_id != viewer.pk and not is_manager(viewer):
        raise NotAllowed("Only whoever has this shift offers it, or a manager.")


def check_can_take_off(viewer: Viewer, shift: Shift) -> None:
    """One's own shift; a manager takes off anybody's."""
    check_can_keep(viewer, shift.team)
    if shift.viewer_id != viewer.pk and not is_manager(viewer):
        raise NotAllowed("Only whoever has this shift takes it off, or a manager. Ask them to offer it.")


def check_can_take_shift(viewer: Viewer, swap: Swap) -> None:
    """Somebody else of the same team."""
    if not viewer.teams.filter(pk=swap.shift.team_id).exists():
        raise NotAllowed("Only somebody of the same team takes a shift.")
    if swap.shift.viewer_id == viewer.pk:
        raise NotAllowed("You have this shift already.")


def can_undo_swap(viewer: Viewer, swap: Swap) -> bool:
    """The two of them, or a manager."""
    return viewer.pk in {swap.offered_by_id, swap.taken_by_id} or is_manager(viewer)


def check_can_undo_swap(viewer: Viewer, swap: Swap) -> None:
    check_can_keep(viewer, swap.shift.team)
    if not can_undo_swap(viewer, swap):
        raise NotAllowed("Only the two who swapped undo it, or a manager.")


def can_respond(viewer: Viewer, moment: Moment) -> bool:
    """The team that was paged, and whoever was paged or asked themselves: a manager, or the child's own worker."""
    if viewer.teams.filter(pk=moment.team_id).exists():
        return True
    return Step.objects.filter(moment=moment, what__in=("paged", "asked"), to=viewer).exists()


def check_can_respond(viewer: Viewer, moment: Moment) -> None:
    if not can_respond(viewer, moment):
        raise NotAllowed(NOT_OF_THE_TEAM)


def check_is_manager(viewer: Viewer) -> None:
    if not is_manager(viewer):
        raise NotAllowed("This is for managers.")


def can_keep_champions(viewer: Viewer, agency: Agency) -> bool:
    """Each agency keeps its own."""
    return can(viewer, Permission.WRITE_ENTRIES) and viewer.agency_id == agency.pk


def check_can_keep_champion(viewer: Viewer, champion: Champion) -> None:
    if not can_keep_champions(viewer, champion.agency):
        raise NotAllowed(f"{champion.agency.name} keeps its own champions.")
