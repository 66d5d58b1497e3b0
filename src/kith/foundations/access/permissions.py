"""What somebody may do about access.

`check_…` raises with the sentence to show; `can_…` answers yes or no by the same rule.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from kith.foundations.access.models import BreakGlass, Viewer
from kith.foundations.access.queries import glass_broken_since
from kith.foundations.access.rules import BREAK_GLASS_A_DAY, Permission, Role, says_something

RING_INSTEAD = (
    f"You have broken the glass {BREAK_GLASS_A_DAY} times in twenty-four hours, as often as Kith allows. "
    "Ring the front door, who can look with you."
)
SAY_WHY = "Say in a few words what you need to know and why now, so that somebody else can review it."


class NotAllowed(Exception):  # noqa: N818 - reads as what is said to the user
    """Somebody may not do this; the message is the sentence to show them."""


def check_may(viewer: Viewer, permission: Permission) -> None:
    """Raise NotAllowed unless the viewer's role gives the permission."""
    if not viewer.is_active or permission not in Role(viewer.role).permissions:
        raise NotAllowed(f"Your role, {Role(viewer.role).title.lower()}, does not let you {permission.value}.")


def can(viewer: Viewer, permission: Permission) -> bool:
    """Whether the viewer's role gives the permission."""
    try:
        check_may(viewer, permission)
    except NotAllowed:
        return False
    return True


def check_break_glass(viewer: Viewer, reason: str, now: datetime) -> None:
    """Raise NotAllowed unless the role may, today's limit is not reached, and the reason says something."""
    check_may(viewer, Permission.BREAK_GLASS)
    if glass_broken_since(viewer, now - timedelta(days=1)) >= BREAK_GLASS_A_DAY:
        raise NotAllowed(RING_INSTEAD)
    if not says_something(reason):
        raise NotAllowed(SAY_WHY)


def can_break_glass(viewer: Viewer, now: datetime) -> bool:
    """Whether the viewer may break the glass once more today, given a reason."""
    try:
        check_break_glass(viewer, "a reason that says something", now)
    except NotAllowed:
        return False
    return True


def check_review(viewer: Viewer, broken: BreakGlass, outcome: str = "justified", note: str = "") -> None:
    """Raise NotAllowed for one's own, one already reviewed, or an outcome that needs a note and has none."""
    check_may(viewer, Permission.REVIEW_BREAK_GLASS)
    if broken.viewer_id == viewer.pk:
        raise NotAllowed("Somebody else must review it: you broke this glass yourself.")
    if broken.reviewed_at is not None:
        raise NotAllowed("Somebody has reviewed this already.")
    if outcome in {"question", "not-justified"} and not says_something(note):
        raise NotAllowed("Say what is to be talked about or what happens next.")


def can_review(viewer: Viewer, broken: BreakGlass) -> bool:
    """Whether the viewer may review this one now."""
    try:
        check_review(viewer, broken)
    except NotAllowed:
        return False
    return True


def check_manage_staff(viewer: Viewer) -> None:
    """Raise NotAllowed unless the viewer looks after people and teams."""
    check_may(viewer, Permission.MANAGE_STAFF)


def check_audit(viewer: Viewer) -> None:
    """Raise NotAllowed unless the viewer audits who looked."""
    check_may(viewer, Permission.AUDIT)
