"""Who reads how much of a conversation on return, and who answers a parent. On which rows, row security says."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from kith.foundations.access.models import Agency, Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.queries import holds
from kith.foundations.access.rules import TeamWork
from kith.missing.permissions import can_talk, works_on

SOCIAL_CARE = ("council", "social care")  # kinds of agency whose workers make the child safe


class Tier(StrEnum):
    """How much somebody is told of a conversation on return."""

    TALKER = "everything, and what is to be done about it"
    WORKER = "how it stands, and what the child said"
    CARER = "how it stands"
    SEARCH = "its number, how it stands and how long is left"


def tier_of(viewer: Viewer, scope_id: int, now: datetime) -> Tier:
    """What this viewer is told of a conversation whose rows exist for them; `scope_id` is the child's circle."""
    if can_talk(viewer):
        return Tier.TALKER
    if works_on(viewer, TeamWork.SEARCH) or not holds(viewer, scope_id, now):
        return Tier.SEARCH
    return Tier.WORKER if _of_social_care(viewer) else Tier.CARER


def can_read_said(viewer: Viewer) -> bool:
    """Whether they read what a child said, and what a parent answered. The database says the same of each row."""
    return can_talk(viewer) or _of_social_care(viewer)


def check_can_read_said(viewer: Viewer) -> None:
    """Raises NotAllowed with a sentence for the page."""
    if not can_read_said(viewer):
        raise NotAllowed("Children’s and parents’ own words are for their social worker and the team that talks.")


def _of_social_care(viewer: Viewer) -> bool:
    kind = Agency.objects.filter(pk=viewer.agency_id or 0).values_list("kind", flat=True).first()
    return kind in SOCIAL_CARE and not works_on(viewer, TeamWork.HOMES, TeamWork.SEARCH)
