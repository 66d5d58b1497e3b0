"""That a building is shared by several organisations, or by young people of very different ages: said by a rule."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kith.foundations.access.models import Scope, Viewer
from kith.subjects.models import Subject


class SharedPlace(models.Model):
    """One time that the rule pointed out a place. For those who work there; it stands until somebody sets it aside."""

    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="+")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")  # the place's circle
    reasons = models.JSONField(default=dict)  # key of the rule → the sentence, as it stood then
    at = models.DateTimeField()
    set_aside_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, null=True, related_name="+")
    set_aside_at = models.DateTimeField(null=True)
    because = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["subject", "-at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["subject"], condition=Q(set_aside_at=None), name="a_place_is_pointed_out_once"
            ),
            models.CheckConstraint(
                condition=Q(set_aside_at=None) | ~Q(because=""), name="a_place_set_aside_has_its_reason"
            ),
        ]
