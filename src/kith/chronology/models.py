"""Entries: what happened or was said, written once, on the record of everybody it is about."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from kith.foundations.access.models import Agency, Scope
from kith.subjects.models import Reference, Sourced, Subject


class Entry(Sourced):
    """Something that happened, at a time. Never edited, only superseded; a dispute stands beside it.

    It has no audience of its own: it is read through the subjects it is about (EntrySubject).
    """

    kind = models.CharField(max_length=60)  # a key of the entry kinds
    on = models.DateField()  # the day it happened
    at = models.DateTimeField(null=True)  # the time, where it is known
    until = models.DateTimeField(null=True)
    until_day = models.DateField(null=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    summary = models.TextField()
    details = models.JSONField(default=dict)
    significant = models.BooleanField(default=False)
    superseded_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="supersedes")
    sent_as = models.UUIDField(null=True)  # of what somebody wrote: the form's own mark and everything typed into it

    class Meta:
        indexes = [models.Index(fields=["feed", "feed_key"])]
        constraints = [
            models.CheckConstraint(condition=~Q(superseded_by=F("id")), name="an_entry_cannot_replace_itself"),
            models.UniqueConstraint(
                fields=["written_by", "sent_as"],
                condition=Q(sent_as__isnull=False),
                name="a_form_sent_twice_is_one_entry",
            ),
        ]


class EntrySubject(models.Model):
    """An entry on one subject's record: its audience, and what belongs to that subject alone."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="about", db_index=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="entries", db_index=False)
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+", db_index=False)
    reference = models.ForeignKey(Reference, on_delete=models.CASCADE, null=True, related_name="+")
    part = models.CharField(max_length=40, blank=True)  # child, suspect, place …, as the feed names it
    private_text = models.TextField(blank=True)
    on = models.DateField()  # copied from the entry, which never changes, so that a long record pages by index
    significant = models.BooleanField(default=False)
    marked_significant_by = models.BigIntegerField(null=True)
    impact = models.TextField(blank=True)  # one line by a worker: what this meant for the child

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "subject", "part", "reference"],
                nulls_distinct=False,
                name="an_entry_once_on_a_record",
            ),
        ]
        indexes = [
            models.Index(fields=["subject", "-on", "-id"]),
            models.Index(fields=["scope", "-on"]),
            models.Index(
                fields=["subject", "-on", "-id"],
                condition=Q(significant=True),
                name="significant_on_a_record",
            ),
        ]


class Dispute(models.Model):
    """Somebody says an entry is wrong. It stands beside the entry wherever that shows."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="disputes")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    said_by = models.CharField(max_length=200)
    text = models.TextField()
    at = models.DateTimeField()
    recorded_by = models.BigIntegerField()
