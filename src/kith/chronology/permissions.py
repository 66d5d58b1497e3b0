"""What may be done with entries; whose records they stand on is for row security."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from kith.chronology.models import Entry
from kith.foundations.access.models import Viewer


def can_correct(viewer: Viewer, entry: Entry) -> bool:
    """Whoever wrote an entry may replace it with a corrected one, while it stands."""
    return entry.written_by_id == viewer.pk and entry.superseded_by_id is None


def check_can_correct(viewer: Viewer, entry: Entry) -> None:
    """Raises PermissionDenied, with a sentence for the page."""
    if not can_correct(viewer, entry):
        raise PermissionDenied("Only whoever wrote an entry can correct it. You can dispute it instead.")
