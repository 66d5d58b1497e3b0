"""Assessments of a peer group, version by version, and each time that one was looked at again."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kith.foundations.access.models import Scope, Viewer


class GroupAssessment(models.Model):
    """One version: what the group is to its young people, in words. Never changed: the next version follows it."""

    subject = models.ForeignKey("subjects.Subject", on_delete=models.PROTECT, related_name="+")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+", db_index=False)  # the group's circle
    version = models.PositiveIntegerField()
    purpose = models.TextField()
    said = models.TextField(blank=True)  # young people's own words
    strengths = models.TextField()
    harms = models.TextField()
    places = models.TextField(blank=True)
    guardians = models.TextField(blank=True)
    at_risk = models.TextField()  # who is at what risk, in words: no grade and no number
    next_steps = models.TextField(blank=True)
    why_now = models.CharField(max_length=300, blank=True)  # of a later version: why it was written
    review_on = models.DateField()
    by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "version"], name="a_version_of_a_groups_assessment_once"),
            models.CheckConstraint(condition=Q(version=1) | ~Q(why_now=""), name="a_later_version_says_why"),
        ]


class GroupReview(models.Model):
    """Somebody looked at an assessment again: what they found, and what follows. Never changed."""

    assessment = models.ForeignKey(GroupAssessment, on_delete=models.PROTECT, related_name="reviews")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+", db_index=False)
    outcome = models.CharField(max_length=20)  # a key of rules.OUTCOMES
    found = models.TextField()
    review_on = models.DateField(null=True)  # the next; none where the record is no longer needed
    by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["assessment", "at"])]
