"""Who may give, grade, approve and pass on intelligence. Whose reports there are is for row security."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import can, check_may
from kith.foundations.access.rules import Permission, Role
from kith.intelligence.models import Version


def check_can_give(viewer: Viewer) -> None:
    """Raises NotAllowed unless the role gives intelligence, or a named system job gives it for somebody outside."""
    if viewer.role != Role.SYSTEM.value:
        check_may(viewer, Permission.GIVE_INTELLIGENCE)


def can_grade(viewer: Viewer) -> bool:
    """Whether the viewer's role grades and passes on."""
    return can(viewer, Permission.GRADE_INTELLIGENCE)


def check_can_grade(viewer: Viewer) -> None:
    """Raises NotAllowed with a sentence for the page."""
    check_may(viewer, Permission.GRADE_INTELLIGENCE)


def can_approve(viewer: Viewer, version: Version) -> bool:
    """Whoever made a version never approves it."""
    return can_grade(viewer) and version.by_id != viewer.pk and version.approved is None


def check_can_approve(viewer: Viewer, version: Version) -> None:
    """Raises with a sentence for the page."""
    check_can_grade(viewer)
    if version.by_id == viewer.pk:
        raise PermissionDenied("Somebody else must approve it: you made this version yourself.")
