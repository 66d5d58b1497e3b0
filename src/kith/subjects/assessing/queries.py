"""Assessments as far as whoever asks may read them: row security says whose circle it is."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from kith.subjects.models import Assessment, AssessmentReview, LinkEvidence
from kith.subjects.rules import UNNAMED

COME_HERE = ("seen-at", "attends", "lives-at")  # kinds of link of people with a place where they are not at work
FEW = ("seen-at",)  # of these even a first name tells who it is: a school is attended by hundreds


def _all() -> QuerySet[Assessment]:
    reviews = Prefetch("reviews", AssessmentReview.objects.select_related("by").order_by("-at", "-pk"))
    return Assessment.objects.select_related("by", "by__agency", "subject").prefetch_related(reviews)


def latest_of(subject_id: int) -> Assessment | None:
    """The version that stands."""
    return _all().filter(subject=subject_id).order_by("-version").first()


def versions_of(subject_id: int) -> list[Assessment]:
    """Every version, the newest first."""
    return list(_all().filter(subject=subject_id).order_by("-version"))


def assessment_or_none(assessment_id: int, kind: str) -> Assessment | None:
    """One version, of a subject of this kind."""
    return _all().filter(pk=assessment_id, subject__kind=kind).first()


def names_drawn_to(place_id: int) -> tuple[list[str], list[str]]:
    """Of people whom the record of a place links with it: whole names, and first names of those seen there."""
    linked = LinkEvidence.objects.filter(subject_id=place_id, ended_at=None, kind__in=COME_HERE)
    known = linked.exclude(other_name__in=UNNAMED.values())
    rows = list(known.values_list("kind", "other_name").distinct())
    whole = [name for _, name in rows if len(name.split()) > 1]
    return whole, [name.split()[0] for kind, name in rows if kind in FEW and name.strip()]
