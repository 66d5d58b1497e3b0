"""Whom to ring in an agency about exploitation."""

from __future__ import annotations

from django.db import models

from kith.foundations.access.models import Agency, Scope, Viewer


class Champion(models.Model):
    """A named person of an agency, kept by the agency. Ended, never erased."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")  # the partnership
    kind = models.CharField(max_length=30)  # a key of the champions in codes.yaml
    name = models.CharField(max_length=200)
    job_title = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40)
    valid_until = models.DateField()
    added_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    ended_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
