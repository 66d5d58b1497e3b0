"""Contexts of a child's life as they were weighed, version by version, and what is to be changed in each.

All of it has the audience of the child's circle. A planned change of a place or a group that has a record has a second
audience, those who work there: its row says nothing of which child it is for.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kith.foundations.access.models import Scope, Viewer
from kith.subjects.models import Subject


class Weighing(models.Model):
    """One weighing of a child's contexts. Once it is signed nothing in it changes; the next one follows it."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+", db_index=False)  # the child's circle
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    begun_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    conclusion = models.TextField(blank=True)  # which context weighs most, and why
    signed_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    review_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["subject", "-signed_at"])]
        constraints = [
            models.UniqueConstraint(fields=["subject"], condition=Q(signed_at=None), name="one_weighing_at_a_time"),
            models.CheckConstraint(
                condition=Q(signed_at=None, signed_by=None)
                | Q(signed_at__isnull=False, signed_by__isnull=False, review_on__isnull=False),
                name="signed_by_somebody_with_a_review",
            ),
        ]


class Weighed(models.Model):
    """One context in a weighing: its harm, its safety, how it weighs, why, and whose words say so."""

    weighing = models.ForeignKey(Weighing, on_delete=models.CASCADE, related_name="weighed")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=20)  # a key of rules.KINDS
    linked = models.ForeignKey(Subject, on_delete=models.PROTECT, null=True, related_name="+")  # its own record
    called = models.CharField(max_length=120, blank=True)  # where it has none
    child_says = models.TextField(blank=True)
    parent_says = models.TextField(blank=True)
    agencies_say = models.JSONField(default=list)  # [{agency, words}]
    harm = models.TextField(blank=True)
    safety = models.TextField(blank=True)
    weight = models.CharField(max_length=20)  # a key of rules.WEIGHTS
    gives = models.CharField(max_length=20)  # a key of rules.SAFETY
    why = models.TextField(blank=True)


class Shared(models.Model):
    """A weighing was made with the child or their family, shown to them, or not and why. Never changed."""

    weighing = models.ForeignKey(Weighing, on_delete=models.PROTECT, related_name="shared")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+", db_index=False)
    whom = models.CharField(max_length=20)  # a key of rules.WHOM
    how = models.CharField(max_length=20)  # a key of rules.SHARED
    on = models.DateField(null=True)  # none where it was not shown
    present = models.CharField(max_length=200, blank=True)  # who went through it with them
    said = models.TextField(blank=True)  # what they said about it, or why it was not shown
    by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(how="not", on=None) & ~Q(said=""))
                | (~Q(how="not") & Q(on__isnull=False) & ~Q(present="")),
                name="shared_on_a_day_or_says_why_not",
            ),
        ]


class Change(models.Model):
    """What will change in a context: who does it, by when, how it will be known, and what came of it.

    Planned for a child, in a signed weighing; or of a place or a group itself, after its assessment.
    """

    weighing = models.ForeignKey(Weighing, on_delete=models.PROTECT, null=True, related_name="changes")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+", db_index=False)
    there = models.ForeignKey(Scope, on_delete=models.PROTECT, null=True, related_name="+")  # those who work there
    kind = models.CharField(max_length=20)  # of the context
    linked = models.ForeignKey(Subject, on_delete=models.PROTECT, null=True, related_name="+")
    called = models.CharField(max_length=120, blank=True)
    what = models.TextField()
    who = models.CharField(max_length=200)
    due_on = models.DateField()
    how_known = models.TextField()
    set_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    outcome = models.CharField(max_length=20, blank=True)  # a key of rules.OUTCOMES
    outcome_why = models.TextField(blank=True)
    outcome_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, null=True, related_name="+")
    outcome_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["set_by", "outcome", "due_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", outcome_at=None)
                | (~Q(outcome="") & ~Q(outcome_why="") & Q(outcome_at__isnull=False, outcome_by__isnull=False)),
                name="an_outcome_has_its_reason",
            ),
            models.CheckConstraint(
                condition=Q(weighing__isnull=False) | Q(linked__isnull=False), name="a_change_is_of_something"
            ),
        ]
