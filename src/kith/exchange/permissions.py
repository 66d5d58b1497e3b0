"""Who puts what other systems sent onto children's records. On which rows, row security says."""

from __future__ import annotations

from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import NotAllowed, can, check_may
from kith.foundations.access.rules import Permission
from kith.missing.permissions import can_see_board

NOT_YOURS = "Only the teams that search for missing children and talk with them on return decide whom a report means."


def can_match(viewer: Viewer) -> bool:
    """The missing desk, as far as its people write on records."""
    return can(viewer, Permission.WRITE_ENTRIES) and can_see_board(viewer)


def check_can_match(viewer: Viewer) -> None:
    """Raises NotAllowed with a sentence for the page."""
    if not can_match(viewer):
        raise NotAllowed(NOT_YOURS)


def check_can_mend(viewer: Viewer) -> None:
    """Data officers put right what systems sent and could not be taken. Raises NotAllowed."""
    check_may(viewer, Permission.SEE_FEEDS)
    check_may(viewer, Permission.REVIEW_MATCHES)
