"""Assessments of a group or a place, version by version, and each time that one was looked at again."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kith.foundations.access.models import Scope, Viewer


class Assessment(models.Model):
    """One version, in words: what is told of each part of its kind. Never changed: the next version follows it."""

    subject = models.ForeignKey("subjects.Subject", on_delete=models.PROTECT, related_name="+")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+", db_index=False)  # its subject's circle
    version = models.PositiveIntegerField()
    told = models.JSONField(
        default=dict
    )  # the key of each part, as kinds.yaml has it, and its words; no grade, no number
    why_now = models.CharField(max_length=300, blank=True)  # of a later version: why it was written
    review_on = models.DateField()
    by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "version"], name="a_version_of_a_groups_assessment_once"),
            models.CheckConstraint(condition=Q(version=1) | ~Q(why_now=""), name="a_later_version_says_why"),
        ]


class AssessmentReview(models.Model):
    """Somebody looked at an assessment again: what they found, and what follows. Never changed."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="reviews")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+", db_index=False)
    outcome = models.CharField(max_length=20)  # a key of rules.OUTCOMES
    found = models.TextField()
    review_on = models.DateField(null=True)  # the next; none where the record is no longer needed
    by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["assessment", "at"], name="subjects_gr_assessm_94eedf_idx")]
