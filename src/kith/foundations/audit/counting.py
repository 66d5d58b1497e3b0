"""How often somebody did something lately, by the record of who looked: what is bounded is counted where it is kept."""

from __future__ import annotations

from datetime import datetime

from kith.foundations.audit.actions import Looker
from kith.foundations.audit.models import AuditEvent


def how_often(viewer: Looker, action: str, since: datetime) -> int:
    """Lines of one action that a viewer left since a moment."""
    return AuditEvent.objects.filter(viewer_id=viewer.pk, action=action, at__gt=since).count()


def about_whom(viewer: Looker, action: str, since: datetime) -> set[int]:
    """Of which subjects somebody did this since then."""
    done = AuditEvent.objects.filter(viewer_id=viewer.pk, action=action, at__gte=since)
    return {number for subjects in done.values_list("subjects", flat=True) for number in subjects}
