"""Who may decide at the front door, and until when what was decided can be undone."""

from __future__ import annotations

from datetime import datetime

from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import NotAllowed, can, check_may
from kith.foundations.access.rules import Permission
from kith.front_door.models import Contact, Decision
from kith.front_door.rules import UNDO_WITHIN, can_undo


def can_decide(viewer: Viewer) -> bool:
    """Whether this viewer's role decides on contacts; which contacts, row security says."""
    return can(viewer, Permission.DECIDE_CONTACTS)


def check_can_decide(viewer: Viewer) -> None:
    check_may(viewer, Permission.DECIDE_CONTACTS)


def check_waiting(contact: Contact) -> None:
    """Raises NotAllowed where it has been decided: nobody decides twice."""
    if contact.decided_at:
        raise NotAllowed(f"{contact.reference} has been decided already.")


def check_can_undo(viewer: Viewer, decision: Decision, now: datetime) -> None:
    """Raises NotAllowed after ten minutes, or for what is undone already."""
    check_can_decide(viewer)
    if decision.undone_at:
        raise NotAllowed("This decision has been undone already.")
    if not can_undo(decision.at, now):
        minutes = int(UNDO_WITHIN.total_seconds() // 60)
        raise NotAllowed(f"A decision can be undone for {minutes} minutes. Tell the team that has it now instead.")
