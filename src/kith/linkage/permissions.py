"""Who may decide whether records are one person; which records they may read for it is for row security."""

from __future__ import annotations

from datetime import datetime, timedelta

from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import can, check_may
from kith.foundations.access.rules import Permission
from kith.linkage.models import Judgement

UNDO_WITHIN = timedelta(minutes=10)
"""How long "Undo" stands beside what was just decided. After that a decision is withdrawn with a reason."""


def can_review_matches(viewer: Viewer) -> bool:
    """Whether the viewer may decide unsure matches, and withdraw decisions."""
    return can(viewer, Permission.REVIEW_MATCHES)


def check_can_review_matches(viewer: Viewer) -> None:
    """Raises NotAllowed with a sentence for the page."""
    check_may(viewer, Permission.REVIEW_MATCHES)


def can_undo(viewer: Viewer, judgement: Judgement, now: datetime) -> bool:
    """Whether the viewer may still undo this decision of their own without saying why."""
    own = judgement.by_id == viewer.pk and judgement.withdrawn_at is None
    return own and now - judgement.at <= UNDO_WITHIN and can_review_matches(viewer)


def check_can_see_feeds(viewer: Viewer) -> None:
    """Raises NotAllowed with a sentence for the page."""
    check_may(viewer, Permission.SEE_FEEDS)


def can_read_rejects(viewer: Viewer) -> bool:
    """Whether the viewer may read rows that could not be loaded: those who mend them, as row security has it too."""
    return can(viewer, Permission.SEE_FEEDS) and can(viewer, Permission.REVIEW_MATCHES)


def check_can_read_rejects(viewer: Viewer) -> None:
    """Raises NotAllowed with a sentence for the page."""
    check_may(viewer, Permission.SEE_FEEDS)
    check_may(viewer, Permission.REVIEW_MATCHES)
