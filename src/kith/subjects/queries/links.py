"""The evidence that links a subject to others, as this subject's circle reads it."""

from __future__ import annotations

from collections.abc import Iterable

from kith.subjects.models import LinkEvidence
from kith.subjects.queries.records import SeenName, names_seen


def links_of(subject_id: int) -> list[LinkEvidence]:
    """Every piece of standing evidence on this side, oldest first.

    What a source has withdrawn is not evidence.
    """
    evidence = LinkEvidence.objects.filter(subject_id=subject_id, ended_at=None)
    return list(evidence.select_related("written_by").order_by("recorded_at", "pk"))


def others_seen(evidence: Iterable[LinkEvidence]) -> dict[int, SeenName]:
    """What the viewer may call each subject at the other end;

    absent where they may know nothing of a record.
    """
    return names_seen(row.other_id for row in evidence)
