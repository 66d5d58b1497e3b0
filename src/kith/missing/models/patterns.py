"""What people said of patterns that Kith pointed out: set aside with a reason, or confirmed as a link."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from kith.foundations.access.models import Scope, Viewer
from kith.missing.models.episodes import CODE, LINE, OfAChild
from kith.subjects.models import Subject


class SetAside(OfAChild):
    """Somebody looked at what a published rule points out about a child, and it need not be followed, because."""

    rule = models.CharField(max_length=CODE)
    upto = models.DateTimeField()  # the last absence it rested on: a later one points it out anew
    because = models.CharField(max_length=LINE)
    by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(because=""), name="set_aside_has_its_reason")]


class MissingTogether(models.Model):
    """What became of pointing out that two children were missing together. For those who follow missing children."""

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")  # the audience of those who talk
    first = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    evidence = models.JSONField(default=list)  # in words, as it stood then
    upto = models.DateTimeField()  # the last absence it rested on
    confirmed = models.BooleanField()
    because = models.CharField(max_length=LINE, blank=True)
    by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="first_has_the_lower_number"),
            models.CheckConstraint(condition=Q(confirmed=True) | ~Q(because=""), name="not_together_has_its_reason"),
        ]
