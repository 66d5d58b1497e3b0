"""Calling those who know a child together, within days: a pathway of its own with its clock."""

from __future__ import annotations

from datetime import datetime

from kith.foundations.access.models import Viewer
from kith.missing.actions.desk import missing_team
from kith.missing.models import Episode
from kith.pathways.actions import open_work
from kith.pathways.models import Work

PATHWAY = "missing-meeting"


def call_meeting(*, episode: Episode, because: str, by: Viewer, now: datetime) -> Work:
    """The meeting that stands for this child, or a new one. Raises PermissionDenied outside the child's circle."""
    standing = Work.objects.filter(subject_id=episode.subject_id, pathway=PATHWAY, ended_at=None).first()
    return standing or open_work(
        subject_id=episode.subject_id,
        pathway=PATHWAY,
        team=missing_team(),
        because=because.strip(),
        came_from=f"episode:{episode.pk}",
        by=by,
        now=now,
    )
