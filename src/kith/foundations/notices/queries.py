"""Questions about what people have been told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from kith.foundations.access.models import Viewer
from kith.foundations.notices.models import Notice


def unseen(viewer: Viewer) -> QuerySet[Notice]:
    """What the viewer has not yet seen, newest first."""
    return Notice.objects.filter(viewer=viewer, seen_at=None).order_by("-at", "-pk")


def pushes_since(viewers: Iterable[Viewer], since: datetime) -> dict[int, tuple[int, int]]:
    """For each viewer, how often they were rung since then, and how often that was held back. For named jobs only."""
    counted = Notice.objects.filter(viewer__in=list(viewers), at__gte=since).values_list("viewer_id")
    rows = counted.annotate(rung=Count("pk", filter=Q(pushed=True)), held=Count("pk", filter=Q(kept_quiet=True)))
    return {viewer: (rung, held) for viewer, rung, held in rows}
