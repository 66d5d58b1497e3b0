"""Assessments of a group as far as whoever asks may read them: row security says whose circle it is."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from kith.subjects.models import GroupAssessment, GroupReview, Subject
from kith.subjects.rules import SubjectKind


def _all() -> QuerySet[GroupAssessment]:
    reviews = Prefetch("reviews", GroupReview.objects.select_related("by").order_by("-at", "-pk"))
    return GroupAssessment.objects.select_related("by", "by__agency", "subject").prefetch_related(reviews)


def latest_of(subject_id: int) -> GroupAssessment | None:
    """The version that stands."""
    return _all().filter(subject=subject_id).order_by("-version").first()


def versions_of(subject_id: int) -> list[GroupAssessment]:
    """Every version, the newest first."""
    return list(_all().filter(subject=subject_id).order_by("-version"))


def assessment_or_none(assessment_id: int) -> GroupAssessment | None:
    """One version."""
    return _all().filter(pk=assessment_id).first()


def is_group(subject: Subject) -> bool:
    """Whether somebody is assessed as a group: people and places have pages of their own for that."""
    return subject.kind == SubjectKind.GROUP.value
