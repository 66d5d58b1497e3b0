"""Who may see who looked. `check_…` raises with the sentence to show; `can_…` answers by the same rule.

Decided: those whose work has opened the record to them (it is their child, and they notice what is odd first), and
auditors, who see a number and initials instead of a name. Who came in by breaking the glass sees the record, but not
who looked at it.
"""

from __future__ import annotations

from collections.abc import Sequence

from kith.foundations.access.models import Opening, Viewer
from kith.foundations.access.permissions import NotAllowed, can, check_may
from kith.foundations.access.rules import Permission


def check_see_who_looked(viewer: Viewer, openings: Sequence[Opening]) -> None:
    """Raise NotAllowed unless the viewer audits, or one of their openings of this circle comes from work."""
    if can(viewer, Permission.AUDIT):
        return
    check_may(viewer, Permission.READ_RECORDS)
    if not any(opening.reason_kind != "break-glass" for opening in openings):
        raise NotAllowed("Who looked is shown to those who work with them. Ring the lead worker if something is odd.")


def can_see_who_looked(viewer: Viewer, openings: Sequence[Opening]) -> bool:
    """Whether the viewer may see who looked at a record, given their openings of its circle."""
    try:
        check_see_who_looked(viewer, openings)
    except NotAllowed:
        return False
    return True
