"""Who may write the pages of help. `check_…` raises with the sentence to show."""

from __future__ import annotations

from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import can, check_may
from kith.foundations.access.rules import Permission


def check_write_help(viewer: Viewer) -> None:
    """Raise NotAllowed unless the viewer looks after this installation."""
    check_may(viewer, Permission.MANAGE_STAFF)


def can_write_help(viewer: Viewer) -> bool:
    return can(viewer, Permission.MANAGE_STAFF)
