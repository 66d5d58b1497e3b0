"""The evidence that links a subject to others, as this subject's circle reads it."""

from __future__ import annotations

from collections.abc import Iterable

from kith.foundations.access.models import Viewer
from kith.subjects.models import LinkEvidence
from kith.subjects.queries.records import SeenName, names_seen


def links_of(subject_id: int) -> list[LinkEvidence]:
    """Every piece of standing evidence on this side, oldest first.

    What a source has withdrawn is not evidence.
    """
    evidence = LinkEvidence.objects.filter(subject_id=subject_id, ended_at=None)
    return list(evidence.select_related("written_by").order_by("recorded_at", "pk"))


def evidence_written_by(viewer: Viewer, subject_id: int, evidence_id: int) -> LinkEvidence | None:
    """A standing piece of evidence on this record that the viewer wrote."""
    mine = LinkEvidence.objects.filter(pk=evidence_id, subject_id=subject_id, written_by=viewer, ended_at=None)
    return mine.first()


def others_seen(evidence: Iterable[LinkEvidence]) -> dict[int, SeenName]:
    """What the viewer may call each subject at the other end;

    absent where they may know nothing of a record.
    """
    return names_seen(row.other_id for row in evidence)
