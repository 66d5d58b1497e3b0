"""Who shares out the work of a team: its managers."""

from __future__ import annotations

from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import NotAllowed, check_may
from kith.foundations.access.rules import Permission, Role, says_something

FOR_MANAGERS = "Who holds which work in a team is for its managers."
SAY_WHY = "Say in a few words why you look at this record, so that somebody else can review it."


def check_can_share_out(viewer: Viewer) -> None:
    """Raises NotAllowed: managers see the work of their own teams."""
    check_may(viewer, Permission.READ_RECORDS)
    if Role(viewer.role) is not Role.MANAGER:
        raise NotAllowed(FOR_MANAGERS)


def check_open_sample(viewer: Viewer, reason: str = "to learn from how the work is done") -> None:
    """Raises NotAllowed: managers, with a reason that somebody else could review."""
    check_can_share_out(viewer)
    if not says_something(reason):
        raise NotAllowed(SAY_WHY)
