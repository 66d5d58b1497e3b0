"""Whose address is protected, as far as the viewer may know."""

from __future__ import annotations

from kith.linkage.models import SourceRecord
from kith.linkage.settling.feed_words import protecting_feeds

DO_NOT_DISCLOSE = "Protected address: do not disclose"


def warning_about(subject_id: int) -> str:
    """What the bar of a record warns of, or nothing: that they are on a register of protected children. One query."""
    said = SourceRecord.objects.filter(reference__subject_id=subject_id, feed__in=protecting_feeds(), ended_at=None)
    return DO_NOT_DISCLOSE if said.exists() else ""
