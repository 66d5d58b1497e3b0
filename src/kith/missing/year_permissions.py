"""Who sees how many children were missing in a year: those who follow them, and managers, who see no small number."""

from __future__ import annotations

from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import NotAllowed, can
from kith.foundations.access.rules import Permission, Role
from kith.missing.permissions import can_see_board


def can_see_year(viewer: Viewer) -> bool:
    """The desk that follows missing children, and managers."""
    manages = viewer.is_active and viewer.role == Role.MANAGER.value and can(viewer, Permission.READ_RECORDS)
    return can_see_board(viewer) or manages


def check_can_see_year(viewer: Viewer) -> None:
    """Raises NotAllowed with a sentence for the page."""
    if not can_see_year(viewer):
        raise NotAllowed("These figures are for the teams that follow missing children, and for managers.")


def check_can_see_rows(viewer: Viewer) -> None:
    """Raises NotAllowed: which absences stand behind a number is for those who follow missing children."""
    if not can_see_board(viewer):
        raise NotAllowed("Which absences stand behind a number is for the teams that follow missing children.")
