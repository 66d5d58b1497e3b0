"""The record of who looked: rows are appended freely and sealed in order every few seconds."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class AuditEvent(models.Model):
    """One look or one change. No foreign keys: nothing may cascade into it or be blocked by it."""

    at = models.DateTimeField()
    viewer_id = models.BigIntegerField(null=True)  # None: nobody was signed in
    viewer_name = models.CharField(max_length=200, blank=True)
    agency = models.CharField(max_length=200, blank=True)
    action = models.CharField(max_length=60)  # read-record, search, open-circle, judge-match, export …
    because = models.CharField(max_length=300, blank=True)  # why the viewer could see it, in words
    subjects = ArrayField(models.BigIntegerField(), default=list)  # whom it was about
    what = models.CharField(max_length=300, blank=True)  # in words, without any child's name
    details = models.JSONField(default=dict)
    request_id = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["-at"]),
            models.Index(fields=["viewer_id", "-at"]),
            models.Index(fields=["action", "-at"]),
        ]


class AuditSeal(models.Model):
    """A seal over a batch of events, in order, and over the seal before it."""

    sealed_at = models.DateTimeField()
    events = ArrayField(models.BigIntegerField())
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)
