"""The record of who looked: rows are appended freely and sealed in order every few seconds."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
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
    transaction = models.BigIntegerField()  # PostgreSQL's number of the transaction that wrote it: sealing needs it

    class Meta:
        indexes = [
            models.Index(fields=["-at"]),
            models.Index(fields=["viewer_id", "-at"]),
            models.Index(fields=["action", "-at"]),
            models.Index(fields=["transaction"]),
            GinIndex(fields=["subjects"], name="audit_event_subjects"),
        ]


class AuditSeal(models.Model):
    """A seal over a batch of events, in order, and over the seal before it.

    `sealed_below` says how far sealing has come: every event of this database's life whose transaction is
    lower is sealed. A life is one PostgreSQL cluster; a backup restored into another cluster starts a new
    one, `from_event` on.
    """

    sealed_at = models.DateTimeField()
    events = ArrayField(models.BigIntegerField())
    row_hashes = ArrayField(models.CharField(max_length=64))
    sealed_below = models.BigIntegerField()
    cluster = models.CharField(max_length=40)
    from_event = models.BigIntegerField(default=0)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)
