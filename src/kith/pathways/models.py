"""Pieces of work on a subject, and every move each has made."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kith.foundations.access.models import Scope, Team, Viewer
from kith.subjects.models import Subject


class Work(models.Model):
    """One subject on one pathway, from its opening to its end."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="work")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")  # the subject's
    pathway = models.CharField(max_length=40)  # a key of rules.pathways()
    state = models.CharField(max_length=40)
    state_since = models.DateTimeField()
    because = models.TextField()
    came_from = models.CharField(max_length=120, blank=True)  # what opened it, such as `contact:17`
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="work_held")
    worker = models.ForeignKey(Viewer, on_delete=models.PROTECT, null=True, related_name="work_held")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    taken_back = models.BooleanField(default=False)  # opened by a decision that was undone

    class Meta:
        indexes = [
            models.Index(fields=["subject", "-opened_at"]),
            models.Index(fields=["team", "ended_at"]),
            models.Index(fields=["came_from"]),
        ]


class Move(models.Model):
    """One step of a piece of work: from where, to where, by whom, when and why. Never changed, never erased."""

    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="moves")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    from_state = models.CharField(max_length=40, blank=True)  # blank: it opened
    to_state = models.CharField(max_length=40)
    at = models.DateTimeField()
    by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    why = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["work", "at"])]
        constraints = [models.CheckConstraint(condition=~Q(why=""), name="a_move_has_its_reason")]
