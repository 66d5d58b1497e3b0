"""Who may see figures, who may make cuts and pictures of them, and who may see whom a row is about."""

from __future__ import annotations

from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import NotAllowed, can, check_may
from kith.foundations.access.rules import Permission, Role, says_something

ELSEWHERE = "These figures are this partnership's, and your agency is not part of it."
SAY_WHY = "Say in a few words what you need to know it for, so that somebody else can review it."


def check_see_figures(viewer: Viewer) -> None:
    """Raises NotAllowed: figures are for whose role sees them, in an agency of the partnership."""
    check_may(viewer, Permission.SEE_FIGURES)
    if viewer.agency is None or not viewer.agency.in_partnership:
        raise NotAllowed(ELSEWHERE)


def can_see_figures(viewer: Viewer) -> bool:
    """Whether somebody may see figures."""
    try:
        check_see_figures(viewer)
    except NotAllowed:
        return False
    return True


def check_analyse(viewer: Viewer) -> None:
    """Raises NotAllowed: cuts, networks, maps and profiles are made by analysts, and by named jobs."""
    if viewer.role == Role.SYSTEM.value:
        return
    check_may(viewer, Permission.ANALYSE)
    check_see_figures(viewer)


def can_analyse(viewer: Viewer) -> bool:
    """Whether somebody may make cuts, networks, maps and profiles."""
    return can(viewer, Permission.ANALYSE) and can_see_figures(viewer)


def check_reidentify(viewer: Viewer, purpose: str = "to see whom these rows are about") -> None:
    """Raises NotAllowed without the permission, or without a purpose that somebody else could review."""
    check_may(viewer, Permission.REIDENTIFY)
    check_see_figures(viewer)
    if not says_something(purpose):
        raise NotAllowed(SAY_WHY)
