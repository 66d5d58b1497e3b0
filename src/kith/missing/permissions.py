"""Who reports a child missing, says that they are back, and talks with them. On which rows, row security says."""

from __future__ import annotations

from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import NotAllowed, can, check_may
from kith.foundations.access.rules import Permission, Role, TeamWork
from kith.missing.models import Episode

NOT_COUNTED = "This was set aside as reported in error."


def works_on(viewer: Viewer, *works: TeamWork) -> bool:
    """Whether a team of theirs does any of these works."""
    return viewer.is_active and viewer.teams.filter(work__in=[work.value for work in works]).exists()


def check_can_report(viewer: Viewer) -> None:
    """Everybody who works with children may report one missing; so may a named system job."""
    if viewer.role != Role.SYSTEM.value:
        check_may(viewer, Permission.WRITE_ENTRIES)


def can_see_board(viewer: Viewer) -> bool:
    """The board is for those who search and those who follow missing children."""
    return can(viewer, Permission.READ_RECORDS) and works_on(viewer, TeamWork.MISSING, TeamWork.SEARCH)


def check_can_see_board(viewer: Viewer) -> None:
    """Raises NotAllowed with a sentence for the page."""
    if not can_see_board(viewer):
        raise NotAllowed("The board is for the teams that search for missing children and talk with them on return.")


def check_can_say_back(viewer: Viewer, episode: Episode) -> None:
    """Whoever can see an absence and writes on records may say that the child is back, or set a time right."""
    check_can_report(viewer)
    if episode.not_missing_because:
        raise NotAllowed(NOT_COUNTED)


def can_talk(viewer: Viewer) -> bool:
    """Whether they offer and hold conversations on return."""
    return works_on(viewer, TeamWork.MISSING)


def check_can_talk(viewer: Viewer) -> None:
    """Raises NotAllowed with a sentence for the page."""
    if not can_talk(viewer):
        raise NotAllowed("The team that talks with children on return records what becomes of the offer.")
